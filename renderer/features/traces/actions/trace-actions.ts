// What can be done with the selected trace, each by its command's name; the machinery comes when it is needed.
import { traceLink } from "../../../model/links/deep-link.js";
import { findStored, useStoredRows } from "../../../model/traces/stored-rows.js";
import { knownRow } from "../../../model/traces/trace-store.js";
import { notify } from "../../../platform/notices.js";
import { useSelection } from "../../../platform/selection.js";
import { useServer } from "../../../rpc/store.js";
import type { CopyForm } from "./copy-as.js";

/** The trace that a command is about; throws when none is selected, which `needsTrace` rules out. */
export function selectedTrace(): string {
  const { traceId } = useSelection.getState();
  if (traceId === null) throw new Error("No trace is selected.");
  return traceId;
}

export const copy = async (form: CopyForm): Promise<void> =>
  (await import("./copy-as.js")).copyAs(selectedTrace(), form);
export const sendAgain = async (id = selectedTrace()): Promise<void> => (await import("./replay.js")).sendAgain(id);
export const versioned = async (what: "runThen" | "runBoth" | "onlyVersion"): Promise<void> =>
  (await import("./versions.js"))[what](selectedTrace());
export const editAgain = async (): Promise<void> => (await import("./replay.js")).editAgain(selectedTrace());

export async function togglePin(): Promise<void> {
  const id = selectedTrace();
  const pinned = !knownRow(id)?.pinned;
  await useServer.getState().client?.traces.pin({ id, pinned });
  useStoredRows.setState(({ rows }) =>
    findStored(rows, id) ? { rows: rows.map((row) => (row.id === id ? { ...row, pinned } : row)) } : {},
  );
}

export async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(traceLink(selectedTrace()));
  notify("info", "Copied the link to this view of the trace.");
}

export async function stopTrace(id: string): Promise<void> {
  await useServer.getState().client?.traces.stop({ id });
}
