// All output came at the end, from a script that took its time.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const outputHeldBack: RuleAtOnce = {
  id: "output-held-back",
  text,
  when: "at-once",
  look: ({ timing, stdout, outcome, script }) => {
    const { spawnedAt, firstByteAt, lastByteAt, exitAt } = timing;
    if (outcome !== "ok" || spawnedAt === null || firstByteAt === null || lastByteAt === null || exitAt === null || !stdout) return null;
    if (firstByteAt - spawnedAt < 2000 || lastByteAt - firstByteAt > 100 || stdout.bytes < 40) return null;
    const isStream = script?.headers.some(([name, value]) => name.toLowerCase() === "content-type" && value.startsWith("text/event-stream")) === true;
    return {
      severity: isStream ? "warning" : "hint",
      detail: `Nothing came for ${((firstByteAt - spawnedAt) / 1000).toFixed(1)} s, then ${stdout.bytes} bytes within ${Math.max(1, Math.round(lastByteAt - firstByteAt))} ms. If the script had something to say earlier, it must flush its output.`,
      stream: "stdout",
      evidence: [
        { kind: "quote", of: "timing", text: `first byte after ${Math.round(firstByteAt - spawnedAt)} ms, end after ${Math.round(exitAt - spawnedAt)} ms` },
      ],
    };
  },
};
