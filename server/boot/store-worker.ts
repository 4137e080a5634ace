// The store's thread: looks into the ring of the requests' thread, and writes what is there into the workspace's file.
import { parentPort, workerData } from "node:worker_threads";
import type { ProblemMessage } from "../contract/problem.js";
import { StoreWriter, type StoreWriterOptions } from "../trace/store/store-writer.js";
import type { StoreCall, StoreWord } from "../trace/store/trace-store.js";
import { VersionWriter } from "../trace/store/version-writer.js";

/** While requests come, and after a while without any: a trace is in the file 200 ms after its end. */
const busyMs = 20;
const idleMs = 80;
const idleAfter = 50;
const tidyEveryMs = 60_000;

const options: StoreWriterOptions = workerData;
const say = (message: ProblemMessage | null, isOff: boolean): void =>
  parentPort?.postMessage({ message, isOff } satisfies StoreWord);
const writer = new StoreWriter(options, (message) => say(message, false));
let timer: NodeJS.Timeout | null = null;
let quiet = 0;
let tidiedAt = performance.now();

function look(): void {
  quiet = writer.drain() ? 0 : quiet + 1;
  if (quiet === idleAfter) writer.shrink();
  if (performance.now() - tidiedAt > tidyEveryMs) {
    writer.tidy();
    tidiedAt = performance.now();
  }
  timer = setTimeout(look, quiet > idleAfter ? idleMs : busyMs);
}

const versions = new VersionWriter(options, (message) => say(message, false));

parentPort?.on("message", (call: StoreCall) => {
  if (call !== "close") return versions.keep(call);
  if (timer) clearTimeout(timer);
  writer.close();
  parentPort?.close();
});

if (writer.open()) {
  writer.prepare();
  look();
} else say(null, true);
