// The server that runs the scripts.
export { distinct, ProblemNote, problemKey } from "./problem-note.js";
export { ServerPill } from "./server-pill.js";
export { ServerTitle } from "./server-title.js";
export { useServerStatusLabel } from "./status-label.js";
