// Caddy 2.6 before fcgiwrap: Go's net/textproto reads the headers, and net/http sends them.
import type { Message } from "../contract/message.js";
import { firstValue } from "../protocol/header-values.js";
import { isTokenText } from "../protocol/token.js";
import { type Answer, type Field, known, ofLine, ofValue, sends } from "./answer.js";
import { behindFcgiwrap } from "./fcgiwrap.js";
import { canonical, goResponse } from "./go.js";
import { hopByHop } from "./h2o.js";
import { unchunked } from "./lighttpd.js";
import { serverMessage } from "./messages.js";
import { lineAt } from "./raw-output.js";
import { caddySays, filled } from "./sentences.js";
import type { ServerRun } from "./server-run.js";

export const caddyAnswer = behindFcgiwrap(read);

function read(run: ServerRun, output: string): Answer {
  const fields: Field[] = [];
  const failed = (why: Message, sentence: string, TEXT = ""): Answer =>
    known({ status: 502, log: [filled(sentence, { TEXT })], why });
  const bad = (line: string, sentence: string): Answer =>
    failed(serverMessage("line-not-header", ofLine(line)), sentence, line);
  if (/^[ \t]/.test(output)) return bad(lineAt(output, 0).line, caddySays.badFirstLine);
  let from = 0;
  for (;;) {
    if (from >= output.length) return failed(serverMessage("output-unfinished"), caddySays.unfinished);
    const first = lineAt(output, from);
    let { line } = first;
    from = first.next;
    if (line === "") break;
    while (/^[ \t]/.test(output.slice(from, from + 1))) {
      const folded = lineAt(output, from);
      line = `${line.trimEnd()} ${folded.line.trim()}`;
      from = folded.next;
    }
    const colon = line.indexOf(":");
    if (colon < 0) return bad(line, caddySays.badLine);
    const name = line.slice(0, colon);
    if (name !== "") fields.push([canonical(name), line.slice(colon + 1).replace(/^[ \t]+/, "")]);
  }
  const said = firstValue(fields, "status") || null;
  const [number = ""] = said?.split(" ", 1) ?? [];
  if (said !== null && !/^[+-]?\d+$/.test(number))
    return failed(serverMessage("status-not-understood", ofValue(said)), caddySays.badStatus, number);
  const status = said === null ? null : Number(number);
  const kept = fields.filter(([name]) => isTokenText(name) && !hopByHop.test(name.toLowerCase()));
  const rest = output.slice(from);
  const body = firstValue(fields, "transfer-encoding") === "chunked" ? unchunked(rest) : rest;
  return goResponse(run, { status: status ?? 200, fields: kept, body, why: sends(status), log: [] });
}
