// Sends a recorded response to a browser again: the same status, headers and bytes, with new framing.
import { STATUS_CODES } from "node:http";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { frame } from "../../protocol/framing.js";
import { firstValue } from "../../protocol/header-values.js";
import { relaxedHeaders } from "../../protocol/preview-eligibility.js";
import type { HeaderPair } from "../../protocol/request.js";
import { CapturedStream } from "../../trace/captured-stream.js";
import type { RecordedResponse } from "../../trace/trace-record.js";
import type { Incoming } from "../front/incoming.js";
import { headText } from "../response/response-head.js";
import { ResponseWriter } from "../response/response-writer.js";
import { setCookies } from "./preview-cookies.js";

interface ShownAs {
  /** Without what forbids framing or asks for saving. */
  readonly relaxed: boolean;
  /** Sent in the place of the recorded body; null: that one. */
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** The recorded request was a GET, as this one is. */
  readonly isGet: boolean;
  /** Names of cookies that are not set again; null: none is. */
  readonly withoutCookies: ReadonlyMap<string, number> | null;
}

export function respondRecorded(
  incoming: Incoming,
  response: RecordedResponse,
  { relaxed, body, isGet, withoutCookies }: ShownAs,
): void {
  const kept = new Set(
    setCookies(response.headers).flatMap(([name, line]) =>
      withoutCookies === null || withoutCookies.has(name) ? [line] : [],
    ),
  );
  const all = response.headers.filter(([name, value]) => name.toLowerCase() !== "set-cookie" || !kept.has(value));
  const isWhole = body === null && response.body.captured === response.body.bytes;
  const headers = isWhole && isGet ? all : uncached(all);
  write(
    incoming,
    { status: response.status, reason: response.reason, headers: relaxed ? asBytes(relaxedHeaders(headers)) : headers },
    body ?? response.body.read(0, response.body.captured),
  );
}

const forCaches = new Set(["etag", "last-modified", "cache-control", "expires"]);

/** Of what a GET of this address would not bring: no cache may show it in the page's place (RFC 9110 §8.8.1). */
const uncached = (headers: readonly HeaderPair[]): HeaderPair[] => [
  ...headers.filter(([name]) => !forCaches.has(name.toLowerCase())),
  [byteString("Cache-Control"), byteString("no-store")],
];

/** A response of our own: a redirect, or a page in words. */
export function respondOwn(
  incoming: Incoming,
  status: number,
  headers: readonly (readonly [string, string])[],
  text = "",
): void {
  write(incoming, { status, reason: byteString(""), headers: asBytes(headers) }, new TextEncoder().encode(text));
}

interface OwnHead {
  readonly status: number;
  readonly reason: ByteString;
  readonly headers: readonly HeaderPair[];
}

function write(incoming: Incoming, { status, reason, headers }: OwnHead, body: Uint8Array): void {
  const framed = frame(
    { status, reason, headers },
    { method: incoming.request.method, httpVersion: "1.1" },
    body.length,
    ownFields(headers),
  );
  const closing: readonly HeaderPair[] = incoming.keepsConnection
    ? []
    : [[byteString("Connection"), byteString("close")]];
  const head = headText({
    status: framed.status,
    reason: framed.reason === "" ? byteString(STATUS_CODES[framed.status] ?? "") : framed.reason,
    headers: [...framed.headers, ...closing],
  });
  const writer = new ResponseWriter(incoming, { ...framed, head }, new CapturedStream(0), {
    onDrain: () => {},
    onComplete: () => {},
  });
  writer.write(body);
  writer.end();
}

/** Date and Server as they were: framing takes them for the gateway's own business. */
function ownFields(headers: readonly HeaderPair[]): { readonly date: ByteString; readonly server: ByteString } {
  const printable = (wanted: string, otherwise: string): ByteString => {
    const value = firstValue(headers, wanted);
    return value !== null && /^[\x20-\x7e]+$/.test(value) ? value : byteString(otherwise);
  };
  return { date: printable("date", new Date().toUTCString()), server: printable("server", "CGI-Workbench") };
}

const asBytes = (headers: readonly (readonly [string, string])[]): HeaderPair[] =>
  headers.map(([name, value]) => [byteString(name), byteString(value)]);
