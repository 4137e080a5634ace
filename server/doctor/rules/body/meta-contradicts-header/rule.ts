// <meta> or XML declaration against Content-Type.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { pageEncoding, pagePlace, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "body",
  severity: "warning",
  title: "The page and its header name different encodings",
  summary: "Content-Type says one encoding, the page's own <meta> or XML declaration another; the header wins.",
  explanation:
    'The encoding can be named in two places: in the header (Content-Type: …; charset=…) and in the page (<meta charset="…">). Where they differ, browsers believe the header, and programs that have only the saved file believe the page. Name the same in both: utf-8.',
  reference: "RFC 9110 §8.3.2, HTML Standard §13.2.3",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: ["declare-charset"],
};

export const rule: DeferredRule = {
  id: "meta-contradicts-header",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = problemOf(page, "meta-contradicts");
    if (page === null || problem === null) return null;
    const { header, inPage, from } = page.browser;
    const isMisread = problemOf(page, "utf-8-misread") !== null || problemOf(page, "not-utf-8") !== null;
    return {
      severity: isMisread ? ("warning" as const) : ("hint" as const),
      detail: `${from === "bom" ? "The byte order mark says UTF" : `Content-Type says ${header?.name ?? "nothing"}`}, the page says ${inPage?.name ?? "nothing"}. The ${from === "bom" ? "mark" : "header"} wins.`,
      ...pagePlace(page, problem),
    };
  },
};
