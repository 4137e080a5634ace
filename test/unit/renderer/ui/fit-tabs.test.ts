// Which tabs stay in sight in a bar that is too narrow.
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitTabs, keepTabs } from "../../../../renderer/ui/fit-tabs.js";

const tabs = [3, 2, 0, 1].map((rank) => ({ width: 50, rank }));

test("all of them while there is room, then the most wanted beside the menu's button", () => {
  expect(fitTabs(tabs, 200, 40, 0)).toEqual([0, 1, 2, 3]);
  expect(fitTabs(tabs, 199, 40, 0)).toEqual([0, 1, 3]);
  expect(fitTabs(tabs, 199, 40, 2)).toEqual([0, 1, 2]);
  expect(fitTabs(tabs, 30, 40, 2)).toEqual([2]);
});

test("the chosen one is always shown, and what is shown fits unless it is alone", () => {
  const tab = fc.record({ width: fc.integer({ min: 20, max: 120 }), rank: fc.integer({ min: 0, max: 3 }) });
  fc.assert(
    fc.property(
      fc.array(tab, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 900 }),
      fc.nat(11),
      (all, room, at) => {
        const chosen = at % all.length;
        const shown = fitTabs(all, room, 50, chosen);
        const width = shown.reduce((sum, index) => sum + (all[index]?.width ?? 0), 0);
        expect(shown).toContain(chosen);
        expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
        if (shown.length === all.length) expect(width <= room || all.length === 1).toBe(true);
        else expect(width <= room - 50 || shown.length === 1).toBe(true);
      },
    ),
  );
});

const named = (widths: Readonly<Record<string, number>>) =>
  Object.entries(widths).map(([name, width]) => ({ name, width, rank: 0 }));

test("a row stays as it is while a tab grows or comes, as long as there is room", () => {
  const before = new Map([
    ["a", true],
    ["b", false],
    ["c", true],
  ]);
  expect(keepTabs(named({ a: 50, b: 50, c: 60 }), before, 150, 40, 0), "one grew").toEqual([0, 2]);
  expect(keepTabs(named({ a: 50, b: 50, c: 50, d: 50 }), before, 150, 40, 0), "no room for a new one").toEqual([0, 2]);
  expect(keepTabs(named({ a: 50, b: 50, c: 50, d: 50 }), before, 190, 40, 0), "room behind the row").toEqual([0, 2, 3]);
  expect(keepTabs(named({ a: 50, b: 50 }), before, 190, 40, 0), "one has gone").toEqual([0]);
  expect(keepTabs(named({ a: 50, b: 50, c: 90 }), before, 150, 40, 0), "grown beyond the room").toBeNull();
  expect(keepTabs(named({ a: 50, b: 50, c: 50 }), before, 150, 40, 1), "the chosen one is in the menu").toBeNull();
  const all = new Map([["a", true]]);
  expect(keepTabs(named({ a: 50, b: 50 }), all, 99, 24, 0), "the first that needs a menu").toEqual([0]);
  expect(keepTabs(named({ a: 50, b: 50 }), all, 100, 24, 0), "none needed").toEqual([0, 1]);
});

test("what is kept was there or is new, and fits", () => {
  const tab = fc.record({ width: fc.integer({ min: 20, max: 120 }), was: fc.constantFrom(true, false, null) });
  fc.assert(
    fc.property(
      fc.array(tab, { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 0, max: 900 }),
      fc.nat(9),
      (all, room, at) => {
        const tabs = all.map(({ width }, index) => ({ name: String(index), width, rank: 0 }));
        const before = new Map(all.flatMap(({ was }, index) => (was === null ? [] : [[String(index), was]])));
        const kept = keepTabs(tabs, before, room, 40, at % all.length);
        if (kept === null) return;
        for (const [index, { was }] of all.entries()) if (was !== null) expect(kept.includes(index)).toBe(was);
        expect(kept).toContain(at % all.length);
        const width = kept.reduce((sum, index) => sum + (tabs[index]?.width ?? 0), 0);
        expect(width + (kept.length < tabs.length ? 40 : 0)).toBeLessThanOrEqual(room);
      },
    ),
  );
});
