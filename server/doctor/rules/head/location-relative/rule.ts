// A Location that is neither an absolute URL nor an absolute path (RFC 3875 §6.3.2).

import { quoteBytes } from "../../../../protocol/quote.js";
import { silentInAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "Location is neither an absolute URL nor an absolute path",
  summary: "The redirect names its target relative to the current URL.",
  explanation:
    "In a CGI script `Location` must be an absolute URL (`https://example.org/next`) or a path that begins with `/` (`/cgi-bin/next.py`). HTTP itself allows a relative one, so servers pass it on, and browsers resolve it against the URL of the request. The result depends on the path info and on a trailing slash, so it is sometimes right and sometimes not. Write the full path. `SCRIPT_NAME` has the path of the script itself.",
  reference: "RFC 3875 §6.3.2, RFC 9110 §10.2.2",
  logged: silentInAll("302 Found, passed on"),
  about: ["location"],
  check: (facts) => {
    const field = scriptFields(facts).find(({ key }) => key === "location");
    if (!field || field.value === "" || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(field.value)) return null;
    return {
      detail: `${quoteBytes(field.value)} does not begin with \`/\` and has no scheme such as \`https:\`.`,
      ...fieldLocation(facts, field),
    };
  },
};
