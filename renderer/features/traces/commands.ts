// The commands of the trace list and of the selected trace.
import { needsConnection, needsFolder, needsTrace, needsTraceOnline } from "../../model/folder/command-needs.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { compareSelected, toggleMark } from "../../model/traces/trace-comparison.js";
import { knownRow } from "../../model/traces/trace-store.js";
import { reach } from "../../platform/anchors.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { always, type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";
import type { CopyForm } from "./actions/copy-as.js";
import { useLastDeletion } from "./last-deletion.js";
import { hasSearch, resetColumns, setFilter, stepColumn, togglePause, useListState } from "./list-state.js";

/** Goes to the filter field from anywhere. */
function focusFilter(): void {
  showBottomTab("traces");
  reach("traces.filter", (field) => field instanceof HTMLInputElement && field.select());
}

/** Stored traces stay: they are shown again when they are asked for. */
async function clearList(): Promise<void> {
  await useServer.getState().client?.traces.clear();
  useStoredRows.setState({ isCleared: true });
}

const needsEnded = (): string | null =>
  needsTraceOnline() ??
  (knownRow(useSelection.getState().traceId)?.outcome === null ? "The request is still running." : null);
const needsSearch = (): string | null =>
  needsConnection() ?? (hasSearch(useListState.getState()) ? null : "Type a valid filter first.");
/** A paused list shows less than the server would delete. */
const needsLiveSearch = (): string | null =>
  needsSearch() ?? (useListState.getState().pausedAt === null ? null : "Resume the list first.");
const needsDeletion = (): string | null =>
  needsConnection() ?? (useLastDeletion.getState().undo === null ? "There is no deletion to undo." : null);
const later = () => import("./later.js");

/** The trace that a command is about; throws when none is selected, which `needsTrace` rules out. */
function selected(): string {
  const { traceId } = useSelection.getState();
  if (traceId === null) throw new Error("No trace is selected.");
  return traceId;
}
const copy = async (form: CopyForm): Promise<void> => (await later()).copyAs(selected(), form);

const needsColumn = (): string | null =>
  needsFolder() ??
  (useListState.getState().current === null ? "Click a column header first, or move to it with Tab." : null);

function moveColumn(step: 1 | -1): void {
  const { current } = useListState.getState();
  if (current !== null) stepColumn(current, step);
}

export const traceCommands = {
  "trace.sendAgain": command(needsTraceOnline, async () => (await later()).sendAgain(selected())),
  "trace.runThen": command(needsTraceOnline, async () => (await later()).runThen(selected())),
  "trace.runBoth": command(needsTraceOnline, async () => (await later()).runBoth(selected())),
  "trace.edit": command(needsTraceOnline, async () => (await later()).editAgain(selected())),
  "trace.vary": command(needsTraceOnline, async () => (await later()).varyTrace(selected())),
  "trace.copyCurl": command(needsTraceOnline, () => copy("curl")),
  "trace.copyRaw": command(needsTraceOnline, () => copy("raw")),
  "trace.copyEnv": command(needsTraceOnline, () => copy("env")),
  "trace.copyAccessLog": command(needsTraceOnline, () => copy("access-log")),
  "trace.copyLink": command(needsTraceOnline, async () => (await later()).copyLink(selected())),
  "trace.compare": command(needsTraceOnline, compareSelected),
  "trace.mark": command(needsTraceOnline, () => toggleMark(selected())),
  "trace.pin": command(needsTraceOnline, async () => (await later()).togglePin(selected())),
  "trace.filter": command(needsFolder, focusFilter),
  "trace.onlyPath": command(needsTrace, async () => (await later()).filterBy(selected(), "path")),
  "trace.onlyStatus": command(needsTrace, async () => (await later()).filterBy(selected(), "status")),
  "trace.hidePath": command(needsTrace, async () => (await later()).filterBy(selected(), "path", true)),
  "trace.all": command(always, () => setFilter("")),
  "trace.pause": command(needsFolder, togglePause),
  "trace.annotate": command(needsTraceOnline, () => openDialog("annotate", selected())),
  "trace.delete": command(needsEnded, async () => (await later()).deleteTrace(selected())),
  "trace.deleteShown": command(needsLiveSearch, async () => (await later()).deleteShown()),
  "trace.undoDelete": command(needsDeletion, async () => (await later()).undoDeletion()),
  "trace.onlySession": command(needsTrace, async () => (await later()).onlySession(selected())),
  "trace.onlyVersion": command(needsTraceOnline, async () => (await later()).onlyVersion(selected())),
  "trace.sinceSave": command(needsFolder, async () => (await later()).onlySinceSave()),
  "trace.saveSearch": command(needsSearch, () => openDialog("save-search", useListState.getState().valid)),
  "trace.columnLeft": command(needsColumn, () => moveColumn(-1)),
  "trace.columnRight": command(needsColumn, () => moveColumn(1)),
  "trace.columns": command(needsFolder, resetColumns),
  "trace.clear": command(needsConnection, clearList),
  "view.traces": command(needsFolder, () => showBottomTab("traces")),
  "view.compare": command(needsFolder, () => showBottomTab("compare")),
} satisfies Partial<Commands>;
