// What the latency graph can be told.
import { always, type Command, command } from "../../platform/command.js";
import { showLook, showScope, useLatencyChoice, zoomTo } from "./latency-state.js";

const needsZoom = (): string | null => (useLatencyChoice.getState().zoom ? null : "The graph is not zoomed.");
const other = <V>(now: V, one: V, two: V): V => (now === one ? two : one);

export const latencyCommands: readonly Command[] = [
  command("latency.scope", "Latency of one script or all", [], always, () =>
    showScope(other(useLatencyChoice.getState().scope, "script", "all")),
  ),
  command("latency.phases", "Latency in phases or total", [], always, () =>
    showLook(other(useLatencyChoice.getState().look, "total", "phases")),
  ),
  command("latency.reset", "Reset zoom of latency", [], needsZoom, () => zoomTo(null)),
];
