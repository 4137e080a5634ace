// Labels beside the graph's dashed lines: within the plot, beside their line, never over another.
import fc from "fast-check";
import { expect, test } from "vitest";
import { markLabels } from "../../../../../renderer/features/latency/plot-layer.js";

const at = (...places: readonly number[]) => markLabels(places.map((left) => ({ left, label: `at ${left}` })));

test("right of its line, left of it near the right edge, and not at all where there is no room", () => {
  expect(at(0.3).map(({ left, right }) => right > left)).toEqual([true]);
  expect(at(0.95).map(({ left, right }) => right > left)).toEqual([false]);
  expect(at(0.9, 0.95).map(({ text }) => text)).toEqual(["at 0.9"]);
  expect(at()).toEqual([]);
});

test("none lies over another or outside", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (places) => {
      const spans = at(...places).map(({ left, right }) => [Math.min(left, right), Math.max(left, right)] as const);
      spans.sort(([a], [b]) => a - b);
      for (const [index, [from, to]] of spans.entries()) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(1);
        expect(to).toBeLessThanOrEqual((spans[index + 1]?.[0] ?? 1) + 1e-9);
      }
    }),
  );
});
