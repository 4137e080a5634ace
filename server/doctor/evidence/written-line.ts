// Where a script's source holds what it printed: the word round a finding's bytes, looked
// up byte for byte, whatever its encoding.
import type { Finding } from "../../contract/trace.js";

/** Bytes of the word on either side of the finding's. */
const reach = 32;
const lineFeed = 0x0a;

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
  const output = stdout.read(first, to - first + reach);
  let start = from - first;
  let end = Math.min(to - first, output.length);
  if (!output.subarray(start, end).some((byte) => byte > 0x7f)) return null;
  while (start > 0 && isOfWord(output[start - 1])) start--;
  while (end < output.length && isOfWord(output[end])) end++;
  if (end - start < least) return null;
  const at = Buffer.from(source.buffer, source.byteOffset, source.byteLength).indexOf(output.subarray(start, end));
  return at < 0 ? null : source.subarray(0, at).reduce((line, byte) => (byte === lineFeed ? line + 1 : line), 1);
}

/** A letter, a digit, or any byte that ASCII does not have. */
const isOfWord = (byte: number | undefined): boolean =>
  byte !== undefined &&
  (byte > 0x7f || (byte > 0x60 && byte < 0x7b) || (byte > 0x40 && byte < 0x5b) || (byte > 0x2f && byte < 0x3a));
