// The doctor's worker thread: runs the deferred rules on each batch of traces.
import { parentPort } from "node:worker_threads";
import { examineStored } from "../doctor/engine/examine-stored.js";
import type { Batch } from "../doctor/engine/examiner.js";

parentPort?.on("message", (batch: Batch) => {
  parentPort?.postMessage(batch.map(examineStored));
});
