// Which folders of the tree are unfolded, remembered per workspace. A folder opened for the first time shows its
// scripts: the folders that hold any are unfolded.
import { create } from "zustand";
import { movedPath, parentOf } from "../../format/file-path.js";
import type { Files } from "../../model/folder/changed-files.js";
import { useFiles } from "../../model/folder/file-store.js";
import { recall, remember } from "../../platform/storage.js";

export const useExpanded = create<{ readonly root: string | null; readonly paths: ReadonlySet<string> }>()(() => ({
  root: null,
  paths: new Set(),
}));

const maxExpandedAtFirst = 4;

/** Unfolds or folds a folder. */
export function setExpanded(path: string, isUnfolded: boolean): void {
  const { root, paths } = useExpanded.getState();
  const next = new Set(paths);
  if (isUnfolded) next.add(path);
  else next.delete(path);
  useExpanded.setState({ paths: next });
  if (root !== null) remember(keyOf(root), [...next]);
}

/** Unfolds everything above a path. */
export function expandTo(path: string): void {
  for (let parent = parentOf(path); parent !== ""; parent = parentOf(parent)) {
    if (!useExpanded.getState().paths.has(parent)) setExpanded(parent, true);
  }
}

/** A folder got another name: what was unfolded in it stays so. */
export function moveExpanded(from: string, to: string): void {
  const { root, paths } = useExpanded.getState();
  const next = new Set([...paths].map((path) => movedPath(path, from, to) ?? path));
  useExpanded.setState({ paths: next });
  if (root !== null) remember(keyOf(root), [...next]);
}

/** Follows the folder. Once, at the start of the page. */
export function followExpanded(): void {
  useFiles.subscribe((files) => {
    if (files.root === null || files.root === useExpanded.getState().root) return;
    useExpanded.setState({ root: files.root, paths: recall(keyOf(files.root), accept) ?? withScripts(files) });
  });
}

const keyOf = (root: string): string => `unfolded:${root}`;

function accept(value: unknown): ReadonlySet<string> | null {
  if (!Array.isArray(value)) return null;
  const paths: readonly unknown[] = value;
  return new Set(paths.filter((path) => typeof path === "string"));
}

function withScripts({ entries }: Files): ReadonlySet<string> {
  const folders = new Set(
    entries.flatMap(({ path, mode }) =>
      mode !== null && path.includes("/") ? [path.slice(0, path.indexOf("/"))] : [],
    ),
  );
  return new Set([...folders].slice(0, maxExpandedAtFirst));
}
