// What the rule not-executable says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The script is not executable",
  summary: "The file lacks its execute bit, so the system refuses to start it.",
  explanation:
    "On Linux and macOS each file says who may read, write and execute it. A server starts a CGI script as a program, so the script needs its execute bit; a new file, or one that came through a download or a Windows disk, has none.\n\nSet it with chmod +x, or chmod 755. The folders above need their execute bit too, which for a folder means that one may enter it; that is another finding.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: "S: Permission denied", answers: "500 Internal Server Error" },
    { server: "Apache", message: "file permissions deny server execution", answers: "403 Forbidden, on Windows", unproved: true },
    {
      server: "fcgiwrap",
      message: "Cannot get script name, are DOCUMENT_ROOT and SCRIPT_NAME (or SCRIPT_FILENAME) set and is the script executable?",
      answers: "403 Forbidden",
    },
  ],
  fixes: ["make-executable"],
};
