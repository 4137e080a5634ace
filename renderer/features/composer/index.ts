// The request under the editor.
export { Composer } from "./composer.js";
export { useComposerNeed } from "./part-store.js";
export { composedOf, rawOf, sendDebuggedBy, whyNotSendable } from "./send.js";
export { queryPairs } from "./target.js";
