// What the rule interpreter-missing says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The program that should run the script does not exist",
  summary: "The first line names an interpreter that is not installed at that place.",
  explanation:
    'The first line of a script, #! and a path, names the program that is to run it: its interpreter. Here nothing is at that path. Either the interpreter is not installed, or it lies elsewhere: /usr/local/bin/python3 on one machine is /usr/bin/python3 on another.\n\nServers log "No such file or directory" with the name of the script, which is there; the missing file is the interpreter. Correct the path, or write "#!/usr/bin/env python3": env looks the name up along the PATH that the server gives, which may be shorter than the PATH of your login.',
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: (2)No such file or directory: exec of 'S' failed", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: "S: No such file or directory", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
    { server: "sh", message: "/usr/bin/env: ‘python9’: No such file or directory", answers: null, unproved: true },
  ],
  fixes: ["set-shebang"],
};
