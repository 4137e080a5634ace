// The URL leads to a folder.

import { wordsOf } from "../../../../contract/message.js";
import { routeMessage } from "../../../../routing/messages.js";
import { apache, fcgiwrap, lighttpd } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "The URL leads to a folder",
  summary: "A folder has no page of its own unless it contains an index file.",
  explanation:
    "The path leads to a folder. If the folder has an index file, a server responds with it, after a redirect to the URL with a trailing slash. Apache does not run a folder as a script (AH02812).",
  reference: "RFC 3875 §3.2",
  logged: [apache.logs("folder", 403), lighttpd.silent("301 to the URL with a trailing slash"), fcgiwrap.silent(403)],
  about: "no-script",
  check: ({ cause }) =>
    cause && routeMessage.is(cause, "no-index", "needs-slash") ? { detail: `${wordsOf(cause.text)}.` } : null,
};
