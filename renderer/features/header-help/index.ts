// What headers and statuses mean, where they are shown.
export { Explained, Explanation } from "./explained.js";
export { useNameKeys } from "./use-name-keys.js";
