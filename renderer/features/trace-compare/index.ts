// Two traces side by side.
export { CompareTitle } from "./compare-title.js";
