// The files that were shown lately, the latest first, remembered with the folder: quick open begins with them.
import { create } from "zustand";
import { movedPath } from "../../format/file-path.js";
import { fileMoves, useFiles } from "../../model/folder/file-store.js";
import { useSelection } from "../../platform/selection.js";
import { recall, remember } from "../../platform/storage.js";

const maxRecent = 30;
const keyOf = (root: string): string => `recentFiles:${root}`;

export const useRecentFiles = create<{ readonly root: string | null; readonly paths: readonly string[] }>()(() => ({
  root: null,
  paths: [],
}));

/** Follows the shown file. Call once, at the start of the page. */
export function followRecentFiles(): void {
  useFiles.subscribe(({ root }) => {
    if (root === useRecentFiles.getState().root) return;
    useRecentFiles.setState({ root, paths: root === null ? [] : (recall(keyOf(root), accept) ?? []) });
    note(useSelection.getState().openFile);
  });
  useSelection.subscribe(({ openFile }, before) => {
    if (openFile !== before.openFile) note(openFile);
  });
  fileMoves.on(({ from, to }) =>
    keep(useRecentFiles.getState().paths.map((path) => movedPath(path, from, to) ?? path)),
  );
}

function note(path: string | null): void {
  if (path !== null) keep([path, ...useRecentFiles.getState().paths]);
}

function keep(paths: readonly string[]): void {
  const next = [...new Set(paths)].slice(0, maxRecent);
  const { root } = useRecentFiles.getState();
  useRecentFiles.setState({ paths: next });
  if (root !== null) remember(keyOf(root), next);
}

function accept(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const paths: readonly unknown[] = value;
  return paths.filter((path) => typeof path === "string");
}
