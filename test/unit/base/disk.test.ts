// Reads of files with a bound.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readBounded, readRange } from "../../../server/base/disk.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("a range takes no more memory than the file has", async () => {
  using folder = tempFolder();
  folder.write("a", "x".repeat(100_000));
  const bytes = await readRange(folder.file("a"), 50_000, 16 << 20);
  expect([bytes.length, bytes.buffer.byteLength < 1 << 20]).toEqual([50_000, true]);
  expect(await readRange(folder.file("a"), 200_000, 10)).toHaveLength(0);
});

test("a file that says 0 and is not empty is read", async () => {
  const path = "/proc/filesystems";
  const whole = await readFile(path);
  expect(await readRange(path, 5, 7)).toEqual(whole.subarray(5, 12));
  expect(await readRange(path, 0, 16 << 20)).toEqual(whole);
  expect(await readBounded(path, whole.length)).toMatchObject({ kind: "read", bytes: whole });
  expect(await readBounded(path, whole.length - 1)).toMatchObject({ kind: "too-large" });
});
