// Runs the deferred rules in a worker thread, so that examining a megabyte of output never delays a request. The
// thread starts with the first batch, and again after it had to be terminated. Run from source there is no built
// worker, and the rules run in this thread.
import { Worker } from "node:worker_threads";
import { entry } from "../../base/built-files.js";
import { threadHeap } from "../../base/heap.js";
import { nextMessage } from "../../base/next-message.js";
import type { Finding } from "../../contract/trace.js";
import { examineStored, type HandedTrace } from "./examine-stored.js";

interface Examiner {
  /** The findings of each trace. Rejects when the worker fails or takes longer than `timeoutMs`. */
  examine(batch: Batch): Promise<BatchFindings>;
  dispose(): Promise<void>;
}

/** The messages to and from the worker. */
export type Batch = readonly HandedTrace[];
type BatchFindings = readonly (readonly Finding[])[];

/** Limit for one batch, of processor time. */
const timeoutMs = 5000;

export const createExaminer = (): Examiner => (import.meta.url.endsWith(".ts") ? new InThisThread() : new InWorker());

class InThisThread implements Examiner {
  examine(batch: Batch): Promise<BatchFindings> {
    return Promise.resolve(batch.map(examineStored));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

class InWorker implements Examiner {
  #worker: Worker | null = null;

  async examine(batch: Batch): Promise<BatchFindings> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    try {
      return await nextMessage<BatchFindings>(worker, timeoutMs, () =>
        worker.postMessage(
          batch,
          batch.flatMap(({ trace }) => [trace.record.buffer, trace.context.buffer]),
        ),
      );
    } catch (error) {
      this.#worker = null;
      throw error;
    }
  }

  async dispose(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
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
