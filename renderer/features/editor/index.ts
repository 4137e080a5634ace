// The editor's column.
export { EditorPane } from "./editor-pane.js";
