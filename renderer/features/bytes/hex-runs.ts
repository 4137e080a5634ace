// A row of a hex dump in runs of one look: a row is a handful of elements, not thirty-two.
import { type Highlight, highlightAt, type Mark, severityAt } from "./tokens.js";

/** Characters a row of `bytes` takes beside its offset: three for each byte, a gap, one for each in ASCII. */
const widthOf = (bytes: number): number => bytes * 4 + 3;
/** Bytes in a row for a view of so many characters. */
export const bytesPerRow = (columns: number): number => (columns >= widthOf(16) ? 16 : columns >= widthOf(8) ? 8 : 4);

export type HexLook = "plain" | "quiet" | Mark["severity"];
export interface HexRun {
  readonly look: HexLook;
  readonly highlight: Highlight["is"] | null;
  readonly from: number;
  readonly hex: string;
  readonly ascii: string;
}

function lookOf(byte: number, at: number, marks: readonly Mark[]): HexLook {
  return severityAt(marks, at) ?? (byte < 0x20 || byte >= 0x7f ? "quiet" : "plain");
}

/** A run begins at `caret`, if it is in the row. */
export function hexRuns(
  bytes: Uint8Array,
  from: number,
  to: number,
  marks: readonly Mark[],
  highlights: readonly Highlight[] = [],
  caret: number | null = null,
): readonly HexRun[] {
  const near = marks.filter((mark) => mark.from < to && mark.to > from);
  const runs: { look: HexLook; highlight: Highlight["is"] | null; from: number; hex: string; ascii: string }[] = [];
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    const look = lookOf(byte, at, near);
    const highlight = highlightAt(highlights, at);
    let run = runs[runs.length - 1];
    if (run?.look !== look || run.highlight !== highlight || at === caret) {
      run = { look, highlight, from: at, hex: "", ascii: "" };
      runs.push(run);
    }
    // A wider gap after the eighth byte keeps the eye in place.
    run.hex += `${byte.toString(16).padStart(2, "0")}${at + 1 === to ? "" : (at - from) % 8 === 7 ? "  " : " "}`;
    run.ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
  }
  return runs;
}

/**
 * The place between bytes of a row that is nearest to so many characters from the
 * left, in the hex part or the ASCII part.
 */
export function hexColumn(characters: number, part: "hex" | "ascii"): number {
  if (part === "ascii") return Math.round(characters);
  const beforeGap = Math.min(8, Math.round((characters + 0.5) / 3));
  return characters < 24.5 ? beforeGap : 8 + Math.round((characters - 25 + 0.5) / 3);
}
