// What goes to stderr, and where other servers put it.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const stderrElsewhere: RuleAtOnce = {
  id: "stderr-elsewhere",
  text,
  when: "at-once",
  look: ({ outcome, stderr, script }) =>
    outcome === "ok" && stderr && stderr.bytes > 0 && script !== null
      ? {
          detail: `${stderr.bytes} bytes, in ${stderr.chunks.length} ${stderr.chunks.length === 1 ? "write" : "writes"}.`,
          stream: "stderr",
          range: [0, stderr.bytes],
        }
      : null,
};
