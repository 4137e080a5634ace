// Two traces side by side.
export { Compare } from "./compare.js";
