// What a benchmark's figures prove, and its table.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantile } from "../../../server/base/quantile.js";
import type { LoadResult } from "../../../server/client/load.js";
import type { Mode } from "../../../server/contract/modes.js";
import { figuresOf, rangeOf, remarksOn, verdictOf } from "../../../server/features/bench/bench-report.js";
import { tableText } from "../../../server/features/bench/bench-table.js";
import { coded } from "../../support/coded.js";

const round = (perSecond: number, ms = 1, change: Partial<LoadResult> = {}): LoadResult => ({
  latencies: Array.from({ length: perSecond }, () => ms),
  sentLatencies: [],
  errors: 0,
  statuses: { 200: perSecond },
  unsent: 0,
  tookMs: 1000,
  senderShare: 0.1,
  ...change,
});
const measured = (mode: Mode, ...rates: readonly number[]) =>
  figuresOf(
    mode,
    rates.map((rate) => round(rate)),
  );

describe("the verdict", () => {
  test("proves a difference only where the slowest round of one is faster than every round of the other", () => {
    const verdict = verdictOf([measured("cgi", 10, 12, 11, 10, 11), measured("prefork", 90, 100, 110, 95, 105)], false);
    expect(verdict).toMatchObject({ mode: "prefork", isProven: true, code: "faster" });
  });

  test("of two that overlap, the mode that keeps requests further apart is chosen", () => {
    const verdict = verdictOf(
      [measured("persistent", 95, 120, 130, 125, 128), measured("prefork", 90, 100, 110, 95, 99)],
      false,
    );
    expect(verdict).toMatchObject({ mode: "prefork", isProven: false, code: "tie" });
  });

  test("a difference below a twentieth is a tie, though no rounds overlap", () => {
    const prefork = measured("prefork", 100, 101, 101, 100, 101);
    const verdictOn = (...rates: readonly number[]) => verdictOf([measured("persistent", ...rates), prefork], false);
    expect(verdictOn(102, 103, 104, 102, 103)).toMatchObject({ mode: "prefork", isProven: false, code: "tie" });
    expect(verdictOn(107, 108, 109, 107, 108)).toMatchObject({ mode: "persistent", isProven: true });
  });

  // Rounds of so few requests have rates that are no whole numbers.
  const slow = (mode: Mode, ...rates: readonly number[]) =>
    figuresOf(
      mode,
      rates.map((rate) => ({ ...round(1), tookMs: 1000 / rate })),
    );

  test("of three that tie, the mode that keeps requests furthest apart is chosen", () => {
    const figures = [
      slow("cgi", 0.968, 0.97, 0.971, 0.969, 0.97),
      slow("prefork", 0.995, 0.997, 0.996, 0.996, 0.995),
      slow("persistent", 0.999, 0.999, 0.999, 0.999, 0.999),
    ];
    expect(verdictOf(figures, false)).toMatchObject({ mode: "cgi", isProven: false, code: "tie" });
  });

  test("a slow round of the fastest mode is no tie for one that another mode is proven to beat", () => {
    const figures = [
      measured("cgi", 10, 11, 10, 11, 10),
      measured("prefork", 400, 410, 405, 420, 400),
      measured("persistent", 900, 950, 940, 930, 5),
    ];
    expect(verdictOf(figures, false)).toMatchObject({ mode: "prefork", isProven: false, code: "tie" });
  });

  test("shows the difference that it proves", () => {
    expect(rangeOf([0.3012, 0.3181])).toBe("0.301–0.318");
    expect(rangeOf([4.25, 1234.5])).toBe("4.25–1235");
    const near = [slow("cgi", 10, 10, 10, 10, 10), slow("prefork", 10.6, 10.6, 10.6, 10.6, 10.6)];
    expect(verdictOf(near, false)?.text).toMatch(/ (1\.06|60\.1) /); // also in a sentence that is turned around
  });

  test.each([3, 5])("of two equal modes, %i rounds call one faster in less than 2 of 100 runs", (count) => {
    const rates = fc.array(fc.integer({ min: 70, max: 130 }), { minLength: 2 * count, maxLength: 2 * count });
    const proven = fc.sample(rates, { seed: 1, numRuns: 1000 }).filter((all) => {
      const figures = [measured("cgi", ...all.slice(count)), measured("prefork", ...all.slice(0, count))];
      return verdictOf(figures, false)?.isProven;
    });
    expect(proven.length).toBeLessThan(20);
  });

  test("at a given rate, response times are compared", () => {
    const rounds = (...ms: readonly number[]) => ms.map((each) => round(20, each));
    const [slow, fast] = [figuresOf("cgi", rounds(30, 28, 31, 29, 30)), figuresOf("prefork", rounds(2, 3, 2, 2, 3))];
    expect(verdictOf([slow, fast], true)).toMatchObject({ mode: "prefork", isProven: true });
    expect(verdictOf([slow, fast], false)).toMatchObject({ mode: "cgi", isProven: false });
  });

  test.each([1, 2, 4])("%i rounds of each prove nothing, however far apart they are", (count) => {
    const rates = (rate: number) => Array.from({ length: count }, () => rate);
    const slow = measured("cgi", ...rates(10));
    for (const isOpen of [false, true])
      expect(verdictOf([slow, measured("persistent", ...rates(90))], isOpen)).toMatchObject({
        ...{ mode: "cgi", isProven: false, code: "tie" },
      });
    expect(verdictOf([slow, measured("persistent", 90, 91, 92, 93, 94)], false)?.isProven).toBe(false);
    // Else every mode would tie with the fastest, and CGI would be chosen however slow it is.
    const three = [slow, measured("prefork", ...rates(400)), measured("persistent", ...rates(900))];
    expect(verdictOf(three, false)).toMatchObject({ mode: "prefork", isProven: false, code: "tie" });
  });

  test("nothing is chosen when a mode had errors, nor from one mode", () => {
    const failing = figuresOf("prefork", [round(100, 1, { errors: 1 })]);
    expect(verdictOf([measured("cgi", 10), failing], false)).toMatchObject({ mode: null, code: "errors" });
    expect(verdictOf([measured("cgi", 10)], false)).toBeNull();
  });

  test("of two scripts names both, and chooses none of them by its mode", () => {
    const of = (target: string, ...rates: readonly number[]) => ({ ...measured("cgi", ...rates), target });
    expect(verdictOf([of("/a", 10, 12), of("/b", 11, 13)], false)).toMatchObject({
      isProven: false,
      code: "tie-of-targets",
    });
    expect(verdictOf([of("/a", 10, 12, 11, 10, 12), of("/b", 90, 91, 92, 93, 94)], false)).toMatchObject({
      ...{ isProven: true, code: "faster" },
    });
  });

  test("says where the sender may have been the limit", () => {
    expect(remarksOn([measured("cgi", 10)])).toEqual([]);
    expect(remarksOn([figuresOf("persistent", [round(9, 1, { senderShare: 0.95 })])])).toEqual([
      coded("sender-was-the-limit", { modes: ["Persistent"] }),
    ]);
  });

  test("says where most responses were no success", () => {
    const of = (mode: Mode, statuses: Readonly<Record<string, number>>) =>
      figuresOf(mode, [round(10, 1, { statuses: { ...statuses } })]);
    const refused = [of("cgi", { 405: 10 }), of("prefork", { 200: 2, 302: 8 }), of("persistent", { 200: 9, 404: 1 })];
    expect(remarksOn(refused)).toEqual([
      coded("not-successful", { modes: ["CGI", "Prefork"], statuses: ["405", "302"], isEvery: false }),
    ]);
    expect(remarksOn([of("cgi", { 405: 10, 500: 3 })])).toEqual([coded("not-successful", { isEvery: true })]);
  });

  // Their response times end where the measurement did, whatever the mode.
  describe("where more requests were due than were answered", () => {
    const late = (mode: Mode, ...rates: readonly number[]) =>
      figuresOf(
        mode,
        rates.map((rate) => round(rate, 1000, { unsent: 200 - rate })),
      );
    const onTime = (mode: Mode, ms: number) =>
      figuresOf(
        mode,
        [0, 1, 2, 3, 4].map(() => round(200, ms)),
      );

    test("in every mode, the rates are compared", () => {
      expect(verdictOf([late("cgi", 4, 5, 4, 5, 4), late("prefork", 40, 41, 42, 41, 42)], true)).toMatchObject({
        ...{ mode: "prefork", isProven: true, code: "faster" },
      });
    });

    test("in every mode but one, that one is the faster", () => {
      const figures = [late("cgi", 4, 5, 4, 5, 4), onTime("persistent", 2000)];
      expect(verdictOf(figures, true)).toMatchObject({ mode: "persistent", isProven: true, code: "faster" });
    });

    test("the response times of those that kept the rate are compared", () => {
      const figures = [late("cgi", 4, 5, 4, 5, 4), onTime("prefork", 2000), onTime("persistent", 1500)];
      expect(verdictOf(figures, true)).toMatchObject({ mode: "persistent", isProven: true, code: "faster" });
    });

    test("a remark names the modes, and the table counts the requests", () => {
      const figures = [late("cgi", 4, 5, 4, 5, 4), onTime("prefork", 1)];
      expect(remarksOn(figures)).toEqual([coded("rate-not-kept", { modes: ["CGI"] })]);
      const [head, ...rows] = tableText(figures, "csv").trim().split("\n");
      expect([head, ...rows].map((row) => row?.split(",").at(-1))).toEqual(["not sent", "978", ""]);
    });
  });
});

test("a quantile is a measured value that the share does not exceed", () => {
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (some, share) => {
      const sorted = some.toSorted((a, b) => a - b);
      const value = quantile(sorted, share);
      expect(sorted).toContain(value);
      expect(sorted.filter((one) => one <= value).length).toBeGreaterThanOrEqual(share * sorted.length - 1e-9);
      expect(sorted.filter((one) => one < value).length).toBeLessThan(share * sorted.length);
    }),
  );
  expect(quantile([], 0.5)).toBe(0);
});

test("with a rate, the times from sending stand beside those from when requests were due", () => {
  const late = round(3, 500, { sentLatencies: [1, 1, 2] });
  expect(figuresOf("cgi", [late])).toMatchObject({ p99: 500, p99Sent: 2 });
  expect(figuresOf("cgi", [round(3)]).p99Sent).toBeNull();
});

test("the table as text, CSV and Markdown", () => {
  const known = { ...measured("cgi", 10, 12), cpuMs: 20.5, memoryBytes: 3 << 20, startupShare: 0.876 };
  const figures = [known, measured("persistent", 1000, 1200)];
  expect(tableText(figures, "csv")).toBe(
    "mode,requests/s,range,p50 ms,p90 ms,p99 ms,max ms,requests,errors,p99 as sent ms,CPU ms,memory MiB,start-up %,target,not sent\n" +
      "cgi,10.0,10.0–12.0,1.00,1.00,,1.00,22,0,,20.50,3.0,88,,\npersistent,1000,1000–1200,1.00,1.00,1.00,1.00,2200,0,,,,,,\n",
  );
  const markdown = tableText(figures, "markdown").split("\n");
  expect(markdown[1]).toMatch(/^\| -+ \| -+: \|/);
  expect(new Set(markdown.slice(0, 4).map((line) => line.length)).size).toBe(1);
  expect(markdown[2]?.split("|")[6]?.trim()).toBe("–"); // of 22 requests it would be the slowest one
  const text = tableText(figures, "text");
  expect(text.split("\n")[2]).toMatch(/^persistent +1000 +1000–1200 /);
  expect(text).not.toContain("target");
  const [, none] = tableText([figuresOf("cgi", [round(0, 1, { errors: 3 })])], "csv").split("\n");
  expect(none).toBe("cgi,0.00,0.00–0.00,,,,,0,3,,,,,,"); // no request has a response time
});
