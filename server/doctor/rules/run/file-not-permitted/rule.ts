// PermissionError: the server's user has no permission for a file that the script opens.
import { endedByErrorLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, readPython } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Permission denied for a file that the script opens",
  summary: "The user that the server runs as has no permission for a file or folder that the script uses.",
  explanation:
    "A script has the permissions of the user that the server runs as. On a production server this is often a special user (`www-data`, `nobody`, `apache`) who cannot read your files or write into your folders. Give that user permission for exactly this file or folder.",
  reference: "RFC 3875 §9.4",
  logged: endedByErrorLogged("PermissionError: [Errno 13] Permission denied: 'PATH'"),
  on: "failures",
  check: (facts) => {
    const error = readPython(facts);
    if (error?.kind !== "PermissionError") return null;
    return errorOccurrence(facts, error, {
      detail: `${error.message}. The server's user needs permission for this file or folder.`,
    });
  },
};
