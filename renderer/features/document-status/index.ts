// The part of the status bar about the file in the editor.
import { idlePart } from "../../platform/lazy-part.js";

export const DocumentStatus = idlePart(async () => (await import("./document-status.js")).DocumentStatus);
