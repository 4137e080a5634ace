// A trace while it is made: schema 1 with bytes as they are. It is serialised only when it is read.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import type { Mode } from "../contract/modes.js";
import type {
  Finding,
  Framing,
  HeldPart,
  Origin,
  Outcome,
  ProcessInfo,
  Span,
  Timing,
  VariableSource,
} from "../contract/trace.js";
import { byteString } from "../protocol/byte-string.js";
import type { GatewayPolicy } from "../protocol/policy.js";
import type { HeaderPair, NameAndWhy } from "../protocol/request.js";
import type { CapturedStream } from "./captured-stream.js";
import type { FastcgiRecorder } from "./fastcgi-recorder.js";

export interface RecordedRequest {
  /** As it came over the wire, up to and including the blank line; "" for a local redirect, which has none. */
  head: ByteString;
  method: ByteString;
  target: ByteString;
  httpVersion: string;
  headers: readonly HeaderPair[];
  /** After transfer-coding removal. */
  readonly body: CapturedStream;
}
export interface RecordedResponse {
  status: number;
  reason: ByteString;
  headers: readonly HeaderPair[];
  framing: Framing;
  added: readonly NameAndWhy[];
  changed: readonly NameAndWhy[];
  dropped: readonly NameAndWhy[];
  interim: readonly number[];
  readonly body: CapturedStream;
}
export interface RecordedScript {
  kind: "document" | "local-redirect" | "client-redirect" | "client-redirect-document" | "nph" | "invalid";
  status: number | null;
  reason: ByteString | null;
  headers: readonly HeaderPair[];
  spans: readonly Span[];
  stoppedAt: number | null;
  /** Why it is invalid, or what was tolerated. */
  reasons: readonly Message[];
}
export interface RecordedVariable {
  readonly name: ByteString;
  readonly value: ByteString;
  readonly source: VariableSource;
}
export interface TraceRecord {
  /** See `EncodedTrace`. */
  readonly isEncoded: false;
  readonly id: string;
  readonly seq: number;
  /** Unix time of the request's first byte, ms. */
  readonly startedAt: number;
  /** The same moment as performance.now(): every `…At` is relative to it. */
  readonly t0Ms: number;
  outcome: Outcome | null;
  /** Why it is that, or what is worth knowing of an ordinary one. */
  cause: Message | null;
  client: { address: string; port: number; from: Origin };
  connection: { id: number; nth: number };
  parent: { id: string; kind: "local-redirect" | "replay" | "follow" } | null;
  request: RecordedRequest;
  route: {
    kind: "script" | "static" | "none";
    file: ByteString | null;
    scriptName: ByteString;
    pathInfo: ByteString;
    mode: Mode | null;
    scriptHash: string | null;
  };
  argv: readonly ByteString[] | null;
  cwd: ByteString | null;
  env: readonly RecordedVariable[] | null;
  notExported: readonly NameAndWhy[];
  stdin: CapturedStream | null;
  stdout: CapturedStream | null;
  stderr: CapturedStream | null;
  script: RecordedScript | null;
  response: RecordedResponse | null;
  process: ProcessInfo | null;
  fastcgi: FastcgiRecorder | null;
  timing: Timing;
  /** Not there: it was not held. Empty: it was debugged, or the script was held that its local redirect led to. */
  held?: readonly HeldPart[] | undefined;
  /** What the gateway noticed and only the doctor reports. */
  notes: {
    /** Why a handler's interpreter runs the script: see `ScriptRoute.handlerBecause`. */
    handlerBecause: Message | null;
    /** The process had ended and other processes still held its stdout: which, as far as known. */
    heldBy: readonly string[] | null;
    /** Why the runner could not serve: see `RunFailure.code`. */
    failure: string | null;
    /** The policy by which the script's head was interpreted; null when there was none to interpret. */
    policy: GatewayPolicy | null;
    /** It comes from a file, and was not recorded by this user's workbench. */
    imported?: true;
  };
  findings: readonly Finding[];
  /** The doctor's deferred rules have run. */
  examined: boolean;
  pinned: boolean;
  /** Of its newest row; 0 before there is one. */
  rev: number;
}

/** What is known of a trace when its request begins. */
export interface TraceBeginning {
  /** performance.now() of the request's first byte. */
  readonly t0Ms: number;
  readonly client: TraceRecord["client"];
  readonly connection: TraceRecord["connection"];
  readonly parent: TraceRecord["parent"];
  readonly request: Omit<RecordedRequest, "body">;
}

const emptyBytes = byteString("");

/** The record of a request that begins. `body`: what is to come of its body. */
export function newTrace(
  { t0Ms, client, connection, parent, request }: TraceBeginning,
  { id, seq, startedAt, body }: Pick<TraceRecord, "id" | "seq" | "startedAt"> & { readonly body: CapturedStream },
): TraceRecord {
  const { head, method, target, httpVersion, headers } = request;
  return {
    isEncoded: false,
    id,
    seq,
    startedAt,
    t0Ms,
    outcome: null,
    cause: null,
    client,
    connection,
    parent,
    request: { head, method, target, httpVersion, headers, body },
    route: { kind: "none", file: null, scriptName: target, pathInfo: emptyBytes, mode: null, scriptHash: null },
    argv: null,
    cwd: null,
    env: null,
    notExported: [],
    stdin: null,
    stdout: null,
    stderr: null,
    script: null,
    response: null,
    process: null,
    fastcgi: null,
    timing: noTiming(),
    notes: { handlerBecause: null, heldBy: null, failure: null, policy: null },
    findings: [],
    examined: false,
    pinned: false,
    rev: 0,
  };
}

export const noTiming = (): Timing => ({
  headAt: null,
  admittedAt: null,
  spawnedAt: null,
  firstByteAt: null,
  headersAt: null,
  lastByteAt: null,
  exitAt: null,
  doneAt: null,
});
