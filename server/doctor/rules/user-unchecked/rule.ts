// A name that a script may take for somebody who is signed in, and that nobody checked: anybody can send it.
import type { Found, RuleLater } from "../../rule.js";
import type { TraceFacts } from "../../subject.js";
import { text } from "./text.js";

/** Fields that proxies set, and that a script behind none takes from the client. */
const names: ReadonlySet<string> = new Set(["HTTP_REMOTE_USER", "HTTP_X_REMOTE_USER", "HTTP_X_FORWARDED_USER", "HTTP_X_AUTHENTICATED_USER"]);

export const userUnchecked: RuleLater = {
  id: "user-unchecked",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const user = facts.env?.find(({ name }) => name === "REMOTE_USER");
    if (user?.source === "config")
      return found("REMOTE_USER", user.value, "The configuration sets it, so every visitor is this user, whatever name and password they send or leave out.");
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
      ? found(named.name, named.value, "The client sent it as a header field. Behind a proxy that sets it, it is the proxy's; here it is anybody's.")
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
