// A FastCGI application in the mode "cgi": it waits for connections on its descriptor 0, which is no socket there.
import { wroteNothing } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { stderrMatch } from "../../stderr-match.js";
import { text } from "./text.js";

/** What the system says when something is to accept connections that is no socket. */
const noSocket = /[^\n]*(?:[Ss]ocket operation on non-socket|ENOTSOCK|not a socket)[^\n]*/;
/** A library of FastCGI's in a program's imports, or in a script's text. */
const library = /libfcgi(?:\+\+)?\.so|\bFCGX_Accept|^\s*use FCGI\b|\brequire ['"]fcgi['"]|^\s*(?:import|from) (?:flup|fcgi)\b|\bFCGI_LISTENSOCK/m;

export const fastcgiRunAsCgi: RuleLater = {
  id: "fastcgi-run-as-cgi",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const { route, file } = subject;
    if (route.mode !== "cgi" || !wroteNothing(subject)) return null;
    const said = stderrMatch(subject, noSocket);
    if (said) return { detail: `${text.summary} It said so: the system told it that what it was to accept connections on is no socket.`, ...said.place };
    const imported = library.exec(file?.source ?? "")?.[0].trim();
    if (file === null || imported === undefined || (subject.process?.exitCode ?? 0) !== 0) return null;
    return {
      detail: `It ended without a word, and it is made with a library for FastCGI (“${imported}”): as CGI it finds no socket to accept connections on.`,
      evidence: [{ kind: "quote", of: file.path, text: imported }],
    };
  },
};
