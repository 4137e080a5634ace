// OpenWrt's uhttpd, made from its documentation and source (cgi.c, proc.c, relay.c) and compared with no real one.
import type { Message } from "../contract/message.js";
import { statusLine } from "../formats/glossary/statuses.js";
import { type Answer, type Field, isBodyless, known, ofLine, sends } from "./answer.js";
import { serverMessage } from "./messages.js";
import { lineAt } from "./raw-output.js";
import { startErrors } from "./sentences.js";
import { isHead, type ServerRun } from "./server-run.js";

export function uhttpdAnswer(run: ServerRun): Answer {
  const { failure, file, method, target } = run;
  if (!/^(?:GET|POST|HEAD|OPTIONS|PUT|PATCH|DELETE)$/.test(method))
    return page(run, 400, "", serverMessage("method-refused"));
  if (failure === "not-found")
    return page(run, 404, `The requested URL ${target} was not found on this server.`, serverMessage("file-missing"));
  const refusal = `You don't have permission to access ${target} on this server.`;
  if (failure === "not-executable") return page(run, 403, refusal, serverMessage("cannot-start"));
  if (failure === null) return read(run, run.stdout, null);
  const launch = `Unable to launch the requested CGI program:\n  ${file}: ${startErrors[failure][1]}\n`;
  return read(run, `Status: 500 Internal Server Error\r\n\r\n${launch}`, serverMessage("cannot-start"));
}

/** `why`: the output is not the script's. */
function read(run: ServerRun, output: string, why: Message | null): Answer {
  const headers: Field[] = [];
  let status = 200;
  for (let from = 0; ; ) {
    const { line, name, value: written, next, isEnded } = lineAt(output, from);
    if (!isEnded || (line !== "" && name === null)) {
      const missing = serverMessage(output === "" ? "output-empty" : "output-unfinished");
      const reason = isEnded ? serverMessage("line-not-header", ofLine(line)) : missing;
      return page(run, 502, "The process did not produce any response", reason);
    }
    from = next;
    if (line === "") {
      const body = isHead(run) || isBodyless(status) ? "" : output.slice(from);
      return known({ status, headers, body, why: why ?? sends(status === 200 ? null : status) });
    }
    const value = written.trimStart();
    if (name !== "Status") headers.push([name ?? "", value]);
    else if (/^\d{3} /.test(value)) status = Number(value.slice(0, 3));
  }
}

const page = (run: ServerRun, status: number, sentence: string, why: Message): Answer => {
  const body = isHead(run) ? "" : `<h1>${statusLine(status).slice(4)}</h1>${sentence}`;
  return known({ status, headers: [["Content-Type", "text/html"]], body, why });
};
