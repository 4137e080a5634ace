// Folders opened before, newest first, remembered by this window's browser profile.
import { create } from "zustand";
import { isRecord, recall, remember } from "../../platform/storage.js";

export interface RecentFolder {
  /** Absolute path. */
  readonly path: string;
  readonly name: string;
  /** Unix time in ms. */
  readonly openedAt: number;
}

const maxRecent = 12;

export const useRecent = create<{ readonly folders: readonly RecentFolder[] }>()(() => ({
  folders: recall("recent", accept) ?? [],
}));

export function addRecent({ path, name }: { readonly path: string; readonly name: string }): void {
  const others = useRecent.getState().folders.filter((folder) => folder.path !== path);
  keep([{ path, name, openedAt: Date.now() }, ...others].slice(0, maxRecent));
}

export function removeRecent(path: string): void {
  keep(useRecent.getState().folders.filter((folder) => folder.path !== path));
}

function keep(folders: readonly RecentFolder[]): void {
  useRecent.setState({ folders });
  remember("recent", folders); // without storage it is lost with the page, and nothing else is
}

function accept(value: unknown): readonly RecentFolder[] | null {
  if (!Array.isArray(value)) return null;
  const entries: readonly unknown[] = value;
  return entries.flatMap((entry) => {
    if (!isRecord(entry)) return [];
    const { path, name, openedAt } = entry;
    return typeof path === "string" && typeof name === "string" && typeof openedAt === "number"
      ? [{ path, name, openedAt }]
      : [];
  });
}
