// A header line that the request itself brought along.

import { byteString, fromBytes } from "../../../protocol/byte-string.js";
import { percentDecode } from "../../../protocol/percent.js";
import { quoteBytes } from "../../../protocol/quote.js";
import { at, scriptFields } from "../../fields.js";
import type { RuleLater } from "../../rule.js";
import type { TraceFacts } from "../../subject.js";
import { text } from "./text.js";

/** "name:value" of every line that a parameter holds after a line end of its own. */
function injectedLines({ request, env, stdin }: Pick<TraceFacts, "request" | "env" | "stdin">): Set<string> {
  const query = env?.find(({ name }) => name === "QUERY_STRING")?.value ?? "";
  const body = stdin && stdin.captured > 0 ? fromBytes(stdin.read(0, 64 << 10)) : "";
  const lines = new Set<string>();
  for (const part of [query, body, request.target]) {
    if (!/%0[ad]/i.test(part)) continue;
    for (const parameter of part.split(/[&?]/)) {
      const word = parameter.slice(parameter.indexOf("=") + 1);
      for (const line of percentDecode(byteString(word.replaceAll("+", " ")))
        .value.split(/[\r\n]+/)
        .slice(1)) {
        const colon = line.indexOf(":");
        if (colon > 0) lines.add(`${line.slice(0, colon)}:${line.slice(colon + 1).trim()}`);
      }
    }
  }
  return lines;
}

export const responseSplitting: RuleLater = {
  id: "response-splitting",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const fields = scriptFields(facts);
    const lines = injectedLines(facts);
    if (fields.length === 0 || lines.size === 0) return null;
    return fields
      .filter(({ name, value }) => lines.has(`${name}:${value}`))
      .map((field) => ({
        detail: `${quoteBytes(byteString(`${field.name}: ${field.value}`))} came with the request, behind a line end, and became a header line of the answer.`,
        ...at(facts, field),
      }));
  },
};
