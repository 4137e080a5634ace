// The doctor's worker thread: runs the deferred rules on each batch of traces.
import { parentPort } from "node:worker_threads";
import type { Batch } from "../doctor/engine/examiner.js";
import { examineCopy } from "../doctor/engine/worker-payload.js";

parentPort?.on("message", (batch: Batch) => {
  parentPort?.postMessage(batch.map(examineCopy));
});
