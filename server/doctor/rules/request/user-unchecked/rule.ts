// A user name that no server verified: any client can send it.

import type { TraceFacts } from "../../../base/facts.js";
import { apache, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule, Occurrence } from "../../../base/rule.js";

/** Headers that a proxy sets. Without a proxy they come from the client. */
const names: ReadonlySet<string> = new Set([
  "HTTP_REMOTE_USER",
  "HTTP_X_REMOTE_USER",
  "HTTP_X_FORWARDED_USER",
  "HTTP_X_AUTHENTICATED_USER",
]);

export const rule: DeferredRule = {
  severity: "hint",
  title: "The user name is unverified",
  summary: "The script may trust a user name that any client can send.",
  explanation:
    "`REMOTE_USER` means that the server verified a password and this is the user. That holds only where the server did verify it. A name from a passed-on `Authorization` header, a header such as `Remote-User` that a proxy is meant to set, or a fixed value in the configuration proves nothing. Let the server verify the user (`auth` on the route), or verify it in the script, and trust no other name.",
  reference: "RFC 3875 §4.1.11, §9.2",
  logged: [
    unproved(apache.silent("hidden; with CGIPassAuth On passed without verification")),
    lighttpd.silent("passed, and REMOTE_USER is not set"),
    nginx.silent("passed, and REMOTE_USER set without verification"),
  ],
  on: "anything",
  check: (facts) => {
    const user = facts.env?.find(({ name }) => name === "REMOTE_USER");
    if (user?.source === "config")
      return found(
        "REMOTE_USER",
        user.value,
        "The configuration sets `REMOTE_USER`, so every visitor is this user, with any password or none.",
      );
    if (user !== undefined) return null;
    const basic = passedOn(facts, ({ name, value }) => name === "HTTP_AUTHORIZATION" && /^basic /i.test(value));
    if (basic)
      return found(
        basic.name,
        null,
        "The script receives the client's name and password, and no server has verified them. The script must do it. nginx with its usual parameters sets `REMOTE_USER` from them without verification.",
      );
    const named = passedOn(facts, ({ name }) => names.has(name));
    return named
      ? found(
          named.name,
          named.value,
          "The client sent it as a header. Behind a proxy that sets this header it comes from the proxy; without one, any client can send it.",
        )
      : null;
  },
};

type Variable = NonNullable<TraceFacts["env"]>[number];
const passedOn = ({ env }: TraceFacts, is: (variable: Variable) => boolean): Variable | undefined =>
  env?.find((variable) => variable.source.startsWith("header:") && is(variable));

/** `value`: null where it is a password. */
const found = (name: string, value: string | null, detail: string): Occurrence => ({
  title: `${name} is unverified`,
  detail,
  evidence: [value === null ? { kind: "quote", of: name, text: "Basic …" } : { kind: "variable", name, value }],
});
