// Go 1.19's net/http/cgi: Handler.ServeHTTP, without a PathLocationHandler, and what net/http makes of it.
import type { Message } from "../contract/message.js";
import { latin1 } from "../protocol/byte-string.js";
import { isTokenText } from "../protocol/token.js";
import { type Answer, type Field, hasField, known, nothing, ofLine, ofValue, unknown, valuesIn } from "./answer.js";
import { serverMessage } from "./messages.js";
import { lineAt } from "./raw-output.js";
import { filled, goSays, startErrors } from "./sentences.js";
import { isHead, type ServerRun } from "./server-run.js";

/** It reads lines of at most so many bytes. */
const lineBytes = 1024;
/** A response up to this size gets a Content-Length. */
const bufferBytes = 2048;
const refusal = "Chunked request bodies are not supported by CGI.";

export function goAnswer(run: ServerRun): Answer {
  if (
    run.headers.some(([name, value]) => name.toLowerCase() === "transfer-encoding" && value.toLowerCase() === "chunked")
  )
    return goResponse(run, 400, [], refusal, serverMessage("chunked-refused"), []);
  if (run.failure !== null) {
    const text = startErrors[run.failure][1].toLowerCase();
    return goResponse(run, 500, [], "", serverMessage("cannot-start"), [
      filled(goSays.execFailed, { S: run.file, TEXT: text }),
    ]);
  }
  const fields: Field[] = [];
  const log: string[] = [];
  let status = 0;
  let lines = 0;
  let isEnded = false;
  let ignored: string | null = null;
  let from = 0;
  const failed = (why: Message, sentence: string, code = 500): Answer =>
    goResponse(run, code, [], "", why, [...log, sentence]);
  while (from < run.stdout.length && !isEnded) {
    const { line, next, isEnded: isWhole } = lineAt(run.stdout, from);
    if (next - from > lineBytes) return failed(serverMessage("line-too-long"), goSays.longLine);
    from = next;
    isEnded = line === "" && isWhole;
    if (isEnded) break;
    lines++;
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^[ \t\r]+|[ \t\r]+$/g, "");
    if (colon < 0 || !isTokenText(name)) {
      ignored ??= line;
      log.push(colon < 0 ? filled(goSays.bogusLine, { TEXT: line }) : filled(goSays.invalidName, { TEXT: name }));
    } else if (name === "Status") {
      const why = serverMessage("status-not-understood", ofValue(value));
      if (value.length < 3) return failed(why, filled(goSays.shortStatus, { TEXT: value }), 200);
      if (!/^\d{3}/.test(value)) return failed(why, filled(goSays.badStatus, { TEXT: value }), 200);
      status = Number(value.slice(0, 3));
    } else fields.push([canonical(name), value.replace(/[\r\n]/g, " ")]);
  }
  if (lines === 0 || !isEnded)
    return failed(
      serverMessage(run.stdout === "" ? "output-empty" : lines === 0 ? "blank-line-first" : "output-unfinished"),
      goSays.noHeaders,
    );
  const hasLocation = (valuesIn(fields, "location")[0] ?? "") !== "";
  if (status === 0 && hasLocation) status = 302;
  if (status === 0 && (valuesIn(fields, "content-type")[0] ?? "") === "")
    return failed(serverMessage("type-missing"), goSays.noType);
  const why =
    ignored !== null
      ? serverMessage("ignores-lines", ofLine(ignored))
      : status !== 0 && !hasLocation
        ? serverMessage("sends-status", { status })
        : serverMessage(hasLocation ? "sends-found" : "sends-output");
  return goResponse(run, status === 0 ? 200 : status, fields, run.stdout.slice(from), why, log);
}

/** A header's name as net/textproto writes it. */
export const canonical = (name: string): string =>
  name.toLowerCase().replace(/(^|-)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());

export function goResponse(
  run: ServerRun,
  status: number,
  given: readonly Field[],
  body: string,
  why: Message,
  log: readonly string[],
): Answer {
  if (status < 200) return unknown(serverMessage("not-known-interim"));
  const isBodyless = status === 204 || status === 304;
  const lengths = valuesIn(given, "content-length");
  const isLength = /^\d+$/.test(lengths[0] ?? "");
  const fields = given.filter(([name]) => {
    const key = name.toLowerCase();
    if (key === "content-length") return isLength && !isBodyless;
    return key !== "content-type" || status !== 304;
  });
  const isOver = isLength && !isBodyless && !isHead(run) && body.length > Number(lengths[0]);
  if (isOver && run.stdout.length > lineBytes) return unknown(serverMessage("not-known-length"));
  const added: Field[] = [];
  if (
    !isBodyless &&
    lengths.length === 0 &&
    !hasField(given, "transfer-encoding") &&
    body.length <= bufferBytes &&
    (!isHead(run) || body !== "")
  )
    added.push(["Content-Length", String(body.length)]);
  if (
    !isBodyless &&
    !isOver &&
    body !== "" &&
    !hasField(given, "content-type") &&
    !hasField(given, "content-encoding")
  ) {
    const type = guessedType(body);
    if (type === null) return unknown(serverMessage("not-known-type"));
    added.push(["Content-Type", type]);
  }
  return known({
    status,
    headers: [...fields, ...added],
    body: isHead(run) || isBodyless || isOver ? nothing : latin1(body),
    log,
    why: isOver ? serverMessage("body-cut") : why,
  });
}

const markup =
  /^(?:<!DOCTYPE HTML|<HTML|<HEAD|<SCRIPT|<IFRAME|<H1|<DIV|<FONT|<TABLE|<A|<STYLE|<TITLE|<B|<BODY|<BR|<P|<!--)[ >]/i;
/** What net/http takes a body for, where it is text; null: another kind. */
function guessedType(body: string): string | null {
  const start = body.slice(0, 512);
  const text = start.replace(/^[\t\n\f\r ]+/, "");
  if (markup.test(text)) return "text/html; charset=utf-8";
  if (text.startsWith("<?xml")) return "text/xml; charset=utf-8";
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(start) ||
    /^(?:%PDF|%!PS|GIF8|\x89PNG|\xff\xd8|\xfe\xff|\xff\xfe|\xef\xbb\xbf|PK|RIFF|BM|wOF|OTTO|OggS|ID3|MThd|FORM|Rar)/.test(
      start,
    )
    ? null
    : "text/plain; charset=utf-8";
}
