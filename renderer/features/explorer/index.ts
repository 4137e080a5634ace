// The tree of files.
export { Explorer } from "./explorer.js";
