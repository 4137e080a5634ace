// A query without = became the command line.
import { toDisplayText } from "../../../trace/decode-text.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const queryBecameArguments: RuleAtOnce = {
  id: "query-became-arguments",
  text,
  when: "at-once",
  look: ({ argv, route, request, env }) => {
    if (argv === null || argv.length < 2 || route.file === null) return null;
    const words = argv.slice(argv.indexOf(route.file) + 1);
    if (words.length === 0 || words.some((word) => word.startsWith("-"))) return null;
    const query = env?.find(({ name }) => name === "QUERY_STRING")?.value ?? null;
    const at = request.head.indexOf("?");
    return {
      detail: `The script was started with ${words
        .map((word) => `"${toDisplayText(word)}"`)
        .slice(0, 5)
        .join(" ")}.`,
      stream: "request",
      range: at < 0 ? null : [at + 1, at + 1 + (query?.length ?? 0)],
      evidence: [{ kind: "variable", name: "QUERY_STRING", value: query }],
    };
  },
};
