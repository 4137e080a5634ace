// One FastCGI application: its workers, and the requests that wait for one. A worker is started when a request finds none free, up to as
// many as are configured; the first free one is always the same, so that a light load uses one process and one connection.
import { removeItem } from "../../base/remove-item.js";
import type { ListeningSocket } from "../../spawn/native/listening-socket.js";
import type { Starter } from "../../spawn/start.js";
import type { Exchange, ExchangeEvents, RunFailure, RunRequest } from "../runner.js";
import { pausing } from "./failures.js";
import { type ExchangeOwner, ManagedExchange } from "./managed-exchange.js";
import { PoolWorker, type WorkerHost } from "./worker.js";
import type { WorkerProcess } from "./worker-process.js";
import type { WorkerSpec } from "./worker-spec.js";

/** A pause this short is waited for, ms; in a longer one a request is told at once why nobody serves it. */
const shortPauseMs = 250;

export interface ApplicationDeps {
  readonly starter: Starter;
  readonly listen: () => Promise<ListeningSocket>;
  /** Something to show is different. */
  readonly changed: () => void;
  readonly warn: (message: string) => void;
  /** A line that a process wrote beside FastCGI while it served nobody. */
  readonly wrote: (line: string) => void;
}

export class Application implements WorkerHost, ExchangeOwner {
  readonly name: string;
  readonly #deps: ApplicationDeps;
  readonly #workers: PoolWorker[] = [];
  /** In the order in which they came. */
  readonly #queue: ManagedExchange[] = [];
  /** Ended, and not gone yet. */
  readonly #ending = new Set<WorkerProcess>();
  #spec: WorkerSpec;
  /** Why it did not come to life, the last time; null once it has. */
  #lastFailure: RunFailure | null = null;
  #nextId = 1;
  /** Waited for, once no request is left. */
  #onIdle: (() => void) | null = null;
  #isClosed = false;

  /** `name`: for people. */
  constructor(name: string, spec: WorkerSpec, deps: ApplicationDeps) {
    this.name = name;
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

  /** Of the processes that live, Unix time in ms; Infinity when there are none. */
  get oldestStart(): number {
    return Math.min(...this.#workers.map(({ startedAt }) => startedAt ?? Number.POSITIVE_INFINITY));
  }

  get lastFailure(): RunFailure | null {
    return this.#lastFailure;
  }

  /** As the newest request, or the configuration, has it. Processes of another plan are replaced as they become free. */
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

  /** Every process is replaced: now, or after its request. */
  restart(): void {
    this.#lastFailure = null;
    for (const worker of this.#workers.splice(this.#spec.count)) worker.close();
    for (const worker of this.#workers) worker.restart();
    if (this.#spec.always) this.#startAll();
    this.#dispatch();
  }

  /** One process is replaced: now, or after its request. False when there is none of that name. */
  restartWorker(id: string): boolean {
    const worker = this.#workers.find((one) => one.id === id);
    if (!worker) return false;
    this.#lastFailure = null;
    worker.restart();
    if (this.#spec.always) this.#startAll();
    this.#dispatch();
    return true;
  }

  /** No further request comes: those that are there are served, then it is closed. Resolves when the processes are gone. */
  async retire(): Promise<void> {
    if (this.#queue.length > 0 || this.#workers.some(({ exchange }) => exchange !== null)) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
    }
    await this.close();
  }

  /** Ends every process; resolves when they are gone. Requests that still wait are told. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#onIdle?.();
    for (const worker of this.#workers) worker.close();
    for (const exchange of [...this.#queue]) exchange.stop();
    while (this.#ending.size > 0) await Promise.all([...this.#ending].map(({ gone }) => gone));
  }

  // What its workers and requests call.

  get starter(): Starter {
    return this.#deps.starter;
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
    if (this.#workers.some((worker) => worker.isAlive)) return; // there is hope
    for (const exchange of this.#queue.splice(0)) exchange.fail(failure);
  }

  ending(process: WorkerProcess): void {
    this.#ending.add(process);
    void process.gone.then(() => this.#ending.delete(process));
  }

  output(worker: PoolWorker, bytes: Uint8Array): void {
    for (const line of Buffer.from(bytes).toString("utf8").split(/\r?\n/)) {
      if (line.trim() !== "")
        this.#deps.wrote(`${this.name}, worker ${worker.id}: ${line.slice(0, maxLineCharacters)}`);
    }
  }

  warn(message: string): void {
    this.#deps.warn(message);
  }

  again(exchange: ManagedExchange): void {
    this.#queue.unshift(exchange);
    this.#dispatch();
  }

  abandoned(exchange: ManagedExchange): void {
    removeItem(this.#queue, exchange);
    this.free();
  }

  /** Gives waiting requests to free workers. */
  #dispatch(): void {
    if (this.#isClosed) return;
    for (;;) {
      const worker = this.#queue.length > 0 ? this.#freeWorker() : null;
      const exchange = worker && this.#queue.shift();
      if (!worker || !exchange) break;
      worker.take(exchange);
    }
    this.changed();
  }

  /** One that lives, else one whose process is yet to be started. */
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

  #startAll(): void {
    while (this.#workers.length < this.#spec.count) this.#addWorker();
    for (const worker of this.#workers) if (worker.isFree) worker.start();
  }

  /** Set while nothing lives and it will be a while until the next try. */
  #failureWhilePaused(): RunFailure | null {
    if (this.#lastFailure === null) return null;
    let leftMs = Number.POSITIVE_INFINITY;
    for (const worker of this.#workers) {
      if (worker.restartsAt === null) return null;
      leftMs = Math.min(leftMs, worker.restartsAt - Date.now());
    }
    return leftMs > shortPauseMs && leftMs < Number.POSITIVE_INFINITY ? pausing(this.#lastFailure, leftMs) : null;
  }
}

const maxLineCharacters = 2000;
