// The inspector of one trace.
export { Inspector } from "./inspector.js";
