// What browser windows remember, in a real file.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WindowMemory } from "../../../server/app/window-memory.js";
import { maxWindowMemory } from "../../../server/contract/limits.js";
import { tempFolder } from "../../support/temp-workspace.js";

const memoryIn = (folder: string) => new WindowMemory(join(folder, "window.json"));

test("nothing at first; then what was changed, for other servers of the user too", async () => {
  using folder = tempFolder();
  const memory = memoryIn(folder.path);
  expect(await memory.recall()).toEqual({ revision: null, entries: {} });
  const first = await memory.remember({ theme: '"dark"', panes: "{}" });
  expect(first.before).toBe(null);
  const second = await memoryIn(folder.path).remember({ panes: null, tabs: "[]" });
  expect(second.before).toBe(first.after);
  expect(await memory.recall()).toEqual({ revision: second.after, entries: { theme: '"dark"', tabs: "[]" } });
  expect(statSync(folder.file("window.json")).mode & 0o777).toBe(0o600);
});

test("changes at the same time are all kept", async () => {
  using folder = tempFolder();
  const memory = memoryIn(folder.path);
  const keys = Array.from({ length: 20 }, (_, n) => `key ${n}`);
  await Promise.all(keys.map((key) => memory.remember({ [key]: "x" })));
  expect(Object.keys((await memory.recall()).entries)).toEqual(keys);
});

test("too much is refused, and what was there stays", async () => {
  using folder = tempFolder();
  const memory = memoryIn(folder.path);
  await memory.remember({ theme: '"dark"' });
  const refused = memory.remember({ draft: "x".repeat(maxWindowMemory) });
  await expect(refused).rejects.toMatchObject({ problem: { code: "window-memory-full", data: { maxMiB: 5 } } });
  expect((await memory.recall()).entries).toEqual({ theme: '"dark"' });
  await memory.remember({ theme: null });
  expect((await memory.recall()).entries).toEqual({});
});

test.each(["{", '{"version":2,"revision":"a","entries":{}}'])(
  "a file that cannot be read is set aside: %s",
  async (text) => {
    using folder = tempFolder();
    writeFileSync(folder.file("window.json"), text);
    const memory = memoryIn(folder.path);
    expect((await memory.recall()).entries).toEqual({});
    expect(readFileSync(folder.file("window.json.unreadable"), "utf8")).toBe(text);
    expect(existsSync(folder.file("window.json"))).toBe(false);
  },
);

test("a file that cannot be used is named, with the reason", async () => {
  using folder = tempFolder();
  folder.write("plain", "");
  const below = new WindowMemory(folder.file("plain/window.json"));
  const path = folder.file("plain/window.json");
  await expect(below.remember({ theme: null })).rejects.toMatchObject({
    problem: { code: "window-memory-file", data: { what: "read", path, errno: "ENOTDIR" } },
  });
  mkdirSync(folder.file("window.json"));
  await expect(memoryIn(folder.path).recall()).rejects.toMatchObject({ problem: { data: { errno: "EISDIR" } } });
});
