// The doctor's thread: asks the rules that look at bytes and files, batch by batch.
import { parentPort } from "node:worker_threads";
import { examineCopy } from "../doctor/copied.js";
import type { Batch } from "../doctor/examiner.js";

parentPort?.on("message", (batch: Batch) => {
  parentPort?.postMessage(batch.map(examineCopy));
});
