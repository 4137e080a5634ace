// Stepping through the script of a request.
export { DebugPlace } from "./debug-place.js";
export { useIsPaused } from "./debug-store.js";
