// The server that runs the scripts.
export { interpreterWords } from "./interpreter-label.js";
export { distinct, ProblemNote } from "./problem-note.js";
export { ServerPill } from "./server-pill.js";
export { ServerTitle } from "./server-title.js";
export { useServerWords } from "./status-label.js";
