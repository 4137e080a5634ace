// What the window knows of the stored traces: how many there are, how they are stored, and whether the list shows them.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { StoreState } from "../../../server/contract/traces-contract.js";
import { whenIdle } from "../../platform/when-idle.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useServer } from "../../rpc/store.js";
import { useWorkspace } from "../folder/workspace-store.js";

interface StoredRows {
  /** The newest traces, whatever the filter, oldest first: see `useRequests`. */
  readonly recent: readonly TraceRow[];
  /** More are stored before them. */
  readonly isCut: boolean;
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
  recent: [],
  isCut: false,
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

/** Asks whenever it may be otherwise, after the rows. Once, at the start of the page. */
export function followStore(): void {
  let asked = "";
  const look = (): void => {
    const { client, generation, connection } = useServer.getState();
    const root = useWorkspace.getState().workspace?.root ?? null;
    const { turn, isCleared } = useStoredRows.getState();
    const next = JSON.stringify([generation, root, turn, isCleared]);
    if (client === null || connection !== "connected" || root === null || next === asked) return;
    asked = next;
    whenIdle(() => void lookAtStore()); // keeps its failure
  };
  for (const store of [useServer, useWorkspace, useStoredRows]) store.subscribe(look);
  useWorkspace.subscribe(({ workspace }, before) => {
    if (workspace?.root !== before.workspace?.root) useStoredRows.setState({ all: 0, store: null, recent: [] });
  });
}
