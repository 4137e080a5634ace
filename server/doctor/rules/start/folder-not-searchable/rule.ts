// The server's user has no search permission for a folder above the file.

import { wordsOf } from "../../../../contract/message.js";
import { routeMessage } from "../../../../routing/messages.js";
import { apache, fcgiwrap, lighttpd, unproved } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "error",
  title: "Permission denied for a folder above the script",
  summary: "To reach a file, the server's user needs the execute bit of every folder above it.",
  explanation:
    "The execute bit of a folder is the permission to search it. To reach a script, the server's user needs that bit on every folder from the root down, and home folders are often closed to other users. The script's own permissions may be correct. Grant the permission with `chmod o+x` on the folder that lacks it. `namei -l PATH` lists all of them.",
  reference: "RFC 3875 §3.4",
  logged: [
    unproved(
      apache.says(
        "AH00035: access to U denied (filesystem path 'S') because search permissions are missing on a component of the path",
        403,
      ),
    ),
    unproved(lighttpd.silent(403)),
    unproved(fcgiwrap.silent(403)),
  ],
  about: "no-script",
  check: ({ cause }) =>
    cause && routeMessage.is(cause, "not-searchable")
      ? {
          detail: `${wordsOf(cause.text)}. Give the server's user the execute bit of that folder: \`chmod o+x FOLDER\`.`,
          evidence: [{ kind: "errno", errno: "EACCES" }],
        }
      : null,
};
