// PermissionError: the server's user has no permission for a file that the script opens.
import { apacheSays, apacheStderr, nginxStderr } from "../../../../servers/sentences.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, readPython } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Permission denied for a file that the script opens",
  summary: "The user that the server runs as has no permission for a file or folder that the script uses.",
  explanation:
    "A script has the permissions of the user that the server runs as. On a production server this is often a special user (`www-data`, `nobody`, `apache`) who cannot read your files or write into your folders. Give that user permission for exactly this file or folder.",
  reference: "RFC 3875 §9.4",
  logged: [
    {
      server: "Apache",
      message: apacheStderr("PermissionError: [Errno 13] Permission denied: 'PATH'"),
      response: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message: nginxStderr("...PermissionError: [Errno 13] Permission denied: 'PATH'"),
      response: "502 Bad Gateway",
    },
    { server: "lighttpd", message: null, response: "500 Internal Server Error" },
    { server: "Apache", message: apacheSays.noOutput, response: "500 Internal Server Error" },
  ],
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (error?.kind !== "PermissionError") return null;
    return errorOccurrence(facts, error, {
      detail: `${error.message}. The server's user needs permission for this file or folder.`,
    });
  },
};
