// Go 1.19's net/http/cgi: Handler.ServeHTTP, without a PathLocationHandler, and what net/http makes of it.
import type { Message } from "../contract/message.js";
import { firstValue } from "../protocol/header-values.js";
import { isTokenText } from "../protocol/token.js";
import { type Answer, type Field, isBodyless, known, ofLine, ofValue, sends, unknown } from "./answer.js";
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
  const fields: Field[] = [];
  const log: string[] = [];
  const failed = (why: Message, sentence: string, status = 500): Answer =>
    goResponse(run, { status, fields: [], body: "", why, log: [...log, sentence] });
  if (run.headers.some(([name, value]) => /^transfer-encoding$/i.test(name) && /^chunked$/i.test(value)))
    return goResponse(run, { status: 400, fields, body: refusal, why: serverMessage("chunked-refused"), log });
  if (run.failure !== null) {
    const text = startErrors[run.failure][1].toLowerCase();
    return failed(serverMessage("cannot-start"), filled(goSays.execFailed, { S: run.file, TEXT: text }));
  }
  let status = 0;
  let lines = 0;
  let isEnded = false;
  let ignored: string | null = null;
  let from = 0;
  while (from < run.stdout.length && !isEnded) {
    const { line, name, value: written, next, isEnded: isWhole } = lineAt(run.stdout, from);
    if (next - from > lineBytes) return failed(serverMessage("line-too-long"), goSays.longLine);
    from = next;
    isEnded = line === "" && isWhole;
    if (isEnded) break;
    lines++;
    const value = written.replace(/^[ \t\r]+|[ \t\r]+$/g, "");
    if (name === null || !isTokenText(name)) {
      ignored ??= line;
      log.push(name === null ? filled(goSays.bogusLine, { TEXT: line }) : filled(goSays.invalidName, { TEXT: name }));
    } else if (name === "Status") {
      if (!/^\d{3}/.test(value)) {
        const sentence = value.length < 3 ? goSays.shortStatus : goSays.badStatus;
        return failed(serverMessage("status-not-understood", ofValue(value)), filled(sentence, { TEXT: value }), 200);
      }
      status = Number(value.slice(0, 3));
    } else fields.push([canonical(name), value.replace(/[\r\n]/g, " ")]);
  }
  if (lines === 0 || !isEnded) {
    const why = run.stdout === "" ? "output-empty" : lines === 0 ? "blank-line-first" : "output-unfinished";
    return failed(serverMessage(why), goSays.noHeaders);
  }
  const isFound = status === 0 && Boolean(firstValue(fields, "location"));
  if (isFound) status = 302;
  if (status === 0 && !firstValue(fields, "content-type")) return failed(serverMessage("type-missing"), goSays.noType);
  const sent = sends(status === 0 || isFound ? null : status, isFound);
  const why = ignored === null ? sent : serverMessage("ignores-lines", ofLine(ignored));
  return goResponse(run, { status: status || 200, fields, body: run.stdout.slice(from), why, log });
}

/** A header's name as net/textproto writes it. */
export const canonical = (name: string): string =>
  name.toLowerCase().replace(/(^|-)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());

interface GoResponse {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly body: string;
  readonly why: Message;
  readonly log: readonly string[];
}
export function goResponse(run: ServerRun, { status, fields, body, why, log }: GoResponse): Answer {
  if (status < 200) return unknown(serverMessage("not-known-interim"));
  const isSilent = isBodyless(status);
  const has = (name: string): boolean => firstValue(fields, name) !== null;
  const length = firstValue(fields, "content-length");
  const isLength = /^\d+$/.test(length ?? "") && !isSilent;
  const isOver = isLength && !isHead(run) && body.length > Number(length);
  if (isOver && run.stdout.length > lineBytes) return unknown(serverMessage("not-known-length"));
  const headers = fields.filter(([name]) =>
    /^content-length$/i.test(name) ? isLength : status !== 304 || !/^content-type$/i.test(name),
  );
  const isCounted = length === null && !has("transfer-encoding") && body.length <= bufferBytes;
  if (!isSilent && isCounted && (!isHead(run) || body !== "")) headers.push(["Content-Length", String(body.length)]);
  if (!isSilent && !isOver && body !== "" && !has("content-type") && !has("content-encoding")) {
    const type = guessedType(body);
    if (type === null) return unknown(serverMessage("not-known-type"));
    headers.push(["Content-Type", type]);
  }
  const sent = isHead(run) || isSilent || isOver ? "" : body;
  return known({ status, headers, body: sent, log, why: isOver ? serverMessage("body-cut") : why });
}

const markup =
  /^(?:<!DOCTYPE HTML|<HTML|<HEAD|<SCRIPT|<IFRAME|<H1|<DIV|<FONT|<TABLE|<A|<STYLE|<TITLE|<B|<BODY|<BR|<P|<!--)[ >]/i;
const binary =
  /^(?:%PDF|%!PS|GIF8|\x89PNG|\xff\xd8|\xfe\xff|\xff\xfe|\xef\xbb\xbf|PK|RIFF|BM|wOF|OTTO|OggS|ID3|MThd|FORM|Rar)/;
/** What net/http takes a body for, where it is text; null: another kind. */
function guessedType(body: string): string | null {
  const start = body.slice(0, 512);
  const text = start.replace(/^[\t\n\f\r ]+/, "");
  if (markup.test(text)) return "text/html; charset=utf-8";
  if (text.startsWith("<?xml")) return "text/xml; charset=utf-8";
  return /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(start) || binary.test(start) ? null : "text/plain; charset=utf-8";
}
