// What the rule interpreter-not-executable says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The program that should run the script may not be executed",
  summary: "The first line names a file that is no executable program, or a folder.",
  explanation:
    "The first line of a script names its interpreter. Something is at that path, but the system may not run it: it is a folder, or a file without the execute bit, or it lies in a folder you may not enter. The script's own permissions may be right all the same. Look at the interpreter with ls -l.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: "S: Permission denied", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
  ],
  fixes: ["set-shebang"],
};
