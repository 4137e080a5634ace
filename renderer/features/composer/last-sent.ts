// The trace that the composer's last send became, whatever is selected since; null before the first in this folder.
import { create } from "zustand";
import { useWorkspace } from "../../model/folder/workspace-store.js";

interface LastSent {
  readonly id: string;
  readonly root: string | undefined;
}

const useStore = create<{ readonly last: LastSent | null }>()(() => ({ last: null }));

const rootNow = (): string | undefined => useWorkspace.getState().workspace?.root;

export function rememberSent(id: string): void {
  useStore.setState({ last: { id, root: rootNow() } });
}

const idIn = (last: LastSent | null, root: string | undefined): string | null =>
  last !== null && last.root === root ? last.id : null;

export const lastSent = (): string | null => idIn(useStore.getState().last, rootNow());

export function useLastSent(): string | null {
  const root = useWorkspace(({ workspace }) => workspace?.root);
  const last = useStore((state) => state.last);
  return idIn(last, root);
}
