// What the window knows of the stored traces: how many there are, how they are stored, and whether the list shows them.
import { create } from "zustand";
import type { StoreState } from "../../../server/contract/traces-contract.js";
import { whenIdle } from "../../platform/when-idle.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useServer } from "../../rpc/store.js";
import { onOtherFolder, useWorkspace } from "../folder/workspace-store.js";

interface StoredRows {
  /** Why what is stored cannot be read; null: it can. */
  readonly failure: string | null;
  /** How many traces there are, whatever the filter. */
  readonly all: number;
  /** The list was cleared: earlier traces are shown only when they are searched for. */
  readonly isCleared: boolean;
  /** How the folder's traces are stored; null: not known yet. */
  readonly store: StoreState | null;
  /** Grows when traces were deleted or pinned by others, or storing was turned on. */
  readonly turn: number;
}

export const useStoredRows = create<StoredRows>()(() => ({
  failure: null,
  all: 0,
  isCleared: false,
  store: null,
  turn: 0,
}));

/** Whether new traces are stored, and what is stored can be read, as far as is known. */
export const isStored = ({ store, failure }: Pick<StoredRows, "store" | "failure">): boolean =>
  store?.isStoring !== false && failure === null;

/** Asks how the folder's traces are stored. */
export async function lookAtStore(): Promise<void> {
  try {
    useStoredRows.setState({ store: await connected().traces.store() });
  } catch (error) {
    useStoredRows.setState({ store: null, failure: problemText(problemOf(error)) });
  }
}

/** `look` is called whenever something else may be stored, after the rows. `root` null: no folder is open. */
export function onOtherStore(look: (root: string | null, isCleared: boolean) => void): void {
  let known = "";
  const compare = (): void => {
    const { client, generation, connection } = useServer.getState();
    const root = useWorkspace.getState().workspace?.root ?? null;
    const { turn, isCleared } = useStoredRows.getState();
    const next = JSON.stringify([generation, root, turn, isCleared]);
    if (client === null || connection !== "connected" || next === known) return;
    known = next;
    look(root, isCleared);
  };
  for (const store of [useServer, useWorkspace, useStoredRows]) store.subscribe(compare);
}

/** Once, at the start of the page. */
export function followStore(): void {
  onOtherStore((root) => root !== null && whenIdle(() => void lookAtStore())); // keeps its failure
  onOtherFolder(() => useStoredRows.setState({ all: 0, store: null }));
}
