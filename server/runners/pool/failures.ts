// Why an application whose processes are ours serves nobody, in words: what happened, what it said last, and what to do.

import { toDisplayText } from "../../base/decode-text.js";
import type { ProcessInfo } from "../../contract/trace.js";
import { byteString } from "../../protocol/byte-string.js";
import type { Exit, StartError, Starter } from "../../spawn/start.js";
import { RunFailure } from "../runner.js";
import type { WorkerProcess } from "./worker-process.js";

/** "ended with exit code 1", "was ended by SIGKILL". */
export function exitWords({ exitCode, signal }: Pick<Exit, "exitCode" | "signal">): string {
  return signal === null ? `ended with exit code ${exitCode}` : `was ended by ${signal}`;
}

/** The system refused to start it. */
export function couldNotStart({ code, message }: StartError, start: Starter["kind"]): RunFailure {
  const process: ProcessInfo = {
    pid: null,
    start,
    exitCode: null,
    signal: null,
    errno: code,
    userMs: null,
    systemMs: null,
    maxRssKb: null,
  };
  return new RunFailure({ code, message, outcome: "spawn-error", status: 500, process });
}

/** The process was gone before it had answered anything. */
export function endedAtStart(name: string, process: WorkerProcess, exit: Exit, start: Starter["kind"]): RunFailure {
  const { exitCode, signal } = exit;
  const info: ProcessInfo = { pid: process.pid, start, errno: null, ...exit };
  const said = process.lastWords.trim();
  const header = endsAsCgi.exec(said)?.[0].trim();
  const isCgi = header !== undefined || missesStdin.test(said);
  const quoted = (text: string): string => `“${toDisplayText(byteString(text))}”`;
  const words = header
    ? `It wrote a CGI header, ${quoted(header)}, to its standard output.`
    : said === ""
      ? "It wrote nothing."
      : `It wrote: ${quoted(said.slice(-maxQuoted))}.`;
  const fix = isCgi
    ? 'That is what a CGI program does: run it in the mode "cgi".'
    : exitCode === 0
      ? "A FastCGI application stays and takes one request after the other on its descriptor 0."
      : "Mend that, and send again.";
  const message = `${name} ${exitWords({ exitCode, signal })} before it had answered a request. ${words} ${fix}`;
  return new RunFailure({
    code: isCgi ? "cgi-program" : "ended-at-start",
    message,
    outcome: "crashed",
    status: 502,
    process: info,
  });
}

/** A header of CGI's, which a FastCGI application puts into a record; a program of any language, with whatever it said before. */
const endsAsCgi = /^(?:content-type|status|location)[ \t]*:.{0,200}/im;
/** A CGI program reads its standard input; a FastCGI application's is a socket that only accepts connections. */
const missesStdin =
  /(?:stdin|cat: -|-: read).*(?:Invalid argument|not connected)|(?:Invalid argument|not connected).*(?:stdin|<STDIN>)|Errno (?:22|107)\]/i;

/** Nothing to be had while it is not started again. */
export function pausing(last: RunFailure, restartsInMs: number): RunFailure {
  const { code, message, outcome, status, process } = last;
  return new RunFailure({
    code,
    message: `${message} (The next try is made in ${(restartsInMs / 1000).toFixed(1)} s.)`,
    outcome,
    status,
    process,
  });
}

const maxQuoted = 600;
