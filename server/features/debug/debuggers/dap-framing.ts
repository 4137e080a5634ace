// The frames of the Debug Adapter Protocol: "Content-Length: N", an empty line, N bytes of JSON.
import { z } from "zod";

/** More is no message of a debugger or an editor. */
const maxMessageBytes = 16 << 20;
const maxDepth = 100;
const maxHeadBytes = 1024;
const endOfHead = "\r\n\r\n";

const request = z.object({
  seq: z.number(),
  type: z.literal("request"),
  command: z.string(),
  arguments: z.unknown().optional(),
});
const response = z.object({
  seq: z.number(),
  type: z.literal("response"),
  request_seq: z.number(),
  success: z.boolean(),
  command: z.string(),
  message: z.string().optional(),
  body: z.unknown().optional(),
});
const event = z.object({
  seq: z.number(),
  type: z.literal("event"),
  event: z.string(),
  body: z.unknown().optional(),
});
const message = z.discriminatedUnion("type", [request, response, event]);

export type DapRequest = z.infer<typeof request>;
export type DapResponse = z.infer<typeof response>;
export type DapMessage = z.infer<typeof message>;

export function framed(sent: object): Buffer {
  const json = Buffer.from(JSON.stringify(sent));
  return Buffer.concat([Buffer.from(`Content-Length: ${json.length}${endOfHead}`), json]);
}

export class DapReader {
  readonly #onMessage: (message: DapMessage) => void;
  #parts: Buffer[] = [];
  #bytes = 0;
  /** So many bytes are needed for the next step: a long message is put together once. */
  #needed = 1;

  constructor(onMessage: (message: DapMessage) => void) {
    this.#onMessage = onMessage;
  }

  /** False: these bytes are no messages, and nothing more can be read. */
  push(bytes: Buffer): boolean {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes < this.#needed) return true;
    let rest = Buffer.concat(this.#parts);
    for (;;) {
      const end = rest.indexOf(endOfHead);
      const length = end < 0 ? 0 : lengthIn(rest.toString("latin1", 0, end));
      if (length === null || (end < 0 && rest.length > maxHeadBytes)) return false;
      const whole = end < 0 ? rest.length + 1 : end + endOfHead.length + length;
      if (rest.length < whole) {
        this.#parts = [rest];
        this.#bytes = rest.length;
        this.#needed = whole;
        return true;
      }
      const read = messageIn(rest.toString("utf8", end + endOfHead.length, whole));
      if (read === null) return false;
      rest = rest.subarray(whole);
      this.#onMessage(read);
    }
  }
}

function lengthIn(head: string): number | null {
  const length = Number(/^Content-Length: *(\d{1,9})$/im.exec(head)?.[1] ?? Number.NaN);
  return length <= maxMessageBytes ? length : null;
}

function messageIn(text: string): DapMessage | null {
  try {
    const read = message.parse(JSON.parse(text));
    return isShallow(read) ? read : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** What is nested deeper cannot be written again. */
function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth < maxDepth && level.length > 0; depth++)
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  return level.length === 0;
}
