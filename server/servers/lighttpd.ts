// lighttpd 1.4.69 with mod_cgi and local redirects: http_response_parse_headers.
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import {
  type Answer,
  type Field,
  hasField,
  known,
  nothing,
  ofLine,
  ofValue,
  ownPage,
  unknown,
  valuesIn,
} from "./answer.js";
import { hasConditions } from "./apache.js";
import { serverMessage } from "./messages.js";
import { lighttpdPage } from "./pages.js";
import { filled, lighttpdSays, startErrors } from "./sentences.js";
import { isHead, type ServerRun } from "./server-run.js";

const maxHeaderBytes = 65_535;
const methods =
  /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|ACL|BASELINE-CONTROL|BIND|CHECKIN|CHECKOUT|COPY|LABEL|LINK|LOCK|MERGE|MKACTIVITY|MKCALENDAR|MKCOL|MKREDIRECTREF|MKWORKSPACE|MOVE|ORDERPATCH|PATCH|PROPFIND|PROPPATCH|REBIND|REPORT|SEARCH|UNBIND|UNCHECKOUT|UNLINK|UNLOCK|UPDATE|UPDATEREDIRECTREF|VERSION-CONTROL)$/;
const signalNumbers: Readonly<Record<string, number>> = { SIGABRT: 6, SIGFPE: 8, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

export function lighttpdAnswer(run: ServerRun): Answer {
  if (!methods.test(run.method)) return page(run, 501, serverMessage("method-refused"));
  if (/^(?:GET|HEAD)$/.test(run.method) && run.bodyBytes > 0) return page(run, 400, serverMessage("body-with-get"));
  if (run.failure === "not-found") return page(run, 404, serverMessage("file-missing"));
  if (run.failure !== null) {
    const text = startErrors[run.failure][1];
    return page(run, 500, serverMessage("cannot-start"), [
      filled(lighttpdSays.execFailed, { S: run.file, TEXT: text }),
    ]);
  }
  const { stdout } = run;
  const number = signalNumbers[run.signal ?? ""];
  const log = number === undefined ? [] : [filled(lighttpdSays.diedOfSignal, { N: String(number) })];
  if (stdout === "") return page(run, 500, serverMessage("output-empty"), log);
  const firstEnd = stdout.indexOf("\n");
  const first = stdout.slice(0, firstEnd + 1);
  if (first === "\n" || first === "\r\n")
    return respond(run, {
      fields: [],
      body: stdout.slice(first.length),
      status: 0,
      log,
      why: serverMessage("blank-line-first"),
    });
  const isStatusLine = first.length >= 12 && first.startsWith("HTTP/");
  const end = /\r?\n\r?\n/.exec(stdout);
  const head = end === null ? null : stdout.slice(0, end.index + end[0].length);
  const hasHeaders = firstEnd >= 0 && (isStatusLine || first.includes(":"));
  if (hasHeaders && (head?.length ?? stdout.length) > maxHeaderBytes)
    return page(run, 502, serverMessage("headers-too-large"), [
      filled(lighttpdSays.headersTooLarge, { U: run.target }),
    ]);
  if (!hasHeaders || head === null)
    return respond(run, {
      fields: [],
      body: stdout,
      status: 200,
      log,
      why: serverMessage(hasHeaders || firstEnd < 0 ? "sends-all-as-body-or-fails" : "sends-all-as-body"),
    });
  return read(run, head, isStatusLine, log);
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
    const value = line
      .slice(colon + 1)
      .replace(/^[ \t]+/, "")
      .replace(/\r$/, "");
    if (colon < 1 || /[ \t]$/.test(name)) ignored ??= line;
    else if (name.toLowerCase() === "status") statuses.push(value);
    else if (value !== "") fields.push([name, value]);
  }
  const invalid = statuses.find((value) => !/^[1-9]\d\d(?:[ \t]|$)/.test(value));
  if (invalid !== undefined)
    return statuses.length > 1
      ? unknown(serverMessage("not-known-status"))
      : page(run, 502, serverMessage("status-not-understood", ofValue(invalid)));
  const status = Number(statuses.at(-1)?.slice(0, 3) ?? 0);
  const why =
    ignored !== null
      ? serverMessage("ignores-lines", ofLine(ignored))
      : serverMessage(
          isStatusLine
            ? "keeps-status-line"
            : status === 0 && hasField(fields, "location")
              ? "sends-found"
              : "sends-output",
        );
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
  const [location] = valuesIn(fields, "location");
  if (said === 0 && location?.startsWith("/") && body === "")
    return unknown(serverMessage("not-known-local-redirect", { path: location }));
  const status = said !== 0 ? said : location === undefined ? 200 : 302;
  if (status < 200) return unknown(serverMessage("not-known-interim"));
  if (hasConditions(run) && status === 200) return unknown(serverMessage("not-known-condition"));
  const [coding] = valuesIn(fields, "transfer-encoding");
  if (coding !== undefined && coding.toLowerCase() !== "chunked") return page(run, 502, serverMessage("two-lengths"));
  const [length] = valuesIn(fields, "content-length");
  if (coding !== undefined && length !== undefined) return unknown(serverMessage("two-lengths"));
  const decoded = coding === undefined ? body : unchunked(body);
  const isBodyless = status === 204 || status === 304;
  const cut = length !== undefined && /^\d+$/.test(length) ? decoded.slice(0, Number(length)) : decoded;
  const others = fields.filter(([name]) => name.toLowerCase() !== "content-length");
  const ranges: Field[] =
    status === 200 &&
    /^(?:GET|HEAD)$/.test(run.method) &&
    run.httpVersion === "1.1" &&
    !hasField(fields, "accept-ranges") &&
    !hasField(fields, "content-encoding")
      ? [["Accept-Ranges", "bytes"]]
      : [];
  const isSilent = isBodyless || (isHead(run) && length === undefined && cut === "");
  const lengths: Field[] = isSilent ? [] : [["Content-Length", length ?? String(cut.length)]];
  return known({
    status,
    headers: [...others, ...ranges, ...lengths],
    body: isHead(run) || isBodyless ? nothing : latin1(cut),
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
