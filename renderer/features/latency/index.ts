// The latency graph, and the mark that a save leaves in it.
export { LatencyGraph } from "./latency-graph.js";
export { markSave } from "./save-marks.js";
