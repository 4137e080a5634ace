// A charset that is none.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { at, scriptFields } from "../../../evidence/fields.js";
import { pageEncoding, problemOf } from "../../../evidence/page-encoding.js";

const text: RuleText = {
  stage: "head",
  severity: "warning",
  title: "Content-Type names an encoding that browsers do not know",
  summary: "The charset in Content-Type is a name that no browser knows, so it is ignored.",
  explanation:
    "Encodings have registered names: utf-8, iso-8859-1, windows-1252. Names of databases (utf8mb4) and of programming languages (UTF8 is known, utf_8 is not) mean nothing to a browser, which then guesses. Write charset=utf-8.",
  reference: "Encoding Standard §4.2",
  logged: [
    { server: "Apache", message: null, answers: "200 OK, passed on" },
    { server: "lighttpd", message: null, answers: "200 OK, passed on" },
    { server: "nginx", message: null, answers: "200 OK, passed on" },
  ],
  fixes: ["declare-charset"],
};

export const rule: DeferredRule = {
  id: "charset-unknown",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const page = pageEncoding(facts);
    const field = scriptFields(facts).findLast(({ key }) => key === "content-type");
    if (page === null || field === undefined || problemOf(page, "unknown-charset") === null) return null;
    return {
      detail: `“${page.browser.header?.name ?? ""}” is no name that a browser knows, so it takes ${page.browser.encoding}.`,
      ...at(facts, field),
    };
  },
};
