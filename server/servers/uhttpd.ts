// OpenWrt's uhttpd, made from its documentation and source (cgi.c, proc.c, relay.c) and compared with no real one.
import type { Message } from "../contract/message.js";
import { byteString, latin1 } from "../protocol/byte-string.js";
import { type Answer, type Field, known, nothing, ofLine } from "./answer.js";
import { serverMessage } from "./messages.js";
import { statusText } from "./pages.js";
import { lineAt } from "./raw-output.js";
import { startErrors } from "./sentences.js";
import { isHead, type ServerRun } from "./server-run.js";

export function uhttpdAnswer(run: ServerRun): Answer {
  const { failure, target } = run;
  if (!/^(?:GET|POST|HEAD|OPTIONS|PUT|PATCH|DELETE)$/.test(run.method))
    return page(run, 400, "", serverMessage("method-refused"));
  if (failure === "not-found")
    return page(run, 404, `The requested URL ${target} was not found on this server.`, serverMessage("file-missing"));
  if (failure === "not-executable")
    return page(
      run,
      403,
      `You don't have permission to access ${target} on this server.`,
      serverMessage("cannot-start"),
    );
  return failure === null
    ? read(run, run.stdout, null)
    : read(run, notLaunched(run.file, startErrors[failure][1]), serverMessage("cannot-start"));
}

const notLaunched = (file: string, text: string): string =>
  `Status: 500 Internal Server Error\r\n\r\nUnable to launch the requested CGI program:\n  ${file}: ${text}\n`;

/** `why`: the output is not the script's. */
function read(run: ServerRun, output: string, why: Message | null): Answer {
  const headers: Field[] = [];
  let status = 200;
  for (let from = 0; ; ) {
    const { line, next, isEnded } = lineAt(output, from);
    const colon = line.indexOf(":");
    if (!isEnded || (line !== "" && colon < 0))
      return page(
        run,
        502,
        "The process did not produce any response",
        isEnded
          ? serverMessage("line-not-header", ofLine(line))
          : serverMessage(output === "" ? "output-empty" : "output-unfinished"),
      );
    from = next;
    if (line === "") {
      const sent = status === 200 ? serverMessage("sends-output") : serverMessage("sends-status", { status });
      const isBodyless = isHead(run) || status === 204 || status === 304;
      return known({ status, headers, body: isBodyless ? nothing : latin1(output.slice(from)), why: why ?? sent });
    }
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trimStart();
    if (name !== "Status") headers.push([name, value]);
    else if (/^\d{3} /.test(value)) status = Number(value.slice(0, 3));
  }
}

const page = (run: ServerRun, status: number, sentence: string, why: Message): Answer => {
  const body = byteString(`<h1>${statusText(status).slice(4)}</h1>${sentence}`);
  return known({ status, headers: [["Content-Type", "text/html"]], body: isHead(run) ? nothing : body, why });
};
