// What other servers log and respond: for `logged` of a rule.
import type { RuleInfo } from "../../contract/doctor-contract.js";
import { statusText } from "../../servers/pages.js";
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

/** One server, by whose methods the rows about it are made. */
class Server<Sentence extends string> {
  readonly #name: Row["server"];
  readonly #sentences: Readonly<Record<Sentence, string>>;

  constructor(name: Row["server"], sentences: Readonly<Record<Sentence, string>>) {
    this.#name = name;
    this.#sentences = sentences;
  }

  /** It logs a sentence that its profile knows, too. */
  logs = (sentence: Sentence, response: Response, parts: SentenceParts = {}): Row =>
    this.#row(filled(this.#sentences[sentence], parts), response);
  /** It logs this. */
  says = (message: string, response: Response): Row => this.#row(message, response);
  /** It logs nothing. */
  silent = (response: Response): Row => this.#row(null, response);

  #row(message: string | null, response: Response): Row {
    return { server: this.#name, message, response: typeof response === "number" ? statusText(response) : response };
  }
}

export const apache = new Server("Apache", apacheSays);
export const lighttpd = new Server("lighttpd", lighttpdSays);
export const nginx = new Server("nginx", nginxSays);
export const fcgiwrap = new Server("fcgiwrap", fcgiwrapSays);
export const go = new Server("Go", goSays);
export const php = new Server("php", {});
export const sh = new Server("sh", {});

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
export function startFailedLogged(errno: keyof typeof startFailures): Logged {
  const [number, TEXT] = startErrors[startFailures[errno]];
  return [
    apache.logs("execFailed", 500, { N: String(number), TEXT }),
    lighttpd.logs("execFailed", 500, { TEXT }),
    fcgiwrap.logs("execFailed", 502),
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
