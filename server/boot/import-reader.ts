// The thread that reads files to import. It ends with its answer.
import { parentPort, workerData } from "node:worker_threads";
import { type ImportSource, readImport } from "../features/exchange/read-import.js";

const source: ImportSource = workerData;
parentPort?.postMessage(await readImport(source));
