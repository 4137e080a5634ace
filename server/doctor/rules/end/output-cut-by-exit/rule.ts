// process.exit of Node, before what was written had left the process.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { declaredLength } from "../../../evidence/content-length.js";
import { cuttingExit } from "../../../evidence/node-exit.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "process.exit probably cut off the output",
  summary: "Node writes to a pipe in the background. `process.exit` ends the process, and drops what waits.",
  explanation:
    "A CGI script writes to a pipe, and on Linux and macOS Node does not wait for it: `process.stdout.write` returns at once, and what the pipe cannot hold (about 64 KiB) waits in the process. `process.exit()` ends the process at once, and the rest is lost, some more or less from run to run.\n\nSet `process.exitCode` and let the script end by itself, or exit in the callback of the last write.",
  logged: passedOnByAll,
  on: "anything",
  explains: ["content-length-large"],
  check: (facts) => {
    const line = cuttingExit(facts);
    if (line === null) return null;
    const length = declaredLength(facts);
    const bytes = facts.stdout?.bytes ?? 0;
    const arrived =
      length === null
        ? `The output ends after ${bytes} bytes, where a pipe was full`
        : `\`Content-Length\` is ${length.declared}, and the body has ${length.actual} bytes`;
    return {
      severity: length === null ? "warning" : "error",
      detail: `${arrived}. \`process.exit\` on line ${line} probably ended the script before all of it was written. Set \`process.exitCode\` instead, or exit in the callback of the last write.`,
      line,
    };
  },
};
