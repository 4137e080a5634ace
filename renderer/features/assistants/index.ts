export { AssistantsDialog } from "./assistants-dialog.js";
