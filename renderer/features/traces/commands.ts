// The commands of the trace list and of the selected trace.
import { needsConnection, needsFolder } from "../../model/folder/command-needs.js";
import { compareSelected, toggleMark } from "../../model/traces/trace-comparison.js";
import { reach } from "../../platform/anchors.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";
import { copy, copyLink, editAgain, selectedTrace, sendAgain, togglePin } from "./actions/trace-actions.js";
import { resetColumns, stepColumn, togglePause, useListState } from "./list-state.js";

const needsTrace = (): string | null =>
  useSelection.getState().traceId === null ? "Select a trace first." : needsConnection();

/** Goes to the filter field from anywhere. */
function focusFilter(): void {
  showBottomTab("traces");
  reach("traces.filter", (field) => field instanceof HTMLInputElement && field.select());
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
  "trace.edit": command(needsTrace, editAgain),
  "trace.copyCurl": command(needsTrace, () => copy("curl")),
  "trace.copyRaw": command(needsTrace, () => copy("raw")),
  "trace.copyEnv": command(needsTrace, () => copy("env")),
  "trace.copyLink": command(needsTrace, copyLink),
  "trace.compare": command(needsTrace, compareSelected),
  "trace.mark": command(needsTrace, () => toggleMark(selectedTrace())),
  "trace.pin": command(needsTrace, togglePin),
  "trace.filter": command(needsFolder, focusFilter),
  "trace.pause": command(needsFolder, togglePause),
  "trace.columnLeft": command(needsColumn, () => moveColumn(-1)),
  "trace.columnRight": command(needsColumn, () => moveColumn(1)),
  "trace.columns": command(needsFolder, resetColumns),
  "trace.clear": command(needsConnection, async () => void (await useServer.getState().client?.traces.clear())),
  "view.traces": command(needsFolder, () => showBottomTab("traces")),
  "view.compare": command(needsFolder, () => showBottomTab("compare")),
} satisfies Partial<Commands>;
