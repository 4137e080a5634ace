// Which tabs stay in sight in a bar that is too narrow.
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitTabs } from "../../../../renderer/ui/fit-tabs.js";

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
    fc.property(fc.array(tab, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 900 }), fc.nat(11), (all, room, at) => {
      const chosen = at % all.length;
      const shown = fitTabs(all, room, 50, chosen);
      const width = shown.reduce((sum, index) => sum + (all[index]?.width ?? 0), 0);
      expect(shown).toContain(chosen);
      expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
      if (shown.length === all.length) expect(width <= room || all.length === 1).toBe(true);
      else expect(width <= room - 50 || shown.length === 1).toBe(true);
    }),
  );
});
