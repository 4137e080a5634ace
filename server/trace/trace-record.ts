// A trace while it is made and kept: schema 1 with bytes as they are. Nothing here is serialised before somebody looks.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import type { Mode } from "../contract/modes.js";
import type {
  Finding,
  Framing,
  Origin,
  Outcome,
  ProcessInfo,
  Span,
  Timing,
  VariableSource,
} from "../contract/trace.js";
import type { GatewayPolicy } from "../protocol/policy.js";
import type { HeaderPair, NameAndWhy } from "../protocol/request.js";
import type { CapturedStream } from "./captured-stream.js";
import type { FastcgiRecorder } from "./fastcgi-recorder.js";

export interface RecordedRequest {
  /** As it came over the wire, up to and including the empty line; "" when it could not be told apart. */
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
  /** See `RestingTrace`. */
  readonly isResting: false;
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
  /** What the gateway noticed on the way and only the doctor puts into words. */
  notes: {
    /** Why a handler's interpreter runs the script: see `ScriptRoute.handlerBecause`. */
    handlerBecause: Message | null;
    /** The process was gone and something else still held stdout: who, as far as known. */
    heldBy: readonly string[] | null;
    /** Why the runner could not serve: see `RunFailure.code`. */
    failure: string | null;
    /** By which the script's head was understood. */
    policy: GatewayPolicy | null;
  };
  findings: readonly Finding[];
  /** The doctor's later rules have been asked. */
  examined: boolean;
  pinned: boolean;
  /** Of its newest row; 0 before there is one. */
  rev: number;
  /** What keeping it costs, bytes. */
  cost: number;
}
