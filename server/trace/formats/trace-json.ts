// A kept trace as schema 1: with every captured byte for `--json`, without them for the window.

import { toBytesText } from "../../base/decode-text.js";
import type { BytesText } from "../../contract/bytes-text.js";
import { type Message, type Sentence, sentencesOf } from "../../contract/message.js";
import type { StreamInfo, Timing, TraceJson, TraceView } from "../../contract/trace.js";
import { timingNames } from "../../contract/trace-values.js";
import type { HeaderPair, NameAndWhy } from "../../protocol/request.js";
import { variableStanding } from "../../protocol/variable-standing.js";
import type { CapturedStream } from "../captured-stream.js";
import type { FastcgiRecorder } from "../fastcgi-recorder.js";
import { noTiming, type RecordedVariable, type TraceRecord } from "../trace-record.js";

/** The trace without its streams' bytes; `outcome` is null while the request runs. */
export function toTraceView(trace: TraceRecord): TraceView {
  return { ...common(trace, info), outcome: trace.outcome };
}

/** The whole trace, without streams of more than `maxBytes`. @throws RangeError for a request that still runs */
export function toTraceJson(trace: TraceRecord, maxBytes = Number.POSITIVE_INFINITY): TraceJson {
  if (trace.outcome === null) throw new RangeError(`trace ${trace.id} still runs`);
  const form = (stream: CapturedStream) =>
    stream.captured > maxBytes ? { ...info(stream), base64: "" } : streamJson(stream);
  return { ...common(trace, form), outcome: trace.outcome };
}

function common<S>(trace: TraceRecord, form: (stream: CapturedStream) => S) {
  const { request, route, script, response } = trace;
  return {
    schema: 1 as const,
    id: trace.id,
    seq: trace.seq,
    startedAt: new Date(trace.startedAt).toISOString(),
    detail: trace.cause?.text ?? null,
    ...codeOf(trace.cause),
    client: trace.client,
    connection: trace.connection,
    parent: trace.parent,
    request: {
      head: toBytesText(request.head),
      method: toBytesText(request.method),
      target: toBytesText(request.target),
      httpVersion: request.httpVersion,
      headers: request.headers.map(headerText),
      body: form(request.body),
    },
    route: {
      ...route,
      file: orNull(route.file, toBytesText),
      scriptName: toBytesText(route.scriptName),
      pathInfo: toBytesText(route.pathInfo),
    },
    argv: orNull(trace.argv, (argv) => argv.map(toBytesText)),
    cwd: orNull(trace.cwd, toBytesText),
    env: orNull(trace.env, (env) => env.map(variableJson)),
    notExported: trace.notExported.map(reasonText),
    stdin: orNull(trace.stdin, form),
    stdout: orNull(trace.stdout, form),
    stderr: orNull(trace.stderr, form),
    script: orNull(script, ({ reason, headers, spans, reasons, ...others }) => ({
      ...others,
      reason: orNull(reason, toBytesText),
      headers: headers.map(headerText),
      spans: [...spans],
      ...reasonsJson(reasons),
    })),
    response: orNull(response, ({ reason, headers, added, changed, dropped, interim, body, ...others }) => ({
      ...others,
      reason: toBytesText(reason),
      headers: headers.map(headerText),
      added: added.map(reasonText),
      changed: changed.map(reasonText),
      dropped: dropped.map(reasonText),
      interim: [...interim],
      body: form(body),
    })),
    process: trace.process,
    timing: rounded(trace.timing),
    ...(trace.held && { held: [...trace.held] }),
    findings: [...trace.findings],
    fastcgi: orNull(trace.fastcgi, (fastcgi) => fastcgiJson(fastcgi, form)),
  };
}

export const variableJson = ({ name, value, source }: RecordedVariable) => ({
  name: toBytesText(name),
  value: toBytesText(value),
  source,
  standing: variableStanding(name),
});

/** A stream with its captured bytes. */
export const streamJson = (stream: CapturedStream) => ({
  ...info(stream),
  base64: Buffer.from(stream.read(0, stream.captured)).toString("base64"),
});

/** The conversation, with its streams in the given form. */
export function fastcgiJson<S>(fastcgi: FastcgiRecorder, form: (stream: CapturedStream) => S) {
  const { worker, pid, nth, role, reused, attempts, appStatus, protocolStatus, notes, omitted } = fastcgi;
  return {
    worker,
    pid,
    nth,
    role,
    reused,
    attempts,
    queuedAt: settled(fastcgi.queuedAt),
    readyAt: settled(fastcgi.readyAt),
    connectedAt: settled(fastcgi.connectedAt),
    appStatus,
    protocolStatus,
    notes: notes.map(({ text }) => text),
    noteCodes: notes.map(codeOf),
    records: fastcgi.records.map((record) => ({ ...record, at: microseconds(record.at) })),
    omitted,
    sent: form(fastcgi.sent),
    received: form(fastcgi.received),
  };
}

export const orNull = <T, R>(value: T | null, form: (value: T) => R): R | null => (value === null ? null : form(value));
export const headerText = ([name, value]: HeaderPair): [BytesText, BytesText] => [
  toBytesText(name),
  toBytesText(value),
];
const reasonText = ([name, { text, code }]: NameAndWhy): [BytesText, Sentence, string] => [
  toBytesText(name),
  text,
  code,
];

/** What programs read beside a sentence. */
export const codeOf = (message: Message | null) => ({ code: message?.code ?? null, data: message?.data ?? null });

/** Of a script's head: all sentences in a row, the first one's code and data, and each by itself. */
export const reasonsJson = (reasons: readonly Message[]) => ({
  why: sentencesOf(reasons),
  ...codeOf(reasons[0] ?? null),
  reasons: [...reasons],
});
const info = ({ bytes, captured, chunks }: CapturedStream): StreamInfo => ({
  bytes,
  captured,
  chunks: chunks.map((chunk) => ({ ...chunk, at: microseconds(chunk.at) })),
});

/** Milliseconds to the microsecond: finer than that is the clock's noise. */
export const microseconds = (ms: number): number => Math.round(ms * 1000) / 1000;
const settled = (ms: number | null): number | null => orNull(ms, microseconds);
function rounded(timing: Timing): Timing {
  const times = noTiming();
  for (const name of timingNames) times[name] = settled(timing[name]);
  return times;
}
