// One place for a process of an application: its listening socket, the process that lives on it now, and the request that one serves.
// The socket stays when a process dies: a request that nobody had begun with waits in its backlog for the next. Whatever is replaced on
// purpose gets a new socket, so that two processes never accept from one.
import type { ProcessInfo } from "../../contract/trace.js";
import type { WorkerState } from "../../contract/workers-contract.js";
import type { ListeningSocket } from "../../spawn/listening-socket.js";
import { type Exit, StartError, type Starter } from "../../spawn/start.js";
import { FastcgiClient } from "../fastcgi/client.js";
import type { RunFailure } from "../runner.js";
import { couldNotStart, endedAtStart, exitWords } from "./failures.js";
import type { Death, ExchangeWorker, ManagedExchange } from "./managed-exchange.js";
import { RestartPause } from "./restart-pause.js";
import type { WorkerPlan } from "./worker-plan.js";
import { WorkerProcess } from "./worker-process.js";

/** Between TERM and KILL, ms. */
const graceMs = 2000;
/** A process that has lived this long without a word counts as ready, ms. */
const readyMs = 100;
/** After a connection broke in mid-request the end of its process is waited for this long, ms. */
const deathMs = 250;
/** Processes that a signal ended before they had answered anything: after so many in a row their request is not kept waiting. */
const maxSignalledStarts = 3;
/** An application that dies of its requests is started again after at most this pause: others may be served. ms. */
const longestPauseMs = 1000;

export interface WorkerHost {
  readonly starter: Starter;
  /** For people: "cgi-bin/cart.fcgi". */
  readonly name: string;
  /** By which the next process is started. */
  plan(): WorkerPlan;
  listen(): Promise<ListeningSocket>;
  /** Something to show is different. */
  changed(): void;
  /** It may take a request. */
  free(): void;
  /** Its process failed before it answered anything; a failure to tell those who wait. */
  startFailed(failure: RunFailure): void;
  /** Ended on purpose; alive still. */
  ending(process: WorkerProcess): void;
  /** What a process writes that serves nobody. */
  output(worker: Worker, bytes: Uint8Array): void;
  warn(message: string): void;
}

export interface LastExit {
  /** Unix time, ms. */
  readonly at: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

export class Worker implements ExchangeWorker {
  readonly id: string;
  readonly #host: WorkerHost;
  #socket: ListeningSocket | null = null;
  #client: FastcgiClient | null = null;
  #process: WorkerProcess | null = null;
  #info: ProcessInfo | null = null;
  #exchange: ManagedExchange | null = null;
  #identity = "";
  #isStarting = false;
  #isClosed = false;
  /** The process lives, and has answered or lived for a moment. */
  #isReady = false;
  /** Requests the present process was given, and answered. */
  #requests = 0;
  #answered = 0;
  #signalledStarts = 0;
  #lastExit: LastExit | null = null;
  readonly #pause = new RestartPause(() => {
    if (this.#exchange) this.start();
    this.#goOn();
  });
  #readyTimer: NodeJS.Timeout | null = null;
  /** Waits for the process's end. */
  #onDeath: ((death: Death | null) => void) | null = null;

  constructor(id: string, host: WorkerHost) {
    this.id = id;
    this.#host = host;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  get startedAt(): number | null {
    return this.#process?.startedAt ?? null;
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

  /** Unix time, ms; null when no pause is made. */
  get restartsAt(): number | null {
    return this.#pause.until;
  }

  get state(): WorkerState {
    if (this.restartsAt !== null) return "backing-off";
    if (this.#isStarting || (this.#process && !this.#isReady && this.#exchange === null)) return "starting";
    if (this.#exchange !== null) return "busy";
    return this.#process ? "idle" : "ended";
  }

  /** It may take a request now. */
  get isFree(): boolean {
    return this.#exchange === null && this.restartsAt === null && !this.#isClosed;
  }

  /** Free, and its process is there already. */
  get isIdle(): boolean {
    return this.isFree && this.#process !== null;
  }

  /** Something lives here, or is about to. */
  get isAlive(): boolean {
    return this.#process !== null || this.#isStarting;
  }

  /** The same object for all requests of a process: each trace keeps it. */
  processInfo(): ProcessInfo | null {
    if (this.#process && this.#info?.pid !== this.#process.pid) this.#info = info(this.#process.pid, this.#host.starter.kind);
    return this.#process && this.#info;
  }

  hear(): void {
    this.#process?.look();
  }

  /** Must be free. */
  take(exchange: ManagedExchange): void {
    if (this.#process && this.#identity !== this.#host.plan().identity) this.#replace();
    this.#exchange = exchange;
    exchange.takenBy(this);
    if (this.#process && this.#client) {
      this.#requests++;
      exchange.begin(this.#client);
    } else this.start();
    this.#host.changed();
  }

  /** Starts a process where none is. */
  start(): void {
    if (this.#isStarting || this.#process || this.#isClosed) return;
    this.#pause.end();
    this.#isStarting = true;
    this.#start().catch((error: unknown) => this.#refused(error));
    this.#host.changed();
  }

  /** The request is over; `isFree` false: but the application may still be at it. */
  done(exchange: ManagedExchange, isFree: boolean): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    this.#answered++;
    this.#signalledStarts = 0;
    this.#isReady ||= this.#process !== null;
    const { requests, identity } = this.#host.plan();
    const isUsedUp = requests !== null && this.#requests >= requests;
    if (!isFree || isUsedUp || identity !== this.#identity) this.#replace();
    this.#goOn();
  }

  /** Its process is only being started: it takes another request. */
  left(exchange: ManagedExchange): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    this.#goOn();
  }

  /** Nobody had begun with the request; the socket's file may be gone, and then nobody ever would. */
  unreachable(exchange: ManagedExchange): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    if (this.#socket && !this.#socket.isReachable()) {
      this.#host.warn(`${this.#host.name}: the socket file of worker ${this.id} was removed, so that nobody reached it: it was replaced.`);
      this.#replace();
    }
    this.#host.changed();
  }

  /** Replaced now, or after its request. */
  restart(): void {
    this.#pause.forget();
    this.#signalledStarts = 0;
    this.#identity = "";
    if (this.#exchange === null && !this.#isStarting) this.#replace();
    this.#goOn();
  }

  /** Ends it for good. What it serves is cut off. */
  close(): void {
    this.#isClosed = true;
    this.#pause.end();
    this.#replace();
  }

  /** How its process ended, when that happens within a moment. */
  deathSoon(): Promise<Death | null> {
    if (!this.#process) return Promise.resolve(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#tellDeath(null), deathMs);
      this.#onDeath = (death) => {
        clearTimeout(timer);
        resolve(death);
      };
    });
  }

  async #start(): Promise<void> {
    const plan = this.#host.plan();
    this.#socket ??= await this.#host.listen();
    const socket = this.#socket;
    if (this.#isClosed) return this.#leave();
    this.#client ??= new FastcgiClient({
      address: { kind: "unix", path: socket.path },
      worker: `worker ${this.id}`,
      name: `Worker ${this.id} of ${this.#host.name}`,
      mend: "send again",
      connections: 1,
    });
    this.#identity = plan.identity;
    this.#requests = this.#answered = 0;
    this.#isReady = false;
    const process: WorkerProcess = await WorkerProcess.start(this.#host.starter, plan, socket.descriptor, {
      output: (bytes, at) => this.#output(process, bytes, at),
      exited: (exit) => setImmediate(() => this.#exited(process, exit)), // the end of its connections is heard first
    });
    this.#isStarting = false;
    if (this.#isClosed || this.#socket !== socket) {
      this.#host.ending(process);
      process.end(graceMs);
      return this.#leave();
    }
    this.#process = process;
    this.#readyTimer = setTimeout(() => {
      this.#isReady = true;
      this.#host.changed();
    }, readyMs).unref();
    if (this.#exchange && this.#client) {
      this.#requests++;
      if (!this.#exchange.isBegun) this.#exchange.begin(this.#client);
    }
    this.#host.changed();
    if (this.#exchange === null) this.#goOn();
  }

  /** Closed while it was being started. */
  #leave(): void {
    this.#isStarting = false;
    this.#dropSocket();
  }

  #refused(error: unknown): void {
    this.#isStarting = false;
    const failure = couldNotStart(
      error instanceof StartError ? error : new StartError("EIO", `The workbench itself failed: ${String(error)}`),
      this.#host.starter.kind,
    );
    this.#pause.begin(Number.POSITIVE_INFINITY);
    this.#lose(failure);
  }

  #output(process: WorkerProcess, bytes: Uint8Array, at: number): void {
    if (this.#process === process && this.#exchange) this.#exchange.output(bytes, at);
    else this.#host.output(this, bytes);
  }

  #exited(process: WorkerProcess, exit: Exit): void {
    if (this.#process !== process) return; // it was replaced
    const { exitCode, signal } = exit;
    this.#process = null;
    this.#isReady = false;
    if (this.#readyTimer) clearTimeout(this.#readyTimer);
    this.#lastExit = { at: Date.now(), exitCode, signal };
    const death = { words: `Worker ${this.id} (process ${process.pid}) ${exitWords(exit)}`, info: { ...info(process.pid, this.#host.starter.kind), ...exit } };
    this.#tellDeath(death);
    const plan = this.#host.plan();
    const hasWorked = this.#answered > 0 || this.#exchange?.isDying === true;
    if (exitCode === 0 && hasWorked) {
      if (this.#exchange || plan.always) this.start();
      this.#host.changed();
      return;
    }
    const pauseMs = this.#pause.begin(hasWorked ? longestPauseMs : Number.POSITIVE_INFINITY);
    this.#host.warn(`${this.#host.name}: worker ${this.id} (process ${process.pid}) ${exitWords(exit)}. It is started again in ${pauseMs} ms at the earliest.`);
    this.#signalledStarts++;
    const mayBeChance = hasWorked || (signal !== null && this.#signalledStarts < maxSignalledStarts);
    if (mayBeChance) this.#host.changed();
    else this.#lose(endedAtStart(this.#host.name, process, exit, this.#host.starter.kind));
  }

  /** It does not come to life: its request, and who else waits for it, are told. */
  #lose(failure: RunFailure): void {
    const exchange = this.#exchange;
    this.#exchange = null;
    if (exchange) this.#dropSocket(); // the request waits in its backlog, and must not be served any more
    exchange?.fail(failure);
    this.#host.startFailed(failure);
    this.#host.changed();
  }

  #tellDeath(death: Death | null): void {
    const tell = this.#onDeath;
    this.#onDeath = null;
    tell?.(death);
  }

  /** The process goes, with its socket; the next request begins anew. */
  #replace(): void {
    const process = this.#process;
    this.#process = null;
    this.#isReady = false;
    if (this.#readyTimer) clearTimeout(this.#readyTimer);
    this.#tellDeath(null);
    this.#dropSocket();
    if (!process) return;
    this.#host.ending(process);
    process.end(graceMs);
  }

  #dropSocket(): void {
    this.#client?.close();
    this.#socket?.close();
    this.#client = null;
    this.#socket = null;
  }

  #goOn(): void {
    if (this.#host.plan().always && this.isFree) this.start();
    this.#host.changed();
    if (this.isFree) this.#host.free();
  }
}

function info(pid: number, start: Starter["kind"]): ProcessInfo {
  return { pid, start, exitCode: null, signal: null, errno: null, userMs: null, systemMs: null, maxRssKb: null };
}
