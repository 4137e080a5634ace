// The store's thread: looks into the ring of the requests' thread, and writes what is there into the workspace's file.
import { parentPort, workerData } from "node:worker_threads";
import type { ProblemMessage } from "../contract/problem.js";
import { StoreWriter, type StoreWriterOptions } from "../store/store-writer.js";
import type { StoreCall, StoreWord } from "../store/trace-store.js";
import { VersionWriter } from "../store/version-writer.js";

/** While requests come, and after a while without any: a trace is in the file 200 ms after its end. */
const busyMs = 50;
const idleMs = 80;
const idleAfter = 20;
/** From so many traces in a second on, requests need the processor more than rows do. */
const busyRate = 1000;
/** The load may pause for so long and is still the same, ms. */
const pauseMs = 300;
/** Rows are made for so long between two looks, ms. */
const rowsMs = 30;
/**
 * Segments that wait for their rows under load: from so many on a part of the time
 * goes into rows, then as much as they need.
 */
const manyWaiting = 128;
const maxWaiting = 512;
const partForRows = 0.04;
const tidyEveryMs = 60_000;
const firstTidyMs = 5000;
/** At the end rows are made for so long, ms: the next one who opens the file makes the others. */
const lastRowsMs = 500;

const options: StoreWriterOptions = workerData;
const say = (message: ProblemMessage | null, isOff: boolean): void =>
  parentPort?.postMessage({ message, isOff, isOtherFile: false } satisfies StoreWord);
const sayOtherFile = (): void =>
  parentPort?.postMessage({ message: null, isOff: false, isOtherFile: true } satisfies StoreWord);
const writer = new StoreWriter(options, (message) => say(message, false), sayOtherFile);
let timer: NodeJS.Timeout | null = null;
let quiet = 0;
/** For the first time soon after the start. */
let tidiedAt = performance.now() - tidyEveryMs + firstTidyMs;
/** Traces since then, to know their rate. */
let counted = { traces: 0, since: performance.now() };
let busyUntil = 0;
/** Until then no more rows are made in their part of the time. */
let restUntil = 0;

function look(): void {
  const traces = writer.drain();
  quiet = traces > 0 ? 0 : quiet + 1;
  const waiting = isBusy(traces) ? writer.waiting : null;
  if (waiting !== null && waiting > manyWaiting) makeSomeRows();
  const areAllMade = (waiting !== null && waiting <= maxWaiting) || makeRows(rowsMs);
  if (quiet === idleAfter) writer.shrink();
  if (performance.now() - tidiedAt > tidyEveryMs) {
    writer.tidy();
    tidiedAt = performance.now();
  }
  timer = setTimeout(look, areAllMade ? (quiet > idleAfter ? idleMs : busyMs) : 0);
}

function isBusy(traces: number): boolean {
  const now = performance.now();
  counted.traces += traces;
  const ms = now - counted.since;
  if (ms >= busyMs) {
    if ((counted.traces * 1000) / ms > busyRate) busyUntil = now + pauseMs;
    counted = { traces: 0, since: now };
  }
  return now < busyUntil;
}

/** Makes the rows of one segment, if their part of the time allows it. */
function makeSomeRows(): void {
  const from = performance.now();
  if (from < restUntil) return;
  writer.makeRows();
  const now = performance.now();
  restUntil = now + (now - from) / partForRows;
}

/** False: there are more to make. */
function makeRows(forMs: number): boolean {
  const until = performance.now() + forMs;
  while (writer.makeRows()) if (performance.now() > until) return false;
  return true;
}

const versions = new VersionWriter(options, (message) => say(message, false));

parentPort?.on("message", (call: StoreCall) => {
  if (call !== "close") return versions.keep(call);
  if (timer) clearTimeout(timer);
  writer.drain();
  makeRows(lastRowsMs);
  writer.close();
  parentPort?.close();
});

if (writer.open()) {
  writer.prepare();
  say(null, false);
  look();
} else say(null, true);
