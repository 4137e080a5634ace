// Several processes that make, open and lock the same file of stored traces.
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { DatabaseSync } from "@photostructure/sqlite";
import { transformWithOxc } from "vite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MarkFile } from "../../../server/store/mark-file.js";
import { newRing } from "../../../server/store/shared-ring.js";
import { openForReading, openForWriting, schemaVersion } from "../../../server/store/store-file.js";
import { repositoryRoot } from "../../support/repository.js";
import { encoded, StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => {
  vi.restoreAllMocks();
  folder[Symbol.dispose]();
});

const sqlite = createRequire(import.meta.url).resolve("@photostructure/sqlite");

/** What a thread opens by itself: the product's own code. */
async function storeFileModule(): Promise<string> {
  const file = join(repositoryRoot, "server/store/store-file.ts");
  const { code } = await transformWithOxc(readFileSync(file, "utf8"), file);
  folder.write("store-file.mjs", code.replace('"@photostructure/sqlite"', JSON.stringify(pathToFileURL(sqlite).href)));
  return pathToFileURL(folder.file("store-file.mjs")).href;
}

/** Each opens every file when all threads have come so far. */
const opener = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { module, paths, threads, places } = workerData;
  import(module).then(({ openForReading, openForWriting }) => {
    const come = new Int32Array(places);
    const failures = [];
    paths.forEach((path, index) => {
      Atomics.add(come, index, 1);
      while (Atomics.load(come, index) < threads);
      try {
        openForWriting(path, { root: "/srv" }).close();
        openForReading(path).close();
      } catch (error) {
        failures.push(error.message);
      }
    });
    parentPort.postMessage(failures);
  });
`;

test("a new file that several open at the same moment is opened by all of them", async () => {
  const module = await storeFileModule();
  const [threads, files] = [3, 40];
  const paths = Array.from({ length: files }, (_, index) => folder.file(`new/${index}.db`));
  const workerData = { module, paths, threads, places: new SharedArrayBuffer(4 * files) };
  const workers = Array.from({ length: threads }, () => new Worker(opener, { eval: true, workerData }));
  const failures = await Promise.all(workers.map(async (worker) => (await once(worker, "message"))[0]));
  await Promise.all(workers.map((worker) => worker.terminate()));
  expect(failures).toEqual(Array(threads).fill([]));
});

/** Takes a lock, says so, and gives it back after a while. */
const holder = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { DatabaseSync } = require(workerData.sqlite);
  const database = new DatabaseSync(workerData.path);
  database.exec(workerData.sql);
  parentPort.postMessage("held");
  setTimeout(() => {
    database.exec("commit");
    database.close();
  }, workerData.ms);
`;

async function held(path: string, sql: string, ms: number): Promise<Worker> {
  const worker = new Worker(holder, { eval: true, workerData: { sqlite, path, sql, ms } });
  await once(worker, "message");
  return worker;
}

test.each([
  ["for writing", openForWriting],
  ["for reading", openForReading],
])("%s it is opened as soon as another one is done with it", async (_, open) => {
  const path = folder.file("a.db");
  const worker = await held(path, "begin exclusive", 400);
  const ended = once(worker, "exit");
  const database = open(path);
  expect(database.prepare("pragma user_version").get()).toEqual({ user_version: schemaVersion });
  database.close();
  await ended;
});

test("an error that does not pass is told at once", () => {
  folder.write("a.db", "some text\n".repeat(2000));
  const waits = vi.spyOn(Atomics, "wait");
  expect(() => openForWriting(folder.file("a.db"))).toThrow("not a database");
  expect(waits).not.toHaveBeenCalled();
});

test("a batch that finds the file locked is stored at the next look", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path);
  expect(store.writer.open()).toBe(true);
  const other = new DatabaseSync(path);
  other.exec("begin immediate");
  store.store(traceOf({ seq: 1 }));
  store.sink.ended(traceOf({ seq: 2 }), encoded(traceOf({ seq: 2 })));
  other.exec("rollback");
  other.close();
  store.writer.drain();
  expect([store.codes, store.find("").rows.map(({ seq }) => seq)]).toEqual([[], [2, 1]]);
});

test("a file that is locked when it is opened is opened with the next batch", () => {
  const path = folder.file("a.db");
  const other = new DatabaseSync(path);
  other.exec("begin exclusive");
  using store = new StoredTraces(path);
  const now = vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(0).mockReturnValue(25_000);
  expect(store.writer.open()).toBe(true);
  now.mockRestore();
  other.exec("rollback");
  other.close();
  store.store(traceOf({ seq: 1 }));
  expect([store.codes, store.find("").rows.map(({ seq }) => seq)]).toEqual([[], [1]]);
});

test("while another one writes for long, a file is opened and searched without those that have no row yet", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  store.store(traceOf({ seq: 1 }));
  expect(store.find("").total).toBe(1);
  store.store(traceOf({ seq: 2 })); // waits for its row
  const other = new DatabaseSync(path);
  other.exec("begin immediate");
  const before = performance.now();
  new MarkFile(path).close();
  openForWriting(path, { root: "/srv" }).close();
  expect(store.find("").total).toBe(1);
  expect(performance.now() - before).toBeLessThan(1900); // of one wait of SQLite
  other.exec("rollback");
  other.close();
  expect(store.find("").total).toBe(2);
});

test("what does not fit into memory while the file is locked is not said to be due to requests", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path, { ring: newRing(1 << 16) });
  expect(store.writer.open()).toBe(true);
  const other = new DatabaseSync(path);
  other.exec("begin immediate");
  store.store(traceOf({ seq: 1 }));
  for (let seq = 2; seq <= 100; seq++) store.end(traceOf({ seq, body: Buffer.alloc(4000, seq) }));
  other.exec("rollback");
  other.close();
  store.writer.drain();
  expect(store.codes).toEqual(["store-locked"]);
  for (let seq = 101; seq <= 200; seq++) store.end(traceOf({ seq, body: Buffer.alloc(4000, seq) }));
  store.writer.drain();
  expect(store.codes).toEqual(["store-locked", "store-behind"]);
});

test("a file that stays locked is told once, and so is that it can be used again", () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path);
  expect(store.writer.open()).toBe(true);
  const other = new DatabaseSync(path);
  other.exec("begin immediate");
  store.sink.ended(traceOf({ seq: 1 }), encoded(traceOf({ seq: 1 })));
  const now = vi.spyOn(performance, "now");
  for (const ms of [1000, 15_000, 22_000]) {
    expect(store.codes).toEqual([]);
    now.mockReturnValue(ms);
    store.writer.drain();
  }
  expect(store.codes).toEqual(["store-failed"]);
  other.exec("rollback");
  other.close();
  store.store(traceOf({ seq: 2 }));
  expect([store.codes, store.messages[1]?.data?.["lost"]]).toEqual([["store-failed", "store-goes-on"], 1]);
}, 30_000);

test.skipIf(process.platform === "win32")(
  "a file that is gone and cannot be created is reported once and tried again; the lost traces are counted",
  () => {
    const now = vi.spyOn(performance, "now");
    using store = new StoredTraces(folder.file("traces/a.db"));
    expect(store.writer.open()).toBe(true);
    rmSync(folder.file("traces"), { recursive: true });
    folder.write("traces", "in the way");
    for (const seq of [1, 2, 3]) {
      now.mockReturnValue(seq === 3 ? 4000 : 2000); // the second comes before the next look
      store.store(traceOf({ seq }));
    }
    expect(store.codes).toEqual(["store-failed"]);
    folder.remove("traces");
    now.mockReturnValue(6000);
    store.store(traceOf({ seq: 4 }));
    expect([store.codes, store.messages[1]?.data?.["lost"]]).toEqual([["store-failed", "store-goes-on"], 3]);
    expect(store.find("").rows.map(({ id }) => id)).toEqual([traceOf({ seq: 4 }).id]);
  },
);

/** Writes the file anew again and again, as a purge does, until it is told to stop. */
const vacuuming = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { DatabaseSync } = require(workerData.sqlite);
  const database = new DatabaseSync(workerData.path);
  database.exec("pragma secure_delete=on; pragma busy_timeout=20000");
  const state = new Int32Array(workerData.state);
  let times = 0;
  for (; Atomics.load(state, 0) === 0; times++) {
    database.exec("vacuum");
    Atomics.store(state, 1, times + 1);
    Atomics.notify(state, 1);
  }
  database.close();
  parentPort.postMessage(times);
`;

test("names, tags, pins and deletions that are written while the file is written anew are all in it", async () => {
  const path = folder.file("a.db");
  using store = new StoredTraces(path);
  expect(store.writer.open()).toBe(true);
  const traces = Array.from({ length: 60 }, (_, index) =>
    traceOf({ seq: index + 1, stdout: Buffer.from(`A: b\n\n${`${index}`.repeat(100_000)}`) }),
  );
  store.store(...traces);
  const state = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(vacuuming, { eval: true, workerData: { sqlite, path, state: state.buffer } });
  const ended = once(worker, "message");
  const marks = new MarkFile(path);
  for (const [index, { id }] of traces.entries()) {
    Atomics.wait(state, 1, Math.floor(index / 20)); // some of them within each time
    marks.write(id, { name: `name ${index}`, note: null, tags: [`tag-${index % 3}`] });
    if (index % 10 === 0) store.sink.pinned(id, true);
    if (index % 10 === 5) marks.remove([id], 7);
    store.writer.drain();
  }
  Atomics.store(state, 0, 1);
  const [times]: unknown[] = await ended;
  expect(times).toBeGreaterThanOrEqual(3);
  store.writer.drain();
  expect(store.codes).toEqual([]);
  const kept = traces.flatMap(({ seq }) => ((seq - 1) % 10 === 5 ? [] : seq));
  expect(store.find("name:name").rows.map(({ seq }) => seq)).toEqual(kept.toReversed());
  expect(store.find("tag:tag-1").total).toBe(kept.filter((seq) => (seq - 1) % 3 === 1).length);
  expect(store.find("pinned:yes").total).toBe(6);
  expect(marks.restore(7)).toBe(6);
  expect(store.find("name:name").total).toBe(60);
  marks.close();
});
