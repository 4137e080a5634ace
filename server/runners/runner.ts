// One way to run a script. Every mode and every client goes through this pair: a Runner makes an Exchange, the exchange reports.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import type { Outcome, ProcessInfo } from "../contract/trace.js";
import type { RequestParams } from "../protocol/fastcgi/request-params.js";
import type { ScriptRoute } from "../routing/route.js";
import type { FastcgiRecorder } from "../trace/fastcgi-recorder.js";

export interface RunRequest {
  /** The trace that this becomes. */
  readonly traceId: string;
  readonly route: ScriptRoute;
  /** Output goes to the client as it is (RFC 3875 §5); FastCGI has no such thing (§6.1). */
  readonly nph: boolean;
  readonly argv: readonly ByteString[];
  /** `NAME=value`, meta-variables and configured ones. */
  readonly env: readonly ByteString[];
  /** The same, as a FastCGI application gets them. */
  readonly params: RequestParams;
  readonly cwd: ByteString;
  /** Whether request body bytes will follow. */
  readonly hasBody: boolean;
}
/** Times are performance.now(). First `started` or `failed`, and neither before `run` has returned. */
export interface ExchangeEvents {
  /** The script has the request, and takes its body from now on. */
  started(at: number): void;
  /** Nobody serves the request (any more: it may follow `started` and output), and nothing else follows. */
  failed(failure: RunFailure): void;
  /** False pauses stdout until `resume()`. */
  stdout(bytes: Uint8Array, at: number): boolean;
  stderr(bytes: Uint8Array, at: number): void;
  /** Request body bytes that were handed to the script. */
  stdin(bytes: Uint8Array, at: number): void;
  stdinDrain(): void;
  /** stdout is over: its end, or 2 s after the process exit while something else holds it (`held`: who, as far as known). */
  outputEnd(at: number, held: readonly string[] | null): void;
  /** The process is gone; null: it was the request of a process that goes on. Comes before or after `outputEnd`; after both the exchange is over. */
  exit(process: ProcessInfo | null, at: number): void;
  /** Where a runner that speaks FastCGI writes that down; the same one each time. */
  recordFastcgi(): FastcgiRecorder;
}
export interface Exchange {
  /** After `started`. False: wait for `stdinDrain`. */
  write(bytes: Uint8Array): boolean;
  endInput(): void;
  resume(): void;
  /** At any time: a start under way is ended as soon as it is one. TERM, KILL after 2 s, the whole session. Idempotent. `exit` and `outputEnd` still come. */
  stop(): void;
}
export interface Runner {
  run(request: RunRequest, events: ExchangeEvents): Exchange;
}

/** Why a script does not run: what happened, and what to do. */
export class RunFailure extends Error {
  /** The errno's name, or a word of the protocol's: what the doctor goes by. */
  readonly code: string;
  readonly outcome: Extract<Outcome, "spawn-error" | "upstream-error" | "crashed">;
  /** What the client gets. */
  readonly status: 500 | 502 | 503 | 504;
  readonly why: Message;
  /** What is known of the process that did not come to be; null where there was none to be. */
  readonly process: ProcessInfo | null;

  constructor({ code, why, outcome, status, process }: Omit<RunFailure, keyof Error>) {
    super(why.text);
    this.name = "RunFailure";
    this.code = code;
    this.why = why;
    this.outcome = outcome;
    this.status = status;
    this.process = process;
  }
}
