// HAProxy before fcgiwrap, from its documentation (`fcgi-app`) and tries with 2.6: it puts the output into its own form
// of a response. That version ends itself on output that breaks off in the headers, so none is started.
import type { Message } from "../contract/message.js";
import { firstValue, valuesOf } from "../protocol/header-values.js";
import { type Answer, type Field, isBodyless, known, ofLine, ownPage, sends, unknown } from "./answer.js";
import { behindFcgiwrap } from "./fcgiwrap.js";
import { unchunked } from "./lighttpd.js";
import { serverMessage } from "./messages.js";
import { lineAt } from "./raw-output.js";
import { filled, haproxySays } from "./sentences.js";
import { isHead, type ServerRun } from "./server-run.js";

/** tune.bufsize, less what is reserved for rewriting. */
const bufferBytes = 16_384 - 1024;

export const haproxyAnswer = behindFcgiwrap(read);

function read(run: ServerRun, output: string): Answer {
  const fields: Field[] = [];
  let from = 0;
  for (;;) {
    const { line, name: written, value: own, next, isEnded } = lineAt(output, from);
    if (next > bufferBytes) return page(run, serverMessage("headers-too-large"));
    if (!isEnded) return page(run, serverMessage("output-unfinished"));
    from = next;
    if (line === "") break;
    const isFolded = /^[ \t]/.test(line) && fields.length > 0;
    if (!written && !isFolded) return page(run, serverMessage("line-not-header", ofLine(line)));
    const [name = "", before = ""] = isFolded ? (fields.pop() ?? []) : [written?.toLowerCase()];
    const value = own.replace(/^[ \t]+|[ \t]+$/g, "");
    fields.push([name, isFolded ? `${before}  ${line.trimEnd()}` : value]);
  }
  const said = valuesOf(fields, "status").at(-1) ?? "";
  const isFound = firstValue(fields, "location") !== null;
  const text = said !== "" ? said : isFound ? "302" : "200";
  const status = /^\d{3}/.test(text) ? Number(text.slice(0, 3)) : null;
  const rest = output.slice(from);
  const body = firstValue(fields, "transfer-encoding") === "chunked" ? unchunked(rest) : rest;
  if (body.length > Number(firstValue(fields, "content-length") ?? body.length))
    return unknown(serverMessage("not-known-length"));
  return known({
    status,
    headers: fields.filter(([name]) => name !== "status"),
    body: isHead(run) || isBodyless(status) ? "" : body,
    why: said !== "" ? serverMessage("passes-status") : sends(null, isFound),
  });
}

function page(run: ServerRun, why: Message): Answer {
  const body =
    "<html><body><h1>502 Bad Gateway</h1>\nThe server returned an invalid or incomplete response.\n</body></html>\n";
  const log = [filled(haproxySays.invalid, { TEXT: `${run.method} ${run.target} HTTP/${run.httpVersion}` })];
  const made = ownPage(run, { status: 502, type: "text/html", body, log, why });
  return { ...made, headers: [...made.headers, ["Cache-Control", "no-cache"]] };
}
