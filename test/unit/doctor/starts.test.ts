// A start that the system refused: what the file is decides what the failure is.
import { expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { failed, rulesOf } from "./written-traces.js";

/** The trace, explained, of a file with this text. */
function refused(name: string, text: string, errno: string): TraceRecord {
  using folder = tempFolder();
  folder.write(name, text);
  const trace = failed("", folder.file(name));
  Object.assign(trace, { outcome: "spawn-error", script: null, process: { ...trace.process, errno, exitCode: null } });
  rulesOf(trace);
  return trace;
}

test.each([
  ["one variable that is too long with its name", 1, 250, 131_000, [{ errno: "E2BIG" }, { kind: "variable" }], 131_252],
  ["many that are too long together", 30, 4, 100_000, [{ errno: "E2BIG" }], 30 * 100_006],
])("an environment with %s", (_what, count, nameBytes, valueBytes, evidence, bytes) => {
  using folder = tempFolder();
  folder.write("x.sh", "#!/bin/sh\n");
  const trace = failed("", folder.file("x.sh"));
  const value = utf8("y".repeat(valueBytes));
  const variables = Array.from({ length: count }, (_, n) => utf8(`${n}`.padStart(nameBytes, "X")));
  trace.env = variables.map((name) => ({ name, value, source: "config" }));
  const argumentBytes = count === 1 ? 0 : folder.file("x.sh").length + 1;
  Object.assign(trace, { outcome: "spawn-error", script: null, process: { ...trace.process, errno: "E2BIG" } });
  expect(rulesOf(trace)).toEqual(["environment-too-large"]);
  expect(trace.findings[0]?.evidence).toMatchObject(evidence);
  expect(trace.findings[0]?.detail).toContain(String(bytes + argumentBytes));
});

test.each([
  ["whose loader is missing", "\x7fELF\x02\x01", "ENOENT", "wrong-architecture"],
  ["for another processor", "\x7fELF\x02\x01", "ENOEXEC", "wrong-architecture"],
  ["that Windows starts, of a reason elsewhere", "MZ", "ENOENT", "start-failed"],
  ["for which there is no memory", "\x7fELF\x02\x01", "ENOMEM", "start-failed"],
])("a program %s", (_name, text, errno, rule) => {
  expect(refused("x.cgi", text, errno).findings.map((finding) => finding.rule)).toEqual([rule]);
});

test.skipIf(process.platform !== "linux")("env finds none for a word and its argument (needs Linux)", () => {
  using folder = tempFolder();
  folder.write("x.sh", "#!/usr/bin/env sh -e\n");
  const file = folder.file("x.sh");
  expect(rulesOf(failed("", file, { exitCode: 127 }))).toEqual(["interpreter-missing"]);
  const trace = failed("", file, { exitCode: 127 });
  trace.argv = [utf8("/bin/sh"), utf8(file)];
  expect(rulesOf(trace)).toEqual(["failed-before-output"]);
});

test.each([
  ["README", "Read this first.\n", "data-among-scripts"],
  ["guestbook.dat", "Ada|1|hello\n", "data-among-scripts"],
  ["page.tmpl", "<p>%name%\n", "data-among-scripts"],
  ["x.cgi", "?\n", "not-executable"],
  ["x.py", "?\n", "not-executable"],
  ["x", "#!/no/such/program\n", "not-executable"],
  ["x", "import os\n", "not-executable"],
])("a file without execute bit: %s, %j", (name, text, rule) => {
  const { findings } = refused(name, text, "EACCES");
  expect(findings.map((finding) => finding.rule)).toEqual([rule]);
  expect(findings[0]?.fixes).toEqual(rule === "not-executable" ? ["make-executable"] : []);
});
