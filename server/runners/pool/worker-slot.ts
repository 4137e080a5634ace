// A slot for one process of an application: its listening socket, and the current process on it. The socket outlives a
// process that dies: a request that it had not begun waits in the backlog for the next one. A process that is replaced
// on purpose, or that its children outlive, gets a new socket, so that no two ever accept from the same one.
import type { ProcessInfo } from "../../contract/trace.js";
import type { ListeningSocket } from "../../spawn/native/listening-socket.js";
import type { Exit, Starter } from "../../spawn/start.js";
import { FastcgiClient } from "../fastcgi/client.js";
import { WorkerProcess } from "./worker-process.js";
import type { WorkerSpec } from "./worker-spec.js";

/** A process that has lived this long without output counts as ready, ms. */
const readyMs = 100;
/** How long to wait for the exit of a process after its connection broke in mid-request, ms. */
const deathMs = 250;
/** How often to see whether what outlives a process has gone, and for how long: some are beyond signals, ms. */
const survivorsMs = 50;
const survivorsLimitMs = 3000;

/** How a process ended. */
export interface ExitInfo {
  readonly worker: string;
  readonly pid: number;
  readonly info: ProcessInfo;
}

export interface WorkerSlotHost {
  readonly starter: Starter;
  /** The id of the worker. */
  readonly id: string;
  /** The application's name, for display: "cgi-bin/cart.fcgi". */
  readonly name: string;
  listen(): Promise<ListeningSocket>;
  /** Its process is running. */
  started(client: FastcgiClient): void;
  /** It could not be started. */
  refused(error: unknown): void;
  /** The start was cancelled: the slot is empty, and a caller that needs it starts another process. */
  givenUp(): void;
  /** The process has exited, and was not replaced on purpose. */
  exited(process: WorkerProcess, death: ExitInfo): void;
  /** Ended on purpose; still exiting. */
  ending(process: WorkerProcess): void;
  /** Output of a process outside FastCGI; `isPresent`: it is the current one. */
  output(bytes: Uint8Array, at: number, isPresent: boolean): void;
  changed(): void;
}

export class WorkerSlot {
  readonly #host: WorkerSlotHost;
  #socket: ListeningSocket | null = null;
  /** A start under way has its number: closed before that settles, the number may be another file's. */
  #startsOn: ListeningSocket | null = null;
  #client: FastcgiClient | null = null;
  #process: WorkerProcess | null = null;
  #info: ProcessInfo | null = null;
  #identity = "";
  #isStarting = false;
  #isClosed = false;
  #isReady = false;
  #readyTimer: NodeJS.Timeout | null = null;
  /** Waits for the exit of the process. */
  #onDeath: ((death: ExitInfo | null) => void) | null = null;

  constructor(host: WorkerSlotHost) {
    this.#host = host;
  }

  get process(): WorkerProcess | null {
    return this.#process;
  }

  /** Connects to the current process. */
  get client(): FastcgiClient | null {
    return this.#process && this.#client;
  }

  /** The identity of the spec by which the process was started; "" if it is out of date under any spec. */
  get identity(): string {
    return this.#identity;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** The process lives, and has responded or lived for a moment. */
  get isReady(): boolean {
    return this.#isReady;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** False: the socket's file was removed, so no client can reach the process. */
  get isReachable(): boolean {
    return this.#socket === null || this.#socket.isReachable();
  }

  /** A client is connected that the process has not accepted. */
  get isNotAccepting(): boolean {
    return this.#socket?.hasUnaccepted() ?? false;
  }

  /** Gives one object for all requests of a process, because each trace keeps it. */
  info(): ProcessInfo | null {
    if (this.#process && this.#info?.pid !== this.#process.pid)
      this.#info = processInfo(this.#process.pid, this.#host.starter.kind);
    return this.#process && this.#info;
  }

  /** It has responded. */
  ready(): void {
    this.#isReady ||= this.#process !== null;
  }

  /** Marks the process for replacement as soon as it is free. */
  outdate(): void {
    this.#identity = "";
  }

  /** Starts a process. There must be none, and no start in progress. */
  start(spec: WorkerSpec): void {
    this.#isStarting = true;
    this.#identity = spec.identity;
    this.#start(spec).catch((error: unknown) => {
      this.#isStarting = false;
      if (!this.#isClosed) this.#host.refused(error);
    });
  }

  /** How the process ended, if that happens within a moment. */
  waitForExit(): Promise<ExitInfo | null> {
    if (!this.#process) return Promise.resolve(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#reportExit(null), deathMs);
      this.#onDeath = (death) => {
        clearTimeout(timer);
        resolve(death);
      };
    });
  }

  /** Ends the process, and closes its socket. */
  clear(): void {
    const process = this.#process;
    this.#process = null;
    this.#unready();
    this.#reportExit(null);
    this.dropSocket();
    if (process) this.#end(process);
  }

  /** Drops the requests in its backlog. */
  dropSocket(): void {
    this.#client?.close();
    if (this.#socket !== this.#startsOn) this.#socket?.close();
    this.#client = null;
    this.#socket = null;
  }

  /** Closes the slot for good. */
  close(): void {
    this.#isClosed = true;
    this.clear();
  }

  async #start(spec: WorkerSpec): Promise<void> {
    this.#socket ??= await this.#host.listen();
    const socket = this.#socket;
    if (this.#isClosed) return this.#leave();
    const { starter, id, name } = this.#host;
    this.#client ??= new FastcgiClient({
      address: { kind: "unix", path: socket.path },
      worker: `worker ${id}`,
      who: { address: null, worker: id, application: name },
      from: "worker",
      connections: 1,
      hasProcess: true,
    });
    this.#client.forget();
    this.#isReady = false;
    this.#startsOn = socket;
    const process: WorkerProcess = await WorkerProcess.start(starter, spec, socket.descriptor, {
      output: (bytes, at) => this.#host.output(bytes, at, this.#process === process),
      exited: (exit) => setImmediate(() => this.#exited(process, exit)), // the end of its connections is handled first
    }).finally(() => {
      this.#startsOn = null;
      if (this.#socket !== socket) socket.close(); // it was dropped meanwhile
    });
    this.#isStarting = false;
    if (this.#isClosed || this.#socket !== socket) {
      this.#end(process);
      this.#leave();
      if (!this.#isClosed) this.#host.givenUp();
      return;
    }
    this.#process = process;
    this.#readyTimer = setTimeout(() => {
      this.#isReady = true;
      this.#host.changed();
    }, readyMs).unref();
    this.#host.started(this.#client);
  }

  /** Closed, or cleared, during the start. */
  #leave(): void {
    this.#isStarting = false;
    this.dropSocket();
  }

  #exited(process: WorkerProcess, exit: Exit, until = performance.now() + survivorsLimitMs): void {
    if (this.#process !== process) return; // it was replaced
    if (process.hasSurvivors) {
      // They are being ended, and accept until then. A request that they have left in the backlog is for the next
      // process; else that gets a socket of its own.
      if (this.isNotAccepting && performance.now() < until) {
        setTimeout(() => this.#exited(process, exit, until), survivorsMs);
        return;
      }
      this.dropSocket();
    }
    this.#process = null;
    this.#unready();
    const info = { ...processInfo(process.pid, this.#host.starter.kind), ...exit };
    const death = { worker: this.#host.id, pid: process.pid, info };
    this.#reportExit(death);
    this.#host.exited(process, death);
  }

  #end(process: WorkerProcess): void {
    this.#host.ending(process);
    process.end();
  }

  #unready(): void {
    this.#isReady = false;
    if (this.#readyTimer) clearTimeout(this.#readyTimer);
  }

  #reportExit(death: ExitInfo | null): void {
    const tell = this.#onDeath;
    this.#onDeath = null;
    tell?.(death);
  }
}

function processInfo(pid: number, start: Starter["kind"]): ProcessInfo {
  return { pid, start, exitCode: null, signal: null, errno: null, userMs: null, systemMs: null, maxRssKb: null };
}
