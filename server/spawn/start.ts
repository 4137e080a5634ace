// Starting a process: one interface, two implementations (native: posix_spawn; portable: child_process).
// Callbacks, not streams: a CGI request has two short pipes, and each object in between costs time.
import type { ByteString } from "../contract/bytes-text.js";
import { type Message, wordsOf } from "../contract/message.js";
import type { Touched } from "../contract/touched.js";

export interface StartOptions {
  /** The program's path: no search along PATH happens. */
  readonly file: ByteString;
  /** The whole argument vector, `argv[0]` included. */
  readonly argv: readonly ByteString[];
  /** `NAME=value`. */
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  /**
   * "null": end of file at once. "pipe": see `Child.stdin`. A descriptor of the server, which stays open: the listening
   * socket of a FastCGI application.
   */
  readonly stdin: "null" | "pipe" | { readonly descriptor: number };
}
export interface Exit {
  readonly exitCode: number | null;
  /** "SIGKILL"… */
  readonly signal: string | null;
  readonly userMs: number | null;
  readonly systemMs: number | null;
  /** Null if it would only be the server's own size. */
  readonly maxRssKb: number | null;
  /** It is absent unless the request asked for it. */
  readonly touched?: Touched;
}
/** Between TERM and KILL, ms. */
export const graceMs = 2000;
/** From KILL: a process that has not exited by then is another user's, or hangs in the kernel. */
export const lostMs = 3000;
/** The exit of a process that was given up, has not ended, or was never there. */
export const unknownExit: Exit = { exitCode: null, signal: null, userMs: null, systemMs: null, maxRssKb: null };
/** `at` is performance.now(). Called in this order for one stream, never after its end. */
export interface ChildEvents {
  /** Returns false to pause this stream until `resume()`. The receiver may keep the bytes. */
  stdout(bytes: Uint8Array, at: number): boolean;
  stderr(bytes: Uint8Array, at: number): boolean;
  /** End of file, or `close()` was called. */
  stdoutEnd(at: number): void;
  stderrEnd(at: number): void;
  exit(exit: Exit, at: number): void;
  /** stdin accepts bytes again after `write` returned false. */
  stdinDrain(): void;
}
export interface Source {
  resume(): void;
  /** Passes on what has arrived. False: it cannot, and the event loop will. */
  look(): boolean;
  /** Stops reading; the end event follows. For a grandchild that holds the other end open. */
  close(): void;
}
export interface Sink {
  /**
   * False: wait for `stdinDrain` before writing more. If the script closed its stdin (EPIPE), the rest is discarded.
   */
  write(bytes: Uint8Array): boolean;
  end(): void;
  /** Bytes that went into the pipe so far. */
  readonly written: number;
  /** True once written bytes cannot reach the script: it closed its end, or exited before it read everything. */
  readonly broken: boolean;
  /** Written bytes that nobody has read, at this moment; null: unknown. */
  unread(): number | null;
}
export interface Child {
  readonly pid: number;
  readonly stdin: Sink | null;
  readonly stdout: Source;
  readonly stderr: Source;
  /** TERM to the whole session, KILL after `graceMs` to the rest of it. Idempotent. */
  end(graceMs: number): void;
  /**
   * Live processes apart from the leader, in its session or known to have left it, as "pid command"; empty if the
   * system does not report them.
   */
  survivors(): string[];
  /**
   * Live processes that left the session while its leader ran, as "pid command"; empty if the system does not report
   * them.
   */
  escaped(): string[];
}
export interface Starter {
  readonly kind: "native" | "portable";
  /** Rejects with a StartError. No event comes before the promise's callbacks have run. */
  start(options: StartOptions, events: ChildEvents): Promise<Child>;
  /** Ends every session of this starter and resolves when all have ended. */
  dispose(): Promise<void>;
}
/** The system refused the start. `code` is the errno's name: "ENOENT", "EACCES", "ENOEXEC", … */
export class StartError extends Error {
  readonly code: string;
  readonly why: Message;
  constructor(code: string, why: Message, options?: ErrorOptions) {
    super(wordsOf(why.text), options);
    this.name = "StartError";
    this.code = code;
    this.why = why;
  }
}
