// The thread that reads stored traces, and writes what the user does with them: names, notes, tags, deletions. What takes long goes in
// short steps: all that is under way takes turns, and between two steps each can be cancelled.
import { existsSync, statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { errorText } from "../base/error-text.js";
import { seqInRun } from "../protocol/trace-id.js";
import { MarkFile } from "../trace/store/mark-file.js";
import type { Look, ReaderAnswer, ReaderCall, StoreNews } from "../trace/store/reading-thread.js";
import { NewerSchemaError } from "../trace/store/store-file.js";
import { noFacts, StoreReader } from "../trace/store/store-reader.js";
import { nothingFound } from "../trace/store/store-search.js";
import { StoreWatch } from "../trace/store/store-watch.js";
import { noFigures } from "../trace/store/stored-figures.js";
import type { StoredTrace } from "../trace/store/unpacked-trace.js";

const path: string = workerData;
/** Steps without a hit are reported this often, ms. */
const progressMs = 60;

let reader: StoreReader | null = null;
let marks: MarkFile | null = null;
let watch: StoreWatch | null = null;
/** Of the open file: another one may take its place. */
let inode = 0;
/** Of the file that was watched last; null: none was. */
let watched: number | null = null;

/** What is under way, by its number. Null: a step without an answer. */
const underWay = new Map<number, Generator<ReaderAnswer | null>>();

const answer = (value: ReaderAnswer): void => parentPort?.postMessage(value);

/** Null: nothing is stored. */
function opened(): StoreReader | null {
  const found = existsSync(path) ? statSync(path).ino : 0;
  if (found !== inode) {
    close();
    underWay.clear();
  }
  if (found === 0) return null;
  reader ??= new StoreReader(path);
  inode = found;
  return reader;
}

function close(): void {
  reader?.close();
  marks?.close();
  watch?.close();
  reader = marks = watch = null;
  inode = 0;
}

const failed = (ask: number, error: unknown): void =>
  answer({
    ...{ ask, kind: "failed", isNewer: error instanceof NewerSchemaError },
    systemText: errorText(error),
  });

/** Of views into the file's bytes: only what belongs to the trace is sent. */
const copied = (trace: StoredTrace): StoredTrace => ({
  ...trace,
  seq: seqInRun(trace.facts.id),
  body: Uint8Array.from(trace.body),
  sent: Uint8Array.from(trace.sent),
});

function* searching(call: ReaderCall & { kind: "search" }, store: StoreReader): Generator<ReaderAnswer | null> {
  let reportedAt = performance.now();
  for (const step of store.search(call.query, call.range)) {
    const isNews = step.found.length > 0 || step.isDone || performance.now() - reportedAt >= progressMs;
    if (isNews) reportedAt = performance.now();
    yield isNews ? { ask: call.ask, kind: "step", step } : null;
  }
}

function* removing({ ask, traces, query, at }: ReaderCall & { kind: "remove" }, store: StoreReader, file: MarkFile) {
  let count = file.remove(traces, at);
  if (query !== null)
    for (const names of store.names(query)) {
      count += file.remove(names, at);
      yield null;
    }
  yield { ask, kind: "count", count } as const;
}

function* marking(call: ReaderCall & { kind: "mark" | "restore" }, file: MarkFile): Generator<ReaderAnswer | null> {
  const { ask } = call;
  if (call.kind === "restore") yield { ask, kind: "count", count: file.restore(call.at) };
  else {
    file.write(call.trace, call.marks);
    yield { ask, kind: "count", count: 1 };
  }
}

function* purging({ ask, until }: ReaderCall & { kind: "purge" }, file: MarkFile): Generator<ReaderAnswer | null> {
  for (const _ of file.purge(until)) yield null;
  yield { ask, kind: "count", count: 0 };
}

/** Of work in portions, what it returns. */
function* result<T>(
  portions: Generator<void, T>,
  answerOf: (value: T) => ReaderAnswer,
): Generator<ReaderAnswer | null> {
  for (let next = portions.next(); ; next = portions.next()) {
    if (next.done) return yield answerOf(next.value);
    yield null;
  }
}

function looked({ isMaking, ...range }: Look, store: StoreReader): StoreNews | null {
  if (isMaking) store.catchUp();
  const isAnother = (watched ?? inode) !== inode;
  watched = inode;
  watch ??= new StoreWatch(path);
  const changes = watch.look(isAnother ? { ...range, after: 0 } : range);
  if (!changes) return null;
  const { places, ...others } = changes;
  return { ...others, rows: store.rowsAt(places), isAnother };
}

/** What this process writes to traces. */
function* written(work: Generator<ReaderAnswer | null>): Generator<ReaderAnswer | null> {
  yield* watch?.own(work) ?? work;
}

function begin(ask: number, work: Generator<ReaderAnswer | null>): void {
  if (underWay.size === 0) setImmediate(step);
  underWay.set(ask, work);
}

function take(call: ReaderCall): void {
  const { ask } = call;
  if (call.kind === "cancel") {
    underWay.get(ask)?.return(undefined);
    underWay.delete(ask);
    return;
  }
  if (call.kind === "close") {
    underWay.clear();
    close();
    parentPort?.close();
    return;
  }
  try {
    const store = opened();
    if (call.kind === "facts") {
      if (store)
        begin(
          ask,
          result(store.facts(), (facts) => ({ ask, kind: "facts", facts })),
        );
      else answer({ ask, kind: "facts", facts: noFacts });
    } else if (call.kind === "version") answer({ ask, kind: "version", bytes: store?.version(call.hash) ?? null });
    else if (call.kind === "get") {
      const trace = store?.stored(call.trace) ?? null;
      answer({ ask, kind: "trace", trace: trace && copied(trace) });
    } else if (call.kind === "search") {
      if (store) begin(ask, searching(call, store));
      else answer({ ask, kind: "step", step: nothingFound });
    } else if (call.kind === "figures") {
      if (store)
        begin(
          ask,
          result(store.figures(call), (figures) => ({ ask, kind: "figures", figures })),
        );
      else answer({ ask, kind: "figures", figures: noFigures });
    } else if (call.kind === "look") answer({ ask, kind: "news", news: store && looked(call.look, store) });
    else if (store && (call.kind !== "purge" || store.hasDeleted())) {
      marks ??= new MarkFile(path);
      if (call.kind === "remove") begin(ask, written(removing(call, store, marks)));
      else if (call.kind === "purge") begin(ask, written(purging(call, marks)));
      else begin(ask, written(marking(call, marks)));
    } else answer({ ask, kind: "count", count: 0 });
  } catch (error) {
    close();
    failed(ask, error);
  }
}

/** One step of all that is under way. */
function step(): void {
  for (const [ask, work] of [...underWay]) {
    if (!underWay.has(ask)) continue; // cleared meanwhile
    try {
      const next = work.next();
      if (next.done === true) underWay.delete(ask);
      else if (next.value) answer(next.value);
    } catch (error) {
      underWay.delete(ask);
      failed(ask, error);
    }
  }
  if (underWay.size > 0) setImmediate(step);
}

parentPort?.on("message", take);
