// What other servers log and respond to failures that several rules explain: for `logged` of a rule.
import type { RuleInfo } from "../../contract/doctor-contract.js";

export type Logged = readonly Readonly<RuleInfo["logged"][number]>[];

/** The script ended with nothing but a message on stderr. Not tested against these servers. */
export const onlyStderrLogged: Logged = [
  { server: "Apache", message: "AH01215: stderr from S: TEXT", response: "500 Internal Server Error", unproved: true },
  { server: "lighttpd", message: null, response: "500 Internal Server Error", unproved: true },
  { server: "nginx", message: 'FastCGI sent in stderr: "TEXT"', response: "502 Bad Gateway", unproved: true },
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

const startFailures = {
  ENOENT: [2, "No such file or directory"],
  ENOEXEC: [8, "Exec format error"],
  EACCES: [13, "Permission denied"],
} as const;

/** The system refuses to start the script, with this error. */
export function startFailedLogged(errno: keyof typeof startFailures): Logged {
  const [number, text] = startFailures[errno];
  return [
    {
      server: "Apache",
      message: `AH01215: stderr from S: (${number})${text}: exec of 'S' failed`,
      response: "500 Internal Server Error",
    },
    { server: "lighttpd", message: `S: ${text}`, response: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", response: "502 Bad Gateway" },
  ];
}

/** The script ended and stdout is empty. `lighttpd`: what it logs of the end; null: nothing. */
export const nothingWrittenLogged = (lighttpd: string | null): Logged => [
  { server: "Apache", message: "End of script output before headers: S", response: "500 Internal Server Error" },
  { server: "lighttpd", message: lighttpd, response: "500 Internal Server Error" },
  {
    server: "fcgiwrap",
    message: "An error occurred while reading CGI reply (no response received)",
    response: "502 Bad Gateway",
  },
  {
    server: "nginx",
    message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
    response: "502 Bad Gateway, for a FastCGI application",
    unproved: true,
  },
];

/** What Go's net/http/cgi adds to that for a script that exits by itself. */
export const noHeadersInGo: Logged = [
  { server: "Go", message: "cgi: no headers", response: "500 Internal Server Error", unproved: true },
];
