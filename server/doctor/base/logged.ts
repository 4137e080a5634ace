// What other servers log and respond to failures that several rules explain: for `logged` of a rule.

import type { RuleInfo } from "../../contract/doctor-contract.js";
import {
  apacheSays,
  fcgiwrapSays,
  filled,
  goSays,
  lighttpdSays,
  nginxSays,
  startErrors,
} from "../../servers/sentences.js";

export type Logged = readonly Readonly<RuleInfo["logged"][number]>[];

/** The script ended with nothing but a message on stderr. Not tested against these servers. */
export const onlyStderrLogged: Logged = [
  { server: "Apache", message: apacheSays.stderr, response: "500 Internal Server Error", unproved: true },
  { server: "lighttpd", message: null, response: "500 Internal Server Error", unproved: true },
  { server: "nginx", message: nginxSays.stderr, response: "502 Bad Gateway", unproved: true },
];

/** No server complains. */
export const passedOnByAll: Logged = [
  { server: "Apache", message: null, response: "200 OK, passed on" },
  { server: "lighttpd", message: null, response: "200 OK, passed on" },
  { server: "nginx", message: null, response: "200 OK, passed on" },
];

/** No other server refuses the request. */
export const servedByAll: Logged = [
  { server: "Apache", message: null, response: "200 OK" },
  { server: "lighttpd", message: null, response: "200 OK" },
  { server: "nginx", message: null, response: "200 OK" },
];

const startFailures = { ENOENT: "no-interpreter", ENOEXEC: "no-program", EACCES: "not-executable" } as const;

/** The system refuses to start the script, with this error. */
export function startFailedLogged(errno: keyof typeof startFailures): Logged {
  const [number, text] = startErrors[startFailures[errno]];
  return [
    {
      server: "Apache",
      message: filled(apacheSays.execFailed, { N: String(number), TEXT: text }),
      response: "500 Internal Server Error",
    },
    {
      server: "lighttpd",
      message: filled(lighttpdSays.execFailed, { TEXT: text }),
      response: "500 Internal Server Error",
    },
    { server: "fcgiwrap", message: fcgiwrapSays.execFailed, response: "502 Bad Gateway" },
  ];
}

/** The script ended and stdout is empty. `lighttpd`: what it logs of the end; null: nothing. */
export const nothingWrittenLogged = (lighttpd: string | null): Logged => [
  { server: "Apache", message: apacheSays.noOutput, response: "500 Internal Server Error" },
  { server: "lighttpd", message: lighttpd, response: "500 Internal Server Error" },
  {
    server: "fcgiwrap",
    message: fcgiwrapSays.noOutput,
    response: "502 Bad Gateway",
  },
  {
    server: "nginx",
    message: nginxSays.ended,
    response: "502 Bad Gateway, for a FastCGI application",
    unproved: true,
  },
];

/** What Go's net/http/cgi adds to that for a script that exits by itself. */
export const noHeadersInGo: Logged = [
  { server: "Go", message: goSays.noHeaders, response: "500 Internal Server Error", unproved: true },
];
