// The Response tab.
export { ResponseView } from "./response-view.js";
