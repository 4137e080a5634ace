// The doctor's worker thread: runs the deferred rules on each batch of traces, and those about text on each script.
import { parentPort } from "node:worker_threads";
import { answer, type Work } from "../doctor/engine/examiner.js";

parentPort?.on("message", (work: Work) => {
  parentPort?.postMessage(answer(work));
});
