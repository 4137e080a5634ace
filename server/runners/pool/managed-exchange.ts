// One request to an application with worker processes: it waits for a worker, which serves it over FastCGI, and moves
// to another one as long as none has begun with it. A death in mid-request is reported with exit and last output.
import type { Message } from "../../contract/message.js";
import type { ProcessInfo } from "../../contract/trace.js";
import { signalName } from "../../spawn/native/errno.js";
import { unknownExit } from "../../spawn/start.js";
import type { FastcgiRecorder } from "../../trace/fastcgi-recorder.js";
import type { FastcgiClient } from "../fastcgi/client.js";
import { FastcgiFailure } from "../fastcgi/failures.js";
import { fastcgiNote } from "../fastcgi/messages.js";
import { ReplayableBody } from "../fastcgi/replayable-body.js";
import { type Exchange, type ExchangeEvents, RunFailure, type RunRequest } from "../runner.js";
import { poolMessage } from "./messages.js";
import type { ExitInfo } from "./worker-slot.js";

/** How many workers are tried for a request if none of them begins with it. */
const maxTries = 3;

/** The worker that serves it. */
export interface ExchangeWorker {
  readonly pid: number | null;
  /** Requests that its process received, with this one. */
  readonly requests: number;
  /** Its process has not accepted the connection of its request. */
  readonly isNotAccepting: boolean;
  processInfo(): ProcessInfo | null;
  /** Reports what the process wrote outside FastCGI. False: some may come when the event loop has turned. */
  hear(): boolean;
  /** Its process certainly lives, and is not about to exit. */
  isLiving(): boolean;
  /** How its process ended, if that happens within a moment. */
  waitForExit(): Promise<ExitInfo | null>;
  /** No process has begun with the request. */
  unreachable(exchange: ManagedExchange): void;
  /** The request was cancelled before it began. */
  left(exchange: ManagedExchange): void;
  /** The request has ended; `isFree` false: but the application may still work on it. */
  done(exchange: ManagedExchange, isFree: boolean): void;
}

/** Owns the exchange while it is queued, before a worker is assigned. */
export interface ExchangeOwner {
  /** An agent's application status is how the script's own process ended, or would have. */
  readonly reportsExit: boolean;
  /** Other requests wait for a worker. */
  readonly hasWaiting: boolean;
  /** Needs a worker again, before all other requests. */
  again(exchange: ManagedExchange): void;
  /** Ended without one: its worker, or its place in the queue, is free. */
  abandoned(exchange: ManagedExchange): void;
}

export class ManagedExchange implements Exchange, ExchangeEvents {
  readonly request: RunRequest;
  readonly #owner: ExchangeOwner;
  readonly #events: ExchangeEvents;
  #worker: ExchangeWorker | null = null;
  #inner: Exchange | null = null;
  #client: FastcgiClient | null = null;
  #recorder: FastcgiRecorder | null = null;
  /** How the process ended that has begun to respond. */
  #death: ExitInfo | null = null;
  #tries = 0;
  /** What serves it; its worker forgets the process when everything is stopped. */
  #process: ProcessInfo | null = null;
  readonly #body: ReplayableBody | null;
  #started = false;
  #stopped = false;
  #isDying = false;
  #over = false;

  constructor(owner: ExchangeOwner, request: RunRequest, events: ExchangeEvents) {
    this.#owner = owner;
    this.request = request;
    this.#body = request.hasBody ? new ReplayableBody(request.params) : null;
    this.#events = events;
    const recorder = events.recordFastcgi();
    recorder.queuedAt ??= recorder.since(performance.now());
  }

  /** A worker's FastCGI client serves it. */
  get isBegun(): boolean {
    return this.#inner !== null || this.#isDying;
  }

  /** Its connection ended in the middle of the request. */
  get isDying(): boolean {
    return this.#isDying;
  }

  /** Some of its response has arrived. */
  get hasResponse(): boolean {
    return (this.#recorder?.received.bytes ?? 0) > 0;
  }

  // Called by the pool.

  /** A worker took it, and will pass its client. */
  takenBy(worker: ExchangeWorker): void {
    this.#worker = worker;
    this.#tries++;
  }

  begin(client: FastcgiClient): void {
    this.#client = client;
    this.#death = null;
    this.#inner = client.run({ role: "responder", params: this.request.params, body: this.#body }, this);
  }

  /** Which process of its worker gets it: later another one, if that accepts it from the backlog. */
  recordProcess(): void {
    if (!this.#recorder) return;
    this.#process = this.#worker?.processInfo() ?? null;
    this.#recorder.pid = this.#worker?.pid ?? null;
    this.#recorder.nth = this.#worker?.requests ?? null;
  }

  /** If it has begun to respond: the rest may still be unread, as long as the client takes to read. */
  processExited(death: ExitInfo): void {
    if (this.hasResponse) this.#death = death;
  }

  /** It will not be served. */
  fail(failure: RunFailure): void {
    if (this.#over) return;
    const inner = this.#inner;
    this.#end(true);
    inner?.stop();
    this.#events.failed(failure);
  }

  /** What the worker's process writes outside FastCGI belongs to the request it serves. */
  output(bytes: Uint8Array, at: number): void {
    this.#events.stderr(bytes, at);
  }

  // Called by the gateway.

  write(bytes: Uint8Array): boolean {
    if (this.#inner) return this.#inner.write(bytes);
    this.#body?.add(bytes, false);
    return false;
  }

  endInput(): void {
    if (this.#inner) this.#inner.endInput();
    else if (this.#body) this.#body.hasEnded = true;
  }

  resume(): void {
    this.#inner?.resume();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#recorder?.received.bytes === 0 && this.#worker?.isNotAccepting)
      this.#recorder.note(fastcgiNote("connection-not-accepted"));
    if (this.#inner) this.#inner.stop();
    else if (!this.#over) {
      const worker = this.#worker;
      this.#worker = null;
      this.#owner.abandoned(this);
      this.#tellEnd();
      worker?.left(this);
    }
  }

  // Called by the client.

  recordFastcgi(): FastcgiRecorder {
    const recorder = this.#events.recordFastcgi();
    this.#recorder = recorder;
    this.recordProcess();
    return recorder;
  }

  started(at: number): void {
    if (this.#over || this.#started) return;
    this.#started = true;
    this.#events.started(at);
  }

  stdout(bytes: Uint8Array, at: number): boolean {
    return this.#over || this.#events.stdout(bytes, at);
  }

  stderr(bytes: Uint8Array, at: number): void {
    if (!this.#over) this.#events.stderr(bytes, at);
  }

  stdin(bytes: Uint8Array, at: number): void {
    if (!this.#over) this.#events.stdin(bytes, at);
  }

  stdinDrain(): void {
    if (!this.#over) this.#events.stdinDrain();
  }

  outputEnd(at: number, held: readonly string[] | null): void {
    if (!this.#over) this.#events.outputEnd(at, held);
  }

  /**
   * While others wait, the worker gets its next request at once: the kernel wakes an application's process when its
   * response is read, and a process that finds its next request then need not be woken again. Else a turn later, when
   * the response is out. What the process wrote to stderr before it ended the request may still be in the pipe.
   */
  exit(_process: ProcessInfo | null, at: number): void {
    if (this.#owner.hasWaiting && this.#worker?.hear() !== false) this.#exited(at);
    else
      setImmediate(() => {
        this.#worker?.hear();
        this.#exited(at);
      });
  }

  failed(failure: RunFailure): void {
    if (this.#over) return;
    const begun = !(failure instanceof FastcgiFailure) || failure.begun;
    if (this.#stopped || begun) void this.#died(failure);
    else this.#notBegun(failure);
  }

  #exited(at: number): void {
    if (this.#over) return;
    const process = this.#processInfo();
    // After a stop without END_REQUEST the application may still work on the request.
    this.#end(!this.#stopped || this.#recorder?.protocolStatus !== null);
    if (this.#owner.reportsExit && this.#recorder && this.#recorder.unread > 0)
      this.#recorder.note(fastcgiNote("body-unread", { bytes: this.#recorder.unread }));
    const appStatus = this.#owner.reportsExit ? (this.#recorder?.appStatus ?? null) : null;
    this.#events.exit(process && appStatus !== null ? { ...process, ...exitOf(appStatus) } : process, at);
  }

  /** The end of its process after the response is not the request's. */
  #processInfo(): ProcessInfo | null {
    return this.#death ? unended(this.#death.info) : (this.#worker?.processInfo() ?? this.#process);
  }

  #notBegun(failure: RunFailure): void {
    const worker = this.#worker;
    this.#inner = this.#worker = null;
    worker?.unreachable(this);
    if (this.#tries < maxTries) {
      this.#recorder?.startAgain(performance.now());
      this.#owner.again(this);
    } else {
      this.#over = true;
      this.#owner.abandoned(this);
      this.#events.failed(failure);
    }
  }

  /** The connection ended in the middle of the request: usually because the process did. */
  async #died(failure: RunFailure): Promise<void> {
    const worker = this.#worker;
    const unanswered = failure instanceof FastcgiFailure ? failure.mayAskAgain : null;
    const client = unanswered && this.#client;
    const pid = worker?.pid ?? null;
    this.#isDying = true;
    if (client) this.#inner = null; // body bytes wait for the next connection
    const isLeft = unanswered !== null && worker?.isLiving() === true; // it closed the connection after its last response
    const death = this.#death ?? (isLeft ? null : await worker?.waitForExit()) ?? null;
    if (this.#over) return;
    const lives = pid !== null && worker?.pid === pid;
    // With an error, something was unread. The worker begins with the request when the next process has started.
    const isInnocent = unanswered !== null && unanswered.errno !== null && death !== null && endedOtherwise(death);
    if (unanswered && client && (lives || isInnocent)) {
      this.#isDying = false;
      this.#recorder?.note(fastcgiNote("kept-connection-closed", unanswered));
      this.#recorder?.startAgain(performance.now());
      if (lives) this.begin(client);
      return;
    }
    const process = death?.info ?? worker?.processInfo() ?? null;
    this.#end(true);
    const { code, outcome } = failure;
    const status = this.#owner.reportsExit ? 500 : failure.status; // as for a process of the script's own
    const fact = failure instanceof FastcgiFailure ? failure.fact : failure.why;
    this.#events.failed(
      new RunFailure({ code, why: death ? deathMessage(death, fact) : failure.why, outcome, status, process }),
    );
  }

  #end(isWorkerFree: boolean): void {
    const worker = this.#worker;
    this.#over = true;
    this.#worker = null;
    worker?.done(this, isWorkerFree);
  }

  #tellEnd(): void {
    const at = performance.now();
    this.#over = true;
    this.#events.outputEnd(at, null);
    this.#events.exit(null, at);
  }
}

/** What was known of the process while it ran. */
const unended = ({ pid, start, errno }: ProcessInfo): ProcessInfo => ({ pid, start, errno, ...unknownExit });

/** Signals that a process gets from others: the user, the system when memory is short. */
const signalsOfOthers: ReadonlySet<string | null> = new Set(["SIGHUP", "SIGINT", "SIGKILL", "SIGTERM"]);
/** Hardly over the request: it exited after its last response, or was ended. */
const endedOtherwise = ({ info: { exitCode, signal } }: ExitInfo): boolean =>
  exitCode === 0 || signalsOfOthers.has(signal);

/** An agent states the exit code, or 256 and the number of the signal. */
const exitOf = (status: number): Pick<ProcessInfo, "exitCode" | "signal"> =>
  status < 256 ? { exitCode: status, signal: null } : { exitCode: null, signal: signalName(status - 256) };

const deathMessage = ({ worker, pid, info: { exitCode, signal } }: ExitInfo, fact: Message): Message =>
  poolMessage("died-in-request", { worker, pid, exitCode, signal, fact });
