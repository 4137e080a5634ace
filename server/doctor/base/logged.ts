// What other servers log and respond: for `logged` of a rule.
import type { RuleInfo } from "../../contract/doctor-contract.js";
import { statusLine } from "../../formats/glossary/statuses.js";
import {
  apacheSays,
  fcgiwrapSays,
  filled,
  goSays,
  lighttpdSays,
  nginxSays,
  type SentenceParts,
  startErrors,
} from "../../servers/sentences.js";

type Row = Readonly<RuleInfo["logged"][number]>;
export type Logged = readonly Row[];

/** A number stands for the whole status, such as "404 Not Found". */
type Response = number | string | null;

/** How the rows about one server are made. `sentences`: which its profile knows, too. */
function rowsOf<Sentence extends string>(server: Row["server"], sentences: Readonly<Record<Sentence, string>>) {
  const says = (message: string | null, response: Response): Row => ({
    server,
    message,
    response: typeof response === "number" ? statusLine(response) : response,
  });
  return {
    /** It logs this. */
    says,
    logs: (sentence: Sentence, response: Response, parts: SentenceParts = {}): Row =>
      says(filled(sentences[sentence], parts), response),
    /** It logs nothing. */
    silent: (response: Response): Row => says(null, response),
  };
}

export const apache = rowsOf("Apache", apacheSays);
export const lighttpd = rowsOf("lighttpd", lighttpdSays);
export const nginx = rowsOf("nginx", nginxSays);
export const fcgiwrap = rowsOf("fcgiwrap", fcgiwrapSays);
export const go = rowsOf("Go", goSays);
export const php = rowsOf("php", {});
export const sh = rowsOf("sh", {});

/** From the server's documentation or source, not tested. */
export const unproved = (row: Row): Row => ({ ...row, unproved: true });

/** The script ended with nothing but a message on stderr. */
export const onlyStderrLogged: Logged = [
  unproved(apache.logs("stderr", 500)),
  unproved(lighttpd.silent(500)),
  unproved(nginx.logs("stderr", 502)),
];

/** The script ended with an error before its headers. `line`: what it wrote last; `quoted`: what nginx logs of that. */
export const endedByErrorLogged = (line: string, quoted = `...${line}`): Logged => [
  apache.logs("stderr", 500, { TEXT: line }),
  nginx.logs("stderr", 502, { TEXT: quoted }),
  lighttpd.silent(500),
  apache.logs("noOutput", 500),
];

/** Apache, lighttpd and nginx respond alike and log nothing. */
export const silentInAll = (response: Response): Logged =>
  [apache, lighttpd, nginx].map(({ silent }) => silent(response));
/** No server complains. */
export const passedOnByAll = silentInAll("200 OK, passed on");
/** No other server refuses the request. */
export const servedByAll = silentInAll("200 OK");

const startFailures = { ENOENT: "no-interpreter", ENOEXEC: "no-program", EACCES: "not-executable" } as const;

/** The system refuses to start the script, with this error. */
export function startFailedLogged(
  errno: keyof typeof startFailures,
  ofFcgiwrap = fcgiwrap.logs("execFailed", 502),
): Logged {
  const [number, TEXT] = startErrors[startFailures[errno]];
  return [
    apache.logs("execFailed", 500, { N: String(number), TEXT }),
    lighttpd.logs("execFailed", 500, { TEXT }),
    ofFcgiwrap,
  ];
}

/** The script ended and stdout is empty. `signal`: its number; null: it exited by itself. */
export const nothingWrittenLogged = (signal: number | null): Logged => [
  apache.logs("noOutput", 500),
  signal === null ? lighttpd.silent(500) : lighttpd.logs("diedOfSignal", 500, { N: String(signal) }),
  fcgiwrap.logs("noOutput", 502),
  unproved(nginx.logs("ended", "502 Bad Gateway, for a FastCGI application")),
];

/** What Go's net/http/cgi adds to that for a script that exits by itself. */
export const noHeadersInGo: Logged = [unproved(go.logs("noHeaders", 500))];
