// A response's head as it goes on the wire.
import type { Framed } from "../../protocol/framing.js";

/**
 * One character per byte, up to and including the blank line. `framed` comes from `frame`, which
 * lets nothing through that could end a line.
 */
export function headText({ status, reason, headers }: Pick<Framed, "status" | "reason" | "headers">): string {
  let text = `HTTP/1.1 ${status} ${reason}\r\n`;
  for (const [name, value] of headers) text += `${name}: ${value}\r\n`;
  return `${text}\r\n`;
}
