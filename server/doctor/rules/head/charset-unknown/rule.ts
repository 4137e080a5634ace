// A charset that the Encoding Standard does not define.
import { passedOnByAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";
import { findBodyProblem, pageEncoding } from "../../../evidence/page-encoding.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "Content-Type names an encoding that browsers do not know",
  summary: "Browsers do not know the charset in `Content-Type`, so they ignore it.",
  explanation:
    "Encodings have registered names: `utf-8`, `iso-8859-1`, `windows-1252`. Names from databases (`utf8mb4`) or programming languages (`utf_8`; but `UTF8` is known) mean nothing to a browser, which then guesses. Write `charset=utf-8`.",
  reference: "Encoding Standard §4.2",
  logged: passedOnByAll,
  fixes: ["declare-charset"],
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const field = scriptFields(facts).findLast(({ key }) => key === "content-type");
    if (page === null || field === undefined || findBodyProblem(page, "unknown-charset") === null) return null;
    return {
      detail: `Browsers do not know “${page.browser.header?.name ?? ""}” and use ${page.browser.encoding} instead.`,
      ...fieldLocation(facts, field),
    };
  },
};
