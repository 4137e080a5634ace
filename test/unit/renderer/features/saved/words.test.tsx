// What a run changed since the one before, and which assertions a trace proposes.
import { describe, expect, test } from "vitest";
import { proposedFor } from "../../../../../renderer/features/saved/from-trace.js";
import type { Ran } from "../../../../../renderer/features/saved/saved-store.js";
import { changeOf, summaryOf } from "../../../../../renderer/features/saved/words.js";
import type { SavedResult } from "../../../../../server/contract/saved-contract.js";

const result = (change: Partial<SavedResult> = {}): SavedResult => ({
  ...{ file: "a.http", name: "a", line: 1, method: "GET", target: "/", passed: true, trace: "t", status: 200 },
  ...{ outcome: "ok", tookMs: 1, bodyHash: "h", assertions: 1, failures: [], captured: [], ...change },
});
const ran = (now: Partial<SavedResult>, before: Partial<SavedResult> | null = {}): Ran => ({
  result: result(now),
  before: before && result(before),
});

describe("a run", () => {
  test.each([
    [ran({}, null), "first run"],
    [ran({}), "same"],
    [ran({ passed: false, status: 500 }), "fails now"],
    [ran({}, { passed: false }), "passes now"],
    [ran({ status: 404 }), "status was 200"],
    [ran({}, { status: null, bodyHash: null }), "status was none"],
    [ran({ bodyHash: "other" }), "another body"],
  ])("%# is compared with the one before", (one, text) => {
    expect(changeOf(one).text).toBe(text);
  });

  test("is summed up", () => {
    expect(summaryOf([ran({}, null)])).toBe("1 passed");
    expect(summaryOf([ran({}), ran({ passed: false })])).toBe("1 passed, 1 failed, 1 changed since the previous run");
  });
});

describe("a trace", () => {
  const stream = (bytes: number) => ({ bytes, captured: bytes, chunks: [] });
  const response = (type: string | null) => ({
    ...{ status: 200, reason: "OK", framing: "close" as const, added: [], changed: [], dropped: [], interim: [] },
    headers: type === null ? [] : [["content-type", type] as [string, string]],
    body: stream(0),
  });

  test("proposes what holds of its response", () => {
    expect(proposedFor({ response: response("text/html; charset=utf-8"), stderr: stream(0) })).toEqual([
      "status == 200",
      "field Content-Type contains text/html",
      "stderr empty",
    ]);
    expect(proposedFor({ response: response("no type"), stderr: stream(3) })).toEqual(["status == 200"]);
    expect(proposedFor({ response: response(null), stderr: null })).toEqual(["status == 200"]);
    expect(proposedFor({ response: null, stderr: null })).toEqual([]);
  });
});
