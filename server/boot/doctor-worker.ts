// The doctor's thread: asks the rules that look at bytes and files, batch by batch.
import { parentPort } from "node:worker_threads";
import type { Batch } from "../doctor/engine/examiner.js";
import { examineCopy } from "../doctor/engine/worker-payload.js";

parentPort?.on("message", (batch: Batch) => {
  parentPort?.postMessage(batch.map(examineCopy));
});
