// What is selected in a stream: two places between bytes, the one where it began and the one that moves. Text and hex
// show the same selection, each in its own units: characters and bytes.
import { type CharacterReader, lengthOf } from "./characters.js";
import type { RowLayout } from "./row-layout.js";

export interface ByteSelection {
  readonly anchor: number;
  /** The end that moves: the caret. */
  readonly head: number;
}
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** The selected bytes; null when nothing is between the two places. */
export function rangeOf(selection: ByteSelection | null): ByteRange | null {
  if (selection === null || selection.anchor === selection.head) return null;
  return { from: Math.min(selection.anchor, selection.head), to: Math.max(selection.anchor, selection.head) };
}

/** Where units begin and end, in a pane. */
export interface Units {
  readonly length: number;
  next(at: number): number;
  /** The unit before `at`, which begins a unit itself. */
  previous(at: number): number;
}

export const byteUnits = (length: number): Units => ({
  length,
  next: (at) => Math.min(length, at + 1),
  previous: (at) => Math.max(0, at - 1),
});

/** Characters of a text; they are counted from the beginning of their row, which always begins one. */
export function characterUnits(bytes: Uint8Array, length: number, layout: RowLayout, step: CharacterReader): Units {
  const next = (at: number): number =>
    at >= length ? length : Math.min(length, at + Math.max(1, lengthOf(step(bytes, at, length))));
  return {
    length,
    next,
    previous: (at) => {
      if (at <= 0) return 0;
      let before = Math.min(layout.start(layout.rowAt(at - 1)), at - 1);
      for (let after = next(before); after < at; after = next(before)) before = after;
      return before;
    },
  };
}

/** The offset in a row at the same column as `at` has in its own row. */
function sameColumn(at: number, row: number, layout: RowLayout, units: Units): number {
  let place = layout.start(row);
  // The last unit of a row is its line end: behind it begins the next row.
  const last = row + 1 < layout.count ? units.previous(layout.end(row)) : layout.end(row);
  for (let from = layout.start(layout.rowAt(at)); from < at && place < last; from = units.next(from))
    place = units.next(place);
  return place;
}

/** Where a key moves the caret to; null when the key moves nothing. `pageRows`: rows of a screen. */
export function moved(
  head: number,
  key: string,
  isWhole: boolean,
  layout: RowLayout,
  units: Units,
  pageRows: number,
): number | null {
  const row = layout.rowAt(head);
  const vertical = (by: number): number => {
    const to = row + by;
    if (to < 0) return 0;
    return to >= layout.count ? units.length : sameColumn(head, to, layout, units);
  };
  switch (key) {
    case "ArrowLeft":
      return units.previous(head);
    case "ArrowRight":
      return units.next(head);
    case "ArrowUp":
      return vertical(-1);
    case "ArrowDown":
      return vertical(1);
    case "PageUp":
      return vertical(-pageRows);
    case "PageDown":
      return vertical(pageRows);
    case "Home":
      return isWhole ? 0 : layout.start(row);
    case "End":
      return isWhole ? units.length : row + 1 < layout.count ? units.previous(layout.end(row)) : units.length;
    default:
      return null;
  }
}

/** The word round `at`: the units next to each other that are part of one (`isWord`), or the one unit there. */
export function wordAt(at: number, units: Units, isWord: (at: number) => boolean): ByteRange {
  if (!isWord(at)) return { from: at, to: units.next(at) };
  let from = at;
  let to = at;
  for (let before = units.previous(from); before < from && isWord(before); before = units.previous(from)) from = before;
  while (to < units.length && isWord(to)) to = units.next(to);
  return { from, to };
}

/** Letters, digits and the underscore, in whatever script; no control and no invalid bytes. */
export const isWordCharacter = (character: string): boolean => /[\p{L}\p{M}\p{N}_]/u.test(character);
