// One worker of an application: the request that it serves, and the process in its slot. The process is started when a
// request needs it, after a pause when it died, and again when it is out of date or has served its number of requests.
import type { Note } from "../../base/log.js";
import type { ProblemMessage } from "../../contract/problem.js";
import type { ProcessInfo } from "../../contract/trace.js";
import type { WorkerState } from "../../contract/workers-contract.js";
import { startMessage } from "../../spawn/messages.js";
import type { ListeningSocket } from "../../spawn/native/listening-socket.js";
import { StartError, type Starter } from "../../spawn/start.js";
import type { FastcgiClient } from "../fastcgi/client.js";
import type { RunFailure } from "../runner.js";
import { couldNotStart, endedAtStart } from "./failures.js";
import type { ExchangeWorker, ManagedExchange } from "./managed-exchange.js";
import { workerNote } from "./messages.js";
import { type NotPreloaded, notPreloadedIn } from "./not-preloaded.js";
import { RestartPause } from "./restart-pause.js";
import type { WorkerProcess } from "./worker-process.js";
import { type ExitInfo, WorkerSlot, type WorkerSlotHost } from "./worker-slot.js";
import type { WorkerSpec } from "./worker-spec.js";

/** Processes that a signal ended before their first response: after so many in a row their request fails. */
const maxSignalledStarts = 3;
/** Longest pause before the restart of an application that dies of its requests, ms: others may be served. */
const longestPauseMs = 1000;

export interface WorkerHost {
  readonly starter: Starter;
  /** For display: "cgi-bin/cart.fcgi". */
  readonly name: string;
  /** For the next start. */
  spec(): WorkerSpec;
  listen(): Promise<ListeningSocket>;
  /** Something that is shown has changed. */
  changed(): void;
  /** It can take a request. */
  free(): void;
  /** Its process failed before its first response; with the failure for waiting requests. */
  startFailed(failure: RunFailure): void;
  /** A process has responded: the application can start. */
  answered(): void;
  /** All modules that a process could not preload. */
  notPreloaded(failed: readonly NotPreloaded[]): void;
  /** Ended on purpose; still exiting. */
  ending(process: WorkerProcess): void;
  /** Output of a process that serves no request. */
  output(worker: PoolWorker, bytes: Uint8Array): void;
  log(level: Note["level"], message: ProblemMessage): void;
}

interface LastExit {
  /** Unix time, ms. */
  readonly at: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export class PoolWorker implements ExchangeWorker, WorkerSlotHost {
  readonly id: string;
  readonly #host: WorkerHost;
  readonly #slot: WorkerSlot;
  #exchange: ManagedExchange | null = null;
  /** Requests that the current process received, and responded to. */
  #requests = 0;
  #answered = 0;
  /** Modules that the current process could not preload. */
  #notPreloaded: readonly NotPreloaded[] = [];
  #signalledStarts = 0;
  #lastExit: LastExit | null = null;
  readonly #pause = new RestartPause(() => this.goOn());

  constructor(id: string, host: WorkerHost) {
    this.id = id;
    this.#host = host;
    this.#slot = new WorkerSlot(this);
  }

  // For display.

  get pid(): number | null {
    return this.#slot.process?.pid ?? null;
  }

  get startedAt(): number | null {
    return this.#slot.process?.startedAt ?? null;
  }

  get requests(): number {
    return this.#requests;
  }

  get lastExit(): LastExit | null {
    return this.#lastExit;
  }

  get exchange(): ManagedExchange | null {
    return this.#exchange;
  }

  /** End of the pause, Unix time, ms; null without one. */
  get restartsAt(): number | null {
    return this.#pause.until;
  }

  /** How long the pause still lasts, ms; null without one. */
  get pauseLeftMs(): number | null {
    return this.#pause.leftMs;
  }

  get state(): WorkerState {
    const { process, isStarting, isReady } = this.#slot;
    if (this.restartsAt !== null) return "backing-off";
    if (isStarting || (process && !isReady && this.#exchange === null)) return "starting";
    if (this.#exchange !== null) return "busy";
    return process ? "idle" : "ended";
  }

  // Called by the application.

  /** It can take a request now. */
  get isFree(): boolean {
    return this.#exchange === null && this.restartsAt === null && !this.#slot.isClosed;
  }

  /** Free, with a running process. */
  get isIdle(): boolean {
    return this.isFree && this.#slot.process !== null;
  }

  /** A process runs or is about to start. */
  get isAlive(): boolean {
    return this.#slot.process !== null || this.#slot.isStarting;
  }

  /** Must be free. */
  take(exchange: ManagedExchange): void {
    if (this.#slot.process && this.#slot.identity !== this.#host.spec().identity) this.#slot.clear();
    this.#exchange = exchange;
    exchange.takenBy(this);
    const { client } = this.#slot;
    if (client) {
      this.#requests++;
      exchange.begin(client);
    } else this.start();
    this.#host.changed();
  }

  /** Starts a process if there is none. */
  start(): void {
    const { isStarting, process, isClosed } = this.#slot;
    if (isStarting || process || isClosed) return;
    this.#pause.end();
    this.#requests = this.#answered = 0;
    this.#notPreloaded = [];
    this.#slot.start(this.#host.spec());
    this.#host.changed();
  }

  /** Ends the process now, or after its request. */
  outdate(): void {
    this.#pause.forget();
    this.#signalledStarts = 0;
    this.#slot.outdate();
    if (this.#exchange === null && !this.#slot.isStarting) this.#slot.clear();
  }

  /** Starts a process if a request waits for it, or if there is always to be one. */
  goOn(): void {
    if (this.#exchange) this.start();
    this.#takeOrStart();
  }

  /** Ends it for good, with the request that it serves. Returns a request that it has not begun, for another worker. */
  close(): ManagedExchange | null {
    this.#pause.end();
    this.#slot.close();
    const exchange = this.#exchange;
    if (exchange === null || exchange.isBegun) return null;
    this.#exchange = null;
    return exchange;
  }

  // Called by its request.

  get isNotAccepting(): boolean {
    return this.#slot.isNotAccepting;
  }

  processInfo(): ProcessInfo | null {
    return this.#slot.info();
  }

  hear(): boolean {
    return this.#slot.process?.look() ?? true;
  }

  /** The request has ended; `isFree` false: but the application may still work on it. */
  done(exchange: ManagedExchange, isFree: boolean): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    if (this.#answered++ === 0) this.#host.notPreloaded(this.#notPreloaded);
    this.#signalledStarts = 0;
    this.#slot.ready();
    if (exchange.hasResponse) this.#host.answered();
    const { requests, identity } = this.#host.spec();
    const isUsedUp = requests !== null && this.#requests >= requests;
    if (!isFree || isUsedUp || identity !== this.#slot.identity) this.#slot.clear();
    this.#takeOrStart();
  }

  /** Its process is still starting: it takes another request. */
  left(exchange: ManagedExchange): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    this.#takeOrStart();
  }

  /** No process has begun with the request; if the socket's file was removed, none ever would. */
  unreachable(exchange: ManagedExchange): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    if (!this.#slot.isReachable) {
      this.#host.log("warning", workerNote("socket-removed", { application: this.name, worker: this.id }));
      this.#slot.clear();
    }
    this.#host.changed();
  }

  isLiving(): boolean {
    return this.#slot.process?.isLiving() ?? false;
  }

  waitForExit(): Promise<ExitInfo | null> {
    return this.#slot.waitForExit();
  }

  // Called by its slot.

  get starter(): Starter {
    return this.#host.starter;
  }

  get name(): string {
    return this.#host.name;
  }

  listen(): Promise<ListeningSocket> {
    return this.#host.listen();
  }

  started(client: FastcgiClient): void {
    const isOutdated = this.#slot.identity !== this.#host.spec().identity; // something changed meanwhile
    if (isOutdated && this.#exchange?.isBegun !== true) {
      this.#slot.clear();
      if (this.#exchange) this.start();
    } else if (this.#exchange && !this.#exchange.hasResponse) {
      this.#requests++;
      if (this.#exchange.isBegun) this.#exchange.recordProcess();
      else this.#exchange.begin(client);
    }
    this.#host.changed();
    if (this.#exchange === null) this.#takeOrStart();
  }

  refused(error: unknown): void {
    const failure =
      error instanceof StartError
        ? error
        : new StartError("EIO", startMessage("start-failed", { systemText: String(error) }));
    this.#pause.begin(Number.POSITIVE_INFINITY);
    this.#lose(couldNotStart(failure, this.starter.kind));
  }

  givenUp(): void {
    this.goOn();
  }

  exited(process: WorkerProcess, death: ExitInfo): void {
    const { exitCode, signal } = death.info;
    this.#lastExit = { at: Date.now(), exitCode, signal };
    this.#exchange?.processExited(death);
    const hasWorked = this.#answered > 0 || this.#exchange?.isDying === true || this.#exchange?.hasResponse === true;
    if (exitCode === 0 && hasWorked) {
      if (this.#exchange || this.#host.spec().always) this.start();
      this.#host.changed();
      return;
    }
    const pauseMs = this.#pause.begin(hasWorked ? longestPauseMs : Number.POSITIVE_INFINITY);
    const ended = {
      application: this.name,
      worker: this.id,
      pid: process.pid,
      exitCode,
      signal,
      restartsInMs: pauseMs,
    };
    this.#host.log("warning", workerNote("worker-ended-early", ended));
    this.#signalledStarts++;
    const mayBeChance = hasWorked || (signal !== null && this.#signalledStarts < maxSignalledStarts);
    if (mayBeChance) this.#host.changed();
    else this.#lose(endedAtStart(this.name, process, death.info));
  }

  ending(process: WorkerProcess): void {
    this.#host.ending(process);
  }

  output(bytes: Uint8Array, at: number, isPresent: boolean): void {
    const { mode, route } = this.#host.spec();
    const { preload = [] } = route.workers.agent;
    if (this.#answered === 0 && isPresent && (mode === "prefork" || preload.length > 0)) {
      const { failed, leftOut, rest } = notPreloadedIn(bytes, preload, mode);
      if (leftOut.length > 0) this.#host.output(this, leftOut);
      this.#notPreloaded = [...this.#notPreloaded, ...failed];
      if (failed.length > 0) this.#host.notPreloaded(this.#notPreloaded);
      if (rest.length > 0) this.#heard(rest, at, isPresent);
    } else this.#heard(bytes, at, isPresent);
  }

  #heard(bytes: Uint8Array, at: number, isPresent: boolean): void {
    if (isPresent && this.#exchange) this.#exchange.output(bytes, at);
    else this.#host.output(this, bytes);
  }

  changed(): void {
    this.#host.changed();
  }

  /** The process fails to start: fails its request, and reports it for the waiting ones. */
  #lose(failure: RunFailure): void {
    const exchange = this.#exchange;
    this.#exchange = null;
    if (exchange) this.#slot.dropSocket(); // the request waits in its backlog, and must not be served any more
    exchange?.fail(failure);
    this.#host.startFailed(failure);
    this.#host.changed();
  }

  #takeOrStart(): void {
    if (this.isFree) this.#host.free(); // which closes a surplus worker
    if (this.#host.spec().always && this.isFree) this.start();
    this.#host.changed();
  }
}
