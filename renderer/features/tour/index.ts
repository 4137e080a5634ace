// The tour over a trace: what just happened, step by step.
export { TourPrompt } from "./tour-prompt.js";
