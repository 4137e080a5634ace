// nginx 1.22 before fcgiwrap.
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import { type Answer, type Field, known, nothing, ofLine, ofValue, ownPage, unknown, valuesIn } from "./answer.js";
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

type Line = { readonly next: number } & (
  | { readonly field: Field }
  | { readonly bad: string }
  | { readonly isEnd: true }
  | { readonly isIgnored: true }
);

/** ngx_http_parse_header_line; null: the line does not end. */
function lineAt(text: string, from: number): Line | null {
  const end = text.indexOf("\n", from);
  const line = end < 0 ? text.slice(from) : text.slice(from, end);
  const next = end + 1;
  if (/^\r?$/.test(line)) return end < 0 ? null : { next, isEnd: true };
  const [name = ""] = /^[^\0-\x20:\x7f]*/.exec(line) ?? [];
  if (name.startsWith("HTTP/")) return end < 0 ? null : { next, isIgnored: true };
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
  let from = 0;
  for (;;) {
    const line = lineAt(output, from);
    const length = line === null ? output.length : line.next;
    if (length > bufferBytes) return page(run, serverMessage("headers-too-large"), nginxSays.tooBig);
    if (line === null) return page(run, serverMessage("output-unfinished"), nginxSays.ended);
    if ("bad" in line) {
      const last = line.bad
        .charCodeAt(line.bad.length - 1)
        .toString(16)
        .padStart(2, "0");
      const shown = `${line.bad.slice(0, -1)}\\x${last}`;
      return page(
        run,
        serverMessage("line-not-header", ofLine(line.bad)),
        filled(nginxSays.badHeader, { TEXT: shown }),
      );
    }
    from = line.next;
    if ("isEnd" in line) break;
    if ("field" in line) fields.push(line.field);
  }
  return respond(run, fields, output.slice(from));
}

/** What it keeps to itself of a FastCGI response. */
const hidden = /^(?:status|content-type|content-length|x-accel-(?:expires|redirect|limit-rate|buffering|charset))$/;

function respond(run: ServerRun, fields: readonly Field[], body: string): Answer {
  const [said] = valuesIn(fields, "status");
  if (said !== undefined && !/^\d{3}/.test(said))
    return page(
      run,
      serverMessage("status-not-understood", ofValue(said)),
      filled(nginxSays.badStatus, { TEXT: said }),
    );
  const [redirect] = valuesIn(fields, "x-accel-redirect");
  if (redirect !== undefined) return unknown(serverMessage("not-known-local-redirect", { path: redirect }));
  const lengths = valuesIn(fields, "content-length");
  if (lengths.length > 0 && valuesIn(fields, "transfer-encoding").length > 0)
    return page(run, serverMessage("two-lengths"), nginxSays.lengthAndCoding);
  const hasLocation = valuesIn(fields, "location").length > 0;
  const status = said !== undefined ? Number(said.slice(0, 3)) : hasLocation ? 302 : 200;
  if (status < 200) return unknown(serverMessage("not-known-interim"));
  if (hasConditions(run) && status === 200) return unknown(serverMessage("not-known-condition"));
  const type = valuesIn(fields, "content-type").at(-1);
  const length = /^\d+$/.test(lengths.at(-1) ?? "") ? Number(lengths.at(-1)) : null;
  const isBodyless = status === 204 || status === 304;
  const isCut = length !== null && body.length > length;
  const isShort = length !== null && body.length < length;
  const isSilent = isHead(run) || isBodyless;
  const headers: Field[] = [
    ...(type === undefined || type === "" ? [] : [["Content-Type", type] as const]),
    ...(length === null ? [] : [["Content-Length", String(length)] as const]),
    ...fields.filter(([name]) => !hidden.test(name.toLowerCase())),
  ];
  return known({
    status,
    headers,
    body: isSilent ? nothing : latin1(isCut ? body.slice(0, length) : body),
    log: [...stderrLog(run), ...(isSilent ? [] : isCut ? [nginxSays.tooMuch] : isShort ? [nginxSays.tooLittle] : [])],
    why: isCut
      ? serverMessage("body-cut")
      : said !== undefined
        ? serverMessage("sends-status", { status })
        : serverMessage(hasLocation ? "sends-found" : "sends-output"),
  });
}

const stderrLog = ({ stderr }: ServerRun): string[] =>
  stderr === "" ? [] : [filled(nginxSays.stderr, { TEXT: stderr.trimEnd() })];

const page = (run: ServerRun, why: Message, sentence: string): Answer =>
  ownPage(run, {
    status: 502,
    type: "text/html",
    body: nginxPage(502, version),
    log: [...stderrLog(run), sentence],
    why,
  });
