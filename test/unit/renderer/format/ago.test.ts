import { afterAll, expect, test, vi } from "vitest";
import { agoText } from "../../../../renderer/format/ago.js";

vi.stubEnv("TZ", "Europe/Berlin");
afterAll(() => void vi.unstubAllEnvs());

test("a past time is shown in the unit that fits", () => {
  const now = Date.UTC(2026, 10, 20, 12);
  const minute = 60_000;
  expect(agoText(now - 10_000, now)).toBe("just now");
  expect(agoText(now - 5 * minute, now)).toBe("5 minutes ago");
  expect(agoText(now - 2 * 60 * minute, now)).toBe("2 hours ago");
  expect(agoText(now - 26 * 60 * minute, now)).toBe("yesterday");
});

test("from a day on the calendar counts, in local time; before that, whole hours", () => {
  const ago = (at: Date, now: Date): string => agoText(at.getTime(), now.getTime());
  const friday = new Date(2026, 10, 27, 8);
  expect(ago(new Date(2026, 10, 25, 21), friday)).toBe("2 days ago");
  expect(ago(new Date(2026, 10, 26, 7), friday)).toBe("yesterday");
  expect(ago(new Date(2026, 10, 26, 8, 12), friday)).toBe("23 hours ago");
  // The 25th has 25 hours.
  expect(ago(new Date(2026, 9, 25, 0, 30), new Date(2026, 9, 25, 23, 45))).toBe("24 hours ago");
  expect(ago(new Date(2026, 9, 24, 23), new Date(2026, 9, 26, 1))).toBe("2 days ago");
});
