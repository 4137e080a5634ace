// The response's fields with what the gateway did to each.
import { expect, test } from "vitest";
import { fieldLines, statusReason } from "../../../../../renderer/features/response/header-lines.js";
import type { TraceView } from "../../../../../server/contract/trace.js";

const response = (parts: Partial<NonNullable<TraceView["response"]>>): NonNullable<TraceView["response"]> => ({
  status: 200,
  reason: "OK",
  headers: [],
  framing: "length",
  added: [],
  changed: [],
  dropped: [],
  interim: [],
  body: { bytes: 0, captured: 0, chunks: [] },
  ...parts,
});
const script = (headers: [string, string][]): NonNullable<TraceView["script"]> => ({
  kind: "document",
  status: 200,
  reason: null,
  headers,
  spans: [],
  stoppedAt: null,
  why: null,
  code: null,
  data: null,
  reasons: [],
});

test("added, changed and dropped fields say why; the others are the script's", () => {
  const lines = fieldLines(
    response({
      headers: [
        ["content-type", "text/html"],
        ["Content-Length", "5"],
        ["Date", "now"],
      ],
      added: [["Date", "clock", "date-added"]],
      changed: [["Content-Length", "counted", "length-corrected"]],
      dropped: [
        ["Connection", "ours", "set-by-server"],
        ["Connection", "ours too", "set-by-server"],
        ["Date", "ours", "set-by-server"],
      ],
    }),
    script([
      ["Content-Type", "text/html"],
      ["Content-Length", "9"],
      ["Connection", "close"],
      ["connection", "x"],
      ["Date", "then"],
    ]),
  );
  expect(lines.map(({ fate, name, value, was, why }) => [fate, name, value, was, why])).toEqual([
    ["source", "content-type", "text/html", null, null],
    ["changed", "Content-Length", "5", "9", "counted"],
    ["added", "Date", "now", null, "clock"],
    ["dropped", "Connection", "close", null, "ours"],
    ["dropped", "Connection", "x", null, "ours too"],
    ["dropped", "Date", "then", null, "ours"],
  ]);
});

test("a status that was changed says why", () => {
  expect(statusReason(response({ changed: [["Status", "not final", "status-not-final"]] }))).toBe("not final");
  expect(statusReason(response({}))).toBeNull();
});
