// One process of a FastCGI application: started on a listening socket; its stdout and stderr are read, because a full
// pipe would block it; its exit is reported after all of its output.
import { readFileSync } from "node:fs";
import type { ByteString } from "../../contract/bytes-text.js";
import { hasGroup } from "../../spawn/sessions/session.js";
import {
  type Child,
  type ChildEvents,
  type Exit,
  graceMs,
  lostMs,
  type Starter,
  unknownExit,
} from "../../spawn/start.js";

/** How long to wait for processes that hold stdout or stderr after the exit, ms. */
const heldMs = 250;
/** PF_EXITING in the kernel's flags of a process. */
const exitingFlag = 0x4;
/** The end of its output outside FastCGI is kept, to explain why it died. */
const lastWordsBytes = 4096;

interface ProcessToStart {
  readonly argv: readonly ByteString[];
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
}

interface WorkerProcessEvents {
  /** Bytes on stdout or stderr, outside FastCGI. */
  output(bytes: Uint8Array, at: number): void;
  /** It has exited, and all of its output was reported. */
  exited(exit: Exit): void;
}

export class WorkerProcess implements ChildEvents {
  /** Unix time, ms. */
  readonly startedAt = Date.now();
  /** Resolves when it has exited, or counts as gone. */
  readonly gone: Promise<void>;
  readonly #events: WorkerProcessEvents;
  #child: Child | null = null;
  #exit: Exit | null = null;
  #stdoutOver = false;
  #stderrOver = false;
  #isGone = false;
  #heldTimer: NodeJS.Timeout | null = null;
  #lostTimer: NodeJS.Timeout | null = null;
  #tellGone: () => void = () => {};
  #lastWords: Uint8Array[] = [];
  #lastWordsBytes = 0;

  /** @throws StartError */
  static async start(
    starter: Starter,
    { argv, env, cwd }: ProcessToStart,
    descriptor: number,
    events: WorkerProcessEvents,
  ): Promise<WorkerProcess> {
    const [file] = argv;
    if (file === undefined) throw new Error("a worker's plan must name a program");
    const process = new WorkerProcess(events);
    process.#child = await starter.start({ file, argv, env, cwd, stdin: { descriptor } }, process);
    return process;
  }

  private constructor(events: WorkerProcessEvents) {
    this.#events = events;
    this.gone = new Promise((resolve) => {
      this.#tellGone = resolve;
    });
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The end of its output outside FastCGI, as latin1. */
  get lastWords(): string {
    return Buffer.concat(this.#lastWords).toString("latin1");
  }

  /** After its exit: others of its session live. One system call if there are none. */
  get hasSurvivors(): boolean {
    return this.#child !== null && hasGroup(this.pid) && this.#child.survivors().length > 0;
  }

  /** False on a system that does not tell. An exiting process closes its connections before its exit is reported. */
  isLiving(): boolean {
    try {
      const flags = readFileSync(`/proc/${this.pid}/stat`, "latin1").split(") ")[1]?.split(" ")[6];
      return flags !== undefined && (Number(flags) & exitingFlag) === 0;
    } catch {
      return false; // it is gone, or there is no /proc
    }
  }

  /** TERM, and KILL after a while, to its whole session. One that no signal reaches counts as gone some time later. */
  end(): void {
    this.#child?.end(graceMs);
    if (!this.#exit) this.#lostTimer ??= setTimeout(() => this.exit(unknownExit), graceMs + lostMs);
  }

  /**
   * Reports its output so far: output of an ended request must not be attributed to the next. False: some may
   * come when the event loop has turned.
   */
  look(): boolean {
    if (!this.#child) return true;
    const isOutRead = this.#child.stdout.look();
    return this.#child.stderr.look() && isOutRead;
  }

  stdout(bytes: Uint8Array, at: number): boolean {
    this.#output(bytes, at);
    return true;
  }

  stderr(bytes: Uint8Array, at: number): boolean {
    this.#output(bytes, at);
    return true;
  }

  stdoutEnd(): void {
    this.#stdoutOver = true;
    this.#settle();
  }

  stderrEnd(): void {
    this.#stderrOver = true;
    this.#settle();
  }

  stdinDrain(): void {}

  exit(exit: Exit): void {
    if (this.#exit) return; // of a process that was given up
    this.#exit = exit;
    if (this.#lostTimer) clearTimeout(this.#lostTimer);
    if (hasGroup(this.pid)) this.end(); // a child of a process that has gone would go on accepting requests
    this.#heldTimer = setTimeout(() => {
      this.#child?.stdout.close();
      this.#child?.stderr.close();
      this.#stdoutOver = this.#stderrOver = true;
      this.#settle();
    }, heldMs);
    this.#settle();
  }

  #output(bytes: Uint8Array, at: number): void {
    this.#lastWords.push(bytes);
    this.#lastWordsBytes += bytes.length;
    if (this.#lastWordsBytes > 2 * lastWordsBytes || this.#lastWords.length > 64) {
      const end = Buffer.concat(this.#lastWords).subarray(-lastWordsBytes);
      this.#lastWords = [end];
      this.#lastWordsBytes = end.length;
    }
    this.#events.output(bytes, at);
  }

  #settle(): void {
    if (this.#isGone || !this.#exit || !this.#stdoutOver || !this.#stderrOver) return;
    this.#isGone = true;
    if (this.#heldTimer) clearTimeout(this.#heldTimer);
    this.#events.exited(this.#exit);
    this.#tellGone();
  }
}
