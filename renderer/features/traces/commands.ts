// What the trace list, and the trace that is selected in it, can be told.
import { compareSelected, toggleMark } from "../../model/traces/trace-comparison.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { type Command, command, needsConnection, needsFolder } from "../../platform/command.js";
import { openLinkDialog } from "../../platform/link-store.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";
import { openPasteDialog } from "../curl/paste-store.js";
import { copy, copyLink, editAgain, selectedTrace, sendAgain, togglePin } from "./actions/trace-actions.js";
import { focusFilter } from "./focus-filter.js";
import { resetColumns, stepColumn, useListState } from "./list-state.js";
import { togglePause } from "./pause.js";

const needsTrace = (): string | null =>
  useSelection.getState().traceId === null ? "Select a trace first." : needsConnection();

const needsColumn = (): string | null =>
  needsFolder() ??
  (useListState.getState().current === null ? "Press the head of a column first, or go to it with Tab." : null);

function moveColumn(step: 1 | -1): void {
  const { current } = useListState.getState();
  if (current !== null) stepColumn(current, step);
}

export const traceCommands: readonly Command[] = [
  command("trace.sendAgain", "Send the trace’s request again", ["$mod+Alt+Enter"], needsTrace, () => sendAgain()),
  command("trace.edit", "Edit the trace’s request and send it again", [], needsTrace, editAgain),
  command("trace.copyCurl", "Copy trace as cURL command", [], needsTrace, () => copy("curl")),
  command("trace.copyRaw", "Copy trace as raw HTTP", [], needsTrace, () => copy("raw")),
  command("trace.copyEnv", "Copy trace as env -i command", [], needsTrace, () => copy("env")),
  command("trace.copyLink", "Copy link to the trace", [], needsTrace, copyLink),
  command("trace.compare", "Compare trace", [], needsTrace, compareSelected),
  command("trace.mark", "Mark trace for comparison", [], needsTrace, () => toggleMark(selectedTrace())),
  command("trace.pin", "Pin or unpin trace", [], needsTrace, togglePin),
  command("trace.filter", "Filter traces", [], needsFolder, focusFilter),
  command("trace.pause", "Pause or resume the trace list", [], needsFolder, togglePause),
  command("trace.columnLeft", "Move column of the trace list left", [], needsColumn, () => moveColumn(-1)),
  command("trace.columnRight", "Move column of the trace list right", [], needsColumn, () => moveColumn(1)),
  command("trace.columns", "Reset columns of the trace list", [], needsFolder, resetColumns),
  command(
    "trace.clear",
    "Clear traces",
    [],
    needsConnection,
    async () => void (await useServer.getState().client?.traces.clear()),
  ),
  command("request.pasteCurl", "Paste cURL command…", [], needsFolder, openPasteDialog),
  command("view.goTo", "Open link…", [], needsFolder, openLinkDialog),
  command("view.traces", "Show traces", [], needsFolder, () => showBottomTab("traces")),
  command("view.compare", "Show comparison", [], needsFolder, () => showBottomTab("compare")),
];
