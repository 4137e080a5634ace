import { expect, it } from "vitest";
import { dayOf, timeOf } from "../../../../renderer/format/clock.js";

const at = (...parts: [number, number, number, number, number, number, number]): number => new Date(...parts).getTime();
const now = at(2026, 10, 20, 9, 30, 0, 0);

it.each([
  [at(2026, 10, 20, 0, 0, 1, 5), "00:00:01.005", "Today"],
  [at(2026, 10, 19, 23, 59, 59, 0), "Thu 23:59:59", "Yesterday"],
  [at(2026, 10, 14, 8, 5, 0, 0), "Sat 08:05:00", "Sat 14 Nov"],
  [at(2026, 10, 13, 8, 5, 0, 0), "13 Nov 08:05", "Fri 13 Nov"],
  [at(2025, 0, 2, 8, 5, 0, 0), "2 Jan 08:05", "Thu 2 Jan 2025"],
])("a moment is as short as a clock, whatever its day: %i", (moment, time, day) => {
  expect([timeOf(moment, now), dayOf(moment, now)]).toEqual([time, day]);
});
