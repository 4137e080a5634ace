import { expect, test } from "vitest";
import { isAsExpected, refused, served } from "../../../server/formats/probes/probe.js";

const outcome = (code: string | null, status: number | null) => ({ isRefused: code !== null, status, code });

test("a refusal is expected with its status and code", () => {
  const expected = [served, refused(400, "head-incomplete")];
  expect(isAsExpected(expected, [outcome(null, 500), outcome("head-incomplete", 400)])).toBe(true);
  expect(isAsExpected(expected, [outcome(null, 500), outcome("head-incomplete", 408)])).toBe(false);
  expect(isAsExpected(expected, [outcome(null, 500), outcome("head-timeout", 400)])).toBe(false);
  expect(isAsExpected(expected, [outcome(null, 500)])).toBe(false);
});

test("a body that ends early may break off a response that has begun", () => {
  const expected = [refused(400, "body-incomplete")];
  expect(isAsExpected(expected, [outcome("body-incomplete", 400)])).toBe(true);
  expect(isAsExpected(expected, [outcome("body-incomplete", 200)])).toBe(true);
  expect(isAsExpected(expected, [outcome("body-incomplete", null)])).toBe(false);
  expect(isAsExpected(expected, [outcome(null, 200)])).toBe(false);
});
