// The part of the status bar about the file in the editor.
import { lazyPart } from "../../platform/lazy-part.js";

export const DocumentStatus = lazyPart(async () => (await import("./document-status.js")).DocumentStatus, {
  when: "idle",
});
