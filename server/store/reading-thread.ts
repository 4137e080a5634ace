// Reads the stored traces of one workspace, and writes what the user does with them, in a thread of its own, so that no
// search makes a request wait. The thread begins with the first call, or before.
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { entry } from "../base/built-files.js";
import { errorText } from "../base/error-text.js";
import { threadHeap } from "../base/heap.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import type { StoredFigures } from "../contract/figures-contract.js";
import type { TraceRow } from "../contract/trace.js";
import type { WrittenMarks } from "../contract/trace-marks.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { decodeStored, type StoredTrace } from "../trace/codec/decode-trace.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { storeMessage } from "./messages.js";
import {
  type ListRange,
  type ListStep,
  listOfMemory,
  noFacts,
  noFigures,
  noneRemoved,
  nothingFound,
  type RemovedTraces,
  type SearchStep,
  type StoreFacts,
} from "./store-answers.js";
import type { StoreChanges, WatchRange } from "./store-watch.js";

/** What other processes have done since the look before. */
export interface StoreNews extends Omit<StoreChanges, "places" | "isMore"> {
  /** The rows of the traces that they have stored, in that order. */
  readonly rows: readonly TraceRow[];
  /** There are more to ask for at once. */
  readonly isMore: boolean;
  /** What was known is no longer there: the file is a new one, or there is none. */
  readonly isAnother: boolean;
}

export interface Look extends WatchRange {
  /** Traces that wait for their rows get them now. */
  readonly isMaking: boolean;
}

const noFile = { rows: [], isMore: false, last: 0, marks: [], pins: [], isMarked: false } as const;

/** What the thread is asked; `ask` numbers the calls. */
export type ReaderCall =
  | { readonly ask: number; readonly kind: "search"; readonly query: TraceQuery; readonly limit: number }
  | { readonly ask: number; readonly kind: "list"; readonly query: TraceQuery; readonly range: ListRange }
  | { readonly ask: number; readonly kind: "get"; readonly trace: string }
  | { readonly ask: number; readonly kind: "facts" }
  | { readonly ask: number; readonly kind: "mark"; readonly trace: string; readonly marks: WrittenMarks }
  /** Hides those with these ids, and those that the query finds, without pinned ones; null: no others. */
  | {
      readonly ask: number;
      readonly kind: "remove";
      readonly traces: readonly string[];
      readonly query: TraceQuery | null;
      /** The part of the ids of the traces that are to be named. */
      readonly run: string;
      readonly at: number;
    }
  | { readonly ask: number; readonly kind: "restore"; readonly at: number }
  | {
      readonly ask: number;
      readonly kind: "purge";
      readonly from: number;
      readonly until: number;
      readonly withinMs: number | null;
    }
  | { readonly ask: number; readonly kind: "version"; readonly hash: string }
  | { readonly ask: number; readonly kind: "figures"; readonly file: string | null; readonly from: number | null }
  | { readonly ask: number; readonly kind: "look"; readonly look: Look }
  | { readonly ask: number; readonly kind: "cancel" }
  | { readonly ask: number; readonly kind: "close" };

export type ReaderAnswer =
  | { readonly ask: number; readonly kind: "step"; readonly step: SearchStep }
  | { readonly ask: number; readonly kind: "list"; readonly list: ListStep }
  | { readonly ask: number; readonly kind: "trace"; readonly trace: StoredTrace | null }
  | { readonly ask: number; readonly kind: "facts"; readonly facts: StoreFacts }
  | { readonly ask: number; readonly kind: "count"; readonly count: number }
  | { readonly ask: number; readonly kind: "removed"; readonly removed: RemovedTraces }
  | { readonly ask: number; readonly kind: "version"; readonly bytes: Uint8Array | null }
  | { readonly ask: number; readonly kind: "figures"; readonly figures: StoredFigures }
  /** Null: nothing has happened. */
  | { readonly ask: number; readonly kind: "news"; readonly news: StoreNews | null }
  /** Traces were left out of what was answered; told once for each file. */
  | { readonly ask: 0; readonly kind: "damaged" }
  | { readonly ask: number; readonly kind: "failed"; readonly why: StoreFailure; readonly systemText: string };

type StoreFailure = "newer" | "damaged-trace" | "unreadable";

interface Waiting {
  answer(answer: ReaderAnswer): void;
}

export class ReadingThread {
  readonly #path: string;
  readonly #onDamage: () => void;
  #worker: Worker | null = null;
  #ask = 0;
  readonly #waiting = new Map<number, Waiting>();
  /** Takes the bytes of deleted traces out of the file. */
  #purger: ReadingThread | null = null;
  readonly #purges = new SerialQueue();
  /** How often purges were ended: those from before do not begin any more. */
  #closes = 0;

  /** `path`: of the file, which need not exist. `onDamage`: called when damaged traces were left out of an answer. */
  constructor(path: string, onDamage = () => {}) {
    this.#path = path;
    this.#onDamage = onDamage;
  }

  /** Begins the thread: calls are to be expected. */
  prepare(): void {
    try {
      if (existsSync(this.#path)) this.#worker ??= this.#begin();
    } catch {
      // The system has no room for another thread: the call that follows fails in the same way, and says so.
    }
  }

  /** @throws ProblemError; the signal's reason when it aborts */
  async *search(query: TraceQuery, limit: number, signal: AbortSignal): AsyncGenerator<SearchStep> {
    const answers = this.#stream((ask) => ({ ask, kind: "search", query, limit }), signal);
    const stepOf = (answer: ReaderAnswer) => (answer.kind === "step" ? answer.step : nothingFound);
    yield* stepsUntilDone(existsSync(this.#path) ? answers : [], stepOf, nothingFound);
  }

  /** A list of stored traces and of those in memory. @throws ProblemError; the signal's reason when it aborts */
  async *list(query: TraceQuery, range: ListRange, signal: AbortSignal): AsyncGenerator<ListStep> {
    const nothing = listOfMemory(range);
    const answers = this.#stream((ask) => ({ ask, kind: "list", query, range }), signal);
    const stepOf = (answer: ReaderAnswer) => (answer.kind === "list" ? answer.list : nothing);
    yield* stepsUntilDone(existsSync(this.#path) ? answers : [], stepOf, nothing);
  }

  /** The answers to a call that has several. Whoever leaves early cancels it. */
  async *#stream(call: (ask: number) => ReaderCall, signal: AbortSignal): AsyncGenerator<ReaderAnswer> {
    signal.throwIfAborted();
    const ask = ++this.#ask;
    const answers: ReaderAnswer[] = [];
    let wake: (() => void) | null = null;
    this.#waiting.set(ask, {
      answer: (answer) => {
        answers.push(answer);
        wake?.();
      },
    });
    const onAbort = (): void => wake?.();
    signal.addEventListener("abort", onAbort);
    try {
      this.#post(call(ask));
      for (;;) {
        const answer = answers.shift();
        signal.throwIfAborted();
        if (answer?.kind === "failed") throw this.#problemOf(answer);
        if (answer !== undefined) {
          yield answer;
          continue;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#waiting.delete(ask);
      this.#worker?.postMessage({ ask, kind: "cancel" } satisfies ReaderCall); // what has ended knows of no such call
    }
  }

  /** Null: it is not stored. @throws ProblemError */
  async get(trace: string): Promise<TraceRecord | null> {
    if (!existsSync(this.#path)) return null;
    const answer = await this.#once((ask) => ({ ask, kind: "get", trace }));
    return answer.kind === "trace" && answer.trace ? decodeStored(answer.trace) : null;
  }

  /** @throws ProblemError */
  async facts(): Promise<StoreFacts> {
    if (!existsSync(this.#path)) return noFacts;
    const answer = await this.#once((ask) => ({ ask, kind: "facts" }));
    return answer.kind === "facts" ? answer.facts : noFacts;
  }

  /** Writes to a trace, which need not be in the file yet. False: nothing is stored. @throws ProblemError */
  async mark(trace: string, marks: WrittenMarks): Promise<boolean> {
    return (await this.#count((ask) => ({ ask, kind: "mark", trace, marks }))) > 0;
  }

  /** Hides traces. `run`: those of it are named; `at` names the deletion. @throws ProblemError */
  async remove(traces: readonly string[], query: TraceQuery | null, run: string, at: number): Promise<RemovedTraces> {
    if (!existsSync(this.#path)) return noneRemoved;
    const answer = await this.#once((ask) => ({ ask, kind: "remove", traces, query, run, at }));
    return answer.kind === "removed" ? answer.removed : noneRemoved;
  }

  /** Shows again what a deletion has hidden. Returns how many. @throws ProblemError */
  restore(at: number): Promise<number> {
    return this.#count((ask) => ({ ask, kind: "restore", at }));
  }

  /**
   * Removes the bytes of what was deleted from then until then, in a thread of its own: it takes seconds in a large
   * file. One after the other.
   * `by`: ends then (`performance.now`), and the file is not written anew. Returns how many traces. @throws
   * ProblemError
   */
  purge(from: number, until: number, by: number | null = null): Promise<number> {
    const closes = this.#closes;
    return this.#purges.run(async () => {
      const withinMs = by === null ? null : by - performance.now();
      if (this.#closes !== closes || (withinMs ?? 1) <= 0) return 0; // whoever opens the file next does it
      const purger = new ReadingThread(this.#path, this.#onDamage);
      this.#purger = purger;
      try {
        return await purger.#count((ask) => ({ ask, kind: "purge", from, until, withinMs }));
      } finally {
        this.#purger = null;
        await purger.close();
      }
    });
  }

  /** Ends the purges that were asked for until now; the next one who opens the file does them. */
  async endPurges(): Promise<void> {
    this.#closes++;
    await this.#purger?.close();
  }

  /** A script as it ran; null: it is not stored. @throws ProblemError */
  async version(hash: string): Promise<Uint8Array | null> {
    if (!existsSync(this.#path)) return null;
    const answer = await this.#once((ask) => ({ ask, kind: "version", hash }));
    return answer.kind === "version" ? answer.bytes : null;
  }

  /** Returns the figures of one script, by its path in the folder, or of all. @throws ProblemError */
  async figures(file: string | null, from: number | null): Promise<StoredFigures> {
    if (!existsSync(this.#path)) return noFigures;
    const answer = await this.#once((ask) => ({ ask, kind: "figures", file, from }));
    return answer.kind === "figures" ? answer.figures : noFigures;
  }

  /** Looks for what other processes have done; null: nothing. @throws ProblemError */
  async look(look: Look): Promise<StoreNews | null> {
    if (!existsSync(this.#path)) return look.after === 0 ? null : { ...noFile, isAnother: look.after !== null };
    const answer = await this.#once((ask) => ({ ask, kind: "look", look }));
    return answer.kind === "news" ? answer.news : null;
  }

  /**
   * The thread ends by itself after its current step: ended within a call of SQLite it would take the process with it.
   */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#fail("closed");
    await this.endPurges();
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => {
      worker.once("exit", () => resolve());
    });
    worker.ref();
    worker.postMessage({ ask: 0, kind: "close" } satisfies ReaderCall);
    await ended;
  }

  /** 0: there is no file. */
  async #count(call: (ask: number) => ReaderCall): Promise<number> {
    if (!existsSync(this.#path)) return 0;
    const answer = await this.#once(call);
    return answer.kind === "count" ? answer.count : 0;
  }

  #once(call: (ask: number) => ReaderCall): Promise<ReaderAnswer> {
    const ask = ++this.#ask;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, {
        answer: (answer) => {
          this.#waiting.delete(ask);
          if (answer.kind === "failed") reject(this.#problemOf(answer));
          else resolve(answer);
        },
      });
      this.#post(call(ask));
    });
  }

  #post(call: ReaderCall): void {
    try {
      this.#worker ??= this.#begin();
    } catch (error) {
      this.#fail(errorText(error)); // the system has no room for another thread
      return;
    }
    this.#worker.postMessage(call);
  }

  #begin(): Worker {
    const worker = new Worker(entry("store-reader"), {
      workerData: this.#path,
      execArgv: [],
      resourceLimits: threadHeap,
    });
    worker.unref(); // must not keep the process alive
    worker.on("message", (answer: ReaderAnswer) => {
      if (answer.kind === "damaged") this.#onDamage();
      else this.#waiting.get(answer.ask)?.answer(answer);
    });
    worker.once("error", (error) => this.#ended(worker, error.message));
    worker.once("exit", (code) => this.#ended(worker, `the thread ended with ${code}`));
    return worker;
  }

  /** The next call begins another one. */
  #ended(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#fail(why);
  }

  #fail(systemText: string): void {
    for (const [ask, waiting] of [...this.#waiting])
      waiting.answer({ ask, kind: "failed", why: "unreadable", systemText });
  }

  #problemOf({ why, systemText }: ReaderAnswer & { readonly kind: "failed" }): ProblemError {
    const path = this.#path;
    if (why === "newer") return new ProblemError(storeMessage("store-newer", { path }));
    if (why === "damaged-trace") return new ProblemError(storeMessage("store-damaged-trace", { path }));
    return new ProblemError(storeMessage("store-unreadable", { path, systemText }));
  }
}

/** The steps of a call, until one is the last. `nothing`: where nothing is stored. */
async function* stepsUntilDone<Step extends { readonly isDone: boolean }>(
  answers: AsyncIterable<ReaderAnswer> | Iterable<ReaderAnswer>,
  stepOf: (answer: ReaderAnswer) => Step,
  nothing: Step,
): AsyncGenerator<Step> {
  for await (const answer of answers) {
    const step = stepOf(answer);
    yield step;
    if (step.isDone) return;
  }
  yield nothing;
}
