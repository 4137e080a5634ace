// The views of one trace.
export { InspectorPane } from "./inspector-pane.js";
