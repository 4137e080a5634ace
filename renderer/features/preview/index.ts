// A recorded response, shown by a real browser engine.
export { Preview } from "./preview.js";
export { PreviewButtons } from "./preview-buttons.js";
