// The status, headers and framing that a response has on the wire. RFC 3875 §6.3.4 makes the server resolve
// conflicts between the script's headers and its own; RFC 9112 §6 rules how the body ends. The HTTP library trusts
// its input, and all of it passes here: one length at most, no control bytes, every name a token, a final status.
// Each change is recorded with its reason.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import type { Framing } from "../contract/trace.js";
import { byteString, latin1 } from "./byte-string.js";
import { fieldMessage } from "./framing-messages.js";
import { firstValue } from "./header-values.js";
import type { HeaderPair, NameAndWhy, RequestHead } from "./request.js";
import { isTokenText } from "./token.js";

/** A response before framing: the script's, a file's or the server's own. */
export interface FramingInput {
  readonly status: number;
  /** "" when there is none. */
  readonly reason: ByteString;
  readonly headers: readonly HeaderPair[];
  /** Headers that were left out of these before. */
  readonly dropped?: readonly NameAndWhy[];
}
export interface Framed {
  /** 200 to 599. */
  readonly status: number;
  /** "" lets the writer choose the usual phrase. */
  readonly reason: ByteString;
  /** All fields for the wire, framing included. */
  readonly headers: readonly HeaderPair[];
  readonly framing: Framing;
  /**
   * Bytes of body to send: never more, and the connection must be cut when there are fewer. Null: until the body ends.
   */
  readonly bodyBytes: number | null;
  readonly added: readonly NameAndWhy[];
  readonly changed: readonly NameAndWhy[];
  readonly dropped: readonly NameAndWhy[];
}

const controlByte = /[\0-\x08\x0a-\x1f\x7f]/;
const wholeNumber = /^\d{1,15}$/; // up to 15 digits, a double holds every one exactly
const contentLength = byteString("Content-Length");
const transferEncoding = byteString("Transfer-Encoding");
const connection = byteString("Connection");
const date = byteString("Date");
const server = byteString("Server");

/** What is the same in every response's record, once. */
const chunked: HeaderPair = [transferEncoding, byteString("chunked")];
const addedChunked: NameAndWhy = [transferEncoding, fieldMessage("chunked-framing")];
const addedLength: NameAndWhy = [contentLength, fieldMessage("length-known")];
const addedDate: NameAndWhy = [date, fieldMessage("date-added")];
const addedServer: NameAndWhy = [server, fieldMessage("server-added")];

/** Fields that are never passed on, with the reason. Keys in lower case. */
const neverPassed: ReadonlyMap<string, Message> = new Map([
  ["status", fieldMessage("became-status-line")],
  ["date", fieldMessage("set-by-server")],
  ["server", fieldMessage("set-by-server")],
  ...["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"].map(
    (name) => [name, fieldMessage("connection-specific")] as const,
  ),
]);
/** Fields of which HTTP allows one; the last counts, as in Apache and nginx. */
const onlyOnce: ReadonlySet<string> = new Set(["content-type", "location"]);

/**
 * `knownLength`: bytes of the whole body when it is known already; it is believed over any Content-Length,
 * except for HEAD, where the script's word is about the body it would have sent. `own`: what the server says of
 * itself; null: the caller adds Date and Server.
 */
export function frame(
  response: FramingInput,
  request: Pick<RequestHead, "method" | "httpVersion">,
  knownLength: number | null,
  own: { readonly date: ByteString; readonly server: ByteString } | null = null,
): Framed {
  const added: NameAndWhy[] = [];
  const changed: NameAndWhy[] = [];
  const dropped: NameAndWhy[] = response.dropped ? [...response.dropped] : [];
  let { status, reason } = response;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    changed.push([byteString("Status"), fieldMessage("status-not-final", { status })]);
    status = 502;
    reason = byteString("");
  }
  if (controlByte.test(reason)) {
    changed.push([byteString("Status"), fieldMessage("reason-control-byte")]);
    reason = byteString("");
  }

  const { headers, lengths } = passedOn(response.headers, dropped, status);
  if (status === 304) {
    const type = headers.findIndex(([name]) => name.length === 12 && name.toLowerCase() === "content-type");
    for (const [name] of type < 0 ? [] : headers.splice(type, 1)) dropped.push([name, fieldMessage("no-type-304")]);
  }
  const noBody = request.method === "HEAD" || status === 204 || status === 304; // RFC 9110 §6.4.1
  const said = declaredLength(lengths, dropped);
  let length = said;
  if (status === 205)
    length = 0; // RFC 9110 §15.3.6: a length of zero, and no content
  else if (!noBody && knownLength !== null) length = knownLength;
  if (status === 204) {
    if (said !== null) dropped.push([contentLength, fieldMessage("no-length-204")]);
  } else if (length !== null) {
    headers.push([contentLength, latin1(String(length))]);
    if (said === null) added.push(status === 205 ? [contentLength, fieldMessage("no-body-205")] : addedLength);
    else if (said !== length)
      changed.push([contentLength, fieldMessage("length-corrected", { declared: said, actual: length })]);
  }

  const framing: Framing = noBody
    ? "none"
    : length !== null
      ? "length"
      : request.httpVersion === "1.1"
        ? "chunked"
        : "close";
  if (framing === "chunked") {
    headers.push(chunked);
    added.push(addedChunked);
  } else if (framing === "close") {
    headers.push([connection, byteString("close")]);
    added.push([connection, fieldMessage("close-framing")]);
  }
  const isUpgrade = status === 426 && framing !== "close" && firstValue(headers, "upgrade") !== null;
  if (isUpgrade) headers.push([connection, byteString("upgrade")]); // RFC 9110 §7.8
  if (own !== null) {
    headers.push([date, own.date], [server, own.server]);
    added.push(addedDate, addedServer);
  }
  return { status, reason, headers, framing, bodyBytes: noBody ? 0 : length, added, changed, dropped };
}

/** The fields that may go on the wire, and every Content-Length that was said. */
function passedOn(
  fields: readonly HeaderPair[],
  dropped: NameAndWhy[],
  status: number,
): { headers: HeaderPair[]; lengths: HeaderPair[] } {
  const headers: HeaderPair[] = [];
  const lengths: HeaderPair[] = [];
  fields.forEach((field, index) => {
    const [name, value] = field;
    const key = name.toLowerCase();
    const why = !isTokenText(name)
      ? fieldMessage("bad-name")
      : ((status === 426 && key === "upgrade" ? null : neverPassed.get(key)) ??
        (controlByte.test(value)
          ? fieldMessage("bad-value")
          : key.startsWith("x-cgi-")
            ? fieldMessage("cgi-extension-field")
            : onlyOnce.has(key) && isSaidLater(fields, index, key)
              ? fieldMessage("repeated-field")
              : null));
    if (why !== null) dropped.push([name, why]);
    else if (key === "content-length") lengths.push(field);
    else headers.push(field);
  });
  return { headers, lengths };
}

function isSaidLater(fields: readonly HeaderPair[], index: number, key: string): boolean {
  for (let later = index + 1; later < fields.length; later++) {
    const field = fields[later];
    if (field && field[0].toLowerCase() === key && !controlByte.test(field[1])) return true;
  }
  return false;
}

/** The one length that was declared; null when none was, or none that makes sense. */
function declaredLength(lengths: readonly HeaderPair[], dropped: NameAndWhy[]): number | null {
  const [first] = lengths;
  if (first === undefined) return null;
  const agree = lengths.every(([, value]) => value === first[1]);
  if (agree && wholeNumber.test(first[1])) return Number(first[1]);
  for (const [name] of lengths) dropped.push([name, fieldMessage(agree ? "length-not-a-number" : "lengths-differ")]);
  return null;
}
