// Comparing the editor's file with other versions of it.
export { canCompareRan, compareWithDisk, useDiff } from "./diff-store.js";
