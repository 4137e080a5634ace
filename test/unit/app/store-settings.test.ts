// What happens to traces that end while the store's settings are changed.
import { mkdirSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StoredFolder } from "../../../server/app/stored-folder.js";
import { storePath } from "../../../server/store/store-path.js";
import { coded } from "../../support/coded.js";
import { type StartedThread, StartedThreads } from "../../support/started-threads.js";
import { encoded, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let threads: StartedThreads;
let stores: StoredFolder;
beforeEach(async () => {
  folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  threads = new StartedThreads("store-worker");
  stores = new StoredFolder({ write: () => {} }, "as-set", { get: () => null }, threads.start);
  await stores.turnTo(folder.path);
});
afterEach(async () => {
  for (const thread of storing()) thread.end();
  await stores.close();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const settings = { isOn: true, maxBytes: 64 << 20, maxAgeDays: 3 };
/** The threads that store; each ends when the test says so. */
const storing = (): readonly StartedThread[] => threads.named("store-worker");
const endTrace = (seq: number): void => void stores.sink?.ended(traceOf({ seq }), encoded(traceOf({ seq })));
/** A change that has not ended after everything else that could happen did. */
async function stillRuns(change: Promise<void>): Promise<boolean> {
  let isOver = false;
  void change.then(() => {
    isOver = true;
  });
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  return !isOver;
}

test("opening a folder does not start the storing thread, and the store's state does", async () => {
  expect(storing()).toHaveLength(0);
  expect(await stores.state()).toMatchObject({ isStoring: true });
  expect(storing()).toHaveLength(1);
});

test("traces go to the new store while the old one still closes", async () => {
  const old = stores.sink;
  endTrace(1);
  const set = stores.set(settings);
  await vi.waitFor(() => expect(stores.sink).not.toBe(old), 20_000);
  const { sink } = stores;
  endTrace(2);
  expect(await stillRuns(set)).toBe(true); // the old thread still writes
  storing()[0]?.end();
  await set;
  expect(stores.sink).toBe(sink);
  expect(await stores.state()).toMatchObject({ settings, isStoring: true });
  storing()[1]?.end();
  await stores.close();
  await stores.turnTo(folder.path);
  expect(await stores.state()).toMatchObject({ traces: 2, settings });
});

test("changed settings hold when the new store has opened the file", async () => {
  await stores.set(settings); // nothing was to be stored, so no thread has to end
  expect(await stores.state()).toMatchObject({ settings, isStoring: true });
  expect(storing()).toHaveLength(1);
});

test("the settings are known and can be changed though the file cannot be read", async () => {
  mkdirSync(storePath(folder.path), { recursive: true });
  expect(await stores.state()).toMatchObject({ isSettable: true, traces: 0, problem: coded("store-unreadable") });
  storing()[0]?.end();
  await stores.set({ ...settings, isOn: false });
  expect((await stores.state()).settings).toEqual({ ...settings, isOn: false });
});

test("there is always a store until storing is turned off", async () => {
  endTrace(1);
  const old = stores.sink;
  const seen = new Set([old !== null]);
  const set = stores.set(settings);
  while (stores.sink === old) {
    seen.add(stores.sink !== null);
    await setImmediate();
  }
  seen.add(stores.sink !== null);
  storing()[0]?.end();
  await set;
  expect([...seen]).toEqual([true]);
  const off = stores.set({ ...settings, isOn: false });
  await vi.waitFor(() => expect(stores.sink).toBeNull(), 20_000);
  storing()[1]?.end();
  await off;
  expect([stores.sink, storing().length]).toEqual([null, 2]);
});

test("forgetting one folder's traces leaves the store of the folder that is opened meanwhile alone", async () => {
  endTrace(1);
  const forgetting = stores.forget();
  await vi.waitFor(() => expect(stores.sink).toBeNull(), 20_000);
  folder.makeFolder("other");
  await stores.turnTo(folder.file("other"));
  endTrace(2);
  const { reader } = stores;
  storing()[0]?.end();
  await forgetting;
  expect(stores.reader).toBe(reader);
  expect(await stores.state()).toMatchObject({ isStoring: true, problem: null });
});

test("the last traces are stored before anything else is done for the folder that is left", async () => {
  endTrace(1);
  const beforeClose = vi.fn(async () => {});
  stores.beforeClose = beforeClose;
  const closing = stores.close();
  expect(await stillRuns(closing)).toBe(true); // the thread still writes
  expect(beforeClose).not.toHaveBeenCalled();
  storing()[0]?.end();
  await closing;
  expect(beforeClose).toHaveBeenCalledOnce();
});
