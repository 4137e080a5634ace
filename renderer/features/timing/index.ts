// Time: durations as text, and the Timing view of a trace.
export { formatMs, formatMsOrDash } from "./duration.js";
export { TimingView } from "./timing-view.js";
