// What the status bar says of the file in the editor.
export { DocumentStatus } from "./document-status.js";
