// The Timing view of a trace.
export { TimingView } from "./timing-view.js";
