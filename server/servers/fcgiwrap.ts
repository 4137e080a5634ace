// fcgiwrap 1.1 between a server that speaks FastCGI and a script: it makes the line ends CR LF, and writes a page of
// its own where there is nothing to pass on.
import type { Message } from "../contract/message.js";
import type { Answer } from "./answer.js";
import { serverMessage } from "./messages.js";
import { fcgiwrapSays, filled } from "./sentences.js";
import type { ServerRun } from "./server-run.js";

/** What a server makes of the output that fcgiwrap passes on. */
export const behindFcgiwrap =
  (read: (run: ServerRun, output: string) => Answer) =>
  (run: ServerRun): Answer => {
    /** `log`: the script's own standard error comes before. */
    const page = (status: string, body: string, why: Message, ...log: string[]): Answer => {
      const answer = read(run, `Status: ${status}\r\nContent-Type: text/plain\r\n\r\n${body}\n`);
      return answer.isKnown ? { ...answer, log: [...answer.log, ...log], why } : answer;
    };
    const { failure, file, stdout } = run;
    if (failure === "not-found" || failure === "not-executable") {
      const why = serverMessage(failure === "not-found" ? "file-missing" : "cannot-start");
      return page("403 Forbidden", "403 Forbidden\r", why, fcgiwrapSays.notExecutable);
    }
    const bad = "502 Bad Gateway";
    if (failure !== null)
      return page(bad, `${bad}\r`, serverMessage("cannot-start"), filled(fcgiwrapSays.execFailed, { S: file }));
    if (stdout === "") return page(bad, fcgiwrapSays.noOutput, serverMessage("output-empty"));
    if (/^[\r\n]/.test(stdout)) return page(bad, fcgiwrapSays.blankFirst, serverMessage("blank-line-first"));
    return read(run, withLineEnds(stdout));
  };

/**
 * The output as fcgiwrap passes it on: each line of the headers ends with CR LF, also one that ends with a CR alone.
 * Several CRs are one, but not in a blank line.
 */
function withLineEnds(output: string): string {
  const blank = /\n(?:\r?\n|\r(?=[^\r\n]))/.exec(output);
  const head = output.slice(0, blank === null ? undefined : blank.index + 1);
  const lines = head.replace(/\r+/g, "\r").replace(/\r?\n|\r(?=[^\r\n])/g, "\r\n");
  return blank === null ? lines : `${lines}\r\n${output.slice(blank.index + blank[0].length)}`;
}
