// A UnicodeEncodeError of real Pythons: only that of standard output is blamed on the environment, and gets its fix.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { explain } from "../../support/explain.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { traceOf } from "./written-traces.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
});
afterAll(() => folder[Symbol.dispose]());

const rule = "unicode-encode-error";
const ofStdout = ["set-encoding-environment"];

/** The fixes of the finding about a script that runs with these variables, and the variables that it names. */
function found(python: string, script: string, variables: Readonly<Record<string, string>>) {
  folder.write("x.py", script);
  const file = folder.file("x.py");
  const env = { PATH: "/usr/bin:/bin", ...variables };
  const { stdout, stderr, status } = spawnSync(python, [file], { env, cwd: folder.path });
  expect([status, stderr.toString()]).toEqual([1, expect.stringContaining("UnicodeEncodeError")]);
  const trace = traceOf({ stdout, stderr, exitCode: 1 });
  trace.route.file = utf8(file);
  trace.argv = [utf8(file)];
  trace.env = Object.entries(env).map(([name, value]) => ({ name: utf8(name), value: utf8(value), source: "config" }));
  explain(trace);
  const [finding] = trace.findings.filter((one) => one.rule === rule);
  return { fixes: finding?.fixes, names: finding?.evidence.length !== 0 };
}

const ascii = { PYTHONIOENCODING: "ascii" };
const latin1 = { PYTHONIOENCODING: "latin-1" };
const head = 'import codecs, io, sys\nprint("Content-Type: text/plain\\n")\n';
const euro = "u'\\u20ac'";

/** Of Python's standard output, in the encoding that the environment gives it. */
const stdoutCases: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ["print", `print(${euro})`, ascii],
  ["print over several lines", `print(\n  "a",\n  ${euro})`, ascii],
  ["print in a condition", `if True: print(${euro})`, latin1],
  [
    "print in a function that a library calls",
    `import functools\nfunctools.reduce(lambda a, b: print(b), "a${"\\u20ac"}")`,
    ascii,
  ],
  ["print before the script sets UTF-8", `print(${euro})\nsys.stdout.reconfigure(encoding="utf-8")`, ascii],
  ["write", `sys.stdout.write(${euro})`, latin1],
  ["write by another name", `out = sys.stdout\nout.write(${euro})`, ascii],
  ["what a library writes", `import csv\ncsv.writer(sys.stdout).writerow([${euro}])`, ascii],
  ["an encoding with a file of its own in Python", "print(u'\\u2192')", { PYTHONIOENCODING: "cp1252" }],
  ["one that is not followed", "print(u'\\u2192')", { PYTHONIOENCODING: "iso-8859-15" }],
  ["what was encoded and decoded before", `print(${euro}.encode("utf-8").decode("utf-8"))`, ascii],
];
/** Of anything else: the environment is as it should be, or does not matter. */
const otherCases: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ["encode", `${euro}.encode("ascii")`, {}],
  ["encode, as stdout is", `${euro}.encode("ascii")`, ascii],
  ["encode before print", `print(${euro}.encode("ascii"))`, ascii],
  ["a file", `io.open("f", "w", encoding="latin-1").write(${euro})`, {}],
  ["a file, as stdout is", `f = io.open("f", "w", encoding="latin-1")\nf.write(${euro})`, latin1],
  ["a file, by print", `print(${euro}, file=io.open("f", "w", encoding="ascii"))`, ascii],
  ["a file, by codecs", `f = codecs.open("f", "w", "ascii")\nf.write(${euro})`, ascii],
  ["a file in an encoding of Python's own file", `f = io.open("f", "w", encoding="cp1252")\nf.write(u"\\u2192")`, {}],
  ["a mail", mail(), {}],
  ["a mail, as stdout is", mail(), ascii],
  ["a request", `import http.client\nhttp.client.HTTPConnection("x").request("GET", "/" + ${euro})`, ascii],
  ["standard output as the script sets it", `sys.stdout.reconfigure(encoding="ascii")\nprint(${euro})`, {}],
  [
    "standard output as the script wraps it",
    `sys.stdout = codecs.getwriter("ascii")(sys.stdout.buffer)\nprint(${euro})`,
    ascii,
  ],
];
function mail(): string {
  const connection = "s.sock = io.BytesIO()\ns.ehlo_resp = b''\ns.esmtp_features = {}";
  const answers = "s.helo_resp = s.ehlo_resp = b'x'\ns.mail = s.rcpt = lambda *a: (250, b'')";
  return `import smtplib\ns = smtplib.SMTP()\n${connection}\n${answers}\ns.sendmail("a@b", ["c@d"], ${euro})`;
}

describe.skipIf(!program("python3"))("UnicodeEncodeError", () => {
  test.each(stdoutCases)("of standard output: %s", (_, script, variables) => {
    expect(found("python3", head + script, variables)).toEqual({ fixes: ofStdout, names: true });
  });

  test.each(otherCases)("of something else: %s", (_, script, variables) => {
    expect(found("python3", head + script, variables)).toEqual({ fixes: [], names: false });
  });
});

/** Old and new ones, where its version manager has some. */
function installedByPyenv(): readonly string[] {
  const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((version) => /^(?:2\.7|3\.6|3\.13)\./.test(version))
    .map((version) => join(versions, version, "bin/python"));
}

describe.each(installedByPyenv())("%s", (python) => {
  // Up to 3.6 the C locale is ASCII; later ones take it for UTF-8.
  const variables = /\/(?:2\.7|3\.6)\./.test(python) ? { LC_ALL: "C" } : ascii;
  test("blames standard output for print alone", () => {
    const lines = `# coding: utf-8\nimport sys\n`;
    expect(found(python, `${lines}print(${euro})\n`, variables)).toEqual({ fixes: ofStdout, names: true });
    expect(found(python, `${lines}x = ${euro}.encode("latin-1")\n`, variables)).toEqual({ fixes: [], names: false });
  });
});
