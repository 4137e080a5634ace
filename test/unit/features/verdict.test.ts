// Which mode a measurement recommends.
import { expect, test } from "vitest";
import type { MeasuredMode } from "../../../server/contract/measure-contract.js";
import { asSentence } from "../../../server/contract/message.js";
import type { Mode } from "../../../server/contract/modes.js";
import { figuresOf } from "../../../server/features/bench/bench-report.js";
import { leakOf } from "../../../server/features/leaks/messages.js";
import { verdictOn } from "../../../server/features/measure/verdict.js";

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
type Report = NonNullable<MeasuredMode["leaks"]>;
const report = (alike: boolean, leaks: Report["leaks"] = []): Report => ({
  ...{ mode: "persistent", targets: ["/"], leaks, putBack: [], differences: [], varies: [], stateExamined: true },
  alike,
});
const grows = leakOf(
  { kind: "growth", name: "app.cache", before: "1 item", after: "2 items", file: "app.py", line: 1 },
  false,
  "application",
);
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

test("not a wrapper that has other settings than the target", () => {
  const problem = { code: "other-settings", message: asSentence(""), fix: null };
  const wrapper = measured("wsgi", [], { target: "/x_wsgi.py", figures: null, problem });
  expect(codes([measured("cgi", [10]), wrapper])).toEqual(["one-mode", "left-out-settings"]);
});

test("not a wrapper in which state was not examined", () => {
  const leaks = { ...report(true), stateExamined: false };
  const wrapper = measured("wsgi", [900, 950, 940, 930, 920], { target: "/x_wsgi.py", leaks });
  expect(verdictOn([measured("cgi", [10]), wrapper], false).mode).toBe("cgi");
  expect(codes([measured("cgi", [10]), wrapper])).toEqual(["one-mode", "left-out-not-examined"]);
});

test.each([
  ["CGI, in which nothing is compared", measured("cgi", [10]), ["only-way"]],
  ["an application without a leak", measured("wsgi", [10], { leaks: report(true) }), ["only-way"]],
  ["one with a leak", measured("wsgi", [10], { leaks: report(true, [grows]) }), ["only-way", "alone-leaks"]],
  ["one with other outputs", measured("wsgi", [10], { leaks: report(false) }), ["only-way", "alone-differs"]],
  ["one that fails", measured("wsgi", [], { figures: null }), ["no-mode", "left-out-fails"]],
])("of one mode there is no choice: %s", (_name, mode, expected) => {
  expect(verdictOn([mode], false)).toMatchObject({ mode: null, isProven: false });
  expect(codes([mode])).toEqual(expected);
});

test("where some modes fail and the others leak, it is not that all fail", () => {
  const leaking = measured("persistent", [10], { leaks: report(true, [grows]) });
  const modes = [measured("cgi", [], { figures: null }), leaking];
  expect(codes(modes)).toEqual(["all-left-out", "left-out-fails", "left-out-leaks"]);
});
