// <meta> or the XML declaration against Content-Type.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { findBodyProblem, pageEncoding, problemLocation } from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "The page and its headers declare different encodings",
  summary:
    "`Content-Type` declares one encoding, and the page's own `<meta>` or XML declaration another. The header wins.",
  explanation:
    'A page can declare its encoding in two places: in the headers (`Content-Type: …; charset=…`) and in the page (`<meta charset="…">`). If they differ, browsers use the header, and programs that have only the saved file use the page. Declare utf-8 in both.',
  reference: "RFC 9110 §8.3.2, HTML Standard §13.2.3",
  logged: passedOnByAll,
  fixes: ["declare-charset"],
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const problem = findBodyProblem(page, "meta-contradicts");
    if (page === null || problem === null) return null;
    const { header, inPage, from } = page.browser;
    const isMisread = findBodyProblem(page, "utf-8-misread") !== null || findBodyProblem(page, "not-utf-8") !== null;
    return {
      severity: isMisread ? ("warning" as const) : ("hint" as const),
      detail: `${from === "bom" ? "The byte order mark declares UTF" : `\`Content-Type\` declares ${header?.name ?? "nothing"}`}, and the page declares ${inPage?.name ?? "nothing"}. Browsers use the ${from === "bom" ? "mark" : "header"}.`,
      ...problemLocation(page, problem),
    };
  },
};
