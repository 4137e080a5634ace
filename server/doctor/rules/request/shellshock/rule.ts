// A header that begins as Bash wrote functions into the environment.

import { quoteBytes } from "../../../../protocol/quote.js";
import { silentInAll } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";

const form = /^\(\)\s*\{/;

export const rule: DeferredRule = {
  severity: "hint",
  title: "A header has the form of a Shellshock attack",
  summary:
    "Its value begins with `() {`. A Bash from before September 2014 takes such a variable for a function and runs the commands after it.",
  explanation:
    "A request header becomes an environment variable. Bash used to read functions from variables whose values began with `() {`, and it ran whatever followed the function (“Shellshock”, CVE-2014-6271). The script need not be written in Bash: it is enough that it starts a command through a `/bin/sh` that is Bash. Every Bash since then is safe: `env x='() { :;}; echo unsafe' bash -c :` prints nothing. Clients that are no attack do not send such headers.",
  reference: "RFC 3875 §4.1.18",
  logged: silentInAll("passed on to the script"),
  on: "anything",
  check: ({ request }) => {
    const found = request.headers.find(([, value]) => form.test(value));
    if (found === undefined) return null;
    const [name, value] = found;
    const at = request.head.indexOf(value);
    return {
      detail: `The client sent \`${name}: ${quoteBytes(value)}\`. The script got it as a variable. A Bash of today ignores it.`,
      stream: "request",
      range: at < 0 ? null : [at, at + value.length],
    };
  },
};
