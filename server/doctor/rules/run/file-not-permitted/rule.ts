// The server's user may not open a file.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readPython } from "../../../evidence/language-error.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "The script may not open a file",
  summary: "The user that the server runs as has no permission for a file or folder that the script uses.",
  explanation:
    "A script has the rights of the user that the server runs as. On a real server that is often a special user (www-data, nobody, apache) who may not read your files and may not write into your folders. Give that user permission for exactly the file or folder in question.",
  reference: "RFC 3875 §9.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: PermissionError: [Errno 13] Permission denied: 'PATH'",
      answers: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message: "FastCGI sent in stderr: \"...PermissionError: [Errno 13] Permission denied: 'PATH'\"",
      answers: "502 Bad Gateway",
    },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "file-not-permitted",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (error?.kind !== "PermissionError") return null;
    return foundError(facts, error, `${error.message}. The server's user needs permission for it.`);
  },
};
