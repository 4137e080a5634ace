import fc from "fast-check";
import { expect, test } from "vitest";
import {
  endedBadly,
  isFailed,
  isServerError,
  needsExplanation,
  type ScriptEnd,
} from "../../../server/contract/failure.js";
import { outcomes } from "../../../server/contract/trace-values.js";

const end: fc.Arbitrary<ScriptEnd> = fc.record({
  outcome: fc.constantFrom(...outcomes, null),
  status: fc.option(fc.integer({ min: 100, max: 599 })),
  process: fc.option(
    fc.record({ exitCode: fc.option(fc.integer({ min: 0, max: 255 })), signal: fc.option(fc.constant("SIGKILL")) }),
  ),
  isInvalid: fc.boolean(),
});

test.each([
  ["ok", 200, false],
  ["ok", 404, false],
  ["ok", 500, true],
  ["ok", null, false], // a local redirect's further run sends nothing
  [null, null, false],
  [null, 502, true],
  ["client-gone", 200, true],
  ["stopped", null, true],
  ["crashed", 200, true],
] as const)("outcome %s, status %s: failed %s", (outcome, status, expected) => {
  expect(isFailed({ outcome, status })).toBe(expected);
});

test("every outcome but ok is a failure, whatever was sent", () => {
  for (const outcome of outcomes) expect(isFailed({ outcome, status: 200 })).toBe(outcome !== "ok");
});

test("the doctor explains each failure except one that was cancelled, and bad ends behind a good response that nobody cancelled", () => {
  fc.assert(
    fc.property(end, (facts) => {
      const isCancelled = facts.outcome === "client-gone" || facts.outcome === "stopped";
      const hasFailed = isCancelled
        ? isServerError(facts.status)
        : isFailed(facts) || (facts.process !== null && endedBadly(facts.process));
      expect(needsExplanation(facts)).toBe(facts.isInvalid || hasFailed);
    }),
  );
});

test.each([
  [{ exitCode: 0, signal: null }, false],
  [{ exitCode: null, signal: null }, false],
  [{ exitCode: 1, signal: null }, true],
  [{ exitCode: null, signal: "SIGSEGV" }, true],
])("process %j ended badly: %s", (process, expected) => {
  expect(endedBadly(process)).toBe(expected);
});
