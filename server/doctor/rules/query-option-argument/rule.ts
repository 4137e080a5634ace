// A query that looks like an option of the command line: kept from the script here, passed by Apache.
import { quoteBytes } from "../../../protocol/quote.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const queryOptionArgument: RuleAtOnce = {
  id: "query-option-argument",
  text,
  when: "at-once",
  look: ({ notExported, request, env }) => {
    const query = notExported.find(([, why]) => why.includes("CVE-2012-1823"))?.[0];
    if (query === undefined) return null;
    const at = request.head.indexOf("?");
    return {
      detail: `The query ${quoteBytes(query)} did not become arguments here. Apache would start the script with them.`,
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + query.length],
      evidence: [{ kind: "variable", name: "QUERY_STRING", value: env?.find(({ name }) => name === "QUERY_STRING")?.value ?? null }],
    };
  },
};
