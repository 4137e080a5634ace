// What differs between two versions whose lines are the same, and how the comparison says so.
import type { TextDocument } from "../../model/documents/document.js";
import { isMixed, usualLineEnd } from "../../model/documents/text-buffers.js";
import type { FileDiff } from "./diff-store.js";

const names = {
  "line-ends": "the line ends",
  mark: "the byte order mark",
  encoding: "the encoding",
} as const;
/** "bytes": others than those, such as bytes that the encoding cannot decode. */
export type ByteDifference = keyof typeof names | "bytes";
const hasMoreThanAscii = /[\u0080-\uffff]/;

export function byteDifferences(
  { original, against }: Pick<FileDiff, "original" | "against">,
  document: TextDocument,
): readonly ByteDifference[] {
  const hashes = against.kind === "ran" && !document.isDirty ? [against.hash, document.hash] : null;
  if (original === null || (hashes && hashes[0] === hashes[1])) return [];
  const { text, bom, encoding } = original;
  const hasOtherEnds =
    isMixed(text) !== document.mixed || (/[\r\n]/.test(text) && usualLineEnd(text) !== document.lineEnd);
  const found: ByteDifference[] = [];
  if (hasOtherEnds) found.push("line-ends");
  if (bom !== document.bom) found.push("mark");
  // Except in UTF-16, ASCII is the same bytes in every encoding; after an edit it is read as another one.
  const hasOtherBytes =
    hasMoreThanAscii.test(text) || [encoding, document.encoding].some((one) => one.startsWith("utf-16"));
  if (encoding !== document.encoding && hasOtherBytes) found.push("encoding");
  return found.length === 0 && hashes ? ["bytes"] : found;
}

/** In place of the number of differences, where there is none between the lines. */
export function sameLinesLabel(differences: readonly ByteDifference[]): string {
  const [first] = differences;
  if (first === undefined) return "No differences";
  const named = differences.flatMap((one) => (one === "bytes" ? [] : [names[one]]));
  if (named.length === 0) return "Only the bytes differ";
  const isOne = named.length === 1 && first !== "line-ends";
  return `Only ${new Intl.ListFormat("en").format(named)} ${isOne ? "differs" : "differ"}`;
}
