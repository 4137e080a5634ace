// Dates of HTTP, in the form of today and the two of old; and nothing else that looks like a date.
import { describe, expect, test, vi } from "vitest";
import { httpDate } from "../../../server/protocol/http-date.js";

const iso = (value: string, now?: Date): string => {
  const date = httpDate(value, now);
  return date instanceof Date ? date.toISOString() : date;
};

describe("RFC 9110 §5.6.7", () => {
  test.each([
    ["Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000Z"],
    ["Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37.000Z"],
    ["Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37.000Z"],
    ["Sun Nov 16 08:49:37 1994", "1994-11-16T08:49:37.000Z"],
    ["Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59.000Z"],
    ["Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59.000Z"],
    ["Mon, 01 Jan 0099 00:00:00 GMT", "0099-01-01T00:00:00.000Z"],
    ["Wed, 30 Feb 2024 00:00:00 GMT", "no-such"],
    ["Sun, 00 Nov 1994 08:49:37 GMT", "no-such"],
    ["Sun, 06 Nov 1994 24:00:00 GMT", "no-such"],
    ["Sun, 06 Nov 1994 08:60:37 GMT", "no-such"],
    ["Sun, 06 Nov 1994 08:49:61 GMT", "no-such"],
    ["2038", "no-date"],
    ["item 2030", "no-date"],
    ["1994-11-06T08:49:37Z", "no-date"],
    ["Sun, 06 Nov 1994 08:49:37 +0000", "no-date"],
    ["Sun, 06 Nov 1994 08:49:37", "no-date"],
    ["Sun, 6 Nov 1994 08:49:37 GMT", "no-date"],
    ["sun, 06 nov 1994 08:49:37 gmt", "no-date"],
    ["", "no-date"],
  ])("%j is %s", (value, expected) => {
    expect(iso(value)).toBe(expected);
  });

  test("the form of asctime is no local time", () => {
    vi.stubEnv("TZ", "America/New_York");
    expect(iso("Sun Nov  6 08:49:37 1994")).toBe("1994-11-06T08:49:37.000Z");
    vi.unstubAllEnvs();
  });

  test.each([
    ["76", 2076],
    ["77", 1977],
    ["00", 2000],
    ["26", 2026],
  ])("of 2026 the year %s is %i", (digits, year) => {
    expect(iso(`Sunday, 06-Nov-${digits} 08:49:37 GMT`, new Date("2026-01-01"))).toBe(`${year}-11-06T08:49:37.000Z`);
  });
});
