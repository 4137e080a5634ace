// Who asks the rules that take their time: a worker thread of its own, so that no look into a megabyte of output holds up a request.
// It is started with the first examination and again when it had to be ended. Run from source there is no built worker: then in this thread.
import { Worker } from "node:worker_threads";
import { entry } from "../../base/built-files.js";
import type { Finding } from "../../contract/trace.js";
import { buffersOf, type Copied, examineCopy } from "./worker-payload.js";

export interface Examiner {
  /** Findings for each of them. Rejects when the examination came to no end. */
  examine(batch: readonly Copied[]): Promise<readonly (readonly Finding[])[]>;
  dispose(): Promise<void>;
}

/** What the worker is sent and answers. */
export type Batch = readonly Copied[];
export type BatchFindings = readonly (readonly Finding[])[];

/** A batch that takes longer than this is given up, ms. */
const patienceMs = 5000;

export const createExaminer = (): Examiner => (import.meta.url.endsWith(".ts") ? new InThisThread() : new InWorker());

class InThisThread implements Examiner {
  examine(batch: Batch): Promise<BatchFindings> {
    return Promise.resolve(batch.map(examineCopy));
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
    // Each listener goes by itself: `removeAllListeners` takes Node's own along, and the second answer never comes.
    let release = (): void => {};
    try {
      return await new Promise<BatchFindings>((resolve, reject) => {
        const onExit = (code: number): void => reject(new Error(`the doctor's thread ended with ${code}`));
        const timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs);
        release = () => {
          clearTimeout(timer);
          worker.off("message", resolve).off("error", reject).off("exit", onExit);
        };
        worker.on("message", resolve).on("error", reject).on("exit", onExit);
        worker.postMessage(batch, batch.flatMap(buffersOf));
      });
    } catch (error) {
      this.#worker = null;
      await worker.terminate();
      throw error;
    } finally {
      release();
    }
  }

  async dispose(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #start(): Worker {
    const worker = new Worker(entry("doctor-worker"), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    worker.unref(); // it keeps no program alive that has nothing else to do
    return worker;
  }
}
