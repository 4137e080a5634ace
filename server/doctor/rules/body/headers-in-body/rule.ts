// Lines at the beginning of the body that are headers of a response: they came behind the blank line.

import { fromBytes, latin1 } from "../../../../protocol/byte-string.js";
import { firstValue } from "../../../../protocol/header-values.js";
import { quoteBytes } from "../../../../protocol/quote.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { blankLine, rangeIn } from "../../../evidence/output.js";

const examinedBytes = 4096;
/** Fields that only a response has, with a value that fits. */
const telling =
  /^(?:Set-Cookie:[ \t]*[\w!#$%&'*+.^`|~-]+=|Location:[ \t]*(?:\/|https?:)\S*$|Status:[ \t]*[1-5]\d\d\b)/i;
/** What stands beside them. */
const anyField = /^[A-Za-z][\w-]*:[ \t]*\S/;
/** Fields at the beginning of a page. */
const usual =
  /^(?:Content-(?:Type:[ \t]*[\w.+-]+\/|Length:[ \t]*\d+$|Disposition:[ \t]*(?:attachment|inline))|Cache-Control:|Pragma:|Expires:[ \t]*(?:\w{3},|-?\d+$)|Last-Modified:[ \t]*\w{3},|Refresh:[ \t]*\d)/i;

export const rule: DeferredRule = {
  severity: "warning",
  title: "Headers came after the blank line",
  summary: "The body begins with lines that are headers. They came behind the blank line that ends the headers.",
  explanation:
    "The first blank line of the output ends the headers. What is printed later is the page, also if it looks like a header: no cookie is set, nobody is redirected, the status stays. Often a library, or a first `print`, writes Content-Type and the blank line early, and the script adds its header afterwards.\n\nPrint all headers first, then one blank line, then the page.",
  reference: "RFC 3875 §6.2",
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const { stdout, script } = facts;
    // A blank line that comes first, or a head that is none, has rules of its own.
    if (script === null || script.kind === "invalid" || script.headers.length === 0) return null;
    const end = blankLine(facts)?.to;
    const type = firstValue(script.headers, "content-type") ?? "";
    if (stdout === null || end === undefined || /^(?:message|multipart)\//i.test(type)) return null;
    const [block = ""] = fromBytes(stdout.read(end, examinedBytes)).split(/\r?\n[ \t]*\r?\n/, 1);
    if (end + block.length >= Math.min(stdout.captured, end + examinedBytes)) return null; // no blank line behind them
    const lines = block.split(/\r?\n/);
    const isPage = /^text\/html\b/i.test(type);
    const told = lines.find((line) => telling.test(line));
    const field = told ?? (isPage ? lines[0] : undefined);
    const form = told === undefined ? usual : anyField;
    if (field === undefined || !lines.every((line) => form.test(line))) return null;
    return {
      detail: `${quoteBytes(latin1(field))} came behind the blank line, and had no effect: it is the beginning of the page. Print it before the blank line.`,
      stream: "stdout",
      range: rangeIn(stdout, end, end + block.length),
    };
  },
};
