// h2o 2.2 with its fastcgi-cgi: lib/handler/fastcgi.c and picohttpparser.
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import { isTokenText } from "../protocol/token.js";
import { type Answer, type Field, known, ofLine, ofValue, ownPage, unknown, valuesIn } from "./answer.js";
import { serverMessage } from "./messages.js";
import { lineAt } from "./raw-output.js";
import { filled, h2oSays } from "./sentences.js";
import type { ServerRun } from "./server-run.js";

const dropped =
  /^(?:connection|keep-alive|te|transfer-encoding|upgrade|proxy-authenticate|proxy-authorization|proxy-connection|trailer)$/;

export function h2oAnswer(run: ServerRun): Answer {
  if (run.failure === "not-found") return page(run, 404, serverMessage("file-missing"), []);
  if (run.failure === "no-program") return unknown(serverMessage("not-known-shell"));
  const failed = (why: Message, ...log: string[]): Answer => page(run, 503, why, log);
  if (run.failure !== null) return failed(serverMessage("cannot-start"), h2oSays.noHeaders);
  const { stdout } = run;
  const fields: Field[] = [];
  let from = 0;
  for (;;) {
    const { line, next, isEnded } = lineAt(stdout, from);
    if (!isEnded) return failed(serverMessage(stdout === "" ? "output-empty" : "output-unfinished"), h2oSays.noHeaders);
    from = next;
    if (line === "") break;
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const isFolded = /^[ \t]/.test(line) && fields.length > 0;
    const value = (isFolded ? line : line.slice(colon + 1)).replace(/^[ \t]+/, "");
    if ((!isFolded && (colon < 1 || !isTokenText(name))) || /[\0-\x08\x0a-\x1f\x7f]/.test(value))
      return failed(serverMessage("line-not-header", ofLine(line)), h2oSays.badHeaders);
    fields.push([isFolded ? "" : name.toLowerCase(), value]);
  }
  const [said] = valuesIn(fields, "status").toReversed();
  const invalid = valuesIn(fields, "status").find((value) => !/^\d{3}(?: |$)/.test(value));
  if (invalid !== undefined)
    return failed(
      serverMessage("status-not-understood", ofValue(invalid)),
      filled(h2oSays.badStatus, { TEXT: invalid }),
    );
  const lengths = valuesIn(fields, "content-length");
  const badLength = lengths.find((value) => !/^\d+$/.test(value));
  if (lengths.length > 1) return failed(serverMessage("two-lengths"), h2oSays.twoLengths);
  if (badLength !== undefined)
    return failed(serverMessage("two-lengths"), filled(h2oSays.badLength, { TEXT: badLength }));
  const status = Number(said?.slice(0, 3) ?? 200);
  const body = stdout.slice(from);
  const length = lengths[0] === undefined ? body.length : Number(lengths[0]);
  return known({
    status,
    headers: fields.filter(([name]) => name !== "status" && !dropped.test(name)),
    body: latin1(body.slice(0, length)),
    log: stderrLog(run),
    why:
      length < body.length
        ? serverMessage("body-cut")
        : said === undefined
          ? serverMessage("sends-output")
          : serverMessage("sends-status", { status }),
  });
}

const stderrLog = ({ stderr }: ServerRun): string[] => stderr.split("\n").filter((line) => line !== "");

function page(run: ServerRun, status: number, why: Message, log: readonly string[]): Answer {
  const body = status === 404 ? "not found" : "Internal Server Error";
  const type = "text/plain; charset=utf-8";
  return ownPage(run, { status, type, body: latin1(body), log: [...stderrLog(run), ...log], why });
}
