// Python's http.server with --cgi (3.0 to 3.14): the status line goes out before the script runs.
import { type Answer, known, nothing } from "./answer.js";
import { serverMessage } from "./messages.js";
import { pythonPage } from "./pages.js";
import { readByClient } from "./raw-output.js";
import { isHead, type ServerRun } from "./server-run.js";

export function pythonAnswer(run: ServerRun): Answer {
  if (!/^(?:GET|HEAD|POST)$/.test(run.method))
    return page(
      run,
      501,
      `Unsupported method ('${run.method}')`,
      "Server does not support this operation",
      serverMessage("method-refused"),
    );
  if (run.failure === "not-found")
    return page(
      run,
      404,
      `No such CGI script ('${run.scriptName}')`,
      "Nothing matches the given URI",
      serverMessage("file-missing"),
    );
  if (run.failure === "not-executable")
    return page(
      run,
      403,
      `CGI script is not executable ('${run.scriptName}')`,
      "Request forbidden -- authorization will not help",
      serverMessage("cannot-start"),
    );
  const log = [`"${run.method} ${run.target} HTTP/${run.httpVersion}" 200 -`];
  const why = serverMessage(run.failure === null ? "sends-output-unread" : "cannot-start");
  return known({ status: 200, ...readByClient(run.stdout), log, why });
}

function page(
  run: ServerRun,
  status: number,
  message: string,
  explanation: string,
  why: ReturnType<typeof serverMessage>,
): Answer {
  const body = pythonPage(status, message, explanation);
  return known({
    status,
    headers: [
      ["Content-Type", "text/html;charset=utf-8"],
      ["Content-Length", String(body.length)],
    ],
    body: isHead(run) ? nothing : body,
    log: [`code ${status}, message ${message}`, `"${run.method} ${run.target} HTTP/${run.httpVersion}" ${status} -`],
    why,
  });
}
