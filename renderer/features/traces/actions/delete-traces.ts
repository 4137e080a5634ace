// Deletes traces, with an undo for as long as the server offers one.

import { noMarks } from "../../../../server/contract/trace-values.js";
import { numberOf } from "../../../../server/protocol/trace-id.js";
import { formatCount } from "../../../format/size.js";
import { useStoredRows } from "../../../model/traces/stored-rows.js";
import { withoutRows } from "../../../model/traces/stored-stretch.js";
import { useTraceStore } from "../../../model/traces/trace-store.js";
import { notify, notifyFailure } from "../../../platform/notices.js";
import { useSelection } from "../../../platform/selection.js";
import { connected } from "../../../rpc/store.js";
import { rowElementId } from "../columns.js";
import { rowTest } from "../filter/row-test.js";
import { useLastDeletion } from "../last-deletion.js";
import { useListState } from "../list-state.js";
import { foundFor } from "../shown-test.js";

export async function deleteTrace(id: string): Promise<void> {
  const next = neighbourOf(id);
  const { count, undo } = await connected().traces.remove({ ids: [id], query: null, lastSave: null });
  hide(new Set([id]));
  if (useSelection.getState().traceId === id) useSelection.getState().select(next);
  if (count === 0) return; // a second Delete before the first one's answer: what can be undone is that one
  offerUndo(`Deleted #${numberOf(id)}.`, undo);
}

/** All that the filter shows, here and in the store, without pinned ones. */
export async function deleteShown(): Promise<void> {
  const list = useListState.getState();
  const test = rowTest(list.query, foundFor(list, useStoredRows.getState()));
  const shown = useTraceStore.getState().rows.filter((row) => !row.pinned && row.outcome !== null && test?.(row));
  const ids = shown.map(({ id }) => id);
  const { valid: query, now, savedAt: lastSave } = list;
  const { count, undo } = await connected().traces.remove({ ids, query, now, lastSave });
  hide(new Set(ids));
  searchAgain();
  const text = `Deleted ${formatCount(count)} ${count === 1 ? "trace" : "traces"}. Pinned ones stay.`;
  if (count === 0) notify("info", text);
  else offerUndo(text, undo);
}

export async function undoDeletion(): Promise<void> {
  const { undo } = useLastDeletion.getState();
  if (undo === null) return;
  useLastDeletion.setState({ undo: null });
  await connected().traces.restore({ undo });
  searchAgain();
}

function offerUndo(text: string, undo: number): void {
  useLastDeletion.setState({ undo });
  const run = (): void => {
    useLastDeletion.setState({ undo });
    undoDeletion().catch((error: unknown) => notifyFailure("Undo deletion of traces", error));
  };
  notify("info", text, { title: "Undo", run });
}

const deletedMarks = { ...noMarks, isDeleted: true };

/** At once. Those in memory leave with the server's next rows, also from a paused list, and come back with them. */
function hide(ids: ReadonlySet<string>): void {
  useListState.setState(({ frozen }) => ({
    frozen: frozen?.map((row) => (ids.has(row.id) ? { ...row, marks: deletedMarks } : row)) ?? null,
  }));
  useStoredRows.setState(({ stretch: before, marks: known, pinned: first, recent: last, total, all }) => {
    const { stretch, marks, gone } = withoutRows(before, known, ids);
    const pinned = first.filter(({ row }) => !ids.has(row.id));
    const count = gone + first.length - pinned.length;
    const recent = last.some(({ id }) => ids.has(id)) ? last.filter(({ id }) => !ids.has(id)) : last;
    if (count === 0) return { recent };
    return {
      stretch,
      marks,
      pinned,
      recent,
      total: total === null ? null : total - gone,
      all: Math.max(0, all - count),
    };
  });
}

const searchAgain = (): void => useStoredRows.setState(({ turn }) => ({ turn: turn + 1 }));

/** The row below it in the list, or else the one above. */
function neighbourOf(id: string): string | null {
  const row = document.getElementById(rowElementId(id));
  for (const step of ["nextElementSibling", "previousElementSibling"] as const)
    for (let at = row?.[step] ?? null; at !== null; at = at[step])
      if (at instanceof HTMLElement && at.dataset["traceId"] !== undefined) return at.dataset["traceId"];
  return null;
}
