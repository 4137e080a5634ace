// Following a character, from wherever one is.
import { focusTrace } from "../../model/traces/focus-trace.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { type Command, command } from "../../platform/command.js";
import { useSelection } from "../../platform/selection.js";
import { chooseMode } from "./lab-store.js";

const needsTrace = (): string | null => (useSelection.getState().traceId === null ? "Choose a request first." : null);

function show(mode: "trace" | "lab"): void {
  chooseMode(mode);
  showTab("encoding");
  focusTrace();
}

export const encodingCommands: readonly Command[] = [
  command("encoding.follow", "Follow a character", [], needsTrace, () => show("trace")),
  command("encoding.lab", "Encoding lab", [], needsTrace, () => show("lab")),
];
