// The tour over a trace: what just happened, step by step.
export { WalkOffer } from "./tour-prompt.js";
