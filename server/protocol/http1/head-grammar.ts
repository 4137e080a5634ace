// The grammar of a request's head (RFC 9112 §3, §5): request line, header lines, blank line. It
// reads a whole head and reports each piece with its bytes, so that the server and the window that
// colours a request read it with the same eyes.
//
// Strict where leniency lets two servers read two different requests (request smuggling): no space before a colon, no
// control bytes, no carriage return alone. Lenient, by policy, where servers differ and no harm follows: bytes above
// 0x7F in target and values, any token as method, folded lines, lines that end in LF alone.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1 } from "../byte-string.js";
import type { HeaderPair, RequestHead } from "../request.js";
import { isTokenByte } from "../token.js";
import { type RequestFault, type RequestFaultCode, requestFault } from "./request-fault.js";

/** What a server may choose; see the policies of the configuration. */
export interface HeadPolicy {
  /**
   * A header line that begins with a space or tab (RFC 9112 §5.2): joined to the one before with a space, or refused.
   */
  readonly foldedRequestHeader: "join" | "reject";
  /** A line of the head that ends in LF alone (RFC 9112 §2.2). */
  readonly bareLineFeed: "accept" | "reject";
}

export type HeadPieceKind = "method" | "target" | "version" | "header-name" | "header-value" | "fold" | "line-end";
/** A piece of the head, as offsets. Pieces come in order; separators (spaces, colons) lie between them. */
type OnHeadPiece = (is: HeadPieceKind, from: number, to: number) => void;

type HeadResult =
  | { readonly ok: true; readonly request: RequestHead }
  | { readonly ok: false; readonly fault: RequestFault };

const LF = 0x0a;
const CR = 0x0d;
const SP = 0x20;
const HTAB = 0x09;
const COLON = 0x3a;

const ignore: OnHeadPiece = () => {};

/**
 * Reads a head: from the request line's first byte up to and including the blank line.
 * `onPiece` also gets the pieces before a fault.
 */
export function readHead(head: ByteString, policy: HeadPolicy, onPiece: OnHeadPiece = ignore): HeadResult {
  const lineFeed = head.indexOf("\n");
  const end = lineFeed < 0 ? head.length : lineFeed;
  const line = readRequestLine(head, lineEnd(head, 0, end), onPiece);
  if (!line.ok) return line;
  const badEnd = lineEndFault(head, 0, end, policy);
  if (badEnd) return refuse(badEnd);
  if (lineFeed >= 0) onPiece("line-end", lineEnd(head, 0, end), end + 1);
  const headers: HeaderPair[] = [];
  const fault = readFieldLines(head, end + 1, policy, headers, onPiece);
  if (fault) return refuse(fault);
  const { method, target, httpVersion } = line;
  return { ok: true, request: { method, target, httpVersion, headers } };
}

type RequestLine =
  | {
      readonly ok: true;
      readonly method: ByteString;
      readonly target: ByteString;
      readonly httpVersion: RequestHead["httpVersion"];
    }
  | { readonly ok: false; readonly fault: RequestFault };

/** The request line in `[0, to)` (RFC 9112 §3), without its line end. */
function readRequestLine(head: ByteString, to: number, onPiece: OnHeadPiece): RequestLine {
  let methodTo = 0;
  while (methodTo < to && isTokenByte(head.charCodeAt(methodTo))) methodTo++;
  if (methodTo === 0) return refused("not-http", 0, Math.min(1, head.length));
  const method = latin1(head.slice(0, methodTo));
  onPiece("method", 0, methodTo);
  if (methodTo === to) return refused("request-line-incomplete", to, to);
  if (head.charCodeAt(methodTo) !== SP) return refused("method-invalid", methodTo);

  const targetFrom = methodTo + 1;
  if (head.charCodeAt(targetFrom) === SP && targetFrom < to) return refused("request-line-spaces", targetFrom);
  // The last space, so that a target with a space in it is refused for that space and not for its version.
  const lastSpace = head.lastIndexOf(" ", to - 1);
  const targetTo = lastSpace < targetFrom ? to : lastSpace;
  for (let i = targetFrom; i < targetTo; i++) {
    const byte = head.charCodeAt(i);
    if (byte <= SP || byte === 0x7f) return refused("target-invalid-byte", i);
  }
  if (targetTo === targetFrom) return refused("request-line-incomplete", targetFrom, to);
  const target = latin1(head.slice(targetFrom, targetTo));
  onPiece("target", targetFrom, targetTo);
  if (targetTo === to) return refused("request-line-incomplete", to, to);

  const version = head.slice(targetTo + 1, to);
  const versionFault = faultOfVersion(version, method);
  if (versionFault !== null) return refused(versionFault, targetTo + 1, Math.max(to, targetTo + 1));
  onPiece("version", targetTo + 1, to);
  if (method === "CONNECT") return refused("method-connect", 0, methodTo);
  return { ok: true, method, target, httpVersion: version === "HTTP/1.0" ? "1.0" : "1.1" };
}

function faultOfVersion(version: string, method: string): RequestFaultCode | null {
  if (version === "HTTP/1.1" || version === "HTTP/1.0") return null;
  if (version === "HTTP/2.0" && method === "PRI") return "http2-preface"; // RFC 9113 §3.4
  return /^HTTP\/\d+(?:\.\d+)?$/.test(version) ? "version-unsupported" : "version-invalid";
}

/**
 * Header lines from `from` up to a blank line or the end of `text` (RFC 9112 §5); trailers
 * have the same grammar. Adds to `fields`.
 */
export function readFieldLines(
  text: ByteString,
  from: number,
  policy: HeadPolicy,
  fields: HeaderPair[],
  onPiece: OnHeadPiece = ignore,
): RequestFault | null {
  // One look by the regular expression engine spares nearly every head a look at each byte here.
  const checked = { foldedRequestHeader: policy.foldedRequestHeader, isClean: !controlByte.test(text) };
  while (from < text.length) {
    const lineFeed = text.indexOf("\n", from);
    const end = lineFeed < 0 ? text.length : lineFeed;
    const to = lineEnd(text, from, end);
    const fault =
      (checked.isClean && to < end ? null : lineEndFault(text, from, end, policy)) ??
      readFieldLine(text, from, to, checked, fields, onPiece);
    if (fault) return fault;
    if (lineFeed >= 0) onPiece("line-end", to, end + 1);
    if (to === from) return null; // the blank line
    from = end + 1;
  }
  return null;
}

/** Bytes that no header line holds, and carriage returns that end no line. */
const controlByte = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/;

interface LinePolicy extends Pick<HeadPolicy, "foldedRequestHeader"> {
  /** The text holds no `controlByte`. */
  readonly isClean: boolean;
}

function readFieldLine(
  text: ByteString,
  from: number,
  to: number,
  policy: LinePolicy,
  fields: HeaderPair[],
  onPiece: OnHeadPiece,
): RequestFault | null {
  if (from === to) return null;
  if (isBlank(text.charCodeAt(from))) return readFolded(text, from, to, policy, fields, onPiece);
  let nameTo = from;
  while (nameTo < to && isTokenByte(text.charCodeAt(nameTo))) nameTo++;
  if (text.charCodeAt(nameTo) !== COLON || nameTo === to) return faultOfName(text, from, nameTo, to);
  if (nameTo === from) return requestFault("header-name-empty", from, from + 1);
  const invalid = policy.isClean ? -1 : invalidValueByte(text, nameTo + 1, to);
  if (invalid >= 0) return requestFault("header-value-invalid-byte", invalid);
  const valueFrom = afterBlanks(text, nameTo + 1, to);
  const valueTo = beforeBlanks(text, valueFrom, to);
  onPiece("header-name", from, nameTo);
  if (valueTo > valueFrom) onPiece("header-value", valueFrom, valueTo);
  fields.push([latin1(text.slice(from, nameTo)), latin1(text.slice(valueFrom, valueTo))]);
  return null;
}

/** Why a line is no header: it stopped being a name at `at`. */
function faultOfName(text: ByteString, from: number, at: number, to: number): RequestFault {
  const colon = text.indexOf(":", at);
  if (colon < 0 || colon >= to) return requestFault("header-without-colon", from, to);
  if (beforeBlanks(text, at, colon) === at) return requestFault("header-space-before-colon", at, colon);
  return requestFault("header-name-invalid-byte", at);
}

/**
 * A line that goes on with the value before it (obs-fold, RFC 9112 §5.2): one space
 * takes the place of the line end and blanks.
 */
function readFolded(
  text: ByteString,
  from: number,
  to: number,
  policy: LinePolicy,
  fields: HeaderPair[],
  onPiece: OnHeadPiece,
): RequestFault | null {
  const last = fields.at(-1);
  if (!last) return requestFault("header-folded-first", from, to);
  if (policy.foldedRequestHeader === "reject") return requestFault("header-folded", from, to);
  const invalid = policy.isClean ? -1 : invalidValueByte(text, from, to);
  if (invalid >= 0) return requestFault("header-value-invalid-byte", invalid);
  const valueFrom = afterBlanks(text, from, to);
  const valueTo = beforeBlanks(text, valueFrom, to);
  onPiece("fold", from, valueFrom);
  if (valueTo > valueFrom) onPiece("header-value", valueFrom, valueTo);
  const [name, value] = last;
  const more = text.slice(valueFrom, valueTo);
  fields[fields.length - 1] = [name, latin1(value === "" || more === "" ? value + more : `${value} ${more}`)];
  return null;
}

/**
 * The end of a line's text: before the carriage return, if there is one. `lineFeed`:
 * the offset of its LF, or the text's end.
 */
const lineEnd = (text: string, from: number, lineFeed: number): number =>
  lineFeed > from && text.charCodeAt(lineFeed - 1) === CR ? lineFeed - 1 : lineFeed;

/**
 * A line end that the policy refuses, or a carriage return alone: some servers
 * take that for a line end (RFC 9112 §2.2).
 */
function lineEndFault(text: string, from: number, lineFeed: number, policy: HeadPolicy): RequestFault | null {
  const to = lineEnd(text, from, lineFeed);
  // No further than the line: a head of many lines is read in linear time.
  const alone = text.slice(from, to).indexOf("\r");
  if (alone >= 0) return requestFault("carriage-return-alone", from + alone);
  if (to === lineFeed && policy.bareLineFeed === "reject" && text.charCodeAt(lineFeed) === LF)
    return requestFault("line-feed-alone", lineFeed);
  return null;
}

/**
 * Field values hold visible characters, spaces, tabs and bytes above 0x7F (RFC
 * 9110 §5.5); −1 where nothing else is found.
 */
function invalidValueByte(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const byte = text.charCodeAt(i);
    if ((byte < SP && byte !== HTAB) || byte === 0x7f) return i;
  }
  return -1;
}

const isBlank = (byte: number): boolean => byte === SP || byte === HTAB;

function afterBlanks(text: string, from: number, to: number): number {
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  return from;
}

function beforeBlanks(text: string, from: number, to: number): number {
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return to;
}

const refuse = (fault: RequestFault): { readonly ok: false; readonly fault: RequestFault } => ({ ok: false, fault });
const refused = (code: RequestFaultCode, from: number, to?: number) => refuse(requestFault(code, from, to));

/** For heads that were accepted once. */
export const lenient: HeadPolicy = { foldedRequestHeader: "join", bareLineFeed: "accept" };
export const strict: HeadPolicy = { foldedRequestHeader: "reject", bareLineFeed: "reject" };

/** The headers of a head that was read before, under whatever policy. */
export function headersOf(head: ByteString): readonly HeaderPair[] {
  const result = readHead(head, lenient);
  return result.ok ? result.request.headers : [];
}

/** The bytes of the header line with this index, its name included: for a fault of the line as a whole. */
export function headerRange(head: ByteString, index: number): readonly [from: number, to: number] {
  let header = -1;
  let range: [number, number] = [0, 0];
  readHead(head, lenient, (is, from, to) => {
    if (is === "header-name") header++;
    if (header === index && is === "header-name") range = [from, to];
    else if (header === index && is === "header-value") range[1] = to;
  });
  return range;
}
