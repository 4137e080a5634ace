// A cookie with a value and a date that was in the future when the script was written.
import { quoteBytes } from "../../../../protocol/quote.js";
import { passedOnByAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";
import { isCookieDate, isLongPast, readSetCookie, type SetCookie } from "../../../evidence/set-cookie.js";

/** What scripts write to delete a cookie: a value that is none. The date is then meant. */
const none = /^"?(?:deleted?|expired?|none|null|nil|undefined|logged-?out|logout|[-0xX]?)"?$/i;

function isForgotten({ value, attributes }: SetCookie): boolean {
  const expires = attributes.get("expires");
  return (
    expires !== undefined &&
    !attributes.has("max-age") &&
    !none.test(value) &&
    isCookieDate(expires) &&
    isLongPast(expires)
  );
}

export const rule: InlineRule = {
  severity: "hint",
  title: "A cookie's date lies in the past",
  summary: "Browsers do not store a cookie whose `Expires` has passed. They delete one of this name that they have.",
  explanation:
    "`Expires` says until when a browser keeps a cookie. With a date in the past the browser deletes the cookie at once, and the script never gets it back. That is the way to delete a cookie. In old scripts the date is often a fixed one that was far in the future once: `31-Dec-99`. Compute it from the current time, or use `Max-Age` with a number of seconds.",
  reference: "RFC 6265 §5.3",
  logged: passedOnByAll,
  about: ["set-cookie"],
  check: (facts) =>
    scriptFields(facts).flatMap((field) =>
      field.key === "set-cookie" && isForgotten(readSetCookie(field.value))
        ? [
            {
              detail: `${quoteBytes(field.value)}: this date has passed, so browsers do not store the cookie. If it is not meant to be deleted, compute the date, or use \`Max-Age\`.`,
              ...fieldLocation(facts, field),
            },
          ]
        : [],
    ),
};
