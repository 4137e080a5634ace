// Why an application with worker processes does not serve a request: what happened, and its last output.

import { toDisplayText } from "../../base/decode-text.js";
import type { ProcessInfo } from "../../contract/trace.js";
import { byteString } from "../../protocol/byte-string.js";
import { type StartError, type Starter, unknownExit } from "../../spawn/start.js";
import { RunFailure } from "../runner.js";
import { poolMessage } from "./messages.js";
import type { WorkerProcess } from "./worker-process.js";

/** The system refused to start it. */
export function couldNotStart({ code, why }: StartError, start: Starter["kind"]): RunFailure {
  const process = { pid: null, start, errno: code, ...unknownExit };
  return new RunFailure({ code, why, outcome: "spawn-error", status: 500, process });
}

/** The process exited before its first response. */
export function endedAtStart(name: string, process: WorkerProcess, info: ProcessInfo): RunFailure {
  const { exitCode, signal } = info;
  const said = process.lastWords.trim();
  const header = endsAsCgi.exec(said)?.[0].trim();
  const isCgi = header !== undefined || missesStdin.test(said);
  const shown = said === "" ? null : toDisplayText(byteString(endOf(said)));
  const facts = { application: name, exitCode, signal, said: shown };
  return new RunFailure({
    code: isCgi ? "cgi-program" : "ended-at-start",
    why: isCgi
      ? poolMessage("cgi-program", {
          ...facts,
          header: header === undefined ? null : toDisplayText(byteString(header)),
        })
      : poolMessage("ended-at-start", facts),
    outcome: "crashed",
    status: 502,
    process: info,
  });
}

/** A CGI header, which a FastCGI application puts into a record; also after other output, in any language. */
const endsAsCgi = /^(?:content-type|status|location)[ \t]*:.{0,200}/im;
/** A CGI program reads its standard input; that of a FastCGI application is a socket that only accepts connections. */
const missesStdin =
  /(?:stdin|cat: -|-: read).*(?:Invalid argument|not connected)|(?:Invalid argument|not connected).*(?:stdin|<STDIN>)|Errno (?:22|107)\]/i;

/** The failure while the restart is pending. */
export function pausing(last: RunFailure, restartsInMs: number): RunFailure {
  const { code, why, outcome, status, process } = last;
  return new RunFailure({
    code,
    why: poolMessage("restart-pending", { failure: why, restartsInMs }),
    outcome,
    status,
    process,
  });
}

const maxQuoted = 600;

/** Whole lines, without the calls that led to an error: they come after it in some languages. */
function endOf(said: string): string {
  const lines = said.split("\n").filter((line) => !/^\s+at \S| called at \S+ line \d+\.?$/.test(line));
  const text = lines.join("\n").trim() || said;
  const end = text.slice(-maxQuoted);
  return end === text ? text : end.slice(end.indexOf("\n") + 1);
}
