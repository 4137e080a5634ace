// A charset that is none.
import { at, scriptFields } from "../../fields.js";
import { pageEncoding, problemOf } from "../../page-encoding.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const charsetUnknown: RuleLater = {
  id: "charset-unknown",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const page = pageEncoding(facts);
    const field = scriptFields(facts).findLast(({ key }) => key === "content-type");
    if (page === null || field === undefined || problemOf(page, "unknown-charset") === null) return null;
    return { detail: `“${page.browser.header?.name ?? ""}” is no name that a browser knows, so it takes ${page.browser.encoding}.`, ...at(facts, field) };
  },
};
