// The doctor's commands: its findings for the selected trace, and the index of all its rules.
import { needsFolder, needsTrace } from "../../model/folder/command-needs.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { focusInspector, showTab } from "../../model/traces/inspector-state.js";
import { useWithheld } from "../../model/traces/withheld.js";
import { always, type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";

const needsSource = (): string | null =>
  needsFolder() ??
  (/\.(?:c|cc|cpp|cxx)$/.test(useSelection.getState().openFile ?? "") ? null : "Open a C or C++ source first.");

export const doctorCommands = {
  "doctor.show": command(needsTrace, () => {
    showTab("doctor");
    focusInspector();
  }),
  "script.compile": command(needsSource, () => openDialog("compile", useSelection.getState().openFile)),
  "doctor.problems": command(
    () => {
      if (useWorkspace.getState().workspace === null) return "Open a folder first.";
      const { fixes, until } = useWithheld.getState();
      return fixes ? until : null;
    },
    () => openDialog("problems"),
  ),
  "doctor.index": command(always, () => openDialog("rules")),
} satisfies Partial<Commands>;
