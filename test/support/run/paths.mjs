// The folders the runner works in.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Reports, traces and pictures of a run; never committed. */
export const results = join(root, "test-results");
