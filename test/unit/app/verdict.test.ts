// Which mode a measurement recommends.
import { expect, test } from "vitest";
import { figuresOf } from "../../../server/app/bench/bench-report.js";
import { verdictOn } from "../../../server/app/measure/verdict.js";
import type { MeasuredMode } from "../../../server/contract/measure-contract.js";
import type { Mode } from "../../../server/contract/modes.js";

const measured = (mode: Mode, rates: readonly number[], change: Partial<MeasuredMode> = {}): MeasuredMode => ({
  mode,
  figures: figuresOf(
    mode,
    rates.map((rate) => ({
      latencies: Array.from({ length: rate }, () => 1),
      sentLatencies: [],
      errors: 0,
      statuses: {},
      unsent: 0,
      tookMs: 1000,
      senderShare: 0,
    })),
  ),
  leaks: null,
  target: null,
  resettable: [],
  workers: null,
  problem: null,
  ...change,
});
const report = (alike: boolean): NonNullable<MeasuredMode["leaks"]> => ({
  ...{ mode: "persistent", targets: ["/"], leaks: [], putBack: [], differences: [], varies: [], stateExamined: true },
  alike,
});
const codes = (modes: readonly MeasuredMode[]): readonly string[] =>
  verdictOn(modes, false).messages.map(({ code }) => code);

test("the fastest of those that do what CGI does", () => {
  const modes = [
    measured("cgi", [10, 11, 10, 11, 10]),
    measured("prefork", [100, 110, 105, 104, 103], { leaks: report(true) }),
    measured("persistent", [900, 950, 940, 930, 920], { leaks: report(false) }),
  ];
  expect(verdictOn(modes, false)).toMatchObject({ mode: "prefork", isProven: true });
  expect(codes(modes)).toEqual(["measured", "left-out-differs"]);
});

test("CGI, where nothing else works, and none, where nothing does", () => {
  const failing = measured("prefork", [], { figures: null });
  expect(verdictOn([measured("cgi", [10]), failing], false)).toMatchObject({ mode: "cgi", isProven: false });
  expect(codes([measured("cgi", [10]), failing])).toEqual(["one-mode", "left-out-fails"]);
  expect(verdictOn([{ ...failing, mode: "cgi" }], false).mode).toBeNull();
});

test("not a wrapper in which state was not examined", () => {
  const leaks = { ...report(true), stateExamined: false };
  const wrapper = measured("wsgi", [900, 950, 940, 930, 920], { target: "/x_wsgi.py", leaks });
  expect(verdictOn([measured("cgi", [10]), wrapper], false).mode).toBe("cgi");
  expect(codes([measured("cgi", [10]), wrapper])).toEqual(["one-mode", "left-out-not-examined"]);
});
