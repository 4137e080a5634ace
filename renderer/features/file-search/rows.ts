// The rows of the list: files, and below each its lines, its bytes or its changes.
import type {
  ChangePart,
  FoundBytes,
  FoundFile,
  FoundLine,
  Replacement,
} from "../../../server/contract/search-contract.js";
import { formatCount } from "../../format/size.js";

export type ResultRow =
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

export function resultRows(files: readonly FoundFile[], folded: ReadonlySet<string>): readonly ResultRow[] {
  return files.flatMap(({ path, encoding, matches, lines, bytes }): ResultRow[] => {
    const file: ResultRow = { kind: "file", path, encoding, matches };
    if (folded.has(path)) return [file];
    const listed = lines.reduce((sum, { marks }) => sum + marks.length, bytes.length);
    return [
      file,
      ...lines.map((found): ResultRow => ({ kind: "line", path, found })),
      ...bytes.map((found): ResultRow => ({ kind: "bytes", path, found })),
      ...more(path, matches - listed, "matches"),
    ];
  });
}

export function changeRows(files: readonly Replacement[], folded: ReadonlySet<string>): readonly ResultRow[] {
  return files.flatMap(({ path, encoding, matches, lines, more: others }): ResultRow[] => {
    const file: ResultRow = { kind: "file", path, encoding, matches };
    if (folded.has(path)) return [file];
    return [
      file,
      ...lines.map((line): ResultRow => ({ kind: "change", path, ...line })),
      ...more(path, others, "changed lines"),
    ];
  });
}

const more = (path: string, count: number, what: string): ResultRow[] =>
  count > 0 ? [{ kind: "more", path, text: `and ${formatCount(count)} more ${what}` }] : [];
