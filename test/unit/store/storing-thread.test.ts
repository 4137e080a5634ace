// When the storing thread begins and ends. The thread is a stand-in here: only built code has its program.
import { EventEmitter } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import { RingReader, type SharedRing } from "../../../server/store/shared-ring.js";
import { TraceStore } from "../../../server/store/trace-store.js";
import { encoded, traceOf } from "../../support/stored-traces.js";

const { begun, system } = vi.hoisted(() => {
  const all: { readonly ring: SharedRing; readonly thread: EventEmitter; readonly posted: unknown[] }[] = [];
  return { begun: all, system: { isFull: false } };
});
vi.mock("node:worker_threads", async (original) => ({
  ...(await original<typeof import("node:worker_threads")>()),
  Worker: class extends EventEmitter {
    readonly #posted: unknown[] = [];

    constructor(_program: string, { workerData }: { readonly workerData: { readonly ring: SharedRing } }) {
      super();
      if (system.isFull) throw new Error("no room");
      begun.push({ ring: workerData.ring, thread: this, posted: this.#posted });
    }
    ref(): void {}
    unref(): void {}
    postMessage(call: unknown): void {
      this.#posted.push(call);
      if (call === "close") this.emit("exit", 0);
    }
  },
}));

const options = { root: "/srv", onMessage: () => {}, maxBytes: 1 << 30, maxAgeMs: 1e12 };
const newStore = () => new TraceStore(options);
let store = newStore();
beforeEach(() => {
  begun.length = 0;
  store = newStore();
});
const isEmpty = (): boolean => begun.every(({ ring }) => new RingReader(ring).take() === null);
const large = traceOf({ seq: 1, body: new Uint8Array(5 << 20) });

test.each<[string, () => unknown]>([
  ["a trace ends", () => store.sink.ended(traceOf({ seq: 1 }), encoded(traceOf({ seq: 1 })))],
  ["a trace gets findings", () => store.sink.found("1", [])],
  ["a stored trace is pinned", () => store.sink.pinned("id", true)],
  ["there is to be room for a trace", () => store.sink.room(traceOf({ seq: 1 }))],
  ["the folder's state is to say whether it stores", () => store.ready()],
])("it begins when %s, once", async (_when, happens) => {
  expect(begun).toEqual([]);
  void happens();
  void happens();
  expect(begun).toHaveLength(1);
  await store.close();
  expect(begun[0]?.posted).toEqual(["close"]);
});

test("until then nothing is written, so a large trace finds the whole ring free", async () => {
  store.sink.forget();
  await store.sink.room(large);
  expect(isEmpty()).toBe(true);
});

test("a store that had nothing to do ends without it, and takes nothing afterwards", async () => {
  await store.close();
  store.sink.ended(traceOf({ seq: 1 }), encoded(traceOf({ seq: 1 })));
  store.sink.pinned("id", true);
  await store.sink.room(large);
  expect(begun).toEqual([]);
});

test("it is ready with its first word, or when it ends before that", async () => {
  const ready = store.ready();
  begun[0]?.thread.emit("message", { message: null, isOff: false, isOtherFile: false });
  await ready;
  const other = newStore();
  const failed = other.ready();
  begun[1]?.thread.emit("exit", 1);
  await failed;
  expect([store.sink.isOff, other.sink.isOff]).toEqual([false, true]);
});

test("where the system has no room for a thread, that is reported once, and requests go on", async () => {
  const codes: string[] = [];
  const full = new TraceStore({ ...options, onMessage: ({ code }) => codes.push(code) });
  system.isFull = true;
  try {
    full.sink.ended(traceOf({ seq: 1 }), encoded(traceOf({ seq: 1 })));
    full.sink.pinned("id", true);
    await full.sink.room(large);
    await full.ready();
    await full.close();
  } finally {
    system.isFull = false;
  }
  expect([codes, full.sink.isOff]).toEqual([["store-failed"], true]);
});
