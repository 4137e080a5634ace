import { expect, test } from "vitest";
import { agoText } from "../../../../renderer/format/ago.js";

test("a past time is shown in the unit that fits", () => {
  const now = Date.UTC(2026, 10, 20, 12);
  const minute = 60_000;
  expect(agoText(now - 10_000, now)).toBe("just now");
  expect(agoText(now - 5 * minute, now)).toBe("5 minutes ago");
  expect(agoText(now - 2 * 60 * minute, now)).toBe("2 hours ago");
  expect(agoText(now - 26 * 60 * minute, now)).toBe("yesterday");
});
