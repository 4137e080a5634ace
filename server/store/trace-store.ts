// Passes the traces of requests to the store's own thread. Nothing here waits, and nothing fails: what the thread
// cannot keep up with is shortened first (the bytes of its streams are left out), then lost, and counted.
import { setTimeout } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { errorText } from "../base/error-text.js";
import { startThread } from "../base/start-thread.js";
import { goneFolderDays, maxStoresBytes } from "../contract/limits.js";
import type { ProblemMessage } from "../contract/problem.js";
import type { Finding } from "../contract/trace.js";
import { type EncodedTrace, traceParts } from "../trace/codec/encode-trace.js";
import { recordKind } from "../trace/codec/record.js";
import { contextParts, type SharedContext } from "../trace/codec/shared-contexts.js";
import type { TraceRecord } from "../trace/trace-record.js";
import type { TraceSink } from "../trace/trace-sink.js";
import { allBytes } from "../trace/trace-streams.js";
import { storeMessage } from "./messages.js";
import { PassedOn } from "./passed-on.js";
import { newRing, RingWriter, type SharedRing } from "./shared-ring.js";
import { storePath } from "./store-path.js";
import type { StoreWriterOptions } from "./store-writer.js";
import type { ScriptVersion } from "./version-writer.js";

/**
 * What the thread says, for the first time when it begins: a message for the
 * log; `isOff`: it stores nothing from now on; `isOtherFile`: it stores in
 * another file than before, of the same name.
 */
export interface StoreWord {
  readonly message: ProblemMessage | null;
  readonly isOff: boolean;
  readonly isOtherFile: boolean;
}

/** Contexts that similar traces refer to; then all are forgotten, and those in use are written again. */
const maxContexts = 256;
/** How often it is asked whether the thread has caught up. */
const askEveryMs = 10;

/** Writes traces into a ring. */
export class RingSink implements TraceSink {
  isOff = false;
  readonly #ring: RingWriter;
  readonly #onScript: (hash: string) => void;
  readonly #onUse: () => void;
  readonly #contexts = new Map<SharedContext, number>();
  #nextContext = 1;
  /** Contexts below this number are not referred to any more. */
  #floor = 1;

  /**
   * `onScript`: called with the hash of the script of each ended trace. `onUse`: called whenever the thread has
   * something to take from the ring, before that is written.
   */
  constructor(ring: SharedRing, onScript: (hash: string) => void = () => {}, onUse: () => void = () => {}) {
    this.#ring = new RingWriter(ring);
    this.#onScript = onScript;
    this.#onUse = onUse;
  }

  ended(trace: TraceRecord, encoded: EncodedTrace): boolean {
    if (!this.#isUsed()) return false;
    const { context } = encoded;
    const number = this.#contexts.get(context) ?? this.#writeContext(context);
    const floor = encoded.pinned ? 1 : 0;
    const ring = this.#ring;
    const isTooLarge = keptBytes(trace) > ring.size / 4;
    const isShortened = number > 0 && (isTooLarge || ring.backlog > ring.size / 2);
    const isWritten =
      number > 0 &&
      (isShortened
        ? ring.write({ ...traceParts(trace, context, true), number, floor })
        : ring.copy(encoded, number, floor));
    if (!isWritten) ring.countLost();
    else if (isShortened) ring.countShortened(isTooLarge);
    const { scriptHash } = trace.route;
    if (scriptHash !== null) this.#onScript(scriptHash);
    return isWritten;
  }

  found(id: string, findings: readonly Finding[]): void {
    this.#write(recordKind.findings, { id, findings });
  }

  pinned(id: string, pinned: boolean): void {
    this.#write(recordKind.pin, { id, pinned });
  }

  async room(trace: TraceRecord): Promise<void> {
    if (!this.#isUsed()) return;
    const { size } = this.#ring;
    if (allBytes(trace) < size / 4) return this.#caughtUp(size / 4);
    await this.#caughtUp(size / 16);
    this.#ring.rewind();
    await this.#caughtUp(size / 16);
  }

  /** Resolves when the thread has taken all but so many bytes. */
  async #caughtUp(backlog: number): Promise<void> {
    while (!this.isOff && this.#ring.backlog > backlog) await setTimeout(askEveryMs);
  }

  #write(kind: number, facts: object): void {
    if (this.#isUsed()) this.#ring.write({ kind, json: JSON.stringify(facts) });
  }

  /** False: nothing is stored. */
  #isUsed(): boolean {
    if (!this.isOff) this.#onUse(); // the thread may fail to begin
    return !this.isOff;
  }

  forget(): void {
    this.#forgetContexts();
    const hasWritten = this.#nextContext > 1;
    if (hasWritten && !this.isOff) this.#ring.write({ kind: recordKind.floor, floor: this.#floor });
  }

  #forgetContexts(): void {
    this.#contexts.clear();
    this.#floor = this.#nextContext;
  }

  /** Its number; 0: there was no room. */
  #writeContext(context: SharedContext): number {
    if (this.#contexts.size >= maxContexts) this.#forgetContexts();
    const number = this.#nextContext;
    if (!this.#ring.write({ ...contextParts(context), number, floor: this.#floor })) return 0;
    this.#nextContext++;
    this.#contexts.set(context, number);
    return number;
  }
}

/** Streams that share memory count once: the record has their bytes once. */
function keptBytes({ request, stdout, stderr, response, fastcgi }: TraceRecord): number {
  const input = request.body.captured;
  const output = ((stdout ?? response?.body)?.captured ?? 0) + (stderr?.captured ?? 0);
  return fastcgi
    ? Math.max(input, fastcgi.sent.captured) + Math.max(output, fastcgi.received.captured)
    : input + output;
}

const budgetOfAll = { maxBytes: maxStoresBytes, maxGoneMs: goneFolderDays * 24 * 3_600_000 };

export interface TraceStoreOptions {
  /** The workspace's folder, absolute and without links. */
  readonly root: string;
  readonly onMessage: (message: ProblemMessage) => void;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** The script with this hash, as it ran; null: it is not known. */
  readonly versionOf?: (hash: string) => Uint8Array | null;
  readonly start?: typeof startThread;
}

/** What the thread is told: to store a script, or to end. */
export type StoreCall = ScriptVersion | "close";

interface StoreThread {
  /** Null: it could not begin. */
  readonly worker: Worker | null;
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
}

/**
 * The store of one workspace, for writing. Its thread begins when there is something to store, or when `ready` is
 * called: a window that opens needs the processor for its list first.
 */
export class TraceStore {
  readonly sink: RingSink;
  readonly #options: StoreWriterOptions;
  readonly #start: typeof startThread;
  readonly #onMessage: (message: ProblemMessage) => void;
  readonly #passedOn: PassedOn;
  #thread: StoreThread | null = null;

  constructor({ root, onMessage, maxBytes, maxAgeMs, versionOf = () => null, start = startThread }: TraceStoreOptions) {
    const ring = newRing();
    this.#start = start;
    this.#options = { path: storePath(root), root, ring, maxBytes, maxAgeMs, all: budgetOfAll };
    this.#onMessage = onMessage;
    const post = (version: ScriptVersion): void => this.#begun().worker?.postMessage(version satisfies StoreCall);
    this.#passedOn = new PassedOn({ versionOf, post });
    this.sink = new RingSink(
      ring,
      (hash) => this.#passedOn.ran(hash),
      () => void this.#begun(),
    );
  }

  /** Resolves when the thread stores traces, or cannot. */
  ready(): Promise<void> {
    return this.#begun().ready;
  }

  /** Resolves when everything is in the file. */
  async close(): Promise<void> {
    if (this.#thread === null) {
      this.sink.isOff = true;
      return;
    }
    const { worker, ended } = this.#thread;
    worker?.ref();
    worker?.postMessage("close" satisfies StoreCall);
    await ended;
  }

  #begun(): StoreThread {
    this.#thread ??= this.#begin();
    return this.#thread;
  }

  #begin(): StoreThread {
    let worker: Worker;
    try {
      worker = this.#start("store-worker", this.#options);
    } catch (error) {
      this.#fail(errorText(error)); // the system has no room for another thread
      return { worker: null, ready: Promise.resolve(), ended: Promise.resolve() };
    }
    const ready = new Promise<void>((resolve) => {
      worker.once("message", () => resolve()).once("exit", () => resolve());
    });
    worker.on("message", ({ message, isOff, isOtherFile }: StoreWord) => {
      if (isOff) this.sink.isOff = true;
      if (isOtherFile) this.#passedOn.forget();
      if (message) this.#onMessage(message);
    });
    const ended = new Promise<void>((resolve) => {
      worker.once("exit", () => {
        this.sink.isOff = true;
        resolve();
      });
    });
    worker.on("error", ({ message }) => this.#fail(message));
    return { worker, ready, ended };
  }

  #fail(systemText: string): void {
    this.sink.isOff = true;
    this.#onMessage(storeMessage("store-failed", { path: this.#options.path, systemText }));
  }
}
