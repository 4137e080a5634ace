// The password file of a protected route cannot be used.
import type { accessMessage } from "../../../../http/access/messages.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<(typeof accessMessage.codes)[number]> = {
  "password-file-unusable": "Create the file, or correct its path in the configuration.",
  "password-hash-unusable": "Set the password again.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "Sign-in is impossible, because the password file cannot be used",
  summary: "The route is protected, but its password file is missing, unreadable or has an unsupported kind of hash.",
  explanation:
    "A protected path whose password file cannot be used stays closed: an open one would be the worse mistake. Create the file with `htpasswd -B -c FILE NAME`, and check its path in cgi-workbench.json.",
  reference: "RFC 7617 §2",
  logged: [],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
