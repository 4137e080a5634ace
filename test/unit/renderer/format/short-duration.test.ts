// The graph's figures in words.
import { expect, test } from "vitest";
import { formatShort, formatTogether } from "../../../../renderer/format/short-duration.js";

test("from a second on they are seconds", () => {
  expect([0.04, 4.24, 9.96, 23.4, 999.4, 999.5, 1240, 61_000, 125_000].map(formatShort)).toEqual([
    "0.04 ms",
    "4.2 ms",
    "10 ms",
    "23 ms",
    "999 ms",
    "1.00 s",
    "1.24 s",
    "61.00 s",
    "125 s",
  ]);
});

test("numbers that share a unit show it once", () => {
  expect(formatTogether([23, 31, 48])).toEqual(["23", "31", "48 ms"]);
  expect(formatTogether([23, 1020, 1240])).toEqual(["23 ms", "1.02", "1.24 s"]);
  expect(formatTogether([1010, 1020, 1240])).toEqual(["1.01", "1.02", "1.24 s"]);
  expect(formatTogether([1240, 31])).toEqual(["1.24 s", "31 ms"]);
});
