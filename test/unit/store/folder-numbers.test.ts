// The numbers of a folder's traces: none is given twice, whoever takes it, and at the pace of a person none is left
// out. The files are real; the other processes are objects that act between two calls of the system.
import fs, { readdirSync, renameSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { FolderNumbers } from "../../../server/store/folder-numbers.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

/** Called before each call of the file system. */
let beforeCall = (): void => {};
const calls = Object.entries(fs).flatMap(([name, call]) =>
  typeof call === "function" && name.endsWith("Sync") ? [[name, call] as const] : [],
);
beforeAll(() => {
  for (const [name, call] of calls)
    Object.assign(fs, {
      [name]: (...args: unknown[]): unknown => {
        beforeCall();
        return Reflect.apply(call, undefined, args);
      },
    });
  syncBuiltinESMExports();
});
afterAll(() => {
  Object.assign(fs, Object.fromEntries(calls));
  syncBuiltinESMExports();
});
afterEach(() => {
  vi.restoreAllMocks();
  beforeCall = () => {};
});

test("several processes that come, take numbers at any pace and go take each one once, in their own order", () => {
  const step = fc.record({
    who: fc.nat(3),
    count: fc.integer({ min: 1, max: 40 }),
    laterMs: fc.nat(3000),
    end: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      using folder = tempFolder();
      let now = 0;
      vi.spyOn(performance, "now").mockImplementation(() => now);
      const begin = () => new FolderNumbers(folder.file("a.db"));
      const processes = [begin(), begin(), begin(), begin()];
      const taken = new Set<number>();
      for (const { who, count, laterMs, end } of steps) {
        now += laterMs;
        const numbers = processes[who] ?? begin();
        let last = 0;
        for (let i = 0; i < count; i++) {
          const number = numbers.take(true);
          expect(number).toBeGreaterThan(last);
          expect(taken).not.toContain(number);
          taken.add(number);
          last = number;
        }
        if (!end) continue;
        numbers.release();
        processes[who] = begin();
      }
      if (steps.length > 0) expect(readdirSync(folder.file("a.numbers"))).toHaveLength(1);
    }),
    { numRuns: 50 },
  );
});

test("processes that interrupt one another between any two calls of the system take each number once", () => {
  const act = fc.record({ who: fc.nat(4), isLast: fc.boolean(), laterMs: fc.constantFrom(0, 0, 0, 2000) });
  let interrupted = 0;
  const interruptions = fc.array(fc.option(act, { freq: 2 }), { maxLength: 200, size: "max" });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30, size: "max" }), interruptions, (acts, between) => {
      beforeCall = () => {};
      using folder = tempFolder();
      let now = 0;
      vi.spyOn(performance, "now").mockImplementation(() => now);
      const begin = () => ({ numbers: new FolderNumbers(folder.file("a.db")), last: 0, isBusy: false });
      const processes = [begin(), begin(), begin(), begin(), begin()];
      const taken = new Set<number>();
      const run = ({ who, isLast, laterMs }: (typeof acts)[number]): void => {
        const one = processes[who] ?? begin();
        if (one.isBusy) return;
        now += laterMs;
        one.isBusy = true;
        const number = one.numbers.take(true);
        expect(number).toBeGreaterThan(one.last);
        expect(taken).not.toContain(number);
        taken.add(number);
        one.last = number;
        if (isLast) {
          one.numbers.release();
          processes[who] = begin();
        }
        one.isBusy = false;
      };
      const rest = between.values();
      beforeCall = () => {
        const next = rest.next().value;
        if (!next) return;
        interrupted++;
        run(next);
      };
      for (const next of acts) run(next);
      beforeCall = () => {};
    }),
    { numRuns: 100 },
  );
  expect(interrupted).toBeGreaterThan(100);
});

test("two processes take turns without a gap, and what one claimed in a hurry and did not take is given back", () => {
  using folder = tempFolder();
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const [one, other] = [new FolderNumbers(folder.file("a.db")), new FolderNumbers(folder.file("a.db"))];
  const turns = [one, other, other, one, other, one].map((numbers) => {
    now += 2000;
    return numbers.take(true);
  });
  expect(turns).toEqual([1, 2, 3, 4, 5, 6]);
  expect([one.take(true), one.take(true)]).toEqual([7, 8]);
  one.release();
  expect(new FolderNumbers(folder.file("a.db")).take(true)).toBe(9);
});

test("where nothing was ever stored, numbers go on in this process alone, and nothing is written", () => {
  using folder = tempFolder();
  const numbers = new FolderNumbers(folder.file("a.db"));
  expect([1, 2, 3, 4, 5].map(() => numbers.take(false))).toEqual([1, 2, 3, 4, 5]);
  expect(readdirSync(folder.path)).toEqual([]);
  expect([numbers.take(true), new FolderNumbers(folder.file("a.db")).take(false)]).toEqual([6, expect.any(Number)]);
  numbers.release();
  const other = new FolderNumbers(folder.file("a.db")).take(false);
  expect(other).toBeGreaterThan(6);
  expect(numbers.take(false)).toBeGreaterThan(other);
});

test.each([
  ["a file is in the folder's place", (folder: TempFolder) => folder.write("a.numbers", "")],
  ["no file has a number", (folder: TempFolder) => folder.makeFolder("a.numbers/07")],
  ["no name can be counted on from", (folder: TempFolder) => folder.makeFolder("a.numbers/9007199254740992")],
])("where %s, numbers go on in this process alone", (_, spoil) => {
  using folder = tempFolder();
  spoil(folder);
  const numbers = new FolderNumbers(folder.file("a.db"));
  expect([1, 2, 3].map(() => numbers.take(true))).toEqual([1, 2, 3]);
  numbers.release();
});

test("while the folder cannot be read a process goes on behind what it knows, and claims again as soon as it can", () => {
  using folder = tempFolder();
  const [one, other] = [new FolderNumbers(folder.file("a.db")), new FolderNumbers(folder.file("a.db"))];
  expect([one.take(true), other.take(true)]).toEqual([1, 2]);
  renameSync(folder.file("a.numbers"), folder.file("away"));
  folder.write("a.numbers", "");
  expect([other.take(true), other.take(true), other.take(true)]).toEqual([3, 4, 5]);
  other.release();
  folder.remove("a.numbers");
  renameSync(folder.file("away"), folder.file("a.numbers"));
  expect(other.take(true)).toBe(6);
  expect(new FolderNumbers(folder.file("a.db")).take(true)).toBeGreaterThan(6);
});
