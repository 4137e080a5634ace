// uWSGI 2.0 with its CGI plugin and its own HTTP socket: uwsgi_cgi_parse.
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import { type Answer, type Field, known, ofLine, valuesIn } from "./answer.js";
import { unchunked } from "./lighttpd.js";
import { serverMessage } from "./messages.js";
import { readByClient } from "./raw-output.js";
import { uwsgiSays } from "./sentences.js";
import type { ServerRun } from "./server-run.js";

const bufferBytes = 65_536;

interface Line {
  /** What is sent. Empty: the headers have ended. */
  readonly text: string;
  readonly isHeader: boolean;
  readonly next: number;
}

/** Null: it does not end. Colons and carriage returns at the start of each but the first are lost. */
function lineAt(output: string, from: number): Line | null {
  const end = output.indexOf("\n", from);
  if (end < 0 || end >= bufferBytes) return null;
  const line = output.slice(from, end);
  const text = (from === 0 ? line : line.replace(/^[:\r]+/, "")).replace(/\r$/, "");
  return { text: from === 0 && text === "" ? "\r" : text, isHeader: line.includes(":"), next: end + 1 };
}

export function uwsgiAnswer(run: ServerRun): Answer {
  if (run.failure === "not-found") return page(404, "Not Found", serverMessage("file-missing"));
  if (run.failure === "not-executable") return page(403, "Forbidden", serverMessage("cannot-start"));
  const { stdout } = run;
  let said: string | null = null;
  const lines: string[] = [];
  const failed = (why: Message): Answer =>
    known({
      status: said === null ? null : statusOf(said),
      headers: said === null ? [] : fieldsOf(lines),
      log: [...stderrLog(run), uwsgiSays.invalid],
      why,
    });
  for (let from = 0; ; ) {
    const line = lineAt(stdout, from);
    if (line === null && run.failure !== null) return failed(serverMessage("cannot-start"));
    if (line === null && stdout.length > bufferBytes) return failed(serverMessage("headers-too-large"));
    if (line === null) return failed(serverMessage(stdout === "" ? "output-empty" : "output-unfinished"));
    from = line.next;
    if (line.text === "") {
      const text = said ?? "200 OK";
      const fields = fieldsOf(lines);
      const isChunked = valuesIn(fields, "transfer-encoding").includes("chunked");
      const body = stdout.slice(from);
      return known({
        status: statusOf(text),
        headers: fields,
        body: latin1(isChunked ? unchunked(body) : body),
        log: stderrLog(run),
        why: serverMessage(said === null ? "sends-output" : said === found ? "sends-found" : "passes-status"),
      });
    }
    if (!line.isHeader) return failed(serverMessage("line-not-header", ofLine(line.text)));
    const isLong = line.text.length >= 11;
    if (isLong && /^status: /i.test(line.text)) {
      said ??= line.text.slice(8);
      continue;
    }
    if (isLong && /^location: /i.test(line.text)) said ??= found;
    lines.push(line.text);
  }
}

const found = "302 Found";
const statusOf = (text: string): number | null => (/^\d{3}/.test(text) ? Number(text.slice(0, 3)) : null);
const fieldsOf = (lines: readonly string[]): readonly Field[] => readByClient(latin1(lines.join("\n"))).headers;
const stderrLog = ({ stderr }: ServerRun): string[] => stderr.split("\n").filter((line) => line !== "");

const page = (status: number, body: string, why: Message): Answer =>
  known({ status, headers: [["Content-Type", "text/plain"]], body: latin1(body), why });
