import fc from "fast-check";
import { expect, test } from "vitest";
import { sparkline } from "../../../../../renderer/features/latency/latency-line.js";

test("heights are within the curve, in the order of the times", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 40 }), (times) => {
      const heights = sparkline(times);
      expect(heights).toHaveLength(times.length);
      heights.forEach((height, index) => {
        expect(height).toBeGreaterThanOrEqual(-1e-9);
        expect(height).toBeLessThanOrEqual(1 + 1e-9);
        const [before, now] = [times[index - 1], times[index]];
        if (before !== undefined && now !== undefined && before < now)
          expect(heights[index - 1]).toBeLessThanOrEqual(height);
      });
    }),
  );
});

test("equal times are a line in the middle", () => expect(sparkline([20, 20])).toEqual([0.5, 0.5]));
