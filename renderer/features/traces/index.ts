// The list of traces, and what can be done with one.
export { sendAgain, stopTrace } from "./actions/trace-actions.js";
export { setFilter } from "./list-state.js";
export { partNames, revealHit } from "./reveal-hit.js";
export { TraceBar } from "./trace-bar.js";
export { TraceItems } from "./trace-items.js";
export { TraceList } from "./trace-list.js";
export { TracesTitle } from "./traces-title.js";
