// The thread that reads stored traces. Searches take turns in short steps; between two of them each can be cancelled.
import { existsSync, statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { StoredFigures } from "../contract/figures-contract.js";
import type { ReaderAnswer, ReaderCall } from "../trace/store/reading-thread.js";
import { NewerSchemaError } from "../trace/store/store-file.js";
import { noFacts, nothingFound, type SearchStep, StoreReader, seqInRun } from "../trace/store/store-reader.js";
import { noFigures } from "../trace/store/stored-figures.js";
import type { StoredTrace } from "../trace/store/unpacked-trace.js";

const path: string = workerData;
/** Steps without a hit are reported this often, ms. */
const progressMs = 60;

let reader: StoreReader | null = null;
/** Of the open file: another one may take its place. */
let inode = 0;

interface Search {
  readonly steps: Generator<SearchStep>;
  reportedAt: number;
}
const searches = new Map<number, Search>();

const answer = (value: ReaderAnswer): void => parentPort?.postMessage(value);

/** Null: nothing is stored. */
function opened(): StoreReader | null {
  const found = existsSync(path) ? statSync(path).ino : 0;
  if (found !== inode) {
    reader?.close();
    reader = null;
    searches.clear();
  }
  if (found === 0) return null;
  reader ??= new StoreReader(path);
  inode = found;
  return reader;
}

const failed = (ask: number, error: unknown): void =>
  answer({
    ...{ ask, kind: "failed", isNewer: error instanceof NewerSchemaError },
    systemText: error instanceof Error ? error.message : String(error),
  });

/** Of views into the file's bytes: only what belongs to the trace is sent. */
const copied = (trace: StoredTrace): StoredTrace => ({
  ...trace,
  seq: seqInRun(trace.facts.id),
  body: Uint8Array.from(trace.body),
  sent: Uint8Array.from(trace.sent),
});

function take(call: ReaderCall): void {
  const { ask } = call;
  if (call.kind === "cancel") {
    searches.delete(ask);
    return;
  }
  try {
    const store = opened();
    if (call.kind === "facts") answer({ ask, kind: "facts", facts: store?.facts() ?? noFacts });
    else if (call.kind === "figures") figures(ask, store?.figures(call) ?? nothing());
    else if (call.kind === "version") answer({ ask, kind: "version", bytes: store?.version(call.hash) ?? null });
    else if (call.kind === "get") {
      const trace = store?.stored(call.trace) ?? null;
      answer({ ask, kind: "trace", trace: trace && copied(trace) });
    } else if (store) {
      if (searches.size === 0) setImmediate(step);
      searches.set(ask, { steps: store.search(call.query, call.range), reportedAt: performance.now() });
    } else answer({ ask, kind: "step", step: nothingFound });
  } catch (error) {
    reader?.close();
    reader = null;
    inode = 0;
    failed(ask, error);
  }
}

// biome-ignore lint/correctness/useYield: there is nothing to wait for
function* nothing(): Generator<void, StoredFigures> {
  return noFigures;
}

/** In portions: other calls get their turn in between. */
function figures(ask: number, portions: Generator<void, StoredFigures>): void {
  try {
    const next = portions.next();
    if (next.done) answer({ ask, kind: "figures", figures: next.value });
    else setImmediate(figures, ask, portions);
  } catch (error) {
    failed(ask, error);
  }
}

/** One step of each search. */
function step(): void {
  for (const [ask, search] of [...searches]) {
    try {
      const next = search.steps.next();
      if (next.done === true) {
        searches.delete(ask);
        continue;
      }
      const { found, isDone } = next.value;
      if (isDone) searches.delete(ask);
      if (found.length === 0 && !isDone && performance.now() - search.reportedAt < progressMs) continue;
      search.reportedAt = performance.now();
      answer({ ask, kind: "step", step: next.value });
    } catch (error) {
      searches.delete(ask);
      failed(ask, error);
    }
  }
  if (searches.size > 0) setImmediate(step);
}

parentPort?.on("message", take);
