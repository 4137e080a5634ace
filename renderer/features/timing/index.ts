// Time: durations as text, and the Timing view of a trace.
export { formatMs } from "./duration.js";
export { ordinal } from "./ordinal.js";
export { TimingView } from "./timing-view.js";
