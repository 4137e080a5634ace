// Mode "cgi" (RFC 3875): a process of its own for each request, with the body on its stdin and the response on its
// stdout.
import type { ProcessInfo } from "../../contract/trace.js";
import { startMessage } from "../../spawn/messages.js";
import type { Child, ChildEvents, Exit, Starter } from "../../spawn/start.js";
import { graceMs, lostMs, StartError, unknownExit } from "../../spawn/start.js";
import { type Exchange, type ExchangeEvents, RunFailure, type Runner, type RunRequest } from "../runner.js";

/** How long to wait for processes that hold stdout or stderr after the script's exit, ms. */
const heldMs = 2000;

/** Nothing else of a request matters to a process of its own. */
export type CgiRequest = Pick<RunRequest, "argv" | "env" | "cwd" | "hasBody">;
export type CgiEvents = Omit<ExchangeEvents, "recordFastcgi">;

export class CgiRunner implements Runner {
  readonly #starter: Starter;

  constructor(starter: Starter) {
    this.#starter = starter;
  }

  run({ argv, env, cwd, hasBody }: CgiRequest, events: CgiEvents): Exchange {
    const exchange = new CgiExchange(this.#starter.kind, events);
    const [file] = argv;
    const started =
      file === undefined
        ? Promise.reject(new StartError("EINVAL", startMessage("no-program")))
        : this.#starter.start({ file, argv, env, cwd, stdin: hasBody ? "pipe" : "null" }, exchange);
    started.then(exchange.attach, exchange.refused);
    return exchange;
  }
}

/** One running script: passes on the child's events, in the order that an exchange promises. */
class CgiExchange implements Exchange, ChildEvents {
  readonly #start: Starter["kind"];
  readonly #events: CgiEvents;
  #child: Child | null = null;
  #exit: { readonly info: ProcessInfo; readonly at: number } | null = null;
  #outputOver = false;
  #errorsOver = false;
  #exitTold = false;
  #stopped = false;
  /** stdout waits for a slow client: unread output is not the script's fault. */
  #paused = false;
  #holdTimer: NodeJS.Timeout | null = null;
  #lostTimer: NodeJS.Timeout | null = null;

  constructor(start: Starter["kind"], events: CgiEvents) {
    this.#start = start;
    this.#events = events;
  }

  readonly attach = (child: Child): void => {
    this.#child = child;
    this.#events.started(performance.now());
    if (this.#stopped) this.#end(child);
  };

  readonly refused = (error: unknown): void => {
    const { code, why } =
      error instanceof StartError
        ? error
        : new StartError("EIO", startMessage("start-failed", { systemText: String(error) }));
    const process = { pid: null, start: this.#start, errno: code, ...unknownExit };
    this.#events.failed(new RunFailure({ code, why, outcome: "spawn-error", status: 500, process }));
  };

  write(bytes: Uint8Array): boolean {
    const stdin = this.#child?.stdin;
    if (!stdin || stdin.broken) return true; // a script need not read its body (conformance C32)
    this.#events.stdin(bytes, performance.now());
    return stdin.write(bytes);
  }

  endInput(): void {
    this.#child?.stdin?.end();
  }

  resume(): void {
    this.#paused = false;
    this.#child?.stdout.resume();
    this.#waitForHolders();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#child) this.#end(this.#child); // after the exit: the processes that it left in its session
    if (!this.#exit) return;
    const holders = this.#child?.survivors() ?? [];
    this.#closeOutputs(holders.length > 0 ? holders : null); // its stdout may be about to end
  }

  #end(child: Child): void {
    child.end(graceMs);
    if (!this.#exit) this.#lostTimer ??= setTimeout(() => this.#lose(), graceMs + lostMs);
  }

  /** No signal reaches the script: nothing waits for it any longer. */
  #lose(): void {
    this.exit(unknownExit, performance.now());
    this.#closeOutputs(this.#child?.survivors() ?? []);
  }

  stdout(bytes: Uint8Array, at: number): boolean {
    this.#paused = !this.#events.stdout(bytes, at);
    if (this.#paused) this.#waitForHolders();
    return !this.#paused;
  }

  stderr(bytes: Uint8Array, at: number): boolean {
    this.#events.stderr(bytes, at);
    return true;
  }

  stdinDrain(): void {
    this.#events.stdinDrain();
  }

  stdoutEnd(at: number): void {
    this.#endOutput(at, null);
  }

  stderrEnd(): void {
    this.#errorsOver = true;
    this.#settle();
  }

  exit(exit: Exit, at: number): void {
    if (this.#exit) return; // of a process that was given up
    if (this.#lostTimer) clearTimeout(this.#lostTimer);
    this.#exit = { at, info: { pid: this.#child?.pid ?? null, start: this.#start, errno: null, ...exit } };
    this.#waitForHolders();
    this.#settle();
  }

  /**
   * From the exit, or from the end of the last pause after it: from then on only another process can keep an output
   * open.
   */
  #waitForHolders(): void {
    if (!this.#exit) return;
    if (this.#holdTimer) clearTimeout(this.#holdTimer);
    const waits = !this.#paused && !(this.#outputOver && this.#errorsOver);
    this.#holdTimer = waits ? setTimeout(() => this.#closeOutputs(this.#child?.survivors() ?? []), heldMs) : null;
  }

  /** `held`: the names of the processes that kept stdout open, as far as they are known; null: none did. */
  #closeOutputs(held: readonly string[] | null): void {
    this.#endOutput(performance.now(), held);
    this.#errorsOver = true;
    this.#child?.stdout.close();
    this.#child?.stderr.close();
    this.#settle();
  }

  #endOutput(at: number, held: readonly string[] | null): void {
    if (this.#outputOver) return;
    this.#outputOver = true;
    this.#events.outputEnd(at, held);
    this.#settle();
  }

  /** Reports the exit after stderr has ended, so that a traceback is never missing from the trace. */
  #settle(): void {
    if (this.#outputOver && this.#errorsOver && this.#holdTimer) {
      clearTimeout(this.#holdTimer);
      this.#holdTimer = null;
    }
    if (!this.#exit || !this.#errorsOver || this.#exitTold) return;
    this.#exitTold = true;
    // The portable start only knows of whole pieces that the script has read.
    const stdin = this.#child?.stdin;
    const given = this.#start === "native" ? stdin?.written : undefined;
    const left = stdin?.unread() ?? null;
    const isKnown = left === 0 || (left !== null && this.#child?.survivors().length === 0); // one may read it later
    const { info, at } = this.#exit;
    this.#events.exit(isKnown ? { ...info, stdinLeft: left } : info, at, given);
  }
}
