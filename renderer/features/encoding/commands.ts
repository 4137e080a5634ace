// Following a character, from wherever one is.
import { focusInspector, showTab } from "../../model/traces/inspector-state.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { chooseMode } from "./lab-store.js";

const needsTrace = (): string | null => (useSelection.getState().traceId === null ? "Select a request first." : null);

function show(mode: "trace" | "lab"): void {
  chooseMode(mode);
  showTab("encoding");
  focusInspector();
}

export const encodingCommands = {
  "encoding.follow": command(needsTrace, () => show("trace")),
  "encoding.lab": command(needsTrace, () => show("lab")),
} satisfies Partial<Commands>;
