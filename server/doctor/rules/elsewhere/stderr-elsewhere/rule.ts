// A response with output on stderr that no other rule explains: servers log it in different places.

import { isServerError } from "../../../../contract/failure.js";
import { apache, fcgiwrap, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { hasErrorText } from "../../../evidence/other-languages.js";
import { postLimit } from "../../../evidence/post-limit.js";
import { firstStderrLine, lastLineSentence, lastStderrLine } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "hint",
  title: "The script wrote to standard error",
  summary: "A response arrived. Visitors never see standard error, and servers log it in different places.",
  explanation:
    "Programs write warnings to standard error. Apache and nginx write it into their error logs (nginx in lines of 2 KiB), lighttpd only if `server.breakagelog` is set, and fcgiwrap passes it on only if started with `-f`. None of them records when it was written relative to the body. CGI Workbench shows both on one timeline.",
  reference: "RFC 3875 §6.1",
  logged: [apache.logs("stderr", null), lighttpd.silent(null), nginx.logs("stderr", null), fcgiwrap.silent(null)],
  on: "anything",
  check: (facts) => {
    const { outcome, stderr, script } = facts;
    if (outcome !== "ok" || !stderr || stderr.bytes === 0 || script === null) return null;
    const hasFailed = isServerError(script.status);
    if ((hasFailed && hasErrorText(facts)) || postLimit(facts) !== null) return null; // has a rule of its own
    const { bytes } = stderr;
    const said = `The first line on stderr: “${firstStderrLine(stderr)}”`;
    return {
      ...(hasFailed && { title: `The script responded with status ${script.status} and wrote to standard error` }),
      detail: hasFailed ? `${said}${lastLineSentence(lastStderrLine(facts))}` : said,
      stream: "stderr",
      range: [0, bytes],
    };
  },
};
