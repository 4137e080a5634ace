// Deletes traces, with an undo for as long as the server offers one.

import { numberOf } from "../../../../server/protocol/trace-id.js";
import { plural } from "../../../format/plural.js";
import { useStoredRows } from "../../../model/traces/stored-rows.js";
import { notify, notifyFailure } from "../../../platform/notices.js";
import { useSelection } from "../../../platform/selection.js";
import { connected } from "../../../rpc/store.js";
import { rowElementId } from "../columns.js";
import { useLastDeletion } from "../last-deletion.js";
import { useListState } from "../list-state.js";

export async function deleteTrace(id: string): Promise<void> {
  const next = neighbourOf(id);
  const { count, undo } = await connected().traces.remove({ ids: [id], query: null, lastSave: null });
  searchAgain();
  if (useSelection.getState().traceId === id) useSelection.getState().select(next);
  if (count === 0) return; // a second Delete before the first one's answer: what can be undone is that one
  offerUndo(`Deleted #${numberOf(id)}.`, undo);
}

/** All that the filter shows, without pinned ones. */
export async function deleteShown(): Promise<void> {
  const { valid: query, now, savedAt: lastSave } = useListState.getState();
  const { count, undo } = await connected().traces.remove({ ids: [], query, now, lastSave });
  searchAgain();
  const text = `Deleted ${plural(count, "trace")}. Pinned ones stay.`;
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

/** What was read of the last requests may have some of them. */
const searchAgain = (): void => useStoredRows.setState(({ turn }) => ({ turn: turn + 1 }));

/** The row below it in the list, or else the one above. */
function neighbourOf(id: string): string | null {
  const row = document.getElementById(rowElementId(id));
  for (const step of ["nextElementSibling", "previousElementSibling"] as const)
    for (let at = row?.[step] ?? null; at !== null; at = at[step])
      if (at instanceof HTMLElement && at.dataset["traceId"] !== undefined) return at.dataset["traceId"];
  return null;
}
