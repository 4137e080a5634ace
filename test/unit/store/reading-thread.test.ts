// Where the system has no room for the reading thread.
import { expect, test } from "vitest";
import { ReadingThread } from "../../../server/store/reading-thread.js";
import { noMemory } from "../../../server/store/store-answers.js";
import { problem } from "../../support/coded.js";
import { StartedThreads } from "../../support/started-threads.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("each call says so, and the next one tries again", async () => {
  using folder = tempFolder();
  const path = folder.file("traces.db");
  {
    using stored = new StoredTraces(path);
    stored.store(traceOf({ seq: 1 }));
  }
  const threads = new StartedThreads();
  threads.isRoom = false;
  const reader = new ReadingThread(path, () => {}, threads.start);
  const unreadable = problem("store-unreadable", { path, systemText: "no room" });
  reader.prepare();
  const look = { run: "a", after: null, since: "", isMaking: false };
  await expect(reader.ask("look", look)).rejects.toEqual(unreadable);
  await expect(reader.ask("facts", null)).rejects.toEqual(unreadable);
  await expect(reader.ask("restore", 1)).rejects.toEqual(unreadable);
  const range = { order: null, first: 0, count: 1, around: null, cleared: null, memory: noMemory };
  await expect(reader.list({ query: [], range }, new AbortController().signal).next()).rejects.toEqual(unreadable);
  threads.isRoom = true;
  expect(await reader.ask("facts", null)).toMatchObject({ traces: 1 });
  const closed = reader.close();
  await expect(reader.ask("restore", 1)).rejects.toEqual(problem("store-unreadable", { path, systemText: "closed" }));
  reader.prepare();
  await closed;
  expect(threads.all).toHaveLength(1);
});
