// How long a fix takes to find out what it would change, in texts that were made to take long: opening a file asks it.
import { expect, test } from "vitest";
import type { FixId } from "../../../server/contract/doctor-contract.js";
import { fixNamed } from "../../../server/doctor/fixes/fixes.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { processorMs } from "../../support/growth.js";

const many = 100_000;
const blanks = " ".repeat(many);
const cases: readonly (readonly [fix: FixId, path: string, what: string, text: string])[] = [
  ["use-line-feeds", "a.sh", "carriage returns", `#!/bin/sh\r\n${"\r".repeat(many)}x\n`],
  ["add-content-type", "a.pl", "blanks in Perl", `#!/usr/bin/perl\n${blanks}x;\n`],
  ["add-content-type", "a.sh", "blanks in a statement", `set -e${blanks}x;\n`],
  ["add-content-type", "a.php", "blanks after a comment", `<?php\n/* a */${blanks}x;\n`],
  ["flush-output", "a.rb", "blanks in Ruby", `require "a"${blanks}x\n`],
  ["flush-output", "a", "empty lines in an unknown language", "\n".repeat(many)],
  ["add-empty-line", "a.js", "blanks within a line", `f(${blanks}x);\nprint("Status: 200");\n${blanks}print("a");\n`],
  ["declare-charset", "a.py", "tags that are not closed", "<meta charset".repeat(many / 2)],
  ["declare-charset", "a.pl", "headers", 'print "Content-Type: text/html\\n";\n'.repeat(10_000)],
  ["content-length-in-bytes", "a.py", "lines", 'print("<p>a paragraph of the page</p>")\n'.repeat(3000)],
];

test.each(cases)("%s, %s, %s: less than a second of processor time", (id, path, _what, text) => {
  const fix = fixNamed(id);
  const file = { path, text: byteString(text), executable: true, config: "", programs: { find: () => null } };
  expect(processorMs(() => void fix?.change(file))).toBeLessThan(1000);
});
