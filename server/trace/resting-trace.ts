// An ordinary trace that nobody looks at: of a hundred objects a handful stays. What can be computed again is computed again when somebody
// looks, by the same functions: header fields from the head, the script's response and its spans from stdout, records from the bytes that were
// sent and received. (The collector copies a young object that is kept twice: kept whole, traces would cost more than all else about tracing.)
import type { ByteString } from "../contract/bytes-text.js";
import type { FastcgiTurn, Finding, Origin, ProcessInfo, Timing } from "../contract/trace.js";
import { protocolStatus } from "../protocol/fastcgi/record-types.js";
import { hasFoldedLine, headerFields } from "../protocol/header-fields.js";
import type { GatewayPolicy } from "../protocol/policy.js";
import type { HeaderPair, NameAndWhy } from "../protocol/request.js";
import { Alike, AlikeLists } from "./alike.js";
import { CapturedStream } from "./captured-stream.js";
import { FastcgiRecorder } from "./fastcgi-recorder.js";
import { readAgain } from "./recorded-script.js";
import type { RecordedResponse, RecordedVariable, TraceRecord } from "./trace-record.js";

/** Measured: what it leaves in the heap beside the head and the bytes. */
const restingBytes = 800;

export interface RestingTrace {
  readonly isResting: true;
  readonly seq: number;
  readonly zero: number;
  readonly address: string;
  readonly port: number;
  readonly from: Origin;
  readonly connectionId: number;
  readonly nth: number;
  readonly parent: TraceRecord["parent"];
  readonly head: ByteString;
  readonly method: ByteString;
  readonly target: ByteString;
  readonly httpVersion: string;
  readonly route: TraceRecord["route"];
  readonly argv: readonly ByteString[] | null;
  readonly cwd: ByteString | null;
  readonly env: readonly RecordedVariable[] | null;
  /** The only write of its stream, as the next ones; null: there was none. */
  readonly body: Uint8Array | null;
  readonly stdin: Uint8Array | null;
  readonly sent: Uint8Array | null;
  readonly received: Uint8Array | null;
  /** Where it is no part of `received`. */
  readonly stdout: Uint8Array | null;
  /** Where stdout begins in `received`, and its bytes. */
  readonly stdoutFrom: number;
  readonly stdoutBytes: number;
  /** Where it is not the end of stdout. */
  readonly responseBody: Uint8Array | null;
  readonly responseBodyBytes: number;
  readonly notExported: TraceRecord["notExported"];
  readonly policy: GatewayPolicy;
  readonly handlerBecause: string | null;
  readonly status: number;
  readonly reason: ByteString;
  readonly headers: RecordedResponse["headers"];
  readonly framing: RecordedResponse["framing"];
  readonly added: RecordedResponse["added"];
  readonly changed: RecordedResponse["changed"];
  readonly dropped: RecordedResponse["dropped"];
  readonly process: ProcessInfo | null;
  /** Null: not over FastCGI. */
  readonly worker: string | null;
  readonly workerPid: number | null;
  readonly workerNth: number | null;
  readonly reused: boolean;
  readonly appStatus: number | null;
  readonly findings: readonly Finding[];
  readonly examined: boolean;
  readonly pinned: boolean;
  rev: number;
  readonly cost: number;
  /** From here on: µs since the request's first byte, whole numbers (a fraction would be an object of its own); -1 for none. */
  readonly headAt: number;
  readonly admittedAt: number;
  readonly spawnedAt: number;
  readonly firstByteAt: number;
  readonly headersAt: number;
  readonly lastByteAt: number;
  readonly exitAt: number;
  readonly doneAt: number;
  readonly bodyAt: number;
  readonly stdinAt: number;
  readonly stdoutAt: number;
  readonly responseBodyAt: number;
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly queuedAt: number;
  readonly readyAt: number;
  readonly connectedAt: number;
}

/** Null: there is something about the trace that only the whole record holds. */
export function layToRest(trace: TraceRecord): RestingTrace | null {
  const { seq, zero, client, connection, parent, request, route, argv, cwd, env, stdin, stdout, response, notes, timing, fastcgi } = trace;
  if (!isOrdinary(trace) || !stdin || !stdout || !response || !notes.policy) return null;
  const out = stdout.firstBytes;
  const body = response.body.firstBytes;
  const received = fastcgi?.received.firstBytes ?? null;
  const outFrom = placeIn(received, out);
  const bodyFrom = placeIn(out, body);
  const isEnd = body !== null && out !== null && bodyFrom >= 0 && bodyFrom + body.length === out.length;
  return {
    isResting: true,
    seq,
    zero,
    address: client.address,
    port: client.port,
    from: client.from,
    connectionId: connection.id,
    nth: connection.nth,
    parent,
    head: request.head,
    method: request.method,
    target: request.target,
    httpVersion: request.httpVersion,
    route: routes.share(route),
    argv: argv && lists.share(argv),
    cwd: cwd && texts.share(cwd),
    env,
    body: request.body.firstBytes,
    stdin: stdin.firstBytes,
    sent: fastcgi?.sent.firstBytes ?? null,
    received,
    stdout: outFrom >= 0 ? null : out,
    stdoutFrom: outFrom,
    stdoutBytes: stdout.bytes,
    responseBody: isEnd ? null : body,
    responseBodyBytes: response.body.bytes,
    notExported: reasons.share(trace.notExported),
    policy: notes.policy,
    handlerBecause: notes.handlerBecause,
    status: response.status,
    reason: response.reason,
    headers: fields.share(response.headers),
    framing: response.framing,
    added: reasons.share(response.added),
    changed: reasons.share(response.changed),
    dropped: reasons.share(response.dropped),
    process: trace.process,
    worker: fastcgi?.worker ?? null,
    workerPid: fastcgi?.pid ?? null,
    workerNth: fastcgi?.nth ?? null,
    reused: fastcgi?.reused ?? false,
    appStatus: fastcgi?.appStatus ?? null,
    findings: trace.findings.length === 0 ? noFindings : trace.findings,
    examined: trace.examined,
    pinned: trace.pinned,
    rev: trace.rev,
    cost: restingBytes + request.head.length + request.body.captured + Math.max(stdout.captured, fastcgi?.received.captured ?? 0),
    headAt: micros(timing.headAt),
    admittedAt: micros(timing.admittedAt),
    spawnedAt: micros(timing.spawnedAt),
    firstByteAt: micros(timing.firstByteAt),
    headersAt: micros(timing.headersAt),
    lastByteAt: micros(timing.lastByteAt),
    exitAt: micros(timing.exitAt),
    doneAt: micros(timing.doneAt),
    bodyAt: micros(request.body.firstAt),
    stdinAt: micros(stdin.firstAt),
    stdoutAt: micros(stdout.firstAt),
    responseBodyAt: micros(response.body.firstAt),
    sentAt: micros(fastcgi?.sent.firstAt),
    receivedAt: micros(fastcgi?.received.firstAt),
    queuedAt: micros(fastcgi?.queuedAt),
    readyAt: micros(fastcgi?.readyAt),
    connectedAt: micros(fastcgi?.connectedAt),
  };
}

/** Answered as a script should, at once and whole. All else is rare, and then more may be of interest than is kept here. */
function isOrdinary({ outcome, detail, request, route, script, stdin, stdout, stderr, response, fastcgi, notes }: TraceRecord): boolean {
  return (
    outcome === "ok" &&
    detail === null &&
    route.kind === "script" &&
    request.head !== "" &&
    !hasFoldedLine(request.head) &&
    notes.heldBy === null &&
    notes.failure === null &&
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

/** The whole record again. `id` and `startedAt` as they were. */
export function wake(resting: RestingTrace, id: string, startedAt: number): TraceRecord {
  const stdout = resting.stdoutFrom < 0 ? resting.stdout : (resting.received?.subarray(resting.stdoutFrom, resting.stdoutFrom + resting.stdoutBytes) ?? null);
  const responseBody = resting.responseBody ?? (resting.responseBodyBytes > 0 ? (stdout?.subarray(-resting.responseBodyBytes) ?? null) : null);
  const { seq, zero, address, port, from, connectionId, nth, parent, head, method, target, httpVersion, route, argv, cwd, env, notExported, policy, process } =
    resting;
  const { status, reason, headers, framing, added, changed, dropped, handlerBecause, findings, examined, pinned, rev } = resting;
  return {
    isResting: false,
    id,
    seq,
    startedAt,
    zero,
    outcome: "ok",
    detail: null,
    client: { address, port, from },
    connection: { id: connectionId, nth },
    parent,
    request: { head, method, target, httpVersion, headers: headerFields(head), body: streamOf(resting.body, resting.bodyAt) },
    route,
    argv,
    cwd,
    env,
    notExported,
    stdin: streamOf(resting.stdin, resting.stdinAt),
    stdout: streamOf(stdout, resting.stdoutAt),
    stderr: streamOf(null, -1),
    script: readAgain(stdout ?? new Uint8Array(0), policy),
    response: { status, reason, headers, framing, added, changed, dropped, interim: [], body: streamOf(responseBody, resting.responseBodyAt) },
    process,
    fastcgi: fastcgiOf(resting),
    timing: timingOf(resting),
    notes: { handlerBecause, heldBy: null, failure: null, policy },
    findings,
    examined,
    pinned,
    rev,
    cost: 0,
  };
}

/** For a row, and for the whole record. */
export function timingOf(resting: RestingTrace): Timing {
  return {
    headAt: millis(resting.headAt),
    admittedAt: millis(resting.admittedAt),
    spawnedAt: millis(resting.spawnedAt),
    firstByteAt: millis(resting.firstByteAt),
    headersAt: millis(resting.headersAt),
    lastByteAt: millis(resting.lastByteAt),
    exitAt: millis(resting.exitAt),
    doneAt: millis(resting.doneAt),
  };
}

/** For a row. */
export const turnAtRest = ({ worker, reused, readyAt, connectedAt, sentAt }: RestingTrace): FastcgiTurn | null =>
  worker === null ? null : { readyAt: millis(readyAt), connectedAt: reused ? null : millis(connectedAt), begunAt: millis(sentAt) };

function fastcgiOf({
  zero,
  worker,
  workerPid,
  workerNth,
  reused,
  appStatus,
  sent,
  sentAt,
  received,
  receivedAt,
  ...resting
}: RestingTrace): FastcgiRecorder | null {
  if (worker === null) return null;
  const recorder = new FastcgiRecorder(zero, Number.MAX_SAFE_INTEGER);
  recorder.worker = worker;
  recorder.pid = workerPid;
  recorder.nth = workerNth;
  recorder.reused = reused;
  recorder.attempts = 1;
  recorder.queuedAt = millis(resting.queuedAt);
  recorder.readyAt = millis(resting.readyAt);
  recorder.connectedAt = millis(resting.connectedAt);
  recorder.appStatus = appStatus;
  recorder.protocolStatus = protocolStatus.requestComplete;
  if (sent) recorder.sent.add(sent, sentAt / 1000);
  if (received) recorder.received.add(received, receivedAt / 1000);
  return recorder;
}

const streamOf = (bytes: Uint8Array | null, at: number): CapturedStream => CapturedStream.of(bytes, at / 1000);
const micros = (ms: number | null | undefined): number => (ms === null || ms === undefined ? -1 : Math.round(ms * 1000));
const millis = (us: number): number | null => (us < 0 ? null : us / 1000);

/** Where the bytes of `part` lie in those of `whole`; -1 when they lie elsewhere. */
function placeIn(whole: Uint8Array | null, part: Uint8Array | null): number {
  if (!whole || !part || whole.buffer !== part.buffer) return -1;
  const from = part.byteOffset - whole.byteOffset;
  return from >= 0 && from + part.length <= whole.length ? from : -1;
}

const noFindings: readonly Finding[] = [];
const texts = new Alike<ByteString>((one, other) => one === other);
const lists = new AlikeLists<ByteString>((one, other) => one === other);
const fields = new AlikeLists<HeaderPair>(([name, value], [otherName, otherValue]) => name === otherName && value === otherValue);
const reasons = new AlikeLists<NameAndWhy>(([name, why], [otherName, otherWhy]) => name === otherName && why === otherWhy);
const routes = new Alike<TraceRecord["route"]>(
  (one, other) =>
    one.scriptName === other.scriptName &&
    one.pathInfo === other.pathInfo &&
    one.scriptHash === other.scriptHash &&
    one.file === other.file &&
    one.mode === other.mode &&
    one.kind === other.kind,
);
