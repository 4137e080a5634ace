// A header line that the request itself brought along.

import { byteString, fromBytes } from "../../../../protocol/byte-string.js";
import { percentDecode } from "../../../../protocol/percent.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import type { TraceFacts } from "../../../engine/subject.js";
import { at, scriptFields } from "../../../evidence/fields.js";

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

const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The request wrote a line of the header",
  summary:
    "A value from the request, with its line ends, was put into a header: whoever sends the request can write headers and pages.",
  explanation:
    'The script puts something from the request into a header without taking line ends out. A link with %0D%0A in it then ends the field and begins another one: a cookie for your site, another page, anything. This is called response splitting and is a security hole. Remove "\\r" and "\\n" from everything that goes into a header, or encode it with percent signs.',
  reference: "RFC 9110 §5.5, RFC 3875 §9",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "400 Bad Request: it takes no address with %0D" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "response-splitting",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
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
