// Starts a built entry as a thread of this process.
import { Worker } from "node:worker_threads";
import { type EntryName, entry } from "./built-files.js";
import { threadHeap } from "./heap.js";

/** The thread does not keep the process alive. @throws the system's error where it has no room for another thread */
export const startThread = (name: EntryName, workerData: unknown): Worker => {
  const worker = new Worker(entry(name), { workerData, execArgv: [], resourceLimits: threadHeap });
  worker.unref();
  return worker;
};
