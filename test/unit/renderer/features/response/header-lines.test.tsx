// The response's fields with what the gateway did to each.
import { expect, test } from "vitest";
import { fieldLines, statusReason } from "../../../../../renderer/features/response/header-lines.js";
import { changesOf } from "../../../../../renderer/features/xray/response-part.js";
import { asSentence } from "../../../../../server/contract/message.js";
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
const script = (headers: NonNullable<TraceView["script"]>["headers"]): NonNullable<TraceView["script"]> => ({
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
      added: [["Date", asSentence("clock"), "date-added"]],
      changed: [["Content-Length", asSentence("counted"), "length-corrected"]],
      dropped: [
        ["Connection", asSentence("ours"), "set-by-server"],
        ["Connection", asSentence("ours too"), "set-by-server"],
        ["Date", asSentence("ours"), "set-by-server"],
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
  expect(statusReason(response({ changed: [["Status", asSentence("not final"), "status-not-final"]] }))).toBe(
    "not final",
  );
  expect(statusReason(response({}))).toBeNull();
});

test("a dropped field has its own value, not that of another one of its name that was sent", () => {
  const sent = response({
    headers: [
      ["Set-Cookie", "a=1"],
      ["set-cookie", { base64: "Yz3/" }],
      ["Content-Length", "5"],
    ],
    added: [["Content-Length", asSentence("counted"), "length-known"]],
    dropped: [
      ["Set-Cookie", asSentence("control byte"), "bad-value"],
      ["Content-Length", asSentence("differ"), "lengths-differ"],
      ["Content-Length", asSentence("differ"), "lengths-differ"],
      ["Content-Length", asSentence("unknown"), "lengths-differ"],
    ],
  });
  const written = script([
    ["Set-Cookie", "a=1"],
    ["Set-Cookie", "b=\u0001"],
    ["Set-Cookie", { base64: "Yz3/" }],
    ["Content-Length", "5"],
    ["content-length", "7"],
  ]);
  const values = ["b=\u0001", "5", "7", null];
  const lines = fieldLines(sent, written).filter(({ fate }) => fate === "dropped");
  expect(lines.map(({ value }) => value)).toEqual(values);
  const changes = changesOf(sent, written).filter(({ is }) => is === "dropped");
  expect(changes.map(({ value }) => value)).toEqual(values);
});
