// What the client sent stands in the page as markup.
import { toDisplayText } from "../../../../base/decode-text.js";
import { byteString, fromBytes } from "../../../../protocol/byte-string.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { clientValues, variableOf } from "../../../evidence/client-values.js";
import { blankLine, rangeIn } from "../../../evidence/output.js";
import { markupPlace, type PagePlace } from "../../../evidence/page-place.js";

const maxPageBytes = 512 << 10;
const maxValues = 50;
/** A whole tag alone: the page may have the same. */
const tagAlone = /^\s*<\/?[A-Za-z!]\w*\s*\/?>\s*$/;
/** Tags that only change how text looks. */
const harmless =
  /<(?!\/?(?:a|b|big|blockquote|br|center|cite|code|dd|dl|dt|em|h[1-6]|hr|i|li|ol|p|pre|q|s|small|span|strong|sub|sup|tt|u|ul)\b[^<>=]*>)[A-Za-z!]/i;
const escapes: Readonly<Record<PagePlace, string>> = {
  text: "`<` must be written `&lt;`",
  attribute: "the quote that ends the attribute must be written `&quot;` or `&#39;`",
  comment: "nothing of a request belongs into a comment",
  element: "`<` must not end the element",
};

export const rule: DeferredRule = {
  severity: "error",
  title: "What the client sends is markup of the page",
  summary: "A value of the request stands in the HTML as it came, so its tags and quotes are the page's own.",
  explanation:
    "A value that is put into a page without escaping becomes a part of it: `<script>` in a link that somebody sends to a visitor runs in the visitor's browser, with the visitor's cookies (cross-site scripting). In an attribute a quote is enough.\n\nEscape each value as it is written: `html.escape` in Python, `CGI::escapeHTML` in Perl, `CGI.escapeHTML` in Ruby, `htmlspecialchars` in PHP; in a shell `sed 's/&/\\&amp;/g; s/</\\&lt;/g; s/\"/\\&quot;/g'`. It is a warning where the value has nothing but tags that change how text looks.",
  reference: "CWE-79",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const { script, stdout } = facts;
    const end = blankLine(facts);
    const type = script?.headers.findLast(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    if (script?.kind !== "document" || !stdout || end === null || !/^\s*text\/html\b/i.test(type)) return null;
    const { query, body } = clientValues(facts);
    const sent = [...query, ...body].flatMap(({ name, value }) => [value, name]);
    // A value that the script has itself may be the script's.
    const isOwn = (value: string): boolean => facts.file?.source.includes(value) === true;
    const values = new Set(
      [...sent, variableOf(facts, "PATH_INFO") ?? ""].filter(
        (value) => value.length > 3 && /["'>]|<[A-Za-z!/]/.test(value) && !tagAlone.test(value) && !isOwn(value),
      ),
    );
    if (values.size === 0) return null;
    const found = markupPlace(fromBytes(stdout.read(end.to, maxPageBytes)), [...values].slice(0, maxValues));
    if (found === null) return null;
    const from = end.to + found.at;
    const written = byteString(found.value);
    const isAttack = found.place === "attribute" ? /\bon\w+\s*=|>/i.test(found.value) : harmless.test(found.value);
    const field = [...query, ...body].find(({ name, value }) => name !== "" && value === written)?.name;
    return {
      severity: found.place === "text" || found.place === "attribute" ? (isAttack ? "error" : "warning") : "error",
      detail: `${field ? `The field \`${toDisplayText(field)}\`` : "A value of the request"}, ${quoteBytes(written)}, stands in the page as it came: ${escapes[found.place]}.`,
      stream: "stdout",
      range: rangeIn(stdout, from, from + found.value.length),
    };
  },
};
