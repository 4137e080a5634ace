// How the last request to each file went, for its row in the tree. Taken from the trace list, a few times a second at
// most: the list may grow by hundreds of rows meanwhile.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import { useTraceStore } from "./trace-store.js";

export type LastStatus = Pick<TraceRow, "seq" | "status" | "outcome">;

const everyMs = 250;

export const useLastStatus = create<{ readonly byFile: ReadonlyMap<string, LastStatus> }>()(() => ({
  byFile: new Map(),
}));

/** The newest ended request of each file; an entry that did not change stays the same object. */
function lastStatuses(
  rows: readonly TraceRow[],
  before: ReadonlyMap<string, LastStatus>,
): ReadonlyMap<string, LastStatus> {
  const byFile = new Map<string, LastStatus>();
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index];
    if (!row || row.file === null || row.outcome === null || byFile.has(row.file)) continue;
    const { file, seq, status, outcome } = row;
    const known = before.get(file);
    byFile.set(
      file,
      known?.seq === seq && known.status === status && known.outcome === outcome ? known : { seq, status, outcome },
    );
  }
  return byFile;
}

/** Follows the trace list. Once, at the start of the page. */
export function followLastStatus(): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const look = (): void => {
    timer = null;
    useLastStatus.setState(({ byFile }) => ({ byFile: lastStatuses(useTraceStore.getState().rows, byFile) }));
  };
  useTraceStore.subscribe(({ rows }, before) => {
    if (rows !== before.rows && timer === null) timer = setTimeout(look, everyMs);
  });
}
