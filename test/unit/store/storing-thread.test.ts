// When the storing thread begins and ends.
import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { storePath } from "../../../server/store/store-path.js";
import { StoreReader } from "../../../server/store/store-reader.js";
import { TraceStore, type TraceStoreOptions } from "../../../server/store/trace-store.js";
import { StartedThreads } from "../../support/started-threads.js";
import { encoded, find, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let threads: StartedThreads;
let store: TraceStore;
let codes: string[];
const newStore = (more: Partial<TraceStoreOptions> = {}) =>
  new TraceStore({
    root: folder.path,
    onMessage: ({ code }) => codes.push(code),
    maxBytes: 1 << 30,
    maxAgeMs: 1e12,
    start: threads.start,
    ...more,
  });
beforeEach(() => {
  folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  threads = new StartedThreads();
  codes = [];
  store = newStore();
});
afterEach(async () => {
  await store.close();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});
const large = traceOf({ seq: 1, body: new Uint8Array(3 << 20) });

test.each<[string, () => unknown]>([
  ["a trace ends", () => store.sink.ended(traceOf({ seq: 1 }), encoded(traceOf({ seq: 1 })))],
  ["a trace gets findings", () => store.sink.found("1", [])],
  ["a stored trace is pinned", () => store.sink.pinned("id", true)],
  ["there is to be room for a trace", () => store.sink.room(traceOf({ seq: 1 }))],
  ["the folder's state is to say whether it stores", () => store.ready()],
])("it begins when %s, once, and ends with the store", async (_when, happens) => {
  expect(threads.all).toEqual([]);
  const first = happens();
  await Promise.all([first, happens()]);
  await store.close();
  expect([threads.all.length, store.sink.isOff, codes]).toEqual([1, true, []]);
});

test("until then nothing is written, so a large trace finds the whole ring free", async () => {
  store.sink.forget();
  await store.sink.room(large);
  store.sink.ended(large, encoded(large));
  await store.close();
  expect(codes).toEqual([]);
  const reader = new StoreReader(storePath(folder.path));
  const stored = reader.get(find(reader, "").rows[0]?.id ?? "");
  reader.close();
  expect(stored?.request.body.captured).toBe(3 << 20);
});

test("a store that had nothing to do ends without it, and takes nothing afterwards", async () => {
  await store.close();
  store.sink.ended(traceOf({ seq: 1 }), encoded(traceOf({ seq: 1 })));
  store.sink.pinned("id", true);
  await store.sink.room(large);
  expect(threads.all).toEqual([]);
});

test("it is ready with its first word, or when it ends before that", async () => {
  await store.ready();
  const other = newStore({ start: () => new Worker("process.exit(1)", { eval: true }) });
  await other.ready();
  expect([store.sink.isOff, other.sink.isOff]).toEqual([false, true]);
});

test("where the system has no room for a thread, that is reported once, and requests go on", async () => {
  threads.isRoom = false;
  const full = newStore();
  full.sink.ended(traceOf({ seq: 1 }), encoded(traceOf({ seq: 1 })));
  full.sink.pinned("id", true);
  await full.sink.room(large);
  await full.ready();
  await full.close();
  expect([codes, full.sink.isOff]).toEqual([["store-failed"], true]);
});
