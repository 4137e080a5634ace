// The trace that a script's last send became, whatever is selected since.
import { create } from "zustand";
import { movedPath } from "../../format/file-path.js";
import { fileMoves } from "../../model/folder/file-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useComposer } from "../../model/request/composer-store.js";

/** Trace ids by folder and script. */
const useStore = create<{ readonly byScript: ReadonlyMap<string, string> }>()(() => ({ byScript: new Map() }));
/** Scripts whose last send is known; those that were sent longest ago are forgotten. */
const maxScripts = 100;

const keyOf = (root: string | undefined, script: string | null): string => `${root ?? ""}\n${script ?? ""}`;

/** `script`: the composer's subject when the request was sent. */
export function rememberSent(id: string, script: string | null): void {
  const key = keyOf(useWorkspace.getState().workspace?.root, script);
  const others = [...useStore.getState().byScript].filter(([other]) => other !== key);
  useStore.setState({ byScript: new Map([...others.slice(1 - maxScripts), [key, id]]) });
}

/** Follows scripts that are renamed. Once, at the start of the page. */
export function followSent(): void {
  fileMoves.on(({ from, to }) => {
    const folder = keyOf(useWorkspace.getState().workspace?.root, "");
    const moved = (key: string): string => {
      const next = key.startsWith(folder) && key !== folder ? movedPath(key.slice(folder.length), from, to) : null;
      return next === null ? key : folder + next;
    };
    useStore.setState(({ byScript }) => ({ byScript: new Map(Array.from(byScript, ([key, id]) => [moved(key), id])) }));
  });
}

/** Of the script that the composer is about; null before its first send. */
export const lastSent = (): string | null =>
  useStore.getState().byScript.get(keyOf(useWorkspace.getState().workspace?.root, useComposer.getState().subject)) ??
  null;

export function useLastSent(): string | null {
  const root = useWorkspace(({ workspace }) => workspace?.root);
  const script = useComposer(({ subject }) => subject);
  return useStore(({ byScript }) => byScript.get(keyOf(root, script)) ?? null);
}
