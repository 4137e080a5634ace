// The traces the window knows, and the words for them, for whoever else shows them.
export { TargetText } from "./target-text.js";
export { useTraceRow, useTraceRows } from "./trace-store.js";
export { outcomeName, statusText, statusTone } from "./trace-words.js";
