// How the last request to each file went, for its row in the tree and the line of its result. Looked for a few times a
// second at most: the list may grow by hundreds of rows meanwhile.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import { isEarlierSession, useRequests } from "./requests.js";

export interface LastStatus extends Pick<TraceRow, "id" | "seq" | "status" | "outcome" | "exitCode" | "severity"> {
  /** A server that has ended recorded it. */
  readonly isEarlier: boolean;
}

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
    const { file, id, seq, status, outcome, exitCode, severity } = row;
    const known = before.get(file);
    const last = { id, seq, status, outcome, exitCode, severity, isEarlier: isEarlierSession(id) };
    byFile.set(file, known && isSame(known, last) ? known : last);
  }
  return byFile;
}

const isSame = (a: LastStatus, b: LastStatus): boolean =>
  a.id === b.id &&
  a.status === b.status &&
  a.outcome === b.outcome &&
  a.exitCode === b.exitCode &&
  a.severity === b.severity &&
  a.isEarlier === b.isEarlier;

/** Follows the requests. Once, at the start of the page. */
export function followLastStatus(): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const look = (): void => {
    timer = null;
    useLastStatus.setState(({ byFile }) => ({ byFile: lastStatuses(useRequests.getState().rows, byFile) }));
  };
  useRequests.subscribe(({ rows }, before) => {
    if (rows !== before.rows && timer === null) timer = setTimeout(look, everyMs);
  });
}
