// A FastCGI application in the mode "cgi": it waits for connections on its descriptor 0, which is no socket there.

import { traitsOf } from "../../../../contract/modes.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { stderrMatch } from "../../../evidence/stderr-match.js";

/** What the system says when something is to accept connections that is no socket. */
const noSocket = /[^\n]*(?:[Ss]ocket operation on non-socket|ENOTSOCK|not a socket)[^\n]*/;
/** A library of FastCGI's in a program's imports, or in a script's text. */
const library =
  /libfcgi(?:\+\+)?\.so|\bFCGX_Accept|^\s*use FCGI\b|\brequire ['"]fcgi['"]|^\s*(?:import|from) (?:flup|fcgi)\b|\bFCGI_LISTENSOCK/m;

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "A FastCGI application is run as a CGI script",
  summary: "It waits for connections on its descriptor 0; run as CGI that is the request's body, and no socket.",
  explanation:
    "A FastCGI application is started once and finds a listening socket as its descriptor 0, over which requests come one after the other. Run as CGI it finds the request's body there instead, cannot accept a connection on it, and ends without an answer. Some libraries notice that and answer a single request as CGI (libfcgi with FCGI_Accept, FCGI for Perl); many programs do not.\n\nRun it as FastCGI: its processes are then kept, and each request is passed on to one of them. A program whose name ends in .fcgi is run in this way without being told.",
  reference: "FastCGI §2.2",
  logged: [
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
      answers: "502 Bad Gateway",
    },
  ],
  fixes: ["run-as-fastcgi"],
};

export const rule: DeferredRule = {
  id: "fastcgi-run-as-cgi",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const { route, file } = subject;
    if (traitsOf(route.mode)?.speaksFastcgi !== false || !wroteNothing(subject)) return null;
    const said = stderrMatch(subject, noSocket);
    if (said)
      return {
        detail: `${text.summary} It said so: the system told it that what it was to accept connections on is no socket.`,
        ...said.place,
      };
    const imported = library.exec(file?.source ?? "")?.[0].trim();
    if (file === null || imported === undefined || (subject.process?.exitCode ?? 0) !== 0) return null;
    return {
      detail: `It ended without a word, and it is made with a library for FastCGI (“${imported}”): as CGI it finds no socket to accept connections on.`,
      evidence: [{ kind: "quote", of: file.path, text: imported }],
    };
  },
};
