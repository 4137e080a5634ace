// The request under the editor.
export { Composer } from "./composer.js";
export { useComposerNeed } from "./part-store.js";
export { sendDebuggedBy } from "./send.js";
