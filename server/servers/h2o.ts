// h2o 2.2 with its fastcgi-cgi: lib/handler/fastcgi.c and picohttpparser.
import type { Message } from "../contract/message.js";
import { valuesOf } from "../protocol/header-values.js";
import { isTokenText } from "../protocol/token.js";
import { type Answer, type Field, known, linesOf, ofLine, ofValue, ownPage, sends, unknown } from "./answer.js";
import { serverMessage } from "./messages.js";
import { lineAt } from "./raw-output.js";
import { filled, h2oSays } from "./sentences.js";
import type { ServerRun } from "./server-run.js";

/** Hop-by-hop headers. */
export const hopByHop =
  /^(?:connection|keep-alive|te|transfer-encoding|upgrade|proxy-authenticate|proxy-authorization|proxy-connection|trailer)$/;

export function h2oAnswer(run: ServerRun): Answer {
  const page = (status: number, body: string, why: Message, ...log: string[]): Answer =>
    ownPage(run, { status, type: "text/plain; charset=utf-8", body, log: [...linesOf(run), ...log], why });
  const failed = (why: Message, ...log: string[]): Answer => page(503, "Internal Server Error", why, ...log);
  if (run.failure === "not-found") return page(404, "not found", serverMessage("file-missing"));
  if (run.failure === "no-program") return unknown(serverMessage("not-known-shell"));
  if (run.failure !== null) return failed(serverMessage("cannot-start"), h2oSays.noHeaders);
  const { stdout } = run;
  const fields: Field[] = [];
  let from = 0;
  for (;;) {
    const { line, name, value: written, next, isEnded } = lineAt(stdout, from);
    if (!isEnded) return failed(serverMessage(stdout === "" ? "output-empty" : "output-unfinished"), h2oSays.noHeaders);
    from = next;
    if (line === "") break;
    const isFolded = /^[ \t]/.test(line) && fields.length > 0;
    const value = (isFolded ? line : written).replace(/^[ \t]+/, "");
    if ((!isFolded && !isTokenText(name ?? "")) || /[\0-\x08\x0a-\x1f\x7f]/.test(value))
      return failed(serverMessage("line-not-header", ofLine(line)), h2oSays.badHeaders);
    fields.push([isFolded ? "" : (name ?? "").toLowerCase(), value]);
  }
  const statuses = valuesOf(fields, "status");
  const bad = statuses.find((value) => !/^\d{3}(?: |$)/.test(value));
  if (bad !== undefined)
    return failed(serverMessage("status-not-understood", ofValue(bad)), filled(h2oSays.badStatus, { TEXT: bad }));
  const [given, ...others] = valuesOf(fields, "content-length");
  if (others.length > 0) return failed(serverMessage("two-lengths"), h2oSays.twoLengths);
  if (given !== undefined && !/^\d+$/.test(given))
    return failed(serverMessage("two-lengths"), filled(h2oSays.badLength, { TEXT: given }));
  const said = statuses.length === 0 ? null : Number(statuses.at(-1)?.slice(0, 3));
  const body = stdout.slice(from);
  const length = Number(given ?? body.length);
  return known({
    status: said ?? 200,
    headers: fields.filter(([name]) => name !== "status" && !hopByHop.test(name)),
    body: body.slice(0, length),
    log: linesOf(run),
    why: length < body.length ? serverMessage("body-cut") : sends(said),
  });
}
