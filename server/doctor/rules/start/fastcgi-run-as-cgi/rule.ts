// A FastCGI application in the mode "cgi": it waits for connections on descriptor 0, which is not a socket there.

import { traitsOf } from "../../../../contract/modes.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { wroteNothing } from "../../../evidence/output.js";
import { stderrLineOf } from "../../../evidence/stderr.js";

/** The error for accept() on a descriptor that is not a socket. */
const noSocket = /[Ss]ocket operation on non-socket|ENOTSOCK|not a socket/;
/** A FastCGI library in a program's imports, or in a script's source. */
const library =
  /libfcgi(?:\+\+)?\.so|\bFCGX_Accept|^[ \t]*use FCGI\b|\brequire ['"]fcgi['"]|^[ \t]*(?:import|from) (?:flup|fcgi)\b|\bFCGI_LISTENSOCK/m;

export const rule: DeferredRule = {
  severity: "error",
  title: "A FastCGI application is run as a CGI script",
  summary:
    "The program accepts connections on its descriptor 0. Under CGI, descriptor 0 is the request body and not a socket.",
  explanation:
    "A FastCGI application is started once. Its descriptor 0 is a listening socket, and many requests arrive over it. Under CGI, descriptor 0 is the request body: the program cannot accept a connection on it and exits without a response. Some libraries notice this and answer a single request as CGI (`libfcgi` with `FCGI_Accept`, `FCGI` for Perl). Many programs do not.\n\nRun it as FastCGI. CGI Workbench then keeps its processes and passes each request to one of them. A program whose name ends in `.fcgi` is run this way by default.",
  reference: "FastCGI §2.2",
  logged: [apache.logs("noOutput", 500), lighttpd.silent(500), nginx.logs("ended", 502)],
  fixes: ["run-as-fastcgi"],
  on: "failures",
  check: (facts) => {
    const { route, file } = facts;
    if (traitsOf(route.mode)?.speaksFastcgi !== false || !wroteNothing(facts)) return null;
    const location = stderrLineOf(facts, noSocket);
    if (location)
      return {
        detail: `${rule.summary} On stderr the program reports that its descriptor is not a socket.`,
        ...location,
      };
    const imported = library.exec(file?.source ?? "")?.[0].trim();
    if (file === null || imported === undefined || (facts.process?.exitCode ?? 0) !== 0) return null;
    return {
      detail: `The program exited without output, and it uses a FastCGI library (“${imported}”). Under CGI it has no socket to accept connections on.`,
      evidence: [{ kind: "quote", of: file.path, text: imported }],
    };
  },
};
