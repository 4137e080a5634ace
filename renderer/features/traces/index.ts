// The trace list: its component, and the rows for whoever else shows them.
export { MiddleEllipsis } from "./middle-ellipsis.js";
export { TraceList } from "./trace-list.js";
export { useTraceRow, useTraceRows, useTraceStore } from "./trace-store.js";
export { outcomeName, statusText, statusTone } from "./trace-words.js";
