// The compact form of kept traces. The rest of the server imports this file alone.
export { TraceCompactor } from "./compactor.js";
export { expand, rowFacts } from "./expand.js";
export type { CompactTrace } from "./fields.js";
export { SharedVariables } from "./shared-variables.js";
