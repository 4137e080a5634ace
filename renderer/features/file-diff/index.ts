// Comparing the editor's file with other versions of it.
export { CompareMenu } from "./compare-menu.js";
export { canCompareRan, compareWithDisk, useDiff } from "./diff-store.js";
