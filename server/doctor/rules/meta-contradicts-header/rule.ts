// <meta> or XML declaration against Content-Type.
import { pageEncoding, pagePlace, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const metaContradictsHeader: RuleLater = {
  id: "meta-contradicts-header",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
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
