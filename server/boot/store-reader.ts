// The thread that reads stored traces, and writes what the user does with them: names, notes, tags, deletions. What
// takes long goes in short steps: all that is under way takes turns, and between two steps each can be left.
// Another process may replace the file: what is under way then is answered as if nothing were stored.
import { existsSync, statSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { errorText } from "../base/error-text.js";
import type { ProblemMessage } from "../contract/problem.js";
import { runOf } from "../protocol/trace-id.js";
import { MarkFile } from "../store/mark-file.js";
import { storeMessage } from "../store/messages.js";
import type { AnswerOf, AskedOf, ReaderCall, ReaderCallName, ReaderReply } from "../store/store-answers.js";
import { NewerSchemaError } from "../store/store-file.js";
import { StoreReader } from "../store/store-reader.js";
import { StoreWatch } from "../store/store-watch.js";
import { DamagedRecord } from "../trace/codec/record.js";

const path: string = workerData;

let reader: StoreReader | null = null;
let marks: MarkFile | null = null;
let watch: StoreWatch | null = null;
/** The inode of the open file: another file may take its place. */
let inode = 0;
/** That traces in it are damaged. */
let isDamageTold = false;
/** The inode of the file that was watched last; null: none was. */
let watched: number | null = null;

/** The answers to a call, one by one. Undefined: a step without an answer. */
type Work<K extends ReaderCallName> = Generator<AnswerOf<K> | undefined>;

const underWay = new Set<Generator>();
/** The thread ends: what is under way then has no answer. */
let isEnding = false;

/** Null: nothing is stored. */
function opened(): StoreReader | null {
  const found = existsSync(path) ? statSync(path).ino : 0;
  if (found !== inode) close();
  if (found === 0) return null;
  reader ??= new StoreReader(path);
  inode = found;
  return reader;
}

/** What is under way ends. */
function close(): void {
  for (const work of underWay) work.return(undefined);
  reader?.close();
  marks?.close();
  watch?.close();
  reader = marks = watch = null;
  inode = 0;
  isDamageTold = false;
}

function openMarks(): MarkFile {
  marks ??= new MarkFile(path);
  return marks;
}

/** When nothing is under way. The bytes at hand may be deleted in the file. */
function rest(): void {
  if (underWay.size > 0) return;
  reader?.dropBytes();
  if (isDamageTold || !(reader?.hasDamage || marks?.hasDamage)) return;
  isDamageTold = true;
  parentPort?.postMessage("damaged");
}

const calls: { readonly [K in ReaderCallName]: (asked: AskedOf<K>, store: StoreReader) => Work<K> } = {
  *list({ query, range }, store) {
    yield* store.catchingUp();
    for (const step of store.list(query, range)) yield step ?? undefined;
  },
  *get(trace, store) {
    const found = store.stored(trace);
    // Copies, not views into the file's bytes: only what belongs to the trace is sent.
    yield found && { ...found, record: Uint8Array.from(found.record), context: Uint8Array.from(found.context) };
  },
  *facts(_, store) {
    yield* store.catchingUp();
    yield store.facts();
  },
  *figures(wanted, store) {
    yield* store.catchingUp();
    yield yield* store.figures(wanted);
  },
  *version(hash, store) {
    yield store.version(hash);
  },
  *look({ isMaking, ...range }, store) {
    if (isMaking) yield* store.catchingUp();
    const isAnother = (watched ?? inode) !== inode;
    watched = inode;
    watch ??= new StoreWatch(path);
    const changes = watch.look(isAnother ? { ...range, after: 0 } : range);
    if (!changes) return yield null;
    const { places, ...others } = changes;
    yield { ...others, rows: store.rowsAt(places), isAnother };
  },
  *mark({ trace, marks: written }) {
    const file = openMarks();
    yield* asOwn(function* () {
      file.write(trace, written);
      yield 1;
    });
  },
  *remove({ traces, query, run, at }, store) {
    const file = openMarks();
    yield* asOwn(function* () {
      let count = file.remove(traces, at);
      const found: string[] = [];
      if (query !== null) {
        yield* store.catchingUp();
        for (const names of store.names(query)) {
          count += file.remove(names, at);
          found.push(...names.filter((name) => runOf(name) === run));
          yield;
        }
      }
      yield { count, names: found };
    });
  },
  *restore(at) {
    const file = openMarks();
    yield* asOwn(function* () {
      yield file.restore(at);
    });
  },
  *purge({ from, until, withinMs }, store) {
    if (store.hasUnpurged()) yield yield* openMarks().purge(until, from, { withinMs });
  },
};

/** What this process writes to traces is no news from another one. */
function* asOwn<T>(work: () => Generator<T>): Generator<T> {
  yield* watch?.own(work()) ?? work();
}

async function take<K extends ReaderCallName>({ name, asked, port }: ReaderCall<K>): Promise<void> {
  const reply = (value: ReaderReply<K>): void => port.postMessage(value);
  let work: Work<K> | null = null;
  port.once("close", () => work?.return(undefined));
  try {
    const store = opened();
    work = store && calls[name](asked, store);
    if (work) underWay.add(work);
    for (let step = work?.next(); step && !step.done; step = work?.next()) {
      if (step.value !== undefined) reply({ answer: step.value });
      await nextTurn();
    }
    if (!isEnding) reply("over");
    if (work) underWay.delete(work);
  } catch (error) {
    reply({ problem: problemOf(error) });
    if (work) underWay.delete(work);
    if (underWay.size === 0) close(); // else it would end what others wait for
  }
  rest();
}

function problemOf(error: unknown): ProblemMessage {
  if (error instanceof NewerSchemaError) return storeMessage("store-newer", { path });
  if (error instanceof DamagedRecord) return storeMessage("store-damaged-trace", { path });
  return storeMessage("store-unreadable", { path, systemText: errorText(error) });
}

parentPort?.on("message", (call: ReaderCall<ReaderCallName> | "close") => {
  if (call !== "close") return void take(call);
  isEnding = true;
  close();
  parentPort?.close();
});
