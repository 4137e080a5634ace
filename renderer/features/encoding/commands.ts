// Following a character, from wherever one is.
import { type Command, command } from "../../app/command.js";
import { useSelection } from "../../app/selection.js";
import { focusTrace } from "../inspector/focus-trace.js";
import { showTab } from "../inspector/inspector-state.js";
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
