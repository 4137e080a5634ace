// A header whose name cannot be told apart in a variable.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const headerNotExported: RuleAtOnce = {
  id: "header-not-exported",
  text,
  when: "at-once",
  about: "not-exported",
  look: ({ notExported, request }) => {
    const hidden = notExported.filter(
      ([name]) => !/^[A-Za-z0-9-]+$/.test(name) && /^[^\s?=]+$/.test(name) && request.headers.some(([header]) => header === name),
    );
    if (hidden.length === 0) return null;
    const at = request.head.indexOf(`\n${hidden[0]?.[0] ?? ""}`);
    return {
      detail: `${hidden.map(([name, why]) => `${name}: ${why}`).join("; ")}.`,
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + (hidden[0]?.[0].length ?? 0)],
    };
  },
};
