// Python's http.server with --cgi (3.0 to 3.14): the status line goes out before the script runs.
import type { Message } from "../contract/message.js";
import { type Answer, known, ownPage } from "./answer.js";
import { serverMessage } from "./messages.js";
import { pythonPage } from "./pages.js";
import { readByClient } from "./raw-output.js";
import type { ServerRun } from "./server-run.js";

export function pythonAnswer(run: ServerRun): Answer {
  const { method, target, httpVersion, scriptName, failure, stdout } = run;
  const asked = `"${method} ${target} HTTP/${httpVersion}"`;
  /** `explanation`: its own words for the status. */
  const page = (status: number, message: string, explanation: string, why: Message): Answer => {
    const log = [`code ${status}, message ${message}`, `${asked} ${status} -`];
    const body = pythonPage(status, message, explanation);
    return ownPage(run, { status, type: "text/html;charset=utf-8", body, log, why });
  };
  if (!/^(?:GET|HEAD|POST)$/.test(method)) {
    const explanation = "Server does not support this operation";
    return page(501, `Unsupported method ('${method}')`, explanation, serverMessage("method-refused"));
  }
  if (failure === "not-found") {
    const explanation = "Nothing matches the given URI";
    return page(404, `No such CGI script ('${scriptName}')`, explanation, serverMessage("file-missing"));
  }
  if (failure === "not-executable") {
    const explanation = "Request forbidden -- authorization will not help";
    return page(403, `CGI script is not executable ('${scriptName}')`, explanation, serverMessage("cannot-start"));
  }
  const why = serverMessage(failure === null ? "sends-output-unread" : "cannot-start");
  return known({ status: 200, ...readByClient(stdout), log: [`${asked} 200 -`], why });
}
