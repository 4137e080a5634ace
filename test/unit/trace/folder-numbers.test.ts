// The numbers of a folder's traces: none is given twice, whoever takes it, and at the pace of a person none is left
// out.
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { FolderNumbers } from "../../../server/trace/store/folder-numbers.js";
import { tempFolder } from "../../support/temp-workspace.js";

afterEach(() => vi.restoreAllMocks());

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
