// One request to an application whose processes are ours: waits for a worker, is served by it over FastCGI, and is given to another one
// as long as nobody had begun with it. A death in mid-request is told with how the process ended and what it said last.
import type { Message } from "../../contract/message.js";
import type { ProcessInfo } from "../../contract/trace.js";
import type { FastcgiRecorder } from "../../trace/fastcgi-recorder.js";
import type { FastcgiClient } from "../fastcgi/client.js";
import { FastcgiFailure } from "../fastcgi/failures.js";
import { fastcgiNote } from "../fastcgi/messages.js";
import { ReplayableBody } from "../fastcgi/replayable-body.js";
import { type Exchange, type ExchangeEvents, RunFailure, type RunRequest } from "../runner.js";
import { poolMessage } from "./messages.js";
import type { ExitInfo } from "./worker-slot.js";

/** Workers that are tried for a request none of them begins with. */
const maxTries = 3;

/** The worker that has it. */
export interface ExchangeWorker {
  readonly pid: number | null;
  /** That its process was given, this one included. */
  readonly requests: number;
  /** Its process has not accepted the connection of its request. */
  readonly isNotAccepting: boolean;
  processInfo(): ProcessInfo | null;
  /** Has what the process wrote beside FastCGI told. */
  hear(): void;
  /** How its process ended, when that happens within a moment. */
  waitForExit(): Promise<ExitInfo | null>;
  /** Nobody had begun with the request. */
  unreachable(exchange: ManagedExchange): void;
  /** It does not want to be served any more, and was not begun. */
  left(exchange: ManagedExchange): void;
  /** The request is over; `isFree` false: but the application may still be at it. */
  done(exchange: ManagedExchange, isFree: boolean): void;
}

/** Who has it while no worker has. */
export interface ExchangeOwner {
  /** It wants a worker again, before all others. */
  again(exchange: ManagedExchange): void;
  /** It is over without one: whom it had, or waited for, others may have. */
  abandoned(exchange: ManagedExchange): void;
}

export class ManagedExchange implements Exchange, ExchangeEvents {
  readonly request: RunRequest;
  readonly #owner: ExchangeOwner;
  readonly #events: ExchangeEvents;
  #worker: ExchangeWorker | null = null;
  #inner: Exchange | null = null;
  #recorder: FastcgiRecorder | null = null;
  #tries = 0;
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

  /** A worker's client has it. */
  get isBegun(): boolean {
    return this.#inner !== null;
  }

  /** Its connection ended in mid-request. */
  get isDying(): boolean {
    return this.#isDying;
  }

  // What the pool calls.

  /** A worker took it, and will give its client. */
  takenBy(worker: ExchangeWorker): void {
    this.#worker = worker;
    this.#tries++;
  }

  begin(client: FastcgiClient): void {
    this.#inner = client.run({ role: "responder", params: this.request.params, body: this.#body }, this);
  }

  /** Nobody will serve it. */
  fail(failure: RunFailure): void {
    if (this.#over) return;
    const inner = this.#inner;
    this.#end(true);
    inner?.stop();
    this.#events.failed(failure);
  }

  /** What the worker's process writes beside FastCGI belongs to the request it serves. */
  output(bytes: Uint8Array, at: number): void {
    this.#events.stderr(bytes, at);
  }

  // What the gateway calls.

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

  // What the client tells.

  recordFastcgi(): FastcgiRecorder {
    const recorder = this.#events.recordFastcgi();
    this.#recorder = recorder;
    recorder.pid = this.#worker?.pid ?? null;
    recorder.nth = this.#worker?.requests ?? null;
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

  /** A turn later: what the process wrote to stderr before it ended the request may still be in the pipe. */
  exit(_process: ProcessInfo | null, at: number): void {
    this.#worker?.hear();
    setImmediate(() => this.#exited(at));
  }

  failed(failure: RunFailure): void {
    if (this.#over) return;
    const begun = !(failure instanceof FastcgiFailure) || failure.begun;
    if (this.#stopped || begun) void this.#died(failure);
    else this.#notBegun(failure);
  }

  #exited(at: number): void {
    if (this.#over) return;
    const process = this.#worker?.processInfo() ?? null;
    if (this.#recorder && process) this.#recorder.pid = process.pid;
    // After a stop without END_REQUEST nobody knows whether the application still works on the request.
    this.#end(!this.#stopped || this.#recorder?.protocolStatus !== null);
    this.#events.exit(process, at);
  }

  #notBegun(failure: RunFailure): void {
    const worker = this.#worker;
    this.#inner = this.#worker = null;
    worker?.unreachable(this);
    if (this.#tries < maxTries) this.#owner.again(this);
    else {
      this.#over = true;
      this.#owner.abandoned(this);
      this.#events.failed(failure);
    }
  }

  /** The connection ended in mid-request: most often because the process did. */
  async #died(failure: RunFailure): Promise<void> {
    const worker = this.#worker;
    this.#isDying = true;
    const death = (await worker?.waitForExit()) ?? null;
    if (this.#over) return;
    const process = death?.info ?? worker?.processInfo() ?? null;
    this.#end(true);
    const { code, outcome, status } = failure;
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

const deathMessage = ({ worker, pid, info: { exitCode, signal } }: ExitInfo, fact: Message): Message =>
  poolMessage("died-in-request", { worker, pid, exitCode, signal, fact });
