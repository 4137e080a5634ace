// nginx 1.22 before fcgiwrap.
import type { Message } from "../contract/message.js";
import { firstValue, valuesOf } from "../protocol/header-values.js";
import { type Answer, type Field, isBodyless, known, ofLine, ofValue, ownPage, sends, unknown } from "./answer.js";
import { hasConditions } from "./apache.js";
import { behindFcgiwrap } from "./fcgiwrap.js";
import { serverMessage } from "./messages.js";
import { nginxPage } from "./pages.js";
import { filled, nginxSays } from "./sentences.js";
import { isHead, type ServerRun } from "./server-run.js";

const version = "1.22.1";
/** fastcgi_buffer_size, less what FastCGI puts before the headers. */
const bufferBytes = 4096 - 8;

export const nginxAnswer = behindFcgiwrap(read);

interface Line {
  readonly next: number;
  /** Null: the headers have ended. */
  readonly field?: Field | null;
  /** What it could not read. */
  readonly bad?: string;
}

/** ngx_http_parse_header_line; null: the line does not end. */
function lineAt(text: string, from: number): Line | null {
  const end = text.indexOf("\n", from);
  const line = end < 0 ? text.slice(from) : text.slice(from, end);
  const next = end + 1;
  if (/^\r?$/.test(line)) return end < 0 ? null : { next, field: null };
  const [name = ""] = /^[^\0-\x20:\x7f]*/.exec(line) ?? [];
  if (name.startsWith("HTTP/")) return end < 0 ? null : { next };
  const after = line[name.length];
  if (after === undefined && end < 0) return null;
  if (name === "" || (after !== undefined && after !== ":" && after !== "\r"))
    return { next, bad: line.slice(0, name.length + 1) };
  const rest = after === ":" ? line.slice(name.length + 1).replace(/^ +/, "") : "";
  const stop = /\0|\r(?!\r*$)/.exec(rest);
  if (stop !== null) return { next, bad: line.slice(0, line.length - rest.length + stop.index + 1) };
  return end < 0 ? null : { next, field: [name, trimmedEnd(rest.replace(/\r+$/, ""))] };
}

/** Without blanks at its end, in time that grows with its length alone. */
function trimmedEnd(text: string): string {
  let to = text.length;
  while (text[to - 1] === " ") to--;
  return text.slice(0, to);
}

function read(run: ServerRun, output: string): Answer {
  const fields: Field[] = [];
  for (let from = 0; ; ) {
    const line = lineAt(output, from);
    const length = line === null ? output.length : line.next;
    if (length > bufferBytes) return page(run, serverMessage("headers-too-large"), nginxSays.tooBig);
    if (line === null) return page(run, serverMessage("output-unfinished"), nginxSays.ended);
    if (line.bad !== undefined) {
      const last = Buffer.from(line.bad.slice(-1), "latin1").toString("hex");
      const sentence = filled(nginxSays.badHeader, { TEXT: `${line.bad.slice(0, -1)}\\x${last}` });
      return page(run, serverMessage("line-not-header", ofLine(line.bad)), sentence);
    }
    from = line.next;
    if (line.field === null) return respond(run, fields, output.slice(from));
    if (line.field) fields.push(line.field);
  }
}

/** What it keeps to itself of a FastCGI response. */
const hidden = /^(?:status|content-type|content-length|x-accel-(?:expires|redirect|limit-rate|buffering|charset))$/;

function respond(run: ServerRun, fields: readonly Field[], body: string): Answer {
  const said = firstValue(fields, "status");
  if (said !== null && !/^\d{3}/.test(said)) {
    const sentence = filled(nginxSays.badStatus, { TEXT: said });
    return page(run, serverMessage("status-not-understood", ofValue(said)), sentence);
  }
  const redirect = firstValue(fields, "x-accel-redirect");
  if (redirect !== null) return unknown(serverMessage("not-known-local-redirect", { path: redirect }));
  const given = valuesOf(fields, "content-length").at(-1);
  if (given !== undefined && firstValue(fields, "transfer-encoding") !== null)
    return page(run, serverMessage("two-lengths"), nginxSays.lengthAndCoding);
  const isFound = firstValue(fields, "location") !== null;
  const status = said !== null ? Number(said.slice(0, 3)) : isFound ? 302 : 200;
  if (status < 200) return unknown(serverMessage("not-known-interim"));
  if (hasConditions(run) && status === 200) return unknown(serverMessage("not-known-condition"));
  const type = valuesOf(fields, "content-type").at(-1);
  const length = given !== undefined && /^\d+$/.test(given) ? Number(given) : null;
  const isCut = length !== null && body.length > length;
  const isShort = length !== null && body.length < length;
  const isSilent = isHead(run) || isBodyless(status);
  const log = stderrLog(run);
  if (!isSilent && (isCut || isShort)) log.push(isCut ? nginxSays.tooMuch : nginxSays.tooLittle);
  return known({
    status,
    headers: [
      ...(type ? [["Content-Type", type] as const] : []),
      ...(length === null ? [] : [["Content-Length", String(length)] as const]),
      ...fields.filter(([name]) => !hidden.test(name.toLowerCase())),
    ],
    body: isSilent ? "" : isCut ? body.slice(0, length) : body,
    log,
    why: isCut ? serverMessage("body-cut") : sends(said === null ? null : status, isFound),
  });
}

const stderrLog = ({ stderr }: ServerRun): string[] =>
  stderr === "" ? [] : [filled(nginxSays.stderr, { TEXT: stderr.trimEnd() })];

const page = (run: ServerRun, why: Message, sentence: string): Answer => {
  const log = [...stderrLog(run), sentence];
  return ownPage(run, { status: 502, type: "text/html", body: nginxPage(502, version), log, why });
};
