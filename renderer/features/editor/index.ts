// The editor's column, and one group of it.
export { EditorGroup } from "./editor-group.js";
export { EditorPane } from "./editor-pane.js";
