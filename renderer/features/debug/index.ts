// Stepping through the script of a request.
export { DebugPlace } from "./debug-place.js";
export { useIsDebugged } from "./debug-store.js";
