// The thread that reads stored traces, and writes what the user does with them: names, notes, tags, deletions. What
// takes long goes in short steps: all that is under way takes turns, and between two steps each can be cancelled.
// Another process may replace the file: what is under way then is answered as if nothing were stored.
import { existsSync, statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { errorText } from "../base/error-text.js";
import { runOf } from "../protocol/trace-id.js";
import { MarkFile } from "../store/mark-file.js";
import type { Look, ReaderAnswer, ReaderCall, StoreNews } from "../store/reading-thread.js";
import { listOfMemory, noFacts, noFigures, noneRemoved, nothingFound } from "../store/store-answers.js";
import { NewerSchemaError } from "../store/store-file.js";
import { StoreReader } from "../store/store-reader.js";
import { everything } from "../store/store-search.js";
import { StoreWatch } from "../store/store-watch.js";
import type { StoredTrace } from "../trace/codec/decode-trace.js";
import { DamagedRecord } from "../trace/codec/record.js";

const path: string = workerData;
/** Steps without a hit are reported this often, ms. */
const progressMs = 60;

let reader: StoreReader | null = null;
let marks: MarkFile | null = null;
let watch: StoreWatch | null = null;
/** The inode of the open file: another file may take its place. */
let inode = 0;
/** That traces in it are damaged. */
let isDamageTold = false;
/** The inode of the file that was watched last; null: none was. */
let watched: number | null = null;

/** What is under way, by its number. Null: a step without an answer. */
const underWay = new Map<number, { readonly call: StoreCall; readonly work: Work }>();

const answer = (value: ReaderAnswer): void => parentPort?.postMessage(value);

/** Null: nothing is stored. */
function opened(): StoreReader | null {
  const found = existsSync(path) ? statSync(path).ino : 0;
  if (found !== inode) {
    for (const call of leaveAll()) answer(withoutStore(call));
    close();
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
  isDamageTold = false;
}

const failed = (ask: number, error: unknown): void =>
  answer({
    ask,
    kind: "failed",
    systemText: errorText(error),
    why: error instanceof NewerSchemaError ? "newer" : error instanceof DamagedRecord ? "damaged-trace" : "unreadable",
  });

/** When nothing is under way. The bytes at hand may be deleted in the file. */
function rest(): void {
  if (underWay.size > 0) return;
  reader?.dropBytes();
  if (isDamageTold || !(reader?.hasDamage || marks?.hasDamage)) return;
  isDamageTold = true;
  answer({ ask: 0, kind: "damaged" });
}

/** Copies what are views into the file's bytes: only what belongs to the trace is sent. */
const copied = (trace: StoredTrace): StoredTrace => ({
  ...trace,
  record: Uint8Array.from(trace.record),
  context: Uint8Array.from(trace.context),
});

type Work = Generator<ReaderAnswer | null>;
type CallOf<Kind extends ReaderCall["kind"]> = ReaderCall & { readonly kind: Kind };

/** Makes the rows of traces that have none yet, before what needs the rows of all. */
function* rowsMade(store: StoreReader): Work {
  for (const _ of store.catchingUp()) yield null;
}

function* searching({ ask, query, limit }: CallOf<"search">, store: StoreReader): Work {
  yield* rowsMade(store);
  let reportedAt = performance.now();
  for (const step of store.search(query, { ...everything, limit, isCounting: false })) {
    const isNews = step.found.length > 0 || step.isDone || performance.now() - reportedAt >= progressMs;
    if (isNews) reportedAt = performance.now();
    yield isNews ? { ask, kind: "step", step } : null;
  }
}

function* listing({ ask, query, range }: CallOf<"list">, store: StoreReader): Work {
  yield* rowsMade(store);
  for (const list of store.list(query, range)) yield list && { ask, kind: "list", list };
}

function* factsFound({ ask }: CallOf<"facts">, store: StoreReader): Work {
  yield* rowsMade(store);
  const facts = yield* result(store.facts());
  yield { ask, kind: "facts", facts };
}

function* figuresFound(call: CallOf<"figures">, store: StoreReader): Work {
  yield* rowsMade(store);
  const figures = yield* result(store.figures(call));
  yield { ask: call.ask, kind: "figures", figures };
}

/** What work in portions returns. */
function* result<T>(portions: Generator<void, T>): Generator<null, T> {
  for (let next = portions.next(); ; next = portions.next()) {
    if (next.done) return next.value;
    yield null;
  }
}

function* looking({ ask, look }: CallOf<"look">, store: StoreReader): Work {
  if (look.isMaking) yield* rowsMade(store);
  yield { ask, kind: "news", news: looked(look, store) };
}

function looked({ run, after, since }: Look, store: StoreReader): StoreNews | null {
  const isAnother = (watched ?? inode) !== inode;
  watched = inode;
  watch ??= new StoreWatch(path);
  const changes = watch.look({ run, after: isAnother ? 0 : after, since });
  if (!changes) return null;
  const { places, ...others } = changes;
  return { ...others, rows: store.rowsAt(places), isAnother };
}

function* removing({ ask, traces, query, run, at }: CallOf<"remove">, store: StoreReader, file: MarkFile): Work {
  let count = file.remove(traces, at);
  const found: string[] = [];
  if (query !== null) {
    yield* rowsMade(store);
    for (const names of store.names(query)) {
      count += file.remove(names, at);
      found.push(...names.filter((name) => runOf(name) === run));
      yield null;
    }
  }
  yield { ask, kind: "removed", removed: { count, names: found } };
}

function* marking(call: CallOf<"mark" | "restore">, file: MarkFile): Work {
  const { ask } = call;
  if (call.kind === "restore") yield { ask, kind: "count", count: file.restore(call.at) };
  else {
    file.write(call.trace, call.marks);
    yield { ask, kind: "count", count: 1 };
  }
}

function* purging({ ask, from, until, withinMs }: CallOf<"purge">, file: MarkFile): Work {
  const count = yield* result(file.purge(until, from, { withinMs }));
  yield { ask, kind: "count", count };
}

/** What this process writes to traces. */
function* written(work: Work): Work {
  yield* watch?.own(work) ?? work;
}

type StoreCall = Exclude<ReaderCall, { readonly kind: "cancel" | "close" }>;

/** The answer while nothing is stored. */
function withoutStore(call: StoreCall): ReaderAnswer {
  const { ask, kind } = call;
  switch (kind) {
    case "search":
      return { ask, kind: "step", step: nothingFound };
    case "list":
      return { ask, kind, list: listOfMemory(call.range) };
    case "get":
      return { ask, kind: "trace", trace: null };
    case "facts":
      return { ask, kind, facts: noFacts };
    case "figures":
      return { ask, kind, figures: noFigures };
    case "version":
      return { ask, kind, bytes: null };
    case "look":
      return { ask, kind: "news", news: null };
    case "remove":
      return { ask, kind: "removed", removed: noneRemoved };
    default:
      return { ask, kind: "count", count: 0 };
  }
}

/** The answer, or the steps that lead to it. */
function workOf(call: StoreCall, store: StoreReader): ReaderAnswer | Work {
  const { ask } = call;
  switch (call.kind) {
    case "get": {
      const trace = store.stored(call.trace);
      return { ask, kind: "trace", trace: trace && copied(trace) };
    }
    case "version":
      return { ask, kind: "version", bytes: store.version(call.hash) };
    case "look":
      return looking(call, store);
    case "search":
      return searching(call, store);
    case "list":
      return listing(call, store);
    case "facts":
      return factsFound(call, store);
    case "figures":
      return figuresFound(call, store);
    case "purge":
      if (!store.hasUnpurged()) return { ask, kind: "count", count: 0 };
      return purging(call, openMarks());
    case "remove":
      return written(removing(call, store, openMarks()));
    case "mark":
    case "restore":
      return written(marking(call, openMarks()));
  }
}

function openMarks(): MarkFile {
  marks ??= new MarkFile(path);
  return marks;
}

function begin(call: StoreCall, work: Work): void {
  if (underWay.size === 0) setImmediate(step);
  underWay.set(call.ask, { call, work });
}

/** What was asked for, and is not answered any more. */
function leaveAll(): StoreCall[] {
  const left = [...underWay.values()];
  underWay.clear();
  for (const { work } of left) work.return(undefined);
  return left.map(({ call }) => call);
}

function take(call: ReaderCall): void {
  if (call.kind === "cancel") {
    underWay.get(call.ask)?.work.return(undefined);
    underWay.delete(call.ask);
    return;
  }
  if (call.kind === "close") {
    leaveAll();
    close();
    parentPort?.close();
    return;
  }
  try {
    const store = opened();
    const work = store === null ? withoutStore(call) : workOf(call, store);
    if ("next" in work) begin(call, work);
    else answer(work);
    rest();
  } catch (error) {
    if (underWay.size === 0) close(); // else it would end what others wait for
    failed(call.ask, error);
  }
}

/** One step of all that is under way. */
function step(): void {
  for (const [ask, { work }] of [...underWay]) {
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
  else rest();
}

parentPort?.on("message", take);
