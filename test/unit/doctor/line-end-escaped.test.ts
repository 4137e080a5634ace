// A backslash and an n in a header: where a line end was meant, and where it was not.
import { expect, test } from "vitest";
import { escapedLineEnd } from "../../../server/doctor/evidence/output.js";
import { byteString } from "../../../server/protocol/byte-string.js";

const inHeader = (value: string): boolean => {
  const headers = [[byteString("Content-Type"), byteString(value)] as const];
  const parts = { status: null, reason: null, spans: [], stoppedAt: null, reasons: [] };
  return escapedLineEnd({ script: { kind: "document", headers, ...parts } }) !== null;
};

test.each([
  String.raw`text/html\n\n`,
  String.raw`text/html\n`,
  String.raw`text/html\r\n\r\n`,
  String.raw`text/html\n\n<h1>Hello</h1>`,
  String.raw`text/html; charset=utf-8\r\n\r\n<p>x`,
])("%s was meant to end", (value) => {
  expect(inHeader(value)).toBe(true);
});

test.each([
  String.raw`attachment; filename="a\nb.txt"`,
  String.raw`attachment; filename="C:\new\notes"`,
  String.raw`C:\\n`,
  "text/html",
  "",
])("%s was not", (value) => {
  expect(inHeader(value)).toBe(false);
});
