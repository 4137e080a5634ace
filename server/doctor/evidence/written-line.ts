// Where a script's source holds what it printed: the word round a finding's bytes, looked
// up byte for byte, whatever its encoding.
import type { Finding } from "../../contract/trace.js";
import { fromBytes } from "../../protocol/byte-string.js";

/** Bytes of the word on either side of the finding's. */
const reach = 32;

/**
 * The line (from 1) that holds the word round a finding in stdout. Null if the source does not hold it (the script read
 * it, or put it together), or if the finding's bytes are ASCII, which would be found anywhere. `least`: bytes of the
 * word; a shorter one is not looked for.
 */
export function writtenLine(
  source: Uint8Array,
  stdout: { read(from: number, length: number): Uint8Array } | null,
  { stream, range }: Pick<Finding, "stream" | "range">,
  least = 1,
): number | null {
  if (stdout === null || stream !== "stdout" || range === null) return null;
  const [from, to] = range;
  const first = Math.max(0, from - reach);
  const output = fromBytes(stdout.read(first, to - first + reach));
  const found = output.slice(from - first, to - first);
  if (!/[\x80-\xff]/.test(found)) return null;
  const [before = ""] = /[A-Za-z0-9\x80-\xff]*$/.exec(output.slice(0, from - first)) ?? [];
  const [after = ""] = /^[A-Za-z0-9\x80-\xff]*/.exec(output.slice(to - first)) ?? [];
  const word = before + found + after;
  const text = fromBytes(source);
  const at = word.length < least ? -1 : text.indexOf(word);
  return at < 0 ? null : text.slice(0, at).split("\n").length;
}
