// The reports of `test`, whatever the texts in them are.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { junitText, tapText, xmlText } from "../../../server/cli/test-report.js";
import type { TestReport } from "../../../server/contract/command-output.js";
import { asSentence } from "../../../server/contract/message.js";
import type { SavedResult } from "../../../server/contract/saved-contract.js";

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("]]>", "# SKIP", "a\nok 9", "\ud800", "\0\x1b[0m"),
);

const resultOf = (name: string, text: string): SavedResult => ({
  ...{ file: "a.http", name, line: 1, method: "GET", target: "/", passed: false, trace: null, status: null },
  ...{ outcome: null, tookMs: null, bodyHash: null, assertions: 1, captured: [] },
  failures: [
    {
      text,
      line: 2,
      column: 3,
      expected: text,
      got: text,
      why: { code: "assertion-failed", data: null, text: asSentence(text) },
    },
  ],
});
const reportOf = (...requests: SavedResult[]): TestReport => ({
  ...{ folder: "/f", environment: null, tookMs: 1, passed: 0, failed: requests.length, requests },
});

/** XML 1.0 §2.2. */
const allowed = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

describe("JUnit", () => {
  test("holds only characters that XML has, and no markup of the texts", () => {
    fc.assert(
      fc.property(anyText, anyText, (name, text) => {
        const xml = junitText(reportOf(resultOf(name, text)));
        expect(xml).toMatch(allowed);
        expect(xml.match(/</g)).toHaveLength(9);
        for (const [, number] of xml.matchAll(/&#(\d+);/g))
          expect(String.fromCodePoint(Number(number))).toMatch(allowed);
      }),
    );
  });

  test("escapes what an attribute would lose", () => {
    expect(xmlText('a\n"b" <&> \ud83d\ude00 \x01')).toBe("a&#10;&#34;b&#34; &#60;&#38;&#62; \ud83d\ude00 \ufffd");
  });
});

describe("TAP", () => {
  test("has one line for each request, whatever its name is", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (names) => {
        const lines = tapText(reportOf(...names.map((name) => resultOf(name, name)))).split("\n");
        const results = lines.filter((line) => /^(not )?ok /.test(line));
        expect(results).toHaveLength(names.length);
        expect(lines.join("")).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
        for (const line of results) expect(line.replace(/\\[\\#]/g, "")).not.toMatch(/[#\\]/);
        for (const line of lines) expect(line).toMatch(/^(TAP version 14|1\.\.\d+|not ok .*| {2}.*|)$/);
      }),
    );
  });
});
