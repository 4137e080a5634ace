// Starting a process: one interface, two implementations (native: posix_spawn; portable: child_process).
// Callbacks, not streams: a CGI request is two short pipes, and each object in between costs.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";

export interface StartOptions {
  /** The program, found by the caller: no search along PATH happens. */
  readonly file: ByteString;
  /** The whole argument vector, `argv[0]` included. */
  readonly argv: readonly ByteString[];
  /** `NAME=value`. */
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  /** "null": end of file at once. "pipe": see `Child.stdin`. A descriptor of ours, which stays open: the listening socket of a FastCGI application. */
  readonly stdin: "null" | "pipe" | { readonly descriptor: number };
}
export interface Exit {
  readonly exitCode: number | null;
  /** "SIGKILL"… */
  readonly signal: string | null;
  readonly userMs: number | null;
  readonly systemMs: number | null;
  /** Null when it would only be the server's own size. */
  readonly maxRssKb: number | null;
}
/** `at` is performance.now(). Called in this order for one stream; nothing after its end. */
export interface ChildEvents {
  /** Return false to pause this stream until `resume()`. The bytes are the receiver's to keep. */
  stdout(bytes: Uint8Array, at: number): boolean;
  stderr(bytes: Uint8Array, at: number): boolean;
  /** End of file, or closed by `close()`. */
  stdoutEnd(at: number): void;
  stderrEnd(at: number): void;
  exit(exit: Exit, at: number): void;
  /** stdin takes bytes again after `write` returned false. */
  stdinDrain(): void;
}
export interface Source {
  resume(): void;
  /** Passes on at once what is there already, as far as the way of reading allows. */
  look(): void;
  /** Stops reading; the end event follows. For a grandchild that holds the other end. */
  close(): void;
}
export interface Sink {
  /** False: wait for `stdinDrain` before writing more. A script that closed its stdin (EPIPE) just swallows the rest. */
  write(bytes: Uint8Array): boolean;
  end(): void;
  /** Bytes that went into the pipe so far. */
  readonly written: number;
  /** True once what was written cannot reach the script: it closed its end or ended before it read everything. */
  readonly broken: boolean;
}
export interface Child {
  readonly pid: number;
  readonly stdin: Sink | null;
  readonly stdout: Source;
  readonly stderr: Source;
  /** TERM to the whole session, KILL after `graceMs` to what is left of it. Idempotent. */
  end(graceMs: number): void;
  /** Living processes besides the leader, in its session or known to have left it, as "pid command"; empty when the system cannot tell. */
  survivors(): string[];
  /** Living processes that left the session while its leader lived, as "pid command"; empty when the system cannot tell. */
  escaped(): string[];
}
export interface Starter {
  readonly kind: "native" | "portable";
  /** Rejects with a StartError. No event comes before the promise's callbacks have run. */
  start(options: StartOptions, events: ChildEvents): Promise<Child>;
  /** Ends every session this starter began and resolves when all of them are gone. */
  dispose(): Promise<void>;
}
/** The system refused. `code` is the errno's name: "ENOENT", "EACCES", "ENOEXEC", … */
export class StartError extends Error {
  readonly code: string;
  readonly why: Message;
  constructor(code: string, why: Message, options?: ErrorOptions) {
    super(why.text, options);
    this.name = "StartError";
    this.code = code;
    this.why = why;
  }
}
