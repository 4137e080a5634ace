// The list of traces, and what can be done with one.
import { lazyPart } from "../../platform/lazy-part.js";

export { sendAgain, stopTrace } from "./actions/trace-actions.js";
export { readFilter } from "./filter/read-filter.js";
export { setFilter } from "./list-state.js";
export { revealHit } from "./reveal-hit.js";
export { partNames } from "./row-name.js";
export { TraceBar } from "./trace-bar.js";
export { TraceList } from "./trace-list.js";
export { TracesTitle } from "./traces-title.js";

/** The menu of a trace. */
export const TraceItems = lazyPart(async () => (await import("./later.js")).TraceItems);
