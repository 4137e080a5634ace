// One way to run a script. All modes and all clients use this pair: a Runner makes an Exchange, which reports events.
import type { ByteString } from "../contract/bytes-text.js";
import { type Message, wordsOf } from "../contract/message.js";
import type { Outcome, ProcessInfo } from "../contract/trace.js";
import type { RequestParams } from "../protocol/fastcgi/request-params.js";
import type { ScriptRoute } from "../routing/route.js";
import type { FastcgiRecorder } from "../trace/fastcgi-recorder.js";

/** What a process is started with in place of its own, under a debugger. */
export type DebuggedStart = (plan: Pick<RunRequest, "argv" | "env">) => Pick<RunRequest, "argv" | "env">;

export interface RunRequest {
  /** The trace of this request. */
  readonly traceId: string;
  readonly route: ScriptRoute;
  /** Output goes to the client unchanged (RFC 3875 §5); FastCGI has no NPH (§6.1). */
  readonly nph: boolean;
  readonly argv: readonly ByteString[];
  /** `NAME=value`, meta-variables and configured ones. */
  readonly env: readonly ByteString[];
  /** The same, as a FastCGI application receives them. */
  readonly params: RequestParams;
  readonly cwd: ByteString;
  /** Whether request body bytes will follow. */
  readonly hasBody: boolean;
  /** A worker process is started for this request alone, with the debugger; null: it has no debugger. */
  readonly debugged?: DebuggedStart | null;
}
/** Times are performance.now(). First comes `started` or `failed`, neither of them before `run` has returned. */
export interface ExchangeEvents {
  /** The script has the request and accepts its body from now on. */
  started(at: number): void;
  /** The request is not served (any more: `started` and output may have come before), and no event follows. */
  failed(failure: RunFailure): void;
  /** False pauses stdout until `resume()`. */
  stdout(bytes: Uint8Array, at: number): boolean;
  stderr(bytes: Uint8Array, at: number): void;
  /** Request body bytes that were passed to the script. */
  stdin(bytes: Uint8Array, at: number): void;
  stdinDrain(): void;
  /**
   * stdout has ended: end of file, or 2 s after the process exit if something else holds it (`held`: which processes,
   * if known).
   */
  outputEnd(at: number, held: readonly string[] | null): void;
  /**
   * The process has exited; null: the process of this request goes on. Comes before or after `outputEnd`; after both
   * the exchange is over. `stdinBytes`: so many bytes went into its stdin, where that may be fewer than were passed.
   */
  exit(process: ProcessInfo | null, at: number, stdinBytes?: number): void;
  /** The recorder of a runner that speaks FastCGI; the same one each time. */
  recordFastcgi(): FastcgiRecorder;
}
export interface Exchange {
  /** After `started`. False: wait for `stdinDrain`. */
  write(bytes: Uint8Array): boolean;
  endInput(): void;
  resume(): void;
  /**
   * At any time: a start in progress is ended as soon as it has succeeded. TERM, KILL after 2 s, to the whole session.
   * Idempotent. `exit` and `outputEnd` still follow: 3 s after KILL at the latest, then without an exit code.
   */
  stop(): void;
}
export interface Runner {
  run(request: RunRequest, events: ExchangeEvents): Exchange;
}

/** Why a script does not run, and what to do. */
export class RunFailure extends Error {
  /** The errno's name, or a word of the protocol: the doctor's rules decide by it. */
  readonly code: string;
  readonly outcome: Extract<Outcome, "spawn-error" | "upstream-error" | "crashed">;
  /** The status for the client. */
  readonly status: 500 | 502 | 503 | 504;
  readonly why: Message;
  /** What is known about the process that failed to start; null if there was none. */
  readonly process: ProcessInfo | null;

  constructor({ code, why, outcome, status, process }: Omit<RunFailure, keyof Error>) {
    super(wordsOf(why.text));
    this.name = "RunFailure";
    this.code = code;
    this.why = why;
    this.outcome = outcome;
    this.status = status;
    this.process = process;
  }
}
