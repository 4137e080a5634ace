// What one of the folder’s own commands answers.
export { AnswerDialog } from "./answer-dialog.js";
