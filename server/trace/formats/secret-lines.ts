// The lines of a head whose values are secrets, found in its bytes: a head that was refused or is malformed has no
// parsed headers.
import { fromBytesText, toBytesText } from "../../base/decode-text.js";
import type { ByteString, BytesText } from "../../contract/bytes-text.js";
import type { TraceJson } from "../../contract/trace.js";
import { latin1 } from "../../protocol/byte-string.js";
import { lenient, readHead } from "../../protocol/http1/head-grammar.js";
import { maxScriptHeadBytes } from "../../protocol/script-head.js";
import type { Mask } from "./mask.js";
import type { StreamJson } from "./read-trace-json.js";

export interface SecretHeaders {
  readonly hasHeader: (name: string) => boolean;
  /** As it is, and not for a word in it: also where it may be no header. */
  readonly isListed: (name: string) => boolean;
}

/** A value in one line; a folded header has several. */
export interface Secret {
  /** As it is spelled: "Cookie", "HTTP_COOKIE". */
  readonly name: string;
  readonly value: ByteString;
}

interface Line {
  /** Of the secret header that the line belongs to; null: none. */
  readonly name: string | null;
  /** The name, the colon and the blanks, as they are written. */
  readonly before: string;
  readonly value: string;
  readonly end: string;
}

/** The values of secret headers in the bytes of a head. */
export const secretsInHead = (head: ByteString, secret: SecretHeaders): Secret[] =>
  linesOf(head, secret).flatMap(({ name, value }) =>
    name === null || value === "" ? [] : [{ name, value: latin1(value.replace(/(?<![ \t])[ \t]+$/, "")) }],
  );

/** The head of a request with stars for these values. */
export function maskHead(head: BytesText, secret: SecretHeaders): BytesText {
  const bytes = fromBytesText(head);
  const masked = maskedLines(bytes, secret);
  if (masked === bytes) return head;
  return typeof head === "string"
    ? Buffer.from(masked, "latin1").toString("utf8")
    : { base64: Buffer.from(masked, "latin1").toString("base64") };
}

/** Whether a header, or the variable of one, says how long a body is. Its value is no secret, and is needed. */
export const isFraming = (name: string): boolean => /^(?:content[-_]length|transfer-encoding)$/i.test(name);

/**
 * The head of a request with the mask where it has values: one of them may also be its method or the name of a header.
 * In a head that no server reads, a value may be anywhere.
 */
export function maskValues(head: BytesText, mask: Mask): BytesText {
  const bytes = fromBytesText(head);
  const parts: string[] = [];
  let at = 0;
  let isMasked = true;
  const read = readHead(bytes, lenient, (is, from, to) => {
    if (is === "header-name") isMasked = !isFraming(bytes.slice(from, to));
    if (is !== "target" && (is !== "header-value" || !isMasked)) return;
    // As text, as the target and the headers of the trace are masked.
    parts.push(bytes.slice(at, from), fromBytesText(mask.in(toBytesText(latin1(bytes.slice(from, to))))));
    at = to;
  });
  return read.ok ? toBytesText(latin1(parts.join("") + bytes.slice(at))) : mask.in(head);
}

/** What a script wrote, with the mask, and with stars for the values of these headers. Names of headers stay. */
export function maskOutput(
  stdout: StreamJson,
  script: TraceJson["script"],
  secret: SecretHeaders,
  mask: Mask,
): StreamJson {
  const base64 = maskScriptHead(stdout.base64, script, secret);
  const masked = mask.in({ ...stdout, base64 });
  if (masked.base64 === base64) return masked;
  const before = Buffer.from(base64, "base64");
  const bytes = Buffer.from(masked.base64, "base64");
  for (const { is, from, to } of script?.spans ?? [])
    if (is === "name" && from < bytes.length) before.copy(bytes, from, from, to);
  return { ...masked, base64: bytes.toString("base64") };
}

/** Stars for the values of these in what a script wrote, up to its body. */
export function maskScriptHead(base64: string, script: TraceJson["script"], secret: SecretHeaders): string {
  const head = scriptHead(base64, script);
  const masked = maskedLines(head, secret);
  if (masked === head) return base64;
  const bytes = Buffer.from(base64, "base64");
  bytes.write(masked, 0, "latin1");
  return bytes.toString("base64");
}

/** In malformed output headers may also stand after a blank line: nobody knows where its body begins. */
export function scriptHead(base64: string, script: TraceJson["script"]): ByteString {
  const spans = script?.spans ?? [];
  const isMalformed = spans.some(({ is }) => is === "malformed");
  const body = isMalformed ? undefined : spans.find(({ is }) => is === "body");
  const bytes = Math.min(body?.from ?? maxScriptHeadBytes, maxScriptHeadBytes);
  return latin1(Buffer.from(base64, "base64").subarray(0, bytes).toString("latin1"));
}

const maskedLines = (head: ByteString, secret: SecretHeaders): ByteString =>
  latin1(
    linesOf(head, secret)
      .map(({ name, before, value, end }) => `${before}${name === null ? value : value.replace(maskable, "*")}${end}`)
      .join(""),
  );

/** Not control characters: a head that was refused for one must not become one that a server reads. */
const maskable = /[^\0-\x08\x0a-\x1f\x7f]/g;

/** A carriage return alone ends a line, too: with some servers it does. */
const lineStart = /(?<=\n|\r(?!\n))/;
/** What no name may hold (RFC 9110 §5.6.2): a space before the colon, a byte order mark. */
const notInName = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]+/g;
/** The first word of a line, unless a comma follows, as in a list of names; with what separates it from the rest. */
const firstWord = /^[^!#$%&'*+\-.^_`|~0-9A-Za-z]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?![!#$%&'*+\-.^_`|~0-9A-Za-z,])=?/;

function linesOf(head: ByteString, secret: SecretHeaders): readonly Line[] {
  let name: string | null = null;
  let isInLine = false; // after a carriage return alone, which may also be a byte of the value
  return head.split(lineStart).map((line) => {
    const [, field = "", rest = "", end = ""] = /^([^:\r\n]*:)?([^\r\n]*)([\r\n]*)$/.exec(line) ?? [];
    const text = field + rest;
    // A line that begins with white space goes on with the header before (RFC 9112 §5.2).
    const goesOn = /^[ \t]/.test(line) || (isInLine && field === "" && rest !== "");
    const given = field.replace(notInName, "");
    let named = "";
    // A sentence may have a colon, too.
    if (secret.isListed(given) || (secret.hasHeader(given) && field.slice(0, -1).trim() === given)) {
      name = given;
      named = field;
    } else if (!goesOn || name === null) {
      // Without a colon behind its name it is no header, and is a secret all the same.
      const [start = "", word = ""] = firstWord.exec(text) ?? [];
      name = secret.isListed(word) ? word : null;
      if (name !== null) named = start;
    }
    isInLine = end === "\r";
    const [blanks] = /^[ \t]*/.exec(text.slice(named.length)) ?? [""];
    const before = named + blanks;
    return { name, before, value: text.slice(before.length), end };
  });
}
