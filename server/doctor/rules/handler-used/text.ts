// What the rule handler-used says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "elsewhere",
  severity: "hint",
  title: "Most servers would not run this script",
  summary: "It ran here by its extension's interpreter; elsewhere it needs its execute bit and a #! line.",
  explanation:
    "The workbench knows by the extension which program runs the file, so that a first script works at once. Apache, lighttpd and nginx execute the file itself: there it needs its execute bit (chmod +x) and a first line that begins with #! and names the interpreter.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: "S: Permission denied", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: null, answers: "403 Forbidden" },
  ],
  fixes: ["make-executable", "set-shebang", "remove-byte-order-mark"],
};
