// The list of files after a change: only what changed comes from the server.
import { listOrder } from "../../../server/contract/file-order.js";
import type { ApplicationRoute, FileEntry, FileListChange, Problem } from "../../../server/contract/workspace.js";

export interface Files {
  /** Of the folder that was listed; null before the first list. */
  readonly root: string | null;
  readonly entries: readonly FileEntry[];
  /** By path. */
  readonly byPath: ReadonlyMap<string, FileEntry>;
  /** Paths that lead to applications at an address. */
  readonly elsewhere: readonly ApplicationRoute[];
  /** The folder holds more than the list's bound of `maxEntries`. */
  readonly truncated: boolean;
  readonly maxEntries: number;
  readonly problem: Problem | null;
}

/** The list after a change; unchanged entries stay the same objects, so that dependents need not update. */
export function changedFiles(files: Files, change: FileListChange): Files {
  if (change.kind === "all") {
    const { entries, elsewhere, truncated, maxEntries } = change;
    return { ...files, entries, byPath: byPath(entries), elsewhere, truncated, maxEntries };
  }
  if (change.entries.length + change.removed.length === 0) return files;
  const removed = new Set(change.removed);
  const changed = byPath(change.entries);
  const added = change.entries.filter(({ path }) => !files.byPath.has(path));
  const kept = files.entries.flatMap((entry) => (removed.has(entry.path) ? [] : (changed.get(entry.path) ?? entry)));
  const entries = added.length === 0 ? kept : [...kept, ...added].sort((a, b) => listOrder(a.path, b.path));
  return { ...files, entries, byPath: byPath(entries) };
}

const byPath = (entries: readonly FileEntry[]): ReadonlyMap<string, FileEntry> =>
  new Map(entries.map((entry) => [entry.path, entry]));
