// The X-ray of a trace, and its pieces that other tabs show as well.
export { coloursOf } from "./colours.js";
export { sourceLabel } from "./environment-lines.js";
export type { ShowTab } from "./finding-links.js";
export { findingTarget, marksOf } from "./finding-marks.js";
export { HighlightScope, VariableTag } from "./highlight.js";
export { requestLines, variablesOf } from "./request-lines.js";
export { standingLabel } from "./standing-label.js";
export { StatusLine } from "./status-line.js";
export { isInXray, Xray } from "./xray.js";
