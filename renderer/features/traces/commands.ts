// The commands of the trace list and of the selected trace.
import { needsConnection, needsFolder } from "../../model/folder/command-needs.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { compareSelected, toggleMark } from "../../model/traces/trace-comparison.js";
import { knownRow } from "../../model/traces/trace-store.js";
import { reach } from "../../platform/anchors.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { always, type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";
import { copy, copyLink, editAgain, selectedTrace, sendAgain, togglePin, versioned } from "./actions/trace-actions.js";
import { type CellKind, cellFilter } from "./filter/cell-filters.js";
import { hideValue, onlyValue, resetColumns, setFilter, stepColumn, togglePause, useListState } from "./list-state.js";

const needsRow = (): string | null => (useSelection.getState().traceId === null ? "Select a trace first." : null);
const needsTrace = (): string | null => needsRow() ?? needsConnection();

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

/** By a value of the selected row. */
function filterBy(kind: CellKind, change: typeof onlyValue): void {
  const row = knownRow(selectedTrace());
  const filter = row && cellFilter(row, kind);
  if (!filter) return;
  showBottomTab("traces");
  change(filter);
}

const needsColumn = (): string | null =>
  needsFolder() ??
  (useListState.getState().current === null ? "Click a column header first, or move to it with Tab." : null);

function moveColumn(step: 1 | -1): void {
  const { current } = useListState.getState();
  if (current !== null) stepColumn(current, step);
}

export const traceCommands = {
  "trace.sendAgain": command(needsTrace, () => sendAgain()),
  "trace.runThen": command(needsTrace, () => versioned("runThen")),
  "trace.runBoth": command(needsTrace, () => versioned("runBoth")),
  "trace.edit": command(needsTrace, editAgain),
  "trace.copyCurl": command(needsTrace, () => copy("curl")),
  "trace.copyRaw": command(needsTrace, () => copy("raw")),
  "trace.copyEnv": command(needsTrace, () => copy("env")),
  "trace.copyAccessLog": command(needsTrace, () => copy("access-log")),
  "trace.copyLink": command(needsTrace, copyLink),
  "trace.compare": command(needsTrace, compareSelected),
  "trace.mark": command(needsTrace, () => toggleMark(selectedTrace())),
  "trace.pin": command(needsTrace, togglePin),
  "trace.filter": command(needsFolder, focusFilter),
  "trace.onlyPath": command(needsRow, () => filterBy("path", onlyValue)),
  "trace.onlyStatus": command(needsRow, () => filterBy("status", onlyValue)),
  "trace.onlyVersion": command(needsTrace, () => versioned("onlyVersion")),
  "trace.hidePath": command(needsRow, () => filterBy("path", hideValue)),
  "trace.all": command(always, () => setFilter("")),
  "trace.pause": command(needsFolder, togglePause),
  "trace.columnLeft": command(needsColumn, () => moveColumn(-1)),
  "trace.columnRight": command(needsColumn, () => moveColumn(1)),
  "trace.columns": command(needsFolder, resetColumns),
  "trace.clear": command(needsConnection, clearList),
  "view.traces": command(needsFolder, () => showBottomTab("traces")),
  "view.compare": command(needsFolder, () => showBottomTab("compare")),
} satisfies Partial<Commands>;
