// Writes a request as a part of a file of requests, so that reading it gives the same request.
import type { ByteString } from "../../contract/bytes-text.js";
import { firstValue } from "../../protocol/header-values.js";
import type { HeaderPair } from "../../protocol/request.js";
import { isTokenText } from "../../protocol/token.js";
import { plainText } from "../export/utf8-text.js";
import { type Assertion, type Capture, writeAssertion, writeCapture } from "./conditions.js";
import { isBlank, isSpecialInBody } from "./lines.js";
import { sentBody } from "./sent-body.js";
import { trimmed, trimmedEnd } from "./white-space.js";

export interface RequestToWrite {
  readonly name: string;
  readonly method: ByteString;
  readonly target: ByteString;
  readonly headers: readonly HeaderPair[];
  readonly body: ByteString;
  readonly assertions: readonly Assertion[];
  readonly captures: readonly Capture[];
}

interface WriteOptions {
  /** Before the target: `{{host}}`, `http://127.0.0.1:8080`, or nothing. */
  readonly origin: string;
  /** The file for a body that cannot stand in the text, as a path from the file of requests. */
  readonly bodyFile: string;
  /** Whether it has variables with a value, which stay. By default `{{name}}` is text, to be sent as it is. */
  readonly hasValues?: (text: ByteString) => boolean;
}

const nothingHas = (): boolean => false;
const placeholder = /\{\{[^{}\n]*\}\}/g;

interface WrittenRequest {
  readonly text: string;
  /** The body has to be written to `bodyFile`. */
  readonly needsBodyFile: boolean;
}

/** Null: the request line or a header has what such a file cannot hold. */
export function writeRequest(
  request: RequestToWrite,
  { origin, bodyFile, hasValues = nothingHas }: WriteOptions,
): WrittenRequest | null {
  const { method, target, headers, body, assertions, captures } = request;
  const targetText = plainText(target);
  if (!isTokenText(method) || method.startsWith("#") || targetText === null) return null;
  if (!isTarget(targetText, hasValues(target))) return null;
  const fields = headers.map((header) => fieldLine(header, hasValues(header[1])));
  if (fields.includes(null)) return null;
  const keepsBody = hasValues(body);
  const needsBodyFile = body !== "" && !isInline(body, firstValue(headers, "content-type") ?? "", keepsBody);
  const lines = [
    `### ${oneLine(request.name)}`,
    ...assertions.map((assertion) => `# @assert ${writeAssertion(assertion)}`),
    ...captures.map((capture) => `# @capture ${writeCapture(capture)}`),
    `${method} ${targetText.startsWith("/") ? origin : ""}${targetText} HTTP/1.1`, // behind an origin * is no path
    ...fields,
    ...(body === "" ? [] : ["", needsBodyFile ? `${keepsBody ? "<@" : "<"} ${bodyFile}` : plainText(body)]),
  ];
  return { text: `${lines.join("\n")}\n`, needsBodyFile };
}

/** What can be a name: one line. */
export const oneLine = (name: string): string => name.replace(/\s+/g, " ").trim();

/** `hasVariables`: `{{name}}` in it stays, and may be the address before the path. */
function isTarget(target: string, hasVariables: boolean): boolean {
  const text = hasVariables ? target.replace(placeholder, "") : target;
  const isBegun = target.startsWith("/") || target === "*" || (hasVariables && target.startsWith("{{"));
  return isBegun && !/\s|\{\{|#/.test(text);
}

/** Null: a file cannot hold it. */
function fieldLine([name, value]: HeaderPair, hasVariables: boolean): string | null {
  const text = plainText(value); // `trim` would take a letter's byte A0 for white space
  if (!isTokenText(name) || name.startsWith("#") || text === null) return null;
  if (text !== text.trim() || /[\n\t]/.test(text) || (text.includes("{{") && !hasVariables)) return null;
  return `${name}: ${text}`;
}

/** A larger body gets a file of its own: the editor opens no large file, and neither does a run. */
export const maxInlineBytes = 64 << 10;

/** Whether the file can hold the body itself. `type`: the request's Content-Type; `hasVariables`: `{{name}}` stays. */
export function isInline(body: ByteString, type = "", hasVariables = false): boolean {
  if (body.length > maxInlineBytes) return false;
  const text = plainText(body);
  return text !== null && (hasVariables || !text.includes("{{")) && isSentAsWritten(text, type);
}

/** Whether a body that the file holds is sent byte for byte. `text`: without CR. */
export function isSentAsWritten(text: string, type: string): boolean {
  if (text.startsWith("\ufeff")) return false;
  const lines = text.split("\n").map((line) => ({ text: line }));
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined || isBlank(first) || isBlank(last)) return false;
  return !lines.some(isSpecialInBody) && sentBody(type, text) === text;
}

/** Without the blank lines at its end, in linear time. */
function withoutLastLines(file: string): string {
  const text = trimmedEnd(file);
  const end = file.slice(text.length).search(/\r?\n/);
  return end < 0 ? file : file.slice(0, text.length + end);
}

/** The text of a file with one more request at its end. `host`: a value for `{{host}}`, at the top of a new file. */
export function withRequest(file: string, request: string, host: string | null): string {
  if (trimmed(file) === "") return `${host === null ? "" : `@host = ${host}\n\n`}${request}`;
  return `${withoutLastLines(file)}\n\n${request}`;
}
