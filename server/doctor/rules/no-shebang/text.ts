// What the rule no-shebang says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script does not say which program runs it",
  summary: "The file has no first line such as #!/usr/bin/env python3, and is no program itself.",
  explanation:
    'A server hands the file to the system to be started. The system knows two kinds of files that it can start: programs made by a compiler, and text whose first two bytes are #! followed by the program that reads the rest, the "shebang" line. This file is neither ("Exec format error"). An empty line or a space before #! is enough to hide it.\n\nIn a terminal the same script may run, because shells try a file as a shell script when the system refuses it; servers do not.',
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: (8)Exec format error: exec of 'S' failed", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: "S: Exec format error", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
  ],
  fixes: ["set-shebang"],
};
