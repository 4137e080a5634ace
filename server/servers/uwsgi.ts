// uWSGI 2.0 with its CGI plugin and its own HTTP socket: uwsgi_cgi_parse.
import type { Message } from "../contract/message.js";
import { valuesOf } from "../protocol/header-values.js";
import { type Answer, type Field, known, linesOf, ofLine, sends } from "./answer.js";
import { unchunked } from "./lighttpd.js";
import { serverMessage } from "./messages.js";
import { readByClient } from "./raw-output.js";
import { uwsgiSays } from "./sentences.js";
import type { ServerRun } from "./server-run.js";

const bufferBytes = 65_536;

/**
 * Null: it does not end. Colons and carriage returns at the start of each but the first are lost. `text`: what is sent;
 * empty: the headers have ended.
 */
function lineAt(output: string, from: number) {
  const end = output.indexOf("\n", from);
  if (end < 0 || end >= bufferBytes) return null;
  const line = output.slice(from, end);
  const text = (from === 0 ? line : line.replace(/^[:\r]+/, "")).replace(/\r$/, "");
  return { text: from === 0 && text === "" ? "\r" : text, isHeader: line.includes(":"), next: end + 1 };
}

export function uwsgiAnswer(run: ServerRun): Answer {
  const page = (status: number, body: string, why: Message): Answer =>
    known({ status, headers: [["Content-Type", "text/plain"]], body, why });
  if (run.failure === "not-found") return page(404, "Not Found", serverMessage("file-missing"));
  if (run.failure === "not-executable") return page(403, "Forbidden", serverMessage("cannot-start"));
  const { stdout } = run;
  let said: string | null = null;
  const lines: string[] = [];
  const failed = (why: Message): Answer => {
    const sent = said === null ? { status: null } : { status: statusOf(said), headers: fieldsOf(lines) };
    return known({ ...sent, log: [...linesOf(run), uwsgiSays.invalid], why });
  };
  for (let from = 0; ; ) {
    const line = lineAt(stdout, from);
    if (line === null && run.failure !== null) return failed(serverMessage("cannot-start"));
    if (line === null && stdout.length > bufferBytes) return failed(serverMessage("headers-too-large"));
    if (line === null) return failed(serverMessage(stdout === "" ? "output-empty" : "output-unfinished"));
    const { text, isHeader, next } = line;
    from = next;
    if (text === "") {
      const headers = fieldsOf(lines);
      const isChunked = valuesOf(headers, "transfer-encoding").includes("chunked");
      const body = isChunked ? unchunked(stdout.slice(from)) : stdout.slice(from);
      const why = said === null || said === found ? sends(null, said === found) : serverMessage("passes-status");
      return known({ status: statusOf(said ?? "200 OK"), headers, body, log: linesOf(run), why });
    }
    if (!isHeader) return failed(serverMessage("line-not-header", ofLine(text)));
    const isLong = text.length >= 11;
    const isStatus = isLong && /^status: /i.test(text);
    if (isStatus) said ??= text.slice(8);
    else if (isLong && /^location: /i.test(text)) said ??= found;
    if (!isStatus) lines.push(text);
  }
}

const found = "302 Found";
const statusOf = (text: string): number | null => (/^\d{3}/.test(text) ? Number(text.slice(0, 3)) : null);
const fieldsOf = (lines: readonly string[]): readonly Field[] => readByClient(lines.join("\n")).headers;
