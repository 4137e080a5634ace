// An uncaught exception that no other rule explains.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, hasOwnRule, readPython } from "../../../evidence/language-error.js";
import { effectOf } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A Python error ended the script",
  summary:
    "The script did not catch an exception, or its framework did and responded with an error. The traceback shows where it was raised.",
  explanation:
    "Python met an error while the script ran, and the script did not handle it. The traceback on standard error lists the calls that led there, the last one at the bottom, and ends with the error. In a server's log it is easy to miss; here it is next to the request that caused it.",
  logged: [
    apache.logs("stderr", "200 OK with the page cut short; 500 Internal Server Error when the header had not come", {
      TEXT: "Traceback (most recent call last):",
    }),
    nginx.logs("stderr", "200 OK with the page cut short; 502 Bad Gateway when the header had not come", {
      TEXT: "Traceback (most recent call last):...",
    }),
    lighttpd.silent("200 OK with the page cut short; 500 Internal Server Error when the header had not come"),
  ],
  on: "failures",
  explains: ["fastcgi-died"],
  check: (facts) => {
    const error = readPython(facts);
    if (!error || hasOwnRule(error, facts)) return null;
    return errorOccurrence(facts, error, { title: `A Python error ${effectOf(facts)}: ${error.kind}` });
  },
};
