// An exception that the script did not rescue.
import type { DeferredRule } from "../../../engine/rule.js";
import { errorOccurrence, readRuby } from "../../../evidence/language-error.js";
import { effectOf } from "../../../evidence/process.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A Ruby error ended the script",
  summary: "The script did not rescue an exception, or Ruby could not parse the script.",
  explanation:
    "Ruby met an error, and the script did not rescue it. The message on standard error begins with the file and the line, then names the error and lists the calls that led there.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: ...undefined local variable or method `NAME' for main:Object (NameError)",
      response: "200 OK with the page cut short; 500 Internal Server Error when the header had not come",
    },
    {
      server: "nginx",
      message: "FastCGI sent in stderr: \"...undefined local variable or method `NAME' for main:Object (NameError)",
      response: "200 OK with the page cut short; 502 Bad Gateway when the header had not come",
    },
    {
      server: "lighttpd",
      message: null,
      response: "200 OK with the page cut short; 500 Internal Server Error when the header had not come",
    },
  ],
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const error = readRuby(facts);
    return error && errorOccurrence(facts, error, { title: `A Ruby error ${effectOf(facts)}: ${error.kind}` });
  },
};
