// From the flat list of files to the rows of the tree: folders first, names as people sort them, only what is unfolded. With a
// filter: what matches and the folders above it, all unfolded.
import type { FileEntry } from "../../../server/contract/workspace.js";
import { parentOf } from "./file-path.js";

export interface TreeRow {
  readonly entry: FileEntry;
  readonly name: string;
  /** 1 at the top, as `aria-level` counts. */
  readonly level: number;
  readonly isOpen: boolean;
  /** Place among the siblings, from 1, and how many there are. */
  readonly position: number;
  readonly siblings: number;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The visible rows, top to bottom. */
export function treeRows(entries: readonly FileEntry[], unfolded: ReadonlySet<string>, filter = ""): readonly TreeRow[] {
  const shown = filter === "" ? null : matching(entries, filter);
  const children = new Map<string, FileEntry[]>();
  for (const entry of entries) {
    if (shown !== null && !shown.has(entry.path)) continue;
    const parent = parentOf(entry.path);
    const siblings = children.get(parent);
    if (siblings) siblings.push(entry);
    else children.set(parent, [entry]);
  }
  const rows: TreeRow[] = [];
  const add = (parent: string, level: number): void => {
    const siblings = (children.get(parent) ?? []).toSorted(inOrder);
    siblings.forEach((entry, index) => {
      const isOpen = entry.kind === "folder" && (shown === null ? unfolded.has(entry.path) : children.has(entry.path));
      rows.push({ entry, name: entry.path.slice(parent === "" ? 0 : parent.length + 1), level, isOpen, position: index + 1, siblings: siblings.length });
      if (isOpen) add(entry.path, level + 1);
    });
  };
  add("", 1);
  return rows;
}

const inOrder = (a: FileEntry, b: FileEntry): number => (a.kind === b.kind ? collator.compare(a.path, b.path) : a.kind === "folder" ? -1 : 1);

/** Whether a path has every word of the filter, in whatever case. */
export function matchesFilter(path: string, filter: string): boolean {
  const lower = path.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

/** Paths that match, and those of the folders above them. */
function matching(entries: readonly FileEntry[], filter: string): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const { path } of entries) {
    if (!matchesFilter(path, filter)) continue;
    for (let at = path; at !== "" && !shown.has(at); at = parentOf(at)) shown.add(at);
  }
  return shown;
}
