// The rows of the list: files, and below each its lines, its bytes or its changes.
import type {
  ChangePart,
  FoundBytes,
  FoundFile,
  FoundLine,
  Replacement,
} from "../../../server/contract/search-contract.js";
import { formatCount } from "../../format/size.js";

type Row =
  | { readonly kind: "file"; readonly path: string; readonly encoding: FoundFile["encoding"]; readonly matches: number }
  | { readonly kind: "line"; readonly path: string; readonly found: FoundLine }
  | { readonly kind: "bytes"; readonly path: string; readonly found: FoundBytes }
  | {
      readonly kind: "change";
      readonly path: string;
      readonly line: number;
      readonly parts: readonly ChangePart[];
      /** Matches of the line that are not among its parts. */
      readonly more: number;
    }
  | { readonly kind: "more"; readonly path: string; readonly text: string };

/** `position`: among its siblings, which are all files, or what is below one; from 1. */
export type ResultRow = Row & { readonly position: number; readonly siblings: number };

export const resultRows = (files: readonly FoundFile[], folded: ReadonlySet<string>): readonly ResultRow[] =>
  fileRows(files, folded, ({ path, matches, lines, bytes }) => [
    ...lines.map((found): Row => ({ kind: "line", path, found })),
    ...bytes.map((found): Row => ({ kind: "bytes", path, found })),
    ...more(path, matches - lines.reduce((sum, { marks }) => sum + marks.length, bytes.length), "matches"),
  ]);

export const changeRows = (files: readonly Replacement[], folded: ReadonlySet<string>): readonly ResultRow[] =>
  fileRows(files, folded, ({ path, lines, more: others }) => [
    ...lines.map((line): Row => ({ kind: "change", path, ...line })),
    ...more(path, others, "changed lines"),
  ]);

function fileRows<F extends Pick<FoundFile, "path" | "encoding" | "matches">>(
  files: readonly F[],
  folded: ReadonlySet<string>,
  below: (file: F) => readonly Row[],
): readonly ResultRow[] {
  return placed(files).flatMap(({ one, ...place }): ResultRow[] => {
    const { path, encoding, matches } = one;
    const row: ResultRow = { kind: "file", path, encoding, matches, ...place };
    const rows = folded.has(path) ? [] : below(one);
    return [row, ...placed(rows).map(({ one: child, ...at }): ResultRow => ({ ...child, ...at }))];
  });
}

const placed = <T>(all: readonly T[]) => all.map((one, index) => ({ one, position: index + 1, siblings: all.length }));

const more = (path: string, count: number, what: string): Row[] =>
  count > 0 ? [{ kind: "more", path, text: `and ${formatCount(count)} more ${what}` }] : [];
