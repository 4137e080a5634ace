// Caddy 2.6 before fcgiwrap: Go's net/textproto reads the headers, and net/http sends them.
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import { quoteBytes } from "../protocol/quote.js";
import { isTokenText } from "../protocol/token.js";
import { type Answer, type Field, known, valuesIn } from "./answer.js";
import { fcgiwrapped } from "./fcgiwrap.js";
import { canonical, goResponse } from "./go.js";
import { unchunked } from "./lighttpd.js";
import { serverMessage } from "./messages.js";
import { caddySays, filled } from "./sentences.js";
import type { ServerRun } from "./server-run.js";

export function caddyAnswer(run: ServerRun): Answer {
  const { output, log, why } = fcgiwrapped(run);
  const answer = read(run, output);
  return why === null || !answer.isKnown ? answer : { ...answer, log: [...answer.log, ...log], why };
}

/** Hop-by-hop headers. */
const dropped =
  /^(?:connection|proxy-connection|keep-alive|proxy-authenticate|proxy-authorization|te|trailer|transfer-encoding|upgrade)$/;

function read(run: ServerRun, output: string): Answer {
  const fields: Field[] = [];
  const failed = (why: Message, sentence: string, TEXT = ""): Answer =>
    known({ status: 502, headers: [], log: [filled(sentence, { TEXT })], why });
  const bad = (line: string, sentence: string): Answer =>
    failed(serverMessage("line-not-header", { line: quoteBytes(latin1(line)) }), sentence, line);
  if (/^[ \t]/.test(output)) return bad(lineAt(output, 0).line, caddySays.badFirstLine);
  let from = 0;
  for (;;) {
    if (from >= output.length) return failed(serverMessage("output-unfinished"), caddySays.unfinished);
    let { line, next } = lineAt(output, from);
    from = next;
    if (line === "") break;
    while (/^[ \t]/.test(output.slice(from, from + 1))) {
      ({ line: line, next } = {
        ...lineAt(output, from),
        line: `${line.trimEnd()} ${lineAt(output, from).line.trim()}`,
      });
      from = next;
    }
    const colon = line.indexOf(":");
    if (colon < 0) return bad(line, caddySays.badLine);
    const name = line.slice(0, colon);
    if (name !== "") fields.push([canonical(name), line.slice(colon + 1).replace(/^[ \t]+/, "")]);
  }
  const [said = ""] = valuesIn(fields, "status");
  const [number = ""] = said.split(" ", 1);
  if (said !== "" && !/^[+-]?\d+$/.test(number))
    return failed(
      serverMessage("status-not-understood", { value: quoteBytes(latin1(said)) }),
      caddySays.badStatus,
      number,
    );
  const status = said === "" ? 200 : Number(number);
  const kept = fields.filter(([name]) => isTokenText(name) && !dropped.test(name.toLowerCase()));
  const why = said === "" ? serverMessage("sends-output") : serverMessage("sends-status", { status });
  const body = output.slice(from);
  const [coding] = valuesIn(fields, "transfer-encoding");
  return goResponse(run, status, kept, coding === "chunked" ? unchunked(body) : body, why, []);
}

function lineAt(text: string, from: number): { readonly line: string; readonly next: number } {
  const end = text.indexOf("\n", from);
  const line = text.slice(from, end < 0 ? undefined : end).replace(/\r$/, "");
  return { line, next: end < 0 ? text.length : end + 1 };
}
