// Where the system has no room for the reading thread. The thread is a stand-in: only built code has its program.
import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import { ReadingThread } from "../../../server/store/reading-thread.js";
import { noMemory } from "../../../server/store/store-answers.js";
import { problem } from "../../support/coded.js";
import { tempFolder } from "../../support/temp-workspace.js";

const system = vi.hoisted(() => ({ isFull: true, begun: 0 }));
vi.mock("node:worker_threads", async (original) => ({
  ...(await original<typeof import("node:worker_threads")>()),
  Worker: class extends EventEmitter {
    constructor() {
      super();
      if (system.isFull) throw new Error("no room");
      system.begun++;
    }
    ref(): void {}
    unref(): void {}
    postMessage(call: "close" | { readonly port: MessagePort }): void {
      if (call === "close") return void this.emit("exit", 0);
      const { port } = call;
      port.postMessage({ answer: 1 });
      port.postMessage("over");
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
  await expect(reader.ask("look", look)).rejects.toEqual(unreadable);
  await expect(reader.ask("facts", null)).rejects.toEqual(unreadable);
  await expect(reader.ask("restore", 1)).rejects.toEqual(unreadable);
  const range = { order: null, first: 0, count: 1, around: null, cleared: null, memory: noMemory };
  await expect(reader.list({ query: [], range }, new AbortController().signal).next()).rejects.toEqual(unreadable);
  system.isFull = false;
  expect(await reader.ask("restore", 1)).toBe(1);
  const begun = system.begun;
  const closed = reader.close();
  await expect(reader.ask("restore", 1)).rejects.toEqual(
    problem("store-unreadable", { path: folder.file("traces.db"), systemText: "closed" }),
  );
  reader.prepare();
  await closed;
  expect(system.begun).toBe(begun);
});
