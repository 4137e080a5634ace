// Reads the stored traces of one workspace, and writes what the user does with them, in a thread of its own, so that no
// search makes a request wait. The thread begins with the first call, or before.
import { on } from "node:events";
import { existsSync } from "node:fs";
import { MessageChannel, type Worker } from "node:worker_threads";
import { errorText } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import { startThread } from "../base/start-thread.js";
import { storeMessage } from "./messages.js";
import {
  type AnswerOf,
  type AskedOf,
  type ReaderCall,
  type ReaderCallName,
  type ReaderReply,
  whenNothingStored,
} from "./store-answers.js";

/** The thread, and why it has ended. */
interface Running {
  readonly worker: Worker;
  readonly ended: Promise<string>;
}

export class ReadingThread {
  readonly #path: string;
  readonly #onDamage: () => void;
  readonly #start: typeof startThread;
  #running: Running | null = null;
  #isClosed = false;
  /** Takes the bytes of deleted traces out of the file. */
  #purger: ReadingThread | null = null;
  readonly #purges = new SerialQueue();
  /** How often purges were ended: those from before do not begin any more. */
  #closes = 0;

  /** `path`: of the file, which need not exist. `onDamage`: called when damaged traces were left out of an answer. */
  constructor(path: string, onDamage = () => {}, start = startThread) {
    this.#path = path;
    this.#onDamage = onDamage;
    this.#start = start;
  }

  /** Begins the thread: calls are to be expected. */
  prepare(): void {
    try {
      if (existsSync(this.#path) && !this.#isClosed) this.#begun();
    } catch {
      // The system has no room for another thread: the call that follows fails in the same way, and says so.
    }
  }

  /** The only answer to a call. @throws ProblemError, also if the thread is closed before that */
  async ask<K extends Exclude<ReaderCallName, "list">>(name: K, asked: AskedOf<K>): Promise<AnswerOf<K>> {
    for await (const answer of this.#answers(name, asked)) return answer;
    return whenNothingStored[name](asked);
  }

  /** The list, as far as was searched, until it is done. @throws ProblemError; the signal's reason when it aborts */
  async *list(asked: AskedOf<"list">, signal: AbortSignal): AsyncGenerator<AnswerOf<"list">> {
    for await (const step of this.#answers("list", asked, signal)) {
      yield step;
      if (step.isDone) return;
    }
    yield whenNothingStored.list(asked);
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
      const purger = new ReadingThread(this.#path, this.#onDamage, this.#start);
      this.#purger = purger;
      try {
        return await purger.ask("purge", { from, until, withinMs });
      } catch (error) {
        if (this.#closes !== closes) return 0; // it was ended
        throw error;
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

  /**
   * The thread ends by itself after its current step: ended within a call of SQLite it would take the process with it.
   * Calls fail from here on.
   */
  async close(): Promise<void> {
    const running = this.#running;
    this.#isClosed = true;
    this.#running = null;
    await this.endPurges();
    if (running === null) return;
    running.worker.ref();
    running.worker.postMessage("close");
    await running.ended;
  }

  /** None: nothing is stored. Whoever leaves early cancels the call. */
  async *#answers<K extends ReaderCallName>(
    name: K,
    asked: AskedOf<K>,
    signal?: AbortSignal,
  ): AsyncGenerator<AnswerOf<K>> {
    signal?.throwIfAborted();
    if (!existsSync(this.#path)) return;
    if (this.#isClosed) throw this.#unreadable("closed");
    const { port1: answers, port2: port } = new MessageChannel();
    const replies = on(answers, "message", { signal, close: ["close"] });
    answers.unref(); // must not keep the process alive
    try {
      const { worker, ended } = this.#begun();
      worker.postMessage({ name, asked, port } satisfies ReaderCall<K>, [port]);
      for await (const [message] of replies) {
        const reply: ReaderReply<K> = message;
        if (reply === "over") return;
        if ("problem" in reply) throw new ProblemError(reply.problem);
        yield reply.answer;
      }
      throw this.#unreadable(await ended);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      answers.close();
    }
  }

  /** It begins again with the next call after it has ended. @throws ProblemError */
  #begun(): Running {
    this.#running ??= this.#begin();
    return this.#running;
  }

  #begin(): Running {
    let worker: Worker;
    try {
      worker = this.#start("store-reader", this.#path);
    } catch (error) {
      throw this.#unreadable(errorText(error)); // the system has no room for another thread
    }
    worker.on("message", this.#onDamage);
    const ended = new Promise<string>((resolve) => {
      worker.once("error", ({ message }) => resolve(message));
      worker.once("exit", (code) => resolve(`the thread ended with ${code}`));
    });
    void ended.then(() => {
      if (this.#running?.worker === worker) this.#running = null;
    });
    return { worker, ended };
  }

  #unreadable(systemText: string): ProblemError {
    return new ProblemError(storeMessage("store-unreadable", { path: this.#path, systemText }));
  }
}
