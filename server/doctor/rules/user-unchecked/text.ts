// What the rule user-unchecked says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
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
