// The commands of the latency graph.
import { always, type Commands, command } from "../../platform/command-registry.js";
import { showLook, showScope, useLatencyChoice, zoomTo } from "./latency-state.js";

const needsZoom = (): string | null => (useLatencyChoice.getState().zoom ? null : "The graph is not zoomed.");
const other = <V>(now: V, one: V, two: V): V => (now === one ? two : one);

export const latencyCommands = {
  "latency.scope": command(always, () => showScope(other(useLatencyChoice.getState().scope, "script", "all"))),
  "latency.phases": command(always, () => showLook(other(useLatencyChoice.getState().look, "total", "phases"))),
  "latency.reset": command(needsZoom, () => zoomTo(null)),
} satisfies Partial<Commands>;
