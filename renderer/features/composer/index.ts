// The request under the editor.
export { Composer, SendNotes } from "./composer.js";
export { FileField } from "./file-field.js";
export { withJarCookies } from "./jar-store.js";
export { useComposerNeed } from "./part-store.js";
export { composedOf, rawOf, sendDraft, sendRequest, whyNotSendable } from "./send.js";
export { queryPairs } from "./target.js";
