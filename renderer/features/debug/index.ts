// Stepping through the script of a request.
export { DebugBar } from "./debug-bar.js";
export { DebugPlace } from "./debug-place.js";
