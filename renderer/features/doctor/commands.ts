// The doctor's commands: its findings for the selected trace, and the index of all its rules.
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { focusInspector, showTab } from "../../model/traces/inspector-state.js";
import { always, type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";

const needsTrace = (): string | null => (useSelection.getState().traceId === null ? "Select a trace first." : null);

export const doctorCommands = {
  "doctor.show": command(needsTrace, () => {
    showTab("doctor");
    focusInspector();
  }),
  "doctor.problems": command(
    () => (useWorkspace.getState().workspace === null ? "Open a folder first." : null),
    () => openDialog("problems"),
  ),
  "doctor.index": command(always, () => openDialog("rules")),
} satisfies Partial<Commands>;
