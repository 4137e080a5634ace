// Time: durations as text, and the Timing view of a trace.
export { formatMs, formatMsWithin } from "./duration.js";
export { ordinal } from "./ordinal.js";
export { TimingView } from "./timing-view.js";
