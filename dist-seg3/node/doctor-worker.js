import { n as examineCopy } from "./worker-payload-D2BEtGP-.js";
import { parentPort } from "node:worker_threads";
// server/boot/doctor-worker.ts
parentPort?.on("message", (batch) => {
	parentPort?.postMessage(batch.map(examineCopy));
});
export {};

//# sourceMappingURL=doctor-worker.js.map