// An ordinary trace that nobody looks at: of a hundred objects one stays. What can be computed again is computed again when somebody looks, by
// the same functions: header fields from the head, the script's response and its spans from stdout, records from the bytes that were sent and
// received. (The collector copies a young object that is kept twice: kept whole, traces would cost more than all else about tracing.)
import type { Finding, ProcessInfo } from "../../contract/trace.js";
import { protocolStatus } from "../../protocol/fastcgi/record-types.js";
import { hasFoldedLine, headerFields } from "../../protocol/header-fields.js";
import { CapturedStream } from "../captured-stream.js";
import { FastcgiRecorder } from "../fastcgi-recorder.js";
import { readAgain } from "../recorded-script.js";
import type { TraceRecord } from "../trace-record.js";
import {
  countIn,
  longestMs,
  numberIn,
  type PackedRow,
  packNumbers,
  rowBytes,
  timeIn,
  timingIn,
} from "./packed-numbers.js";
import { type SharedTraceContext, sharedContextOf } from "./shared-context.js";

/** Measured: what it leaves in memory beside the bytes, and what circumstances that are its alone add beside the head. */
const compactBytes = 190 + rowBytes;
const sharedContextBytes = 400;

export interface CompactTrace extends PackedRow {
  readonly isResting: true;
  readonly seq: number;
  readonly t0Ms: number;
  readonly context: SharedTraceContext;
  /** Where the answer lies: what a FastCGI application sent, or stdout. */
  readonly memory: ArrayBufferLike | null;
  /** Null: not over FastCGI. */
  readonly worker: string | null;
  readonly process: ProcessInfo | null;
  readonly further: CompactExtras | null;
  readonly examined: boolean;
  readonly pinned: false;
  rev: number;
  /** Bytes. */
  readonly cost: number;
}

/** What most traces do not have. A stream is the bytes of its only write, as everywhere here. */
interface CompactExtras {
  readonly body: Uint8Array | null;
  readonly stdin: Uint8Array | null;
  readonly sent: Uint8Array | null;
  /** Where it is no part of the answer. */
  readonly stdout: Uint8Array | null;
  /** Where it is not the end of stdout. */
  readonly responseBody: Uint8Array | null;
  readonly findings: readonly Finding[];
}

/** Null: there is something about the trace that only the whole record holds. */
export function compact(trace: TraceRecord): CompactTrace | null {
  const { seq, t0Ms, request, stdout, response, fastcgi, process, examined, rev } = trace;
  if (!isOrdinary(trace) || !stdout || !response) return null;
  const out = stdout.firstBytes;
  const answer = fastcgi ? fastcgi.received.firstBytes : out;
  const stdoutFrom = placeIn(answer, out);
  const { numbers, from } = packNumbers(trace, {
    answerFrom: answer?.byteOffset ?? 0,
    answerBytes: answer?.length ?? 0,
    stdoutFrom,
    stdoutBytes: stdout.bytes,
  });
  const { context, areNew } = sharedContextOf(trace, response);
  const bytes = request.body.captured + Math.max(stdout.captured, fastcgi?.received.captured ?? 0);
  return {
    isResting: true,
    numbers,
    from,
    seq,
    t0Ms,
    context,
    memory: answer?.buffer ?? null,
    worker: fastcgi?.worker ?? null,
    process,
    further: extrasOf(
      trace,
      stdoutFrom < 0 ? out : null,
      isEndOf(out, response.body.firstBytes) ? null : response.body.firstBytes,
    ),
    examined,
    pinned: false,
    rev,
    cost: compactBytes + bytes + (areNew ? sharedContextBytes + request.head.length : 0),
  };
}

/** Answered as a script should, at once and whole. All else is rare, and then more may be of interest than is kept here. */
function isOrdinary({
  outcome,
  cause,
  request,
  route,
  script,
  stdin,
  stdout,
  stderr,
  response,
  timing,
  fastcgi,
  notes,
  pinned,
}: TraceRecord): boolean {
  return (
    outcome === "ok" &&
    cause === null &&
    !pinned &&
    (timing.doneAt ?? 0) < longestMs &&
    route.kind === "script" &&
    request.head !== "" &&
    !hasFoldedLine(request.head) &&
    notes.heldBy === null &&
    notes.failure === null &&
    notes.policy !== null &&
    script !== null &&
    script.kind !== "nph" &&
    script.kind !== "local-redirect" &&
    request.body.isSimple &&
    stdin?.isSimple === true &&
    stdout?.isSimple === true &&
    stderr?.bytes === 0 &&
    response?.body.isSimple === true &&
    response.interim.length === 0 &&
    (fastcgi === null || fastcgi.isSimple)
  );
}

function extrasOf(
  { request, stdin, fastcgi, findings }: TraceRecord,
  stdout: Uint8Array | null,
  responseBody: Uint8Array | null,
): CompactExtras | null {
  if (request.body.bytes === 0 && stdin?.bytes === 0 && !stdout && !responseBody && findings.length === 0) return null;
  const sent = request.body.bytes > 0 && fastcgi ? fastcgi.sent.firstBytes : null; // else part of the circumstances
  return { body: request.body.firstBytes, stdin: stdin?.firstBytes ?? null, sent, stdout, responseBody, findings };
}

/** The whole record again. `id` and `startedAt` as they were. */
export function expand(compacted: CompactTrace, id: string, startedAt: number): TraceRecord {
  const { seq, context, process, further, examined, rev } = compacted;
  const {
    client,
    connectionId,
    parent,
    head,
    method,
    target,
    httpVersion,
    route,
    argv,
    cwd,
    env,
    notExported,
    policy,
    handlerBecause,
  } = context;
  const { status, reason, headers, framing, added, changed, dropped } = context;
  const stdout =
    further?.stdout ?? partOf(answerOf(compacted), countIn(compacted, "stdoutFrom"), countIn(compacted, "stdoutBytes"));
  const bodyBytes = countIn(compacted, "responseBodyBytes");
  const responseBody = further?.responseBody ?? partOf(stdout, (stdout?.length ?? 0) - bodyBytes, bodyBytes);
  return {
    isResting: false,
    id,
    seq,
    startedAt,
    t0Ms: compacted.t0Ms,
    outcome: "ok",
    cause: null,
    client,
    connection: { id: connectionId, nth: countIn(compacted, "connectionNth") },
    parent,
    request: {
      head,
      method,
      target,
      httpVersion,
      headers: headerFields(head),
      body: streamOf(further?.body, timeIn(compacted, "bodyAt")),
    },
    route,
    argv,
    cwd,
    env,
    notExported,
    stdin: streamOf(further?.stdin, timeIn(compacted, "stdinAt")),
    stdout: streamOf(stdout, timeIn(compacted, "stdoutAt")),
    stderr: streamOf(null, null),
    script: policy && readAgain(stdout ?? new Uint8Array(0), policy),
    response: {
      ...{ status, reason, headers, framing, added, changed, dropped, interim: [] },
      body: streamOf(responseBody, timeIn(compacted, "responseBodyAt")),
    },
    process,
    fastcgi: fastcgiOf(compacted),
    timing: timingIn(compacted),
    notes: { handlerBecause, heldBy: null, failure: null, policy },
    findings: further?.findings ?? [],
    examined,
    pinned: false,
    rev,
    cost: 0,
  };
}

function fastcgiOf(compacted: CompactTrace): FastcgiRecorder | null {
  if (compacted.worker === null) return null;
  const recorder = new FastcgiRecorder(compacted.t0Ms, Number.MAX_SAFE_INTEGER);
  recorder.worker = compacted.worker;
  recorder.pid = numberIn(compacted, "workerPid");
  recorder.nth = numberIn(compacted, "workerNth");
  recorder.reused = numberIn(compacted, "isReused") === 1;
  recorder.attempts = 1;
  recorder.queuedAt = timeIn(compacted, "queuedAt");
  recorder.readyAt = timeIn(compacted, "readyAt");
  recorder.connectedAt = timeIn(compacted, "connectedAt");
  recorder.appStatus = 0;
  recorder.protocolStatus = protocolStatus.requestComplete;
  const [sent, received] = [compacted.further?.sent ?? compacted.context.opening, answerOf(compacted)];
  if (sent) recorder.sent.add(sent, timeIn(compacted, "sentAt") ?? 0);
  if (received) recorder.received.add(received, timeIn(compacted, "receivedAt") ?? 0);
  return recorder;
}

const answerOf = (compacted: CompactTrace): Uint8Array | null =>
  compacted.memory &&
  new Uint8Array(compacted.memory, countIn(compacted, "answerFrom"), countIn(compacted, "answerBytes"));

const streamOf = (bytes: Uint8Array | null | undefined, at: number | null): CapturedStream =>
  CapturedStream.of(bytes ?? null, at ?? 0);

/** Null when there is nothing of it. */
const partOf = (whole: Uint8Array | null, from: number, length: number): Uint8Array | null =>
  whole && length > 0 ? whole.subarray(from, from + length) : null;

/** Where the bytes of `part` lie in those of `whole`; -1 when they lie elsewhere. */
function placeIn(whole: Uint8Array | null, part: Uint8Array | null): number {
  if (!whole || !part || whole.buffer !== part.buffer) return -1;
  const from = part.byteOffset - whole.byteOffset;
  return from >= 0 && from + part.length <= whole.length ? from : -1;
}

function isEndOf(whole: Uint8Array | null, part: Uint8Array | null): boolean {
  const from = placeIn(whole, part);
  return from >= 0 && part !== null && from + part.length === whole?.length;
}
