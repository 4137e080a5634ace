// BusyBox httpd 1.35: it looks at the first bytes of the output and passes all of it on.
import { type Answer, known } from "./answer.js";
import { serverMessage } from "./messages.js";
import { busyboxNotFound } from "./pages.js";
import { readByClient, unparsed } from "./raw-output.js";
import type { ServerRun } from "./server-run.js";

export function busyboxAnswer(run: ServerRun): Answer {
  if (run.failure !== null) {
    const headers = [["Content-type", "text/html"]] as const;
    const why = serverMessage(run.failure === "not-found" ? "file-missing" : "cannot-start");
    return known({ status: 404, headers, body: busyboxNotFound, why });
  }
  const { stdout } = run;
  if (stdout === "") return known({ status: null, why: serverMessage("output-empty") });
  if (stdout.startsWith("HTTP")) return unparsed(stdout, serverMessage("keeps-status-line"));
  const why = serverMessage("adds-status-line");
  if (stdout.startsWith("Status: ")) return unparsed(`HTTP/1.1 ${stdout.slice(8)}`, why);
  return known({ status: 200, ...readByClient(stdout), why });
}
