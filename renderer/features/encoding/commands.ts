// Commands of the Encoding tab.
import { needsTrace } from "../../model/folder/command-needs.js";
import { focusInspector, showTab } from "../../model/traces/inspector-state.js";
import { type Commands, command } from "../../platform/command-registry.js";

async function show(mode: "trace" | "lab"): Promise<void> {
  (await import("./lab-store.js")).chooseMode(mode);
  showTab("encoding");
  focusInspector();
}

export const encodingCommands = {
  "encoding.follow": command(needsTrace, () => show("trace")),
  "encoding.lab": command(needsTrace, () => show("lab")),
} satisfies Partial<Commands>;
