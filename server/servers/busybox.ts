// BusyBox httpd 1.35: it looks at the first bytes of the output and passes all of it on.
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import { type Answer, known, nothing } from "./answer.js";
import { serverMessage } from "./messages.js";
import { busyboxPage } from "./pages.js";
import { readByClient, unparsed } from "./raw-output.js";
import { isHead, type ServerRun } from "./server-run.js";

export function busyboxAnswer(run: ServerRun): Answer {
  if (!/^(?:GET|HEAD|POST)$/i.test(run.method))
    return page(run, 501, "The requested method is not recognized", serverMessage("method-refused"));
  if (run.failure !== null) {
    const why = serverMessage(run.failure === "not-found" ? "file-missing" : "cannot-start");
    return page(run, 404, "The requested URL was not found", why);
  }
  const { stdout } = run;
  if (stdout === "") return known({ status: null, headers: [], why: serverMessage("output-empty") });
  if (stdout.startsWith("HTTP")) return unparsed(stdout, serverMessage("keeps-status-line"));
  const why = serverMessage("adds-status-line");
  if (stdout.startsWith("Status: ")) return unparsed(latin1(`HTTP/1.1 ${stdout.slice(8)}`), why);
  return known({ status: 200, ...readByClient(stdout), why });
}

const page = (run: ServerRun, status: number, sentence: string, why: Message): Answer =>
  known({
    status,
    headers: [["Content-type", "text/html"]],
    body: isHead(run) && status !== 404 ? nothing : busyboxPage(status, sentence),
    why,
  });
