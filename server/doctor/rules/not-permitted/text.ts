// What the rule not-permitted says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script may not be executed by this server",
  summary: "The execute bit is set, yet the system refuses: for other users only, or by the file system.",
  explanation:
    "The script has an execute bit, but not for the user the server runs as, or the file system is mounted so that nothing on it may be executed (noexec), or a security module forbids it. Compare the file's owner and bits with the server's user: chmod 755 allows everybody.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed", answers: "500 Internal Server Error", unproved: true },
    { server: "lighttpd", message: "S: Permission denied", answers: "500 Internal Server Error", unproved: true },
  ],
  fixes: [],
};
