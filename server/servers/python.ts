// Python's http.server with --cgi (3.0 to 3.14): the status line goes out before the script runs.
import type { Message } from "../contract/message.js";
import { type Answer, known, ownPage } from "./answer.js";
import { serverMessage } from "./messages.js";
import { pythonPage } from "./pages.js";
import { readByClient } from "./raw-output.js";
import type { ServerRun } from "./server-run.js";

export function pythonAnswer(run: ServerRun): Answer {
  const { method, scriptName } = run;
  if (!/^(?:GET|HEAD|POST)$/.test(method))
    return page(run, 501, `Unsupported method ('${method}')`, serverMessage("method-refused"));
  if (run.failure === "not-found")
    return page(run, 404, `No such CGI script ('${scriptName}')`, serverMessage("file-missing"));
  if (run.failure === "not-executable")
    return page(run, 403, `CGI script is not executable ('${scriptName}')`, serverMessage("cannot-start"));
  const log = [`"${run.method} ${run.target} HTTP/${run.httpVersion}" 200 -`];
  const why = serverMessage(run.failure === null ? "sends-output-unread" : "cannot-start");
  return known({ status: 200, ...readByClient(run.stdout), log, why });
}

/** Its own words for the status. */
const explanations: Readonly<Record<number, string>> = {
  403: "Request forbidden -- authorization will not help",
  404: "Nothing matches the given URI",
  501: "Server does not support this operation",
};

function page(run: ServerRun, status: number, message: string, why: Message): Answer {
  return ownPage(run, {
    status,
    type: "text/html;charset=utf-8",
    body: pythonPage(status, message, explanations[status] ?? ""),
    log: [`code ${status}, message ${message}`, `"${run.method} ${run.target} HTTP/${run.httpVersion}" ${status} -`],
    why,
  });
}
