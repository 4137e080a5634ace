// Writes a request as a part of a file of requests, so that reading it gives the same request.
import type { ByteString } from "../../contract/bytes-text.js";
import { plainText } from "../export/utf8-text.js";
import { firstValue } from "../header-values.js";
import type { HeaderPair } from "../request.js";
import { isTokenText } from "../token.js";
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
}

interface WrittenRequest {
  readonly text: string;
  /** The body has to be written to `bodyFile`. */
  readonly needsBodyFile: boolean;
}

/** Null: the request line or a header has what such a file cannot hold. */
export function writeRequest(request: RequestToWrite, { origin, bodyFile }: WriteOptions): WrittenRequest | null {
  const { method, target, headers, body, assertions, captures } = request;
  const targetText = plainText(target);
  if (!isTokenText(method) || method.startsWith("#") || targetText === null || !isTarget(targetText)) return null;
  const fields = headers.map(fieldLine);
  if (fields.includes(null)) return null;
  const needsBodyFile = body !== "" && !isInline(body, firstValue(headers, "content-type") ?? "");
  const lines = [
    `### ${oneLine(request.name)}`,
    ...assertions.map((assertion) => `# @assert ${writeAssertion(assertion)}`),
    ...captures.map((capture) => `# @capture ${writeCapture(capture)}`),
    `${method} ${targetText === "*" ? "" : origin}${targetText} HTTP/1.1`, // behind an origin * would be no path
    ...fields,
    ...(body === "" ? [] : ["", needsBodyFile ? `< ${bodyFile}` : plainText(body)]),
  ];
  return { text: `${lines.join("\n")}\n`, needsBodyFile };
}

/** What can be a name: one line. */
export const oneLine = (name: string): string => name.replace(/\s+/g, " ").trim();

const isTarget = (target: string): boolean => (target.startsWith("/") || target === "*") && !/\s|\{\{|#/.test(target);

/** Null: a file cannot hold it. */
function fieldLine([name, value]: HeaderPair): string | null {
  const text = plainText(value); // `trim` would take a letter's byte A0 for white space
  if (!isTokenText(name) || name.startsWith("#") || text === null) return null;
  return text !== text.trim() || /[\n\t]|\{\{/.test(text) ? null : `${name}: ${text}`;
}

/** Whether the file can hold the body itself. `type`: the request's Content-Type. */
export function isInline(body: ByteString, type = ""): boolean {
  const text = plainText(body);
  return text !== null && !text.includes("{{") && isSentAsWritten(text, type);
}

/** Whether a body that the file holds is sent byte for byte. `text`: without CR. */
export function isSentAsWritten(text: string, type: string): boolean {
  if (text.startsWith("\ufeff")) return false;
  const lines = text.split("\n").map((line) => ({ text: line }));
  const [first, last] = [lines[0], lines.at(-1)];
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
