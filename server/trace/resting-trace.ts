// An ordinary trace that nobody looks at: of a hundred objects one stays. What can be computed again is computed again when somebody looks, by
// the same functions: header fields from the head, the script's response and its spans from stdout, records from the bytes that were sent and
// received. (The collector copies a young object that is kept twice: kept whole, traces would cost more than all else about tracing.)
import type { Finding, ProcessInfo } from "../contract/trace.js";
import { protocolStatus } from "../protocol/fastcgi/record-types.js";
import { hasFoldedLine, headerFields } from "../protocol/header-fields.js";
import { CapturedStream } from "./captured-stream.js";
import { type Circumstances, circumstancesOf } from "./circumstances.js";
import { FastcgiRecorder } from "./fastcgi-recorder.js";
import { readAgain } from "./recorded-script.js";
import { countIn, keepNumbers, longestMs, type NumberRow, numberIn, rowBytes, timeIn, timingIn } from "./trace-numbers.js";
import type { TraceRecord } from "./trace-record.js";

/** Measured: what it leaves in memory beside the bytes, and what circumstances that are its alone add beside the head. */
const restingBytes = 190 + rowBytes;
const circumstancesBytes = 400;

export interface RestingTrace extends NumberRow {
  readonly isResting: true;
  readonly seq: number;
  readonly zero: number;
  readonly circumstances: Circumstances;
  /** Where the answer lies: what a FastCGI application sent, or stdout. */
  readonly memory: ArrayBufferLike | null;
  /** Null: not over FastCGI. */
  readonly worker: string | null;
  readonly process: ProcessInfo | null;
  readonly further: Further | null;
  readonly examined: boolean;
  readonly pinned: false;
  rev: number;
  /** Bytes. */
  readonly cost: number;
}

/** What most traces do not have. A stream is the bytes of its only write, as everywhere here. */
interface Further {
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
export function layToRest(trace: TraceRecord): RestingTrace | null {
  const { seq, zero, request, stdout, response, fastcgi, process, examined, rev } = trace;
  if (!isOrdinary(trace) || !stdout || !response) return null;
  const out = stdout.firstBytes;
  const answer = fastcgi ? fastcgi.received.firstBytes : out;
  const stdoutFrom = placeIn(answer, out);
  const { numbers, from } = keepNumbers(trace, {
    answerFrom: answer?.byteOffset ?? 0,
    answerBytes: answer?.length ?? 0,
    stdoutFrom,
    stdoutBytes: stdout.bytes,
  });
  const { circumstances, areNew } = circumstancesOf(trace, response);
  const bytes = request.body.captured + Math.max(stdout.captured, fastcgi?.received.captured ?? 0);
  return {
    isResting: true,
    numbers,
    from,
    seq,
    zero,
    circumstances,
    memory: answer?.buffer ?? null,
    worker: fastcgi?.worker ?? null,
    process,
    further: furtherOf(trace, stdoutFrom < 0 ? out : null, isEndOf(out, response.body.firstBytes) ? null : response.body.firstBytes),
    examined,
    pinned: false,
    rev,
    cost: restingBytes + bytes + (areNew ? circumstancesBytes + request.head.length : 0),
  };
}

/** Answered as a script should, at once and whole. All else is rare, and then more may be of interest than is kept here. */
function isOrdinary({ outcome, detail, request, route, script, stdin, stdout, stderr, response, timing, fastcgi, notes, pinned }: TraceRecord): boolean {
  return (
    outcome === "ok" &&
    detail === null &&
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

function furtherOf({ request, stdin, fastcgi, findings }: TraceRecord, stdout: Uint8Array | null, responseBody: Uint8Array | null): Further | null {
  if (request.body.bytes === 0 && stdin?.bytes === 0 && !stdout && !responseBody && findings.length === 0) return null;
  const sent = request.body.bytes > 0 && fastcgi ? fastcgi.sent.firstBytes : null; // else part of the circumstances
  return { body: request.body.firstBytes, stdin: stdin?.firstBytes ?? null, sent, stdout, responseBody, findings };
}

/** The whole record again. `id` and `startedAt` as they were. */
export function wake(resting: RestingTrace, id: string, startedAt: number): TraceRecord {
  const { seq, circumstances, process, further, examined, rev } = resting;
  const { client, connectionId, parent, head, method, target, httpVersion, route, argv, cwd, env, notExported, policy, handlerBecause } = circumstances;
  const { status, reason, headers, framing, added, changed, dropped } = circumstances;
  const stdout = further?.stdout ?? partOf(answerOf(resting), countIn(resting, "stdoutFrom"), countIn(resting, "stdoutBytes"));
  const bodyBytes = countIn(resting, "responseBodyBytes");
  const responseBody = further?.responseBody ?? partOf(stdout, (stdout?.length ?? 0) - bodyBytes, bodyBytes);
  return {
    isResting: false,
    id,
    seq,
    startedAt,
    zero: resting.zero,
    outcome: "ok",
    detail: null,
    client,
    connection: { id: connectionId, nth: countIn(resting, "connectionNth") },
    parent,
    request: { head, method, target, httpVersion, headers: headerFields(head), body: streamOf(further?.body, timeIn(resting, "bodyAt")) },
    route,
    argv,
    cwd,
    env,
    notExported,
    stdin: streamOf(further?.stdin, timeIn(resting, "stdinAt")),
    stdout: streamOf(stdout, timeIn(resting, "stdoutAt")),
    stderr: streamOf(null, null),
    script: policy && readAgain(stdout ?? new Uint8Array(0), policy),
    response: {
      ...{ status, reason, headers, framing, added, changed, dropped, interim: [] },
      body: streamOf(responseBody, timeIn(resting, "responseBodyAt")),
    },
    process,
    fastcgi: fastcgiOf(resting),
    timing: timingIn(resting),
    notes: { handlerBecause, heldBy: null, failure: null, policy },
    findings: further?.findings ?? [],
    examined,
    pinned: false,
    rev,
    cost: 0,
  };
}

function fastcgiOf(resting: RestingTrace): FastcgiRecorder | null {
  if (resting.worker === null) return null;
  const recorder = new FastcgiRecorder(resting.zero, Number.MAX_SAFE_INTEGER);
  recorder.worker = resting.worker;
  recorder.pid = numberIn(resting, "workerPid");
  recorder.nth = numberIn(resting, "workerNth");
  recorder.reused = numberIn(resting, "isReused") === 1;
  recorder.attempts = 1;
  recorder.queuedAt = timeIn(resting, "queuedAt");
  recorder.readyAt = timeIn(resting, "readyAt");
  recorder.connectedAt = timeIn(resting, "connectedAt");
  recorder.appStatus = 0;
  recorder.protocolStatus = protocolStatus.requestComplete;
  const [sent, received] = [resting.further?.sent ?? resting.circumstances.opening, answerOf(resting)];
  if (sent) recorder.sent.add(sent, timeIn(resting, "sentAt") ?? 0);
  if (received) recorder.received.add(received, timeIn(resting, "receivedAt") ?? 0);
  return recorder;
}

const answerOf = (resting: RestingTrace): Uint8Array | null =>
  resting.memory && new Uint8Array(resting.memory, countIn(resting, "answerFrom"), countIn(resting, "answerBytes"));

const streamOf = (bytes: Uint8Array | null | undefined, at: number | null): CapturedStream => CapturedStream.of(bytes ?? null, at ?? 0);

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
