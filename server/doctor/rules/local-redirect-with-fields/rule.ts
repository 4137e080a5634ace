// A path in Location beside other fields: Apache serves it, others send the client there.
import { fieldRange } from "../../output.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const localRedirectWithFields: RuleAtOnce = {
  id: "local-redirect-with-fields",
  text,
  when: "at-once",
  look: (facts) => {
    const { script } = facts;
    if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
    const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
    if (!script.headers[index]?.[1].startsWith("/")) return null;
    if (script.headers.length === 1 || script.headers.some(([name]) => name.toLowerCase() === "status")) return null;
    return {
      detail: `Beside Location stands ${script.headers
        .filter((_, at) => at !== index)
        .map(([name]) => name)
        .slice(0, 5)
        .join(", ")}. Remove it, or add "Status: 302 Found".`,
      stream: "stdout",
      range: fieldRange(facts, index),
    };
  },
};
