// lighttpd 1.4.69 with mod_cgi and local redirects: http_response_parse_headers.
import type { Message } from "../contract/message.js";
import { signalNumbers } from "../formats/export/logged-line.js";
import { firstValue } from "../protocol/header-values.js";
import { type Answer, type Field, isBodyless, known, ofLine, ofValue, ownPage, sends, unknown } from "./answer.js";
import { hasConditions } from "./apache.js";
import { serverMessage } from "./messages.js";
import { lighttpdPage } from "./pages.js";
import { filled, lighttpdSays, startErrors } from "./sentences.js";
import { isHead, type ServerRun } from "./server-run.js";

const maxHeaderBytes = 65_535;
const methods =
  /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|ACL|BASELINE-CONTROL|BIND|CHECKIN|CHECKOUT|COPY|LABEL|LINK|LOCK|MERGE|MKACTIVITY|MKCALENDAR|MKCOL|MKREDIRECTREF|MKWORKSPACE|MOVE|ORDERPATCH|PATCH|PROPFIND|PROPPATCH|REBIND|REPORT|SEARCH|UNBIND|UNCHECKOUT|UNLINK|UNLOCK|UPDATE|UPDATEREDIRECTREF|VERSION-CONTROL)$/;

export function lighttpdAnswer(run: ServerRun): Answer {
  if (!methods.test(run.method)) return page(run, 501, serverMessage("method-refused"));
  if (/^(?:GET|HEAD)$/.test(run.method) && run.bodyBytes > 0) return page(run, 400, serverMessage("body-with-get"));
  if (run.failure === "not-found") return page(run, 404, serverMessage("file-missing"));
  if (run.failure !== null) {
    const sentence = filled(lighttpdSays.execFailed, { S: run.file, TEXT: startErrors[run.failure][1] });
    return page(run, 500, serverMessage("cannot-start"), [sentence]);
  }
  const { stdout } = run;
  const number = signalNumbers[run.signal ?? ""];
  const log = number === undefined ? [] : [filled(lighttpdSays.diedOfSignal, { N: String(number) })];
  if (stdout === "") return page(run, 500, serverMessage("output-empty"), log);
  const firstEnd = stdout.indexOf("\n");
  const first = stdout.slice(0, firstEnd + 1);
  const fields: Field[] = [];
  if (first === "\n" || first === "\r\n") {
    const body = stdout.slice(first.length);
    return respond(run, { fields, body, status: 0, log, why: serverMessage("blank-line-first") });
  }
  const isStatusLine = first.length >= 12 && first.startsWith("HTTP/");
  const end = /\r?\n\r?\n/.exec(stdout);
  const head = end === null ? null : stdout.slice(0, end.index + end[0].length);
  const hasHeaders = firstEnd >= 0 && (isStatusLine || first.includes(":"));
  if (hasHeaders && (head?.length ?? stdout.length) > maxHeaderBytes) {
    const sentence = filled(lighttpdSays.headersTooLarge, { U: run.target });
    return page(run, 502, serverMessage("headers-too-large"), [sentence]);
  }
  if (hasHeaders && head !== null) return read(run, head, isStatusLine, log);
  const why = serverMessage(hasHeaders || firstEnd < 0 ? "sends-all-as-body-or-fails" : "sends-all-as-body");
  return respond(run, { fields, body: stdout, status: 200, log, why });
}

function read(run: ServerRun, head: string, isStatusLine: boolean, log: readonly string[]): Answer {
  const lines = head.split("\n").slice(0, -2);
  const fields: Field[] = [];
  const statuses: string[] = [];
  let ignored: string | null = null;
  if (isStatusLine) {
    const [, code] = /^HTTP\/1\.[01] (\d{3})(?=[ \t\r]|$)/.exec(lines.shift() ?? "") ?? [];
    if (code === undefined) return page(run, 502, serverMessage("status-not-understood", ofValue(head.slice(0, 12))));
    statuses.push(code);
  }
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^[ \t]+|\r$/g, "");
    if (colon < 1 || /[ \t]$/.test(name)) ignored ??= line;
    else if (name.toLowerCase() === "status") statuses.push(value);
    else if (value !== "") fields.push([name, value]);
  }
  const invalid = statuses.find((value) => !/^[1-9]\d\d(?:[ \t]|$)/.test(value));
  if (invalid !== undefined && statuses.length > 1) return unknown(serverMessage("not-known-status"));
  if (invalid !== undefined) return page(run, 502, serverMessage("status-not-understood", ofValue(invalid)));
  const status = Number(statuses.at(-1)?.slice(0, 3) ?? 0);
  const isFound = status === 0 && firstValue(fields, "location") !== null;
  const sent = isStatusLine ? serverMessage("keeps-status-line") : sends(status || null, isFound);
  const why = ignored === null ? sent : serverMessage("ignores-lines", ofLine(ignored));
  return respond(run, { fields, body: run.stdout.slice(head.length), status, log, why });
}

interface Read {
  readonly fields: readonly Field[];
  readonly body: string;
  /** 0: the script left it open. */
  readonly status: number;
  readonly log: readonly string[];
  readonly why: Message;
}

function respond(run: ServerRun, { fields, body, status: said, log, why }: Read): Answer {
  const location = firstValue(fields, "location");
  if (said === 0 && location?.startsWith("/") && body === "")
    return unknown(serverMessage("not-known-local-redirect", { path: location }));
  const status = said !== 0 ? said : location === null ? 200 : 302;
  if (status < 200) return unknown(serverMessage("not-known-interim"));
  if (hasConditions(run) && status === 200) return unknown(serverMessage("not-known-condition"));
  const coding = firstValue(fields, "transfer-encoding");
  if (coding !== null && coding.toLowerCase() !== "chunked") return page(run, 502, serverMessage("two-lengths"));
  const length = firstValue(fields, "content-length");
  if (coding !== null && length !== null) return unknown(serverMessage("two-lengths"));
  const decoded = coding === null ? body : unchunked(body);
  const cut = length !== null && /^\d+$/.test(length) ? decoded.slice(0, Number(length)) : decoded;
  const headers = fields.filter(([name]) => name.toLowerCase() !== "content-length");
  const isWhole = status === 200 && /^(?:GET|HEAD)$/.test(run.method) && run.httpVersion === "1.1";
  if (isWhole && firstValue(fields, "accept-ranges") === null && firstValue(fields, "content-encoding") === null)
    headers.push(["Accept-Ranges", "bytes"]);
  if (!isBodyless(status) && !(isHead(run) && length === null && cut === ""))
    headers.push(["Content-Length", length ?? String(cut.length)]);
  return known({
    status,
    headers,
    body: isHead(run) || isBodyless(status) ? "" : cut,
    log,
    why: cut.length < decoded.length ? serverMessage("body-cut") : why,
  });
}

export function unchunked(body: string): string {
  let text = "";
  for (let at = 0; ; ) {
    const end = body.indexOf("\n", at);
    const length =
      end < 0 ? 0 : Number.parseInt(/^[0-9a-f]{1,8}/i.exec(body.slice(at, Math.min(end, at + 8)))?.[0] ?? "0", 16);
    if (length === 0) return text;
    text += body.slice(end + 1, end + 1 + length);
    at = end + 1 + length + 2;
  }
}

function page(run: ServerRun, status: number, why: Message, log: readonly string[] = []): Answer {
  return ownPage(run, { status, type: "text/html", body: lighttpdPage(status), log, why });
}
