// Client data where a trace shows it: in a page, in the output of a command or a file, as a program's option.
import { expect, test } from "vitest";
import { clientValues } from "../../../server/doctor/evidence/client-values.js";
import { markupPlace } from "../../../server/doctor/evidence/page-place.js";
import { rule as inputAsOption } from "../../../server/doctor/rules/request/input-as-option/rule.js";
import { rule as inputCommandOutput } from "../../../server/doctor/rules/request/input-command-output/rule.js";
import { rule as inputInPage } from "../../../server/doctor/rules/request/input-in-page/rule.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { latin1, traceOf } from "./written-traces.js";

/** A finished request with a query to a script with this source, which wrote a page. */
function asked(query: string, html = "", source = "") {
  const trace = traceOf({ stdout: latin1(`Content-Type: text/html\n\n${html}`) });
  const env = [{ name: byteString("QUERY_STRING"), value: byteString(query), source: "request-line" as const }];
  const known = { path: "/w/x.pl", exists: true, mode: 0o755, uid: 0, sizeBytes: 1, program: null, shebang: null };
  return { ...trace, env, file: { ...known, folders: [], source: utf8(source) } };
}

test("a value in the page is the client's, unless the script has it itself", () => {
  const query = "a=%3Cimg%20src=x%20onerror=y%3E";
  const image = "<img src=x onerror=y>";
  expect(inputInPage.check(asked(query, image))).not.toBeNull();
  expect(inputInPage.check(asked(query, image, `print '${image}';`))).toBeNull();
});

test("a file that the client named is known by a line with a number in front", () => {
  const query = "doc=../../../etc/passwd";
  expect(inputCommandOutput.check(asked(query, "   1  root:x:0:0:root:/root:/bin/sh"))).not.toBeNull();
  expect(inputCommandOutput.check(asked(query, "   1  There is no root."))).toBeNull();
});

test.each([
  ["grep: unrecognized option '--lines'", true],
  ["sort: unrecognized option: lines", true],
  ["tar: unrecognized option '--lines=9'", true],
  ["ruby: invalid option --lines  (-h will show valid options) (RuntimeError)", true],
  ["curl: option --lines: is unknown", true],
  ["find: unknown predicate `--lines'", true],
  ["grep: unrecognized option '--line'", false],
  ["grep: unrecognized option '--lines-of-the-script'", false],
])("an option that the client sent is compared whole: %s", (line, isFound) => {
  expect(inputAsOption.check(asked("word=--lines%3D9", line)) !== null).toBe(isFound);
});

test("every place where a page repeats a value is examined", () => {
  const value = 'x" y';
  expect(markupPlace(`${value} `.repeat(9), [value])).toBeNull();
  expect(markupPlace(`${`${value} `.repeat(9)}<b title="${value}">`, [value])?.place).toBe("attribute");
});

test("the whole query is a value where no field has one", () => {
  const values = (query: string) => clientValues(asked(query)).query.map(({ value }) => value);
  expect(values("a=1&b=2")).toEqual(["1", "2"]);
  expect(values("ls%3Bid")).toContain("ls;id");
});
