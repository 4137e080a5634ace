// The doctor's commands: what it says of the selected trace, and the index of all its rules.
import { always, type Command, command } from "../../app/command.js";
import { useSelection } from "../../app/selection.js";
import { focusTrace } from "../inspector/focus-trace.js";
import { showTab } from "../inspector/inspector-state.js";
import { openRules } from "./rules-dialog-store.js";

const needsTrace = (): string | null => (useSelection.getState().traceId === null ? "Select a trace first." : null);

export const doctorCommands: readonly Command[] = [
  command("doctor.show", "Show what the doctor says", [], needsTrace, () => {
    showTab("doctor");
    focusTrace();
  }),
  command("doctor.index", "Doctor: all rules…", [], always, () => openRules()),
];
