// A path beside a Status: no local redirect, and not what RFC 3875 asks of a client redirect.
import { fieldRange } from "../../output.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const redirectPathWithStatus: RuleAtOnce = {
  id: "redirect-path-with-status",
  text,
  when: "at-once",
  look: (facts) => {
    const { script } = facts;
    if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
    if (!script.headers[index]?.[1].startsWith("/")) return null;
    if (!script.headers.some(([name]) => name.toLowerCase() === "status")) return null;
    return {
      detail: "The browser is sent there. It is no local redirect, because a Status stands beside it.",
      stream: "stdout",
      range: fieldRange(facts, index),
    };
  },
};
