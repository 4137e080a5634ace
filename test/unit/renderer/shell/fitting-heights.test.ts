import fc from "fast-check";
import { expect, test } from "vitest";
import { fittingHeights } from "../../../../renderer/shell/fitting-heights.js";

const bars = 64;

test("the editor keeps its share wherever three rows and the request leave it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 700, max: 2400 }),
      fc.integer({ min: 100, max: 240 }),
      fc.option(fc.nat(60)),
      (window, composer, rows) => {
        const heights = fittingHeights({ window, panes: window - bars }, { composer, rows });
        expect(window - bars - heights.composer - heights.bottom).toBeGreaterThanOrEqual(Math.floor(window * 0.45));
        expect((heights.bottom - 55) / 24).toBeGreaterThanOrEqual(3);
        expect(heights.composer).toBeLessThanOrEqual(Math.max(104, composer));
      },
    ),
  );
});

test("the list grows with its rows, and never beyond them", () => {
  fc.assert(
    fc.property(fc.integer({ min: 480, max: 2400 }), fc.nat(59), (window, rows) => {
      const room = { window, panes: window - bars };
      const [now, next] = [rows, rows + 1].map((count) => fittingHeights(room, { composer: 126, rows: count }).bottom);
      expect((next ?? 0) - (now ?? 0)).toBeOneOf([0, 24]);
      expect(now).toBeLessThanOrEqual(55 + 24 * Math.max(3, rows));
      expect(now).toBeLessThanOrEqual(fittingHeights(room, { composer: 126, rows: null }).bottom);
    }),
  );
});

test("ten lines of a raw request are whole at 1280×800, and the editor keeps some", () => {
  const { composer, bottom } = fittingHeights(
    { window: 800, panes: 800 - bars },
    { composer: 308, rows: 60, isRaw: true },
  );
  expect(composer).toBe(308);
  expect(800 - bars - composer - bottom).toBeGreaterThanOrEqual(224);
});

test("a query's rows are whole at 1280×800, and one of them in a low window", () => {
  const composer = (window: number, need: number): number =>
    fittingHeights({ window, panes: window - bars }, { composer: need, rows: 60 }).composer;
  expect(composer(800, 201)).toBe(201); // four rows
  expect(composer(615, 201)).toBeGreaterThanOrEqual(126); // 1280×800 in projector mode
  expect(composer(400, 201)).toBe(104); // at 200 %: the editor needs it more
});
