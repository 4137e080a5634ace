// The route is protected, and the request does not sign in.
import type { accessMessage } from "../../../../http/access/messages.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<(typeof accessMessage.codes)[number]> = {
  "sign-in-needed":
    "Send an Authorization header; in the composer choose Basic authentication. With curl: `-u name:password`.",
  "credentials-malformed": "Send `Authorization: Basic` and the Base64 form of `name:password`.",
  "sign-ins-full": "Wait a moment. A lower cost of the hashes (`htpasswd -B -C 5`) makes each check shorter.",
  "credentials-wrong": "Check the name and the password. `htpasswd -v FILE NAME` checks them against the file.",
};

export const rule: InlineRule = {
  severity: "hint",
  title: "The path requires a user name and a password",
  summary: "The configuration protects this path with Basic authentication.",
  explanation:
    "The route has a password file in cgi-workbench.json. The server answers 401 with `WWW-Authenticate`, the browser asks for a user name and a password and repeats the request with an `Authorization` header. After that the script gets the name in `REMOTE_USER`. The first 401 is part of every sign-in and no error. The preview of the desktop app does not ask: sign in from the composer, or open the page in a browser.",
  reference: "RFC 7617 §2",
  logged: [],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
