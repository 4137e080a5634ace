import { expect, test } from "vitest";
import { WallClock } from "../../../server/trace/wall-clock.js";

test("times keep their fractions of a millisecond while the two clocks agree", () => {
  const offset = performance.timeOrigin;
  const clock = new WallClock(() => Math.floor(offset + performance.now()), offset);
  const [early, late] = [performance.now(), performance.now() + 0.25];
  expect(clock.timeOf(late) - clock.timeOf(early)).toBeCloseTo(late - early, 2);
  expect(clock.timeOf(early)).toBeCloseTo(offset + early, 2);
});

test("after the computer slept, and when the clock is set back, times are those of the system's clock", () => {
  const offset = performance.timeOrigin;
  let aheadMs = 0;
  const clock = new WallClock(() => offset + performance.now() + aheadMs, offset);
  for (aheadMs of [8 * 3_600_000, -60_000]) {
    const at = performance.now();
    expect(Math.abs(clock.timeOf(at) - (offset + at + aheadMs))).toBeLessThanOrEqual(5);
  }
});
