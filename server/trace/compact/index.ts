// The compact form of kept traces, and what traces share. The rest of the server imports this file alone.
export { TraceCompactor } from "./compactor.js";
export { expand, rowFacts } from "./expand.js";
export {
  type CompactTrace,
  conversationIntegers,
  conversationTimes,
  type KeptStream,
  keptStreams,
  place,
  streamIn,
} from "./fields.js";
export { RowReader, rowBytes } from "./number-pages.js";
export { type SharedContext, SharedContexts } from "./shared-contexts.js";
export { SharedVariables, type VariableSet } from "./shared-variables.js";
