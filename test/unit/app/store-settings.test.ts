// What happens to traces that end while the store's settings are changed. The store's thread is a stand-in here: only
// built code has its program.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StoredFolder } from "../../../server/app/stored-folder.js";
import { ProblemError } from "../../../server/base/problem.js";
import { storeMessage } from "../../../server/store/messages.js";
import type { TraceStoreOptions } from "../../../server/store/trace-store.js";
import { coded } from "../../support/coded.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

interface Begun {
  readonly options: TraceStoreOptions;
  readonly sink: object;
  /** The thread has stored everything. */
  end: () => void;
}

const { begun } = vi.hoisted(() => {
  const all: Begun[] = [];
  return { begun: all };
});
vi.mock("../../../server/store/trace-store.js", () => ({
  TraceStore: class {
    readonly sink = { isOff: false, isReady: false };
    readonly #ended: Promise<void>;

    constructor(options: TraceStoreOptions) {
      const { promise, resolve } = withResolvers();
      this.#ended = promise;
      begun.push({ options, sink: this.sink, end: resolve });
    }

    async ready(): Promise<void> {
      await new Promise((resolve) => setImmediate(resolve));
      this.sink.isReady = true;
    }

    close(): Promise<void> {
      return this.#ended;
    }
  },
}));

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

let folder: TempFolder;
let stores: StoredFolder;
beforeEach(async () => {
  folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  begun.length = 0;
  stores = new StoredFolder({ write: () => {} }, "as-set", { get: () => null });
  await stores.turnTo(folder.path);
});
afterEach(async () => {
  for (const { end } of begun) end();
  await stores.close();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const settings = { isOn: true, maxBytes: 64 << 20, maxAgeDays: 3 };

test("opening a folder does not start the storing thread, and the store's state does", async () => {
  expect(stores.sink).toMatchObject({ isReady: false });
  await stores.state();
  expect(stores.sink).toMatchObject({ isReady: true });
});

test("traces go to the new store while the old one still closes", async () => {
  const set = stores.set(settings);
  await vi.waitFor(() => expect(begun.length).toBe(2), 20_000);
  expect(stores.sink).toBe(begun[1]?.sink);
  expect(begun[1]?.options.maxBytes).toBe(settings.maxBytes);
  let isSet = false;
  void set.then(() => {
    isSet = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isSet).toBe(false); // the old thread still writes
  begun[0]?.end();
  await set;
  expect(stores.sink).toBe(begun[1]?.sink);
});

test("changed settings hold when the new store has opened the file", async () => {
  begun[0]?.end();
  await stores.set(settings);
  expect(stores.sink).toMatchObject({ isReady: true });
});

test("the settings are known and can be changed though the file cannot be read", async () => {
  const { reader } = stores;
  const newer = new ProblemError(storeMessage("store-newer", { path: "a.db" }));
  vi.spyOn(reader, "ask").mockRejectedValue(newer);
  expect(await stores.state()).toMatchObject({ isSettable: true, traces: 0, problem: coded("store-newer") });
  begun[0]?.end();
  await stores.set({ ...settings, isOn: false });
  expect((await stores.state()).settings).toEqual({ ...settings, isOn: false });
});

test("there is always a store until storing is turned off", async () => {
  const seen = new Set([stores.sink !== null]);
  const set = stores.set(settings);
  while (begun.length < 2) {
    seen.add(stores.sink !== null);
    await new Promise((resolve) => setImmediate(resolve));
  }
  begun[0]?.end();
  await set;
  expect([...seen]).toEqual([true]);
  const off = stores.set({ ...settings, isOn: false });
  await vi.waitFor(() => expect(stores.sink).toBeNull(), 20_000);
  begun[1]?.end();
  await off;
  expect([stores.sink, begun.length]).toEqual([null, 2]);
});

test("forgetting one folder's traces leaves the store of the folder that is opened meanwhile alone", async () => {
  const forgetting = stores.forget();
  await vi.waitFor(() => expect(stores.sink).toBeNull(), 20_000);
  const other = folder.file("other");
  folder.makeFolder("other");
  await stores.turnTo(other);
  const { reader } = stores;
  const close = vi.spyOn(reader, "close");
  begun[0]?.end();
  await forgetting;
  expect([close.mock.calls.length, stores.reader === reader, begun.length]).toEqual([0, true, 2]);
});

test("the last traces are stored before anything else is done for the folder that is left", async () => {
  const beforeClose = vi.fn(async () => {});
  stores.beforeClose = beforeClose;
  const closing = stores.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(beforeClose).not.toHaveBeenCalled(); // the thread still writes
  begun[0]?.end();
  await closing;
  expect(beforeClose).toHaveBeenCalledOnce();
});
