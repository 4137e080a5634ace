// A name that a script may take for somebody who is signed in, and that nobody checked: anybody can send it.
import type { DeferredRule, Found, RuleText } from "../../../engine/rule.js";
import type { TraceFacts } from "../../../engine/subject.js";

/** Fields that proxies set, and that a script behind none takes from the client. */
const names: ReadonlySet<string> = new Set([
  "HTTP_REMOTE_USER",
  "HTTP_X_REMOTE_USER",
  "HTTP_X_FORWARDED_USER",
  "HTTP_X_AUTHENTICATED_USER",
]);

const text: RuleText = {
  stage: "request",
  severity: "hint",
  title: "A user's name that nobody checked",
  summary: "The script may take a name for somebody who is signed in that any client can send.",
  explanation:
    "REMOTE_USER means: the server checked a password, and this is who it was. That holds only where the server really checked. A name out of an Authorization header that was passed on, a header such as Remote-User that a proxy is meant to set, or a fixed value in a configuration is no proof of anything. Let the server check (auth on the route), or check in the script, and believe no other name.",
  reference: "RFC 3875 §4.1.11, §9.2",
  logged: [
    { server: "Apache", message: null, answers: "hidden; passed and unchecked with CGIPassAuth On", unproved: true },
    { server: "lighttpd", message: null, answers: "passed, and REMOTE_USER is not set" },
    { server: "nginx", message: null, answers: "passed, and REMOTE_USER set unchecked" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "user-unchecked",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const user = facts.env?.find(({ name }) => name === "REMOTE_USER");
    if (user?.source === "config")
      return found(
        "REMOTE_USER",
        user.value,
        "The configuration sets it, so every visitor is this user, whatever name and password they send or leave out.",
      );
    if (user !== undefined) return null;
    const basic = passedOn(facts, ({ name, value }) => name === "HTTP_AUTHORIZATION" && /^basic /i.test(value));
    if (basic)
      return found(
        basic.name,
        null,
        "The script gets the client's name and password and must check them itself: nobody did before. nginx with its usual parameters sets REMOTE_USER from them all the same.",
      );
    const named = passedOn(facts, ({ name }) => names.has(name));
    return named
      ? found(
          named.name,
          named.value,
          "The client sent it as a header field. Behind a proxy that sets it, it is the proxy's; here it is anybody's.",
        )
      : null;
  },
};

type Variable = NonNullable<TraceFacts["env"]>[number];
const passedOn = ({ env }: TraceFacts, is: (variable: Variable) => boolean): Variable | undefined =>
  env?.find((variable) => variable.source.startsWith("header:") && is(variable));

/** `value`: null where it is a password. */
const found = (name: string, value: string | null, detail: string): Found => ({
  title: `Nobody checked ${name}`,
  detail,
  evidence: [value === null ? { kind: "quote", of: name, text: "Basic …" } : { kind: "variable", name, value }],
});
