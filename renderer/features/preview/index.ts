// A recorded response, shown by a real browser engine.
import { lazyPart } from "../../platform/lazy-part.js";

export const Preview = lazyPart(async () => (await import("./preview.js")).Preview);
export const PresentationPage = lazyPart(async () => (await import("./preview.js")).PresentationPage);
export { PreviewButtons } from "./preview-buttons.js";
