import { expect, test } from "vitest";
import { writtenLine } from "../../../server/doctor/evidence/written-line.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const script = latin1(
  '#!/usr/bin/perl\n# Formular f\xfcr M\xf6bel\nmy $shop = "M\xf6belhaus";\nprint "<p>$shop</p>";\n',
);
const printed = latin1("<p>M\xf6belhaus</p>");
const stdoutOf = (bytes: Buffer) => ({ read: (from: number, length: number) => bytes.subarray(from, from + length) });
const at = (text: string): [number, number] => [printed.indexOf(latin1(text)), printed.indexOf(latin1(text)) + 1];

test("the line of the printed word, not the first one with such a byte", () => {
  expect(writtenLine(script, stdoutOf(printed), { stream: "stdout", range: at("\xf6") })).toBe(3);
});

test("none for ASCII, for what the script does not hold, and for other streams", () => {
  expect(writtenLine(script, stdoutOf(printed), { stream: "stdout", range: at("M") })).toBeNull();
  expect(
    writtenLine(latin1("print <$file>;\n"), stdoutOf(printed), { stream: "stdout", range: at("\xf6") }),
  ).toBeNull();
  expect(writtenLine(script, stdoutOf(printed), { stream: "stdin", range: at("\xf6") })).toBeNull();
  expect(writtenLine(script, null, { stream: "stdout", range: at("\xf6") })).toBeNull();
});
