// The dialog that connects an assistant.
export { AssistantsDialog } from "./assistants-dialog.js";
