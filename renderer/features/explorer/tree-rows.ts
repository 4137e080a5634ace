// From the flat list of files to the rows of the tree: folders first, names as people sort them, only what is unfolded.
// With a filter: what matches and the folders above it, all unfolded.
import type { FileEntry } from "../../../server/contract/workspace.js";
import { comparable, parentOf } from "../../format/file-path.js";

export interface TreeRow {
  readonly entry: FileEntry;
  readonly name: string;
  /** 1 at the top, as `aria-level` counts. */
  readonly level: number;
  readonly isOpen: boolean;
  /** It matches the filter itself, and is not only a folder above what matches. Without a filter each row does. */
  readonly isMatch: boolean;
  /** Place among the siblings, from 1, and how many there are. */
  readonly position: number;
  readonly siblings: number;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

type Children = ReadonlyMap<string, readonly FileEntry[]>;

/** The direct entries of each folder, in order. Sorting thousands takes a while: done once for a list of files. */
const sorted = new WeakMap<readonly FileEntry[], Children>();
let latest: Children = new Map();

function childrenIn(entries: readonly FileEntry[]): Children {
  const known = sorted.get(entries);
  if (known) return known;
  const children = new Map<string, FileEntry[]>();
  for (const entry of entries) {
    const parent = parentOf(entry.path);
    const siblings = children.get(parent);
    if (siblings) siblings.push(entry);
    else children.set(parent, [entry]);
  }
  for (const [parent, siblings] of children)
    children.set(parent, inOldOrder(siblings, latest.get(parent) ?? []).sort(inOrder));
  sorted.set(entries, children);
  latest = children;
  return children;
}

/** In their previous order, with new ones at the end: a nearly sorted list sorts fast. */
function inOldOrder(siblings: readonly FileEntry[], before: readonly FileEntry[]): FileEntry[] {
  const rest = new Map(siblings.map((entry) => [entry.path, entry]));
  const old = before.flatMap(({ path }) => {
    const entry = rest.get(path);
    rest.delete(path);
    return entry ?? [];
  });
  return [...old, ...rest.values()];
}

/** The visible rows, top to bottom. */
export function treeRows(
  entries: readonly FileEntry[],
  unfolded: ReadonlySet<string>,
  filter = "",
): readonly TreeRow[] {
  const matches = filter === "" ? () => true : filterTest(filter);
  const shown = filter === "" ? null : withFoldersAbove(entries, matches);
  const children = childrenIn(entries);
  const rows: TreeRow[] = [];
  const add = (parent: string, level: number): void => {
    const all = children.get(parent) ?? [];
    const siblings = shown === null ? all : all.filter(({ path }) => shown.has(path));
    siblings.forEach((entry, index) => {
      const isOpen =
        entry.kind === "folder" &&
        (shown === null ? unfolded.has(entry.path) : hasShown(children.get(entry.path), shown));
      rows.push({
        entry,
        name: entry.path.slice(parent === "" ? 0 : parent.length + 1),
        level,
        isOpen,
        isMatch: matches(entry.path),
        position: index + 1,
        siblings: siblings.length,
      });
      if (isOpen) add(entry.path, level + 1);
    });
  };
  add("", 1);
  return rows;
}

const hasShown = (entries: readonly FileEntry[] | undefined, shown: ReadonlySet<string>): boolean =>
  entries?.some(({ path }) => shown.has(path)) ?? false;

/**
 * Of names that are alike to a reader ("a.py" and "A.py", "1" and "01") too, so that the order
 * does not depend on which was there first.
 */
function inOrder(a: FileEntry, b: FileEntry): number {
  if (a.kind !== b.kind) return a.kind === "folder" ? -1 : 1;
  return collator.compare(a.path, b.path) || (a.path < b.path ? -1 : 1);
}

/** Whether a path has every word of the filter, in whatever case. */
export function filterTest(filter: string): (path: string) => boolean {
  const words = comparable(filter).split(/\s+/);
  return (path) => {
    const text = comparable(path);
    return words.every((word) => text.includes(word));
  };
}

/** Paths that match, and those of the folders above them. */
function withFoldersAbove(entries: readonly FileEntry[], matches: (path: string) => boolean): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const { path } of entries) {
    if (!matches(path)) continue;
    for (let at = path; at !== "" && !shown.has(at); at = parentOf(at)) shown.add(at);
  }
  return shown;
}

/** The element id of a row: what the tree names as its active descendant, and how a row is found again. */
export const rowId = (path: string): string => `file:${path}`;
