// One FastCGI application: its workers, and the requests that wait for one. A request that finds no free worker starts
// one, up to the configured number. The first free one is always taken, so a light load uses one process and one
// connection.
import { type Note, noteOf } from "../../base/log.js";
import { removeItem } from "../../base/remove-item.js";
import { isRunByAgent } from "../../contract/modes.js";
import type { ProblemMessage } from "../../contract/problem.js";
import type { ListeningSocket } from "../../spawn/native/listening-socket.js";
import type { Starter } from "../../spawn/start.js";
import type { Exchange, ExchangeEvents, RunFailure, RunRequest } from "../runner.js";
import { pausing } from "./failures.js";
import { type ExchangeOwner, ManagedExchange } from "./managed-exchange.js";
import { workerNote } from "./messages.js";
import type { NotPreloaded } from "./not-preloaded.js";
import { PoolWorker, type WorkerHost } from "./worker.js";
import type { WorkerProcess } from "./worker-process.js";
import type { WorkerSpec } from "./worker-spec.js";

/** A request waits for a pause up to this long, ms; in a longer one it fails at once with the reason. */
const shortPauseMs = 250;

export interface ApplicationNames {
  readonly id: string;
  /** For display. */
  readonly name: string;
  /** The path that tells it apart from others of the same name; null: none. */
  readonly at: string | null;
}

interface ApplicationDeps {
  readonly starter: Starter;
  readonly listen: () => Promise<ListeningSocket>;
  /** Something that is shown has changed. */
  readonly changed: () => void;
  readonly log: (note: Note) => void;
  readonly notPreloaded: (failed: readonly NotPreloaded[]) => void;
}

export class Application implements WorkerHost, ExchangeOwner {
  readonly id: string;
  readonly name: string;
  readonly at: string | null;
  readonly #deps: ApplicationDeps;
  readonly #workers: PoolWorker[] = [];
  /** In the order of arrival. */
  readonly #queue: ManagedExchange[] = [];
  /** Ended, and still exiting. */
  readonly #ending = new Set<WorkerProcess>();
  #spec: WorkerSpec;
  /** Why it failed to start the last time; null once it has responded since. */
  #lastFailure: RunFailure | null = null;
  #nextId = 1;
  /** Resolves once no request is left. */
  #onIdle: (() => void) | null = null;
  #isClosed = false;

  constructor({ id, name, at }: ApplicationNames, spec: WorkerSpec, deps: ApplicationDeps) {
    this.id = id;
    this.name = name;
    this.at = at;
    this.#spec = spec;
    this.#deps = deps;
    if (spec.always) this.#startAll();
  }

  get workers(): readonly PoolWorker[] {
    return this.#workers;
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** The earliest start of the live processes, Unix time in ms; Infinity if there are none. */
  get oldestStart(): number {
    return Math.min(...this.#workers.map(({ startedAt }) => startedAt ?? Number.POSITIVE_INFINITY));
  }

  get lastFailure(): RunFailure | null {
    return this.#lastFailure;
  }

  /**
   * The spec of the newest request, or of the configuration. Processes with another spec are replaced when they are
   * free.
   */
  update(spec: WorkerSpec): void {
    if (spec === this.#spec) return;
    const isOther = spec.identity !== this.#spec.identity || spec.always !== this.#spec.always;
    this.#spec = spec;
    if (isOther) this.restart();
  }

  run(request: RunRequest, events: ExchangeEvents): Exchange {
    const exchange = new ManagedExchange(this, request, events);
    const paused = this.#failureWhilePaused();
    if (paused) queueMicrotask(() => exchange.fail(paused));
    else {
      this.#queue.push(exchange);
      this.#dispatch();
    }
    return exchange;
  }

  /** Replaces every process: now, or after its request. */
  restart(): void {
    this.#lastFailure = null;
    this.#closeSurplus();
    // All are out of date before any goes on: one that takes a waiting request meanwhile is not replaced again.
    const workers = [...this.#workers];
    for (const worker of workers) worker.outdate();
    for (const worker of workers) worker.goOn();
    if (this.#spec.always) this.#startAll();
    this.#dispatch();
  }

  /** Replaces one process: now, or after its request. False if there is none with that name. */
  restartWorker(id: string): boolean {
    const worker = this.#workers.find((one) => one.id === id);
    if (!worker) return false;
    this.#lastFailure = null;
    worker.outdate();
    worker.goOn();
    if (this.#spec.always) this.#startAll();
    this.#dispatch();
    return true;
  }

  /** Accepts no further request, serves the present ones, then closes. Resolves when the processes have exited. */
  async retire(): Promise<void> {
    if (this.#queue.length > 0 || this.#workers.some(({ exchange }) => exchange !== null)) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    await this.close();
  }

  /** Ends every process; resolves when they have exited. Waiting requests fail. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#onIdle?.();
    for (const worker of this.#workers) worker.close()?.stop();
    for (const exchange of [...this.#queue]) exchange.stop();
    while (this.#ending.size > 0) await Promise.all([...this.#ending].map(({ gone }) => gone));
  }

  // Called by its workers and requests.

  get starter(): Starter {
    return this.#deps.starter;
  }

  get hasWaiting(): boolean {
    return this.#queue.length > 0;
  }

  get reportsExit(): boolean {
    return isRunByAgent(this.#spec.mode);
  }

  spec(): WorkerSpec {
    return this.#spec;
  }

  listen(): Promise<ListeningSocket> {
    return this.#deps.listen();
  }

  changed(): void {
    this.#deps.changed();
  }

  free(): void {
    this.#dispatch();
    if (this.#onIdle && this.#queue.length === 0 && this.#workers.every(({ exchange }) => exchange === null))
      this.#onIdle();
  }

  startFailed(failure: RunFailure): void {
    this.#lastFailure = failure;
    if (this.#workers.some((worker) => worker.isAlive)) return; // a later start may succeed
    for (const exchange of this.#queue.splice(0)) exchange.fail(failure);
  }

  answered(): void {
    this.#lastFailure = null;
  }

  notPreloaded(failed: readonly NotPreloaded[]): void {
    this.#deps.notPreloaded(failed);
  }

  ending(process: WorkerProcess): void {
    this.#ending.add(process);
    void process.gone.then(() => this.#ending.delete(process));
  }

  output(worker: PoolWorker, bytes: Uint8Array): void {
    for (const line of Buffer.from(bytes).toString("utf8").split(/\r?\n/)) {
      if (line.trim() !== "")
        this.log(
          "info",
          workerNote("worker-wrote", {
            application: this.name,
            worker: worker.id,
            line: line.slice(0, maxLineCharacters),
          }),
        );
    }
  }

  log(level: Note["level"], message: ProblemMessage): void {
    this.#deps.log(noteOf(level, "scripts", message));
  }

  again(exchange: ManagedExchange): void {
    this.#queue.unshift(exchange);
    this.#dispatch();
  }

  abandoned(exchange: ManagedExchange): void {
    removeItem(this.#queue, exchange);
    this.free();
  }

  /** Assigns waiting requests to free workers. */
  #dispatch(): void {
    if (this.#isClosed) return;
    this.#closeSurplus();
    for (;;) {
      const worker = this.#queue.length > 0 ? this.#freeWorker() : null;
      const exchange = worker && this.#queue.shift();
      if (!worker || !exchange) break;
      worker.take(exchange);
    }
    this.changed();
  }

  /** A worker with a live process, else one whose process must be started. */
  #freeWorker(): PoolWorker | null {
    let other: PoolWorker | null = null;
    for (const worker of this.#workers) {
      if (worker.isIdle) return worker;
      if (worker.isFree) other ??= worker;
    }
    return other ?? (this.#workers.length < this.#spec.count ? this.#addWorker() : null);
  }

  #addWorker(): PoolWorker {
    const worker = new PoolWorker(String(this.#nextId++), this);
    this.#workers.push(worker);
    return worker;
  }

  /** Closes workers beyond the configured number. One that has begun with a request is closed after it. */
  #closeSurplus(): void {
    for (let n = this.#workers.length - 1; n >= 0 && this.#workers.length > this.#spec.count; n--) {
      const worker = this.#workers[n];
      if (!worker || worker.exchange?.isBegun) continue;
      this.#workers.splice(n, 1);
      const exchange = worker.close();
      if (exchange) this.#queue.unshift(exchange);
    }
  }

  #startAll(): void {
    while (this.#workers.length < this.#spec.count) this.#addWorker();
    for (const worker of this.#workers) if (worker.isFree) worker.start();
  }

  /** Set while no process lives and the next start is some time away. */
  #failureWhilePaused(): RunFailure | null {
    if (this.#lastFailure === null) return null;
    let leftMs = Number.POSITIVE_INFINITY;
    for (const worker of this.#workers) {
      if (worker.pauseLeftMs === null) return null;
      leftMs = Math.min(leftMs, worker.pauseLeftMs);
    }
    return leftMs > shortPauseMs && leftMs < Number.POSITIVE_INFINITY ? pausing(this.#lastFailure, leftMs) : null;
  }
}

const maxLineCharacters = 2000;
