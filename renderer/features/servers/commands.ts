// The command of the other servers' view.
import { needsTrace } from "../../model/folder/command-needs.js";
import { focusInspector, showTab } from "../../model/traces/inspector-state.js";
import { type Commands, command } from "../../platform/command-registry.js";

export const otherServersCommands = {
  "trace.otherServers": command(needsTrace, () => {
    showTab("servers");
    focusInspector();
  }),
} satisfies Partial<Commands>;
