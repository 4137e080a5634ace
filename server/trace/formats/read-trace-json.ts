// The record of a trace from its public JSON, schema 1: what was exported can be stored again, byte for byte. The file
// may come from anywhere, so what the schema cannot say of it is checked here.
import { isDeepStrictEqual } from "node:util";
import { fromBytesText } from "../../base/decode-text.js";
import type { BytesText } from "../../contract/bytes-text.js";
import type { Message, MessageData, Sentence } from "../../contract/message.js";
import type { TraceJson } from "../../contract/trace.js";
import { toBytes } from "../../protocol/byte-string.js";
import { type BodyFraming, bodyFraming } from "../../protocol/http1/body-framing.js";
import { lenient, readHead, strict } from "../../protocol/http1/head-grammar.js";
import { HeadReader } from "../../protocol/http1/head-reader.js";
import type { HeaderPair, NameAndWhy } from "../../protocol/request.js";
import { CapturedStream } from "../captured-stream.js";
import { FastcgiRecorder } from "../fastcgi-recorder.js";
import type { TraceRecord } from "../trace-record.js";
import { orNull } from "./trace-json.js";

export type StreamJson = TraceJson["request"]["body"];

/** The name of the first stream whose lengths contradict each other; null: all are sound. */
export function unsoundStream(trace: TraceJson): string | null {
  const streams: readonly (readonly [string, StreamJson | null | undefined])[] = [
    ["request.body", trace.request.body],
    ["stdin", trace.stdin],
    ["stdout", trace.stdout],
    ["stderr", trace.stderr],
    ["response.body", trace.response?.body],
    ["fastcgi.sent", trace.fastcgi?.sent],
    ["fastcgi.received", trace.fastcgi?.received],
  ];
  return streams.find(([, stream]) => stream && !isSound(stream))?.[0] ?? null;
}

/** Writes without a gap, as long together as the stream; as many bytes as `captured` says. */
function isSound({ bytes, captured, chunks, base64 }: StreamJson): boolean {
  let end = 0;
  for (const { offset, length } of chunks) {
    if (offset !== end) return false;
    end += length;
  }
  const kept = Buffer.byteLength(base64, "base64");
  return kept === captured && captured <= bytes && (end === bytes || (chunks.length === 0 && captured === 0));
}

/**
 * Whether the bytes that a replay would send are the one request that is shown: its method, target and headers, and no
 * further request behind its body. What no server reads as a request is sent as it is, and refused again.
 */
export function isShownRequest({ request }: TraceJson): boolean {
  const head = fromBytesText(request.head);
  const headers = request.headers.map(headerOf);
  const method = fromBytesText(request.method);
  const target = fromBytesText(request.target);
  // The lines are made of the parts, and the length of the body of the body.
  if (head === "") return ![method, target, ...headers.flat()].some((part) => /[\r\n\0]/.test(part));
  const reader = new HeadReader(head.length);
  const end = reader.read(toBytes(head), 0);
  if (reader.head !== null && end < head.length) return false;
  const read = reader.head === null ? null : readHead(reader.head, lenient);
  const framed = read?.ok ? bodyFraming(read.request) : null;
  if (!read?.ok || !framed?.ok) return request.body.bytes === 0;
  if (read.request.method !== method || read.request.target !== target) return false;
  // A server with strict policies lists no headers of what it refuses.
  if (headers.length === 0 && !readHead(head, strict).ok) return request.body.bytes === 0;
  return (
    areShown(read.request.headers, headers) &&
    isDeepStrictEqual(bodyFraming({ ...read.request, headers }), framed) &&
    request.body.bytes <= bytesIn(framed.framing)
  );
}

/**
 * The name of the first header that would be two lines over HTTP (RFC 9110 §5.5), in the response or in a request whose
 * bytes are not there; null: there is none.
 */
export function headerWithLineEnd({ request, response }: TraceJson): string | null {
  const statusLine: readonly [BytesText, BytesText] = ["status line", response?.reason ?? ""];
  const headers = [...(request.head === "" ? request.headers : []), ...(response?.headers ?? []), statusLine].map(
    headerOf,
  );
  const split = headers.find((header) => /[\r\n\0]/.test(header.join("")));
  return split?.[0] ?? null;
}

/** The same headers, whose values may be masked. */
const areShown = (sent: readonly HeaderPair[], shown: readonly HeaderPair[]): boolean =>
  sent.length === shown.length &&
  sent.every(([name, value], index) => {
    const [shownName, shownValue = ""] = shown[index] ?? [];
    return name === shownName && (value === shownValue || /^\*+$/.test(shownValue));
  });

const bytesIn = (framing: BodyFraming): number =>
  framing.kind === "chunked" ? Number.POSITIVE_INFINITY : framing.kind === "length" ? framing.bytes : 0;

/** JSON from anywhere: what is checked level by level must not have a million levels. */
export const isTooDeep = (value: unknown, levels = 64): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((one) => isTooDeep(one, levels - 1)));

/** More of them take a gigabyte. A thread that runs out of memory within the parser would end the process. */
export const maxValues = 4_000_000;

/** Each value has a comma or a bracket before it, outside of all strings. */
export function hasTooManyValues(json: string): boolean {
  let isString = false;
  let values = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (isString && code === 0x5c)
      at++; // a backslash
    else if (code === 0x22) isString = !isString;
    else if (!isString && (code === 0x2c || code === 0x5b || code === 0x7b)) values++; // , [ {
  }
  return values > maxValues;
}

/** `trace`: one whose streams are sound. */
export function fromTraceJson(trace: TraceJson): TraceRecord {
  const { request, route, script, response } = trace;
  return {
    isEncoded: false,
    id: trace.id,
    seq: trace.seq,
    startedAt: Date.parse(trace.startedAt),
    t0Ms: 0,
    outcome: trace.outcome,
    cause: trace.detail === null ? null : messageOf(trace.code, trace.data, trace.detail),
    client: trace.client,
    connection: trace.connection,
    parent: trace.parent,
    request: {
      head: fromBytesText(request.head),
      method: fromBytesText(request.method),
      target: fromBytesText(request.target),
      httpVersion: request.httpVersion,
      headers: request.headers.map(headerOf),
      body: streamOf(request.body),
    },
    route: {
      ...route,
      file: orNull(route.file, fromBytesText),
      scriptName: fromBytesText(route.scriptName),
      pathInfo: fromBytesText(route.pathInfo),
    },
    argv: orNull(trace.argv, (argv) => argv.map(fromBytesText)),
    cwd: orNull(trace.cwd, fromBytesText),
    env: orNull(trace.env, (env) =>
      env.map(({ name, value, source }) => ({ name: fromBytesText(name), value: fromBytesText(value), source })),
    ),
    notExported: trace.notExported.map(reasonOf),
    stdin: orNull(trace.stdin, streamOf),
    stdout: orNull(trace.stdout, streamOf),
    stderr: orNull(trace.stderr, streamOf),
    script: orNull(script, ({ kind, status, reason, headers, spans, stoppedAt, reasons }) => ({
      kind,
      status,
      spans,
      stoppedAt,
      reasons,
      reason: orNull(reason, fromBytesText),
      headers: headers.map(headerOf),
    })),
    response: orNull(response, ({ reason, headers, added, changed, dropped, body, ...others }) => ({
      ...others,
      reason: fromBytesText(reason),
      headers: headers.map(headerOf),
      added: added.map(reasonOf),
      changed: changed.map(reasonOf),
      dropped: dropped.map(reasonOf),
      body: streamOf(body),
    })),
    process: trace.process,
    fastcgi: orNull(trace.fastcgi, fastcgiOf),
    timing: trace.timing,
    ...(trace.held && { held: trace.held }),
    notes: { handlerBecause: null, heldBy: null, failure: null, policy: null, imported: true },
    findings: trace.findings,
    examined: true,
    pinned: false,
    rev: 0,
  };
}

function fastcgiOf(fastcgi: NonNullable<TraceJson["fastcgi"]>): FastcgiRecorder {
  const { worker, pid, nth, role, reused, attempts, queuedAt, readyAt, connectedAt, appStatus, protocolStatus } =
    fastcgi;
  const recorder = new FastcgiRecorder(0, Number.MAX_SAFE_INTEGER);
  Object.assign(recorder, { worker, pid, nth, role, reused, attempts, appStatus, protocolStatus });
  Object.assign(recorder, { queuedAt, readyAt, connectedAt });
  for (const [index, text] of fastcgi.notes.entries()) {
    const { code, data } = fastcgi.noteCodes[index] ?? { code: null, data: null };
    recorder.note(messageOf(code, data, text));
  }
  for (const direction of ["sent", "received"] as const) recorder[direction].takeFrom(streamOf(fastcgi[direction]));
  for (const { direction, offset, at, ...header } of fastcgi.records) recorder.record(direction, header, offset, at);
  recorder.uncounted = Math.max(0, fastcgi.omitted - recorder.omitted);
  return recorder;
}

function streamOf({ bytes, chunks, base64 }: StreamJson): CapturedStream {
  const stream = CapturedStream.restored(chunks, Buffer.from(base64, "base64"));
  stream.bytes = bytes;
  return stream;
}

const messageOf = (code: string | null, data: MessageData | null, text: Sentence): Message => ({
  code: code ?? "",
  data,
  text,
});
const headerOf = ([name, value]: readonly [BytesText, BytesText]): HeaderPair => [
  fromBytesText(name),
  fromBytesText(value),
];
const reasonOf = ([name, text, code]: readonly [BytesText, Sentence, string]): NameAndWhy => [
  fromBytesText(name),
  messageOf(code, null, text),
];
