// A header that the request itself injected.

import { byteString, fromBytes } from "../../../../protocol/byte-string.js";
import { percentDecode } from "../../../../protocol/percent.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import type { TraceFacts } from "../../../base/facts.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";

interface InjectedLine {
  /** "name:value". */
  readonly field: string;
  /** It ends the parameter, so the script's own text may follow it. */
  readonly isLast: boolean;
  /** What the request has before the line break: the end of the value that the script meant to write. */
  readonly before: string;
}

/** Every line that follows a line break within a parameter. */
function injectedLines({ request, env }: Pick<TraceFacts, "request" | "env">): InjectedLine[] {
  const query = env?.find(({ name }) => name === "QUERY_STRING")?.value ?? "";
  const body = fromBytes(request.body.read(0, 64 << 10));
  const injected: InjectedLine[] = [];
  for (const part of [query, body, request.target]) {
    if (!/%0[ad]/i.test(part)) continue;
    for (const parameter of part.split(/[&?]/)) {
      const word = parameter.slice(parameter.indexOf("=") + 1);
      const [first = "", ...lines] = percentDecode(byteString(word.replaceAll("+", " "))).value.split(/[\r\n]+/);
      let before = parameter.startsWith("/") ? first.slice(first.lastIndexOf("/") + 1) : first; // of a path its end
      for (const [index, line] of lines.entries()) {
        const colon = line.indexOf(":");
        const value = line.slice(colon + 1).trim();
        if (colon > 0) {
          const isLast = index === lines.length - 1;
          injected.push({ field: `${line.slice(0, colon)}:${value}`, isLast, before: before.trim() });
        }
        before = value;
      }
    }
  }
  return injected;
}

const isField = ({ field, isLast }: InjectedLine, written: string): boolean =>
  isLast && !field.endsWith(":") ? written.startsWith(field) : written === field;

/**
 * Text that merely contains a header of the response was not injected: the header before it is not the request's. An
 * empty value leaves nothing of itself there but a place for it.
 */
const follows = ({ before }: InjectedLine, previous: string | undefined): boolean =>
  previous !== undefined && (before === "" ? /(?:^|[=:/?&;,])$/.test(previous) : previous.endsWith(before));

export const rule: DeferredRule = {
  severity: "error",
  title: "The request injected a header into the response",
  summary:
    "The script put a value from the request, with its line breaks, into a header. Any client can write headers and pages this way.",
  explanation:
    "The script puts something from the request into a header without removing line breaks. A link with `%0D%0A` in it then ends the header and begins another one: a cookie for your site, another page, anything. This is called response splitting and is a security hole. Remove `\\r` and `\\n` from everything that goes into a header, or percent-encode it.",
  reference: "RFC 9110 §5.5, RFC 3875 §9",
  logged: [
    apache.silent("200 OK, passed on"),
    lighttpd.silent("400 Bad Request: rejects a URL with %0D"),
    nginx.silent("200 OK, passed on"),
  ],
  on: "anything",
  check: (facts) => {
    const fields = scriptFields(facts);
    const lines = injectedLines(facts);
    if (fields.length === 0 || lines.length === 0) return null;
    return fields
      .filter(({ name, value }, index) =>
        lines.some((line) => isField(line, `${name}:${value}`) && follows(line, fields[index - 1]?.value.trim())),
      )
      .map((field) => ({
        detail: `${quoteBytes(byteString(`${field.name}: ${field.value}`))} came from the request, after a line break, and became a header of the response.`,
        ...fieldLocation(facts, field),
      }));
  },
};
