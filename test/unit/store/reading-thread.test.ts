// Where the system has no room for the reading thread. The thread is a stand-in: only built code has its program.
import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { ReadingThread } from "../../../server/store/reading-thread.js";
import { problem } from "../../support/coded.js";
import { tempFolder } from "../../support/temp-workspace.js";

const system = vi.hoisted(() => ({ isFull: true }));
vi.mock("node:worker_threads", async (original) => ({
  ...(await original<typeof import("node:worker_threads")>()),
  Worker: class extends EventEmitter {
    constructor() {
      super();
      if (system.isFull) throw new Error("no room");
    }
    ref(): void {}
    unref(): void {}
    postMessage({ ask }: { readonly ask: number }): void {
      this.emit("message", { ask, kind: "count", count: 1 });
    }
  },
}));

test("each call says so, and the next one tries again", async () => {
  using folder = tempFolder();
  folder.write("traces.db", "");
  const reader = new ReadingThread(folder.file("traces.db"));
  const unreadable = problem("store-unreadable", { path: folder.file("traces.db"), systemText: "no room" });
  reader.prepare();
  const look = { run: "a", after: null, since: "", isMaking: false };
  await expect(reader.look(look)).rejects.toEqual(unreadable);
  await expect(reader.facts()).rejects.toEqual(unreadable);
  await expect(reader.restore(1)).rejects.toEqual(unreadable);
  await expect(reader.search([], 1, new AbortController().signal).next()).rejects.toEqual(unreadable);
  system.isFull = false;
  expect(await reader.restore(1)).toBe(1);
});
