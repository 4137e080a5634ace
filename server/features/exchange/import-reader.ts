// Reads files to import in a thread of its own, one after the other: what takes long or much memory keeps nobody else
// waiting. Run from source there is no built worker, and they are read in this thread.
import { Worker } from "node:worker_threads";
import { entry } from "../../base/built-files.js";
import { errorCode } from "../../base/disk.js";
import { nextMessage, SlowWorker } from "../../base/next-message.js";
import { ProblemError } from "../../base/problem.js";
import { SerialQueue } from "../../base/serial-queue.js";
import { exportMessage } from "../../trace/formats/messages.js";
import { maxValues } from "../../trace/formats/read-trace-json.js";
import type { ImportAnswer, ImportSource, ReadGroup } from "./read-import.js";

const maxSeconds = 20;
const queue = new SerialQueue();

/** `signal` ends the work. @throws ProblemError if one of the files cannot be imported */
export async function groupsIn(source: ImportSource, signal?: AbortSignal): Promise<readonly ReadGroup[]> {
  const answer = await queue.run(() => {
    signal?.throwIfAborted();
    return import.meta.url.endsWith(".ts") ? inThisThread(source) : inWorker(source, signal);
  });
  if ("problem" in answer) throw new ProblemError(answer.problem);
  return answer.groups;
}

const inThisThread = async (source: ImportSource): Promise<ImportAnswer> =>
  (await import("./read-import.js")).readImport(source); // with a parser of YAML

async function inWorker(source: ImportSource, signal?: AbortSignal): Promise<ImportAnswer> {
  const worker = new Worker(entry("import-reader"), {
    workerData: source,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 2048 },
  });
  try {
    return await nextMessage<ImportAnswer>(worker, maxSeconds * 1000, undefined, signal);
  } catch (error) {
    const path = "path" in source ? source.path : source.files.map((file) => file.path).join(", ");
    if (error instanceof SlowWorker) return { problem: exportMessage("import-too-slow", { path, maxSeconds }) };
    if (errorCode(error) === "ERR_WORKER_OUT_OF_MEMORY")
      return { problem: exportMessage("import-too-complex", { path, maxValues }) };
    throw error;
  }
}
