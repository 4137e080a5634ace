// The request under the editor.
export { Composer } from "./composer.js";
