// The doctor's commands: what it says of the selected trace, and the index of all its rules.
import { focusTrace } from "../../model/traces/focus-trace.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { always, type Command, command } from "../../platform/command.js";
import { useSelection } from "../../platform/selection.js";
import { openRules } from "./rules-dialog-store.js";

const needsTrace = (): string | null => (useSelection.getState().traceId === null ? "Select a trace first." : null);

export const doctorCommands: readonly Command[] = [
  command("doctor.show", "Show what the doctor says", [], needsTrace, () => {
    showTab("doctor");
    focusTrace();
  }),
  command("doctor.index", "Doctor: all rules…", [], always, () => openRules()),
];
