// The part of the status bar about the file in the editor.
export { DocumentStatus } from "./document-status.js";
