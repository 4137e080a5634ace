// The latency graph, and the mark that a save leaves in it.

export { markSave } from "../../model/traces/save-marks.js";
export { LatencyGraph } from "./latency-graph.js";
