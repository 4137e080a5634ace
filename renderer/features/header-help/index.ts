// Explanations of headers and statuses, where they are shown.
export { Explained, Explanation } from "./explained.js";
export { useNameKeys } from "./use-name-keys.js";
