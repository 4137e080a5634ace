// The commands of the latency graph.
import { needsFolder } from "../../model/folder/command-needs.js";
import { targetPath } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { always, type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { showLook, showScope, useLatencyChoice, zoomTo } from "./latency-state.js";

const needsZoom = (): string | null => (useLatencyChoice.getState().zoom ? null : "The graph is not zoomed.");
const other = <V>(now: V, one: V, two: V): V => (now === one ? two : one);

const script = (): string | null =>
  useFiles.getState().byPath.get(targetPath() ?? "")?.mode == null ? null : targetPath();

export const latencyCommands = {
  "script.figures": command(
    () => needsFolder() ?? (script() === null ? "Select a script first." : null),
    () => openDialog("figures", script()),
  ),
  "latency.scope": command(always, () => showScope(other(useLatencyChoice.getState().scope, "script", "all"))),
  "latency.phases": command(always, () => showLook(other(useLatencyChoice.getState().look, "total", "phases"))),
  "latency.reset": command(needsZoom, () => zoomTo(null)),
} satisfies Partial<Commands>;
