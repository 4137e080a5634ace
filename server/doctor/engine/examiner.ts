// Runs the deferred rules, and those about a script's text, in a worker thread, so that examining a megabyte of output
// or a script of ten thousand lines never delays a request. The thread starts with the first work, and again after it
// had to be terminated. Run from source there is no built worker, and the rules run in this thread.
import { Worker } from "node:worker_threads";
import { entry } from "../../base/built-files.js";
import { threadHeap } from "../../base/heap.js";
import { nextMessage } from "../../base/next-message.js";
import { SerialQueue } from "../../base/serial-queue.js";
import type { Finding } from "../../contract/trace.js";
import { checkSource, type Source, type SourceChecker } from "../static-checks/check-source.js";
import type { Diagnostic } from "../static-checks/markers.js";
import { examineStored, type HandedTrace } from "./examine-stored.js";

/** Its calls reject when the worker fails or takes longer than `timeoutMs`. */
interface Examiner extends SourceChecker {
  /** The findings of each trace. */
  examine(batch: Batch): Promise<BatchFindings>;
  dispose(): Promise<void>;
}

/** The messages to and from the worker. */
type Batch = readonly HandedTrace[];
type BatchFindings = readonly (readonly Finding[])[];
export type Work = { readonly batch: Batch } | { readonly source: Source };

export const answer = (work: Work): BatchFindings | readonly Diagnostic[] =>
  "batch" in work ? work.batch.map(examineStored) : checkSource(work.source);

/** Limit for one batch or one script, of processor time. */
const timeoutMs = 5000;

export const createExaminer = (): Examiner => (import.meta.url.endsWith(".ts") ? inThisThread : new InWorker());

const inThisThread: Examiner = {
  examine: (batch) => Promise.resolve(batch.map(examineStored)),
  checkSource: (source) => Promise.resolve(checkSource(source)),
  dispose: () => Promise.resolve(),
};

class InWorker implements Examiner {
  readonly #queue = new SerialQueue();
  #worker: Worker | null = null;
  #isDisposed = false;

  examine(batch: Batch): Promise<BatchFindings> {
    const buffers = batch.flatMap(({ trace }) => [trace.record.buffer, trace.context.buffer]);
    return this.#ask<BatchFindings>({ batch }, buffers);
  }

  checkSource(source: Source): Promise<readonly Diagnostic[]> {
    return this.#ask<readonly Diagnostic[]>({ source });
  }

  #ask<Answer>(work: Work, buffers: readonly ArrayBuffer[] = []): Promise<Answer> {
    return this.#queue.run(async () => {
      if (this.#isDisposed) throw new Error("The doctor has ended.");
      this.#worker ??= this.#start();
      const worker = this.#worker;
      try {
        return await nextMessage<Answer>(worker, timeoutMs, () => worker.postMessage(work, buffers));
      } catch (error) {
        this.#worker = null;
        throw error;
      }
    });
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(entry("doctor-worker"), {
      execArgv: [],
      resourceLimits: { ...threadHeap, maxOldGenerationSizeMb: 256 },
    });
    worker.unref(); // must not keep the process alive
    return worker;
  }
}
