// What looks like an error of a language and is another one, or none: each of these was a false finding once.
import { describe, expect, test } from "vitest";
import { wordsOf } from "../../../server/contract/message.js";
import { readPhp, readPython, readRuby, unsetVariable } from "../../../server/doctor/evidence/language-error.js";
import { readNode } from "../../../server/doctor/evidence/other-languages.js";
import { readPerl } from "../../../server/doctor/evidence/perl-error.js";
import { lastStderrLine, scriptLine } from "../../../server/doctor/evidence/stderr.js";
import { rule as fastcgiRunAsCgi } from "../../../server/doctor/rules/start/fastcgi-run-as-cgi/rule.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { explain } from "../../support/explain.js";
import { failed, latin1, traceOf } from "./written-traces.js";

function findings(trace: TraceRecord): string[] {
  explain(trace);
  return trace.findings.map(({ rule, title }) => `${rule}: ${wordsOf(title)}`);
}

function unset(trace: TraceRecord): string | null {
  const error = readPython(trace);
  return error && unsetVariable(error, trace.env);
}

const traceback = (...lines: string[]): string => ["Traceback (most recent call last):", ...lines, ""].join("\n");
const frame = '  File "/w/app.py", line 5, in <module>';

describe("a SyntaxError", () => {
  test.each([
    ["of JSON.parse", "undefined:1\n<html>\n^\n\nSyntaxError: Unexpected token '<', \"<html>\" is not valid JSON\n"],
    ["of the script", "/w/app.py:1\nlet a = ;\n        ^\n\nSyntaxError: Unexpected token ';'\n"],
    ["beside text that looks like Python", '  File "a", line 1\nSyntaxError: Unexpected token\n'],
  ])("of JavaScript is not Python's: %s", (_name, text) => {
    const trace = failed(`${text}    at JSON.parse (<anonymous>)\n\nNode.js v20.11.0\n`);
    expect(readPython(trace)).toBeNull();
    expect(findings(trace)[0]).toMatch(/^javascript-error: /);
    expect(findings(trace).join("\n")).not.toContain("Python");
  });

  test("without a stack is of any language", () => {
    expect(readPython(failed("SyntaxError: Unexpected token\n"))).toBeNull();
  });

  test.each([
    ["with its line", '  File "/w/app.py", line 2\n    a = (\n        ^\n\nSyntaxError: invalid syntax\n', 2],
    ["whose line looks like a call", '  File "/w/app.py", line 2\n    at = (\nSyntaxError: never closed\n', 2],
    ["about the encoding", "SyntaxError: Non-UTF-8 code starting with '\\xe9' in file /w/app.py on line 7, but\n", 7],
    ["about the name of the encoding", "SyntaxError: encoding problem: utf8x\n", null],
  ])("of Python %s", (_name, text, line) => {
    expect(readPython(failed(text))).toMatchObject({ kind: "SyntaxError", line });
    expect(readNode(failed(text))).toBeNull();
  });
});

describe("the exception behind a traceback", () => {
  test.each([
    [
      "has a message of two lines",
      "psycopg2.errors.UniqueViolation: duplicate key\nDETAIL:  Key (id)=(1) already exists.",
      "psycopg2.errors.UniqueViolation",
    ],
    ["comes before what atexit writes", "ModuleNotFoundError: No module named 'yaml'\ncleanup", "ModuleNotFoundError"],
  ])("%s", (_name, text, kind) => {
    expect(readPython(failed(traceback(frame, "    x()", text)))?.kind).toBe(kind);
  });

  test("is that of the last traceback", () => {
    const text = `${traceback(frame, "KeyError: 'a'")}\nDuring handling:\n\n${traceback(frame, "ValueError: b")}`;
    expect(readPython(failed(text))).toMatchObject({ kind: "ValueError", message: "b" });
  });
});

describe("a KeyError", () => {
  test("of a dictionary is not about a variable", () => {
    const trace = failed(traceback(frame, '    print(row["ID"])', "KeyError: 'ID'"));
    expect(readPython(trace)).toMatchObject({ kind: "KeyError" });
    expect(findings(trace)[0]).toMatch(/^python-error/);
    const wrapped = traceback('  File "<frozen os>", line 9, in __getitem__', frame, "KeyError: 'ID'");
    expect(findings(failed(wrapped))[0]).toMatch(/^python-error/);
  });

  test.each([
    ['  File "<frozen os>", line 716, in __getitem__'],
    ['  File "/usr/lib/python3.9/os.py", line 679, in __getitem__\n    raise KeyError(key) from None'],
    ['  File "/usr/lib/python2.7/UserDict.py", line 40, in __getitem__\n    raise KeyError(key)'],
    ['  File "<frozen os>", line 731, in __delitem__'],
  ])("of os.environ is: %s", (call) => {
    const trace = failed(traceback(frame, call, "KeyError: 'SHOP'"));
    expect(unset(trace)).toBe("SHOP");
    expect(findings(trace)[0]).toMatch(/^variable-not-set/);
  });

  test("of os.environ is in the page of cgitb too", () => {
    const page = traceback(frame, '  File "&lt;frozen os&gt;", line 685, in __getitem__', "KeyError: 'SHOP'");
    const head = "Content-Type: text/html\n\n<!-- a description of an error in a Python program:\n\n";
    const trace = traceOf({ stdout: latin1(`${head}${page}\n-->`), exitCode: 1 });
    expect(unset(trace)).toBe("SHOP");
    expect(findings(trace).join("\n")).toMatch(/^variable-not-set/m);
  });

  test("of any dictionary is, when its key is a variable that depends on the request", () => {
    const text = traceback(frame, '    environ["CONTENT_LENGTH"]', "KeyError: 'CONTENT_LENGTH'");
    expect(findings(failed(text))[0]).toMatch(/^variable-unset-for-request/);
  });
});

describe("a path that a shell does not find", () => {
  test.each([
    ["/w/s.sh: 2: cannot open /data/list.txt: No such file\n"],
    ["/w/s.sh: line 2: /opt/tools/report: No such file or directory\n"],
    ["/w/s.sh: line 2: cd: /opt/tools: No such file or directory\n"],
  ])("is absolute: %s", (stderr) => expect(findings(failed(stderr, "/w/s.sh"))[0]).toMatch(/^shell-error/));

  test.each([
    ["/w/s.sh: 2: cannot open data/list.txt: No such file\n"],
    ["/w/s.sh: line 2: cd: data: No such file or directory\n"],
    ["/w/s.sh: line 2: ./report: No such file or directory\n"],
  ])("is relative: %s", (stderr) => expect(findings(failed(stderr, "/w/s.sh"))[0]).toMatch(/^relative-path-missing/));
});

describe("the line of the script", () => {
  test.each<[string, string, number | null]>([
    ["of a longer name", 'File "/w/app.py", line 5\nFile "/w/lib/myapp.py", line 812', 5],
    ["of another folder", 'File "/w/app.py", line 5\nFile "/w/lib/app.py", line 812', 5],
    ["of a folder that ends alike", 'File "/w/app.py", line 5\nFile "/old/w/app.py", line 812', 5],
    ["of a relative path elsewhere", "app.py:5\nlib/app.py:812", 5],
    ["by its URL", "file:///w/app.py:7", 7],
    ["by its name", "app.py: 7:", 7],
    ["by a relative path", "./app.py:7 at ../w/app.py line 8", 8],
  ])("%s", (_name, text, line) => expect(scriptLine(text, "/w/app.py")).toBe(line));

  test("in a folder whose name every language writes in its own way", () => {
    expect(scriptLine("file:///my%20w/app.mjs:3", "/my w/app.mjs")).toBe(3);
  });

  test("is not that of a file beside it, in Perl and JavaScript", () => {
    expect(readPerl(failed("Can't do it at /w/lib/myx.pl line 812.\n", "/w/x.pl"))?.line).toBeNull();
    expect(readPerl(failed("Can't do it at /w/x.pl line 8.\n", "/w/x.pl"))?.line).toBe(8);
    const stack = "Error: no\n    at f (/w/lib/myx.js:812:3)\n    at /w/x.js:4:1\n\nNode.js v20.11.0\n";
    expect(readNode(failed(stack, "/w/x.js"))?.line).toBe(4);
  });

  test("is found in the copy of an earlier version", () => {
    const trace = failed('  File "/home/u/earlier-versions/1-a/app.py", line 3\nSyntaxError: invalid syntax\n');
    expect(readPython(trace)?.line).toBeNull();
    trace.argv = [byteString("/usr/bin/python3"), byteString("/home/u/earlier-versions/1-a/app.py")];
    expect(readPython(trace)?.line).toBe(3);
    expect(lastStderrLine(trace)?.line).toBe(3);
  });
});

describe("a program that Python's subprocess", () => {
  const calls = (call: string): string[] => [
    frame,
    `    ${call}`,
    '  File "/usr/lib/python3.11/subprocess.py", line 548, in run',
    "    with Popen(*popenargs, **kwargs) as process:",
    '  File "/usr/lib/python3.11/subprocess.py", line 1955, in _execute_child',
    "    raise child_exception_type(errno_num, err_msg, err_filename)",
  ];
  const noFile = "FileNotFoundError: [Errno 2] No such file or directory";
  const missing = (name: string, call: string): string => traceback(...calls(call), `${noFile}: ${name}`);

  test.each([
    ["'convert'", 'subprocess.run(["convert", "a.png"])', "convert"],
    ["'convert': 'convert'", "subprocess.run(words)", "convert"],
    ["b'convert'", 'subprocess.run([b"convert"], cwd="pictures")', "convert"],
    ["'ls -l'", 'subprocess.run("ls -l")', "ls -l"],
  ])("does not find on the PATH is a command: %s, %s", (name, call, command) => {
    const trace = failed(missing(name, call));
    expect(findings(trace)).toEqual([`command-not-found: Command ${command} not found`]);
    expect(trace.findings[0]).toMatchObject({ line: 5 });
    expect(trace.findings[0]?.evidence).toContainEqual({ kind: "variable", name: "PATH", value: "/usr/bin:/bin" });
  });

  test.each([
    ["has a path", missing("'bin/convert'", 'subprocess.run(["bin/convert"])')],
    ["lies in a missing folder", missing("'pictures'", 'subprocess.run(["ls"], cwd="pictures")')],
    ["is one that is opened", traceback(frame, "    open('a.txt')", `${noFile}: 'a.txt'`)],
  ])("does not find is a file when it %s", (_name, stderr) => {
    expect(findings(failed(stderr))[0]).toMatch(/^relative-path-missing/);
  });
});

test("of a FastCGI program's message about its descriptor, the whole line is marked", () => {
  const trace = failed("begun\naccept: [Errno 88] Socket operation on non-socket: 0\nended\n");
  trace.route.mode = "cgi";
  expect(fastcgiRunAsCgi.check({ ...trace, file: null })).toMatchObject({ stream: "stderr", range: [6, 58] });
});

test("a syntax error of Ruby in a script of any name, and no other program's", () => {
  const text = "/w/x.cgi:2: syntax error, unexpected end-of-input\n";
  expect(readRuby(failed(text, "/w/x.cgi"))).toMatchObject({ kind: "SyntaxError", line: 2 });
  expect(readRuby(failed(text, "/w/y.cgi"))).toBeNull();
  expect(readRuby(failed("/w/lib/a.rb:9: syntax error, unexpected end\n", "/w/x.cgi"))).toMatchObject({ line: null });
});

describe("the line of a PHP error", () => {
  const thrown = (...calls: string[]): string =>
    `PHP Fatal error:  Uncaught Exception: a in /w/lib/inc.php:3\nStack trace:\n${calls.join("\n")}\n  thrown in /w/lib/inc.php on line 3\n`;
  test.each([
    ["of the script", "PHP Parse error:  syntax error in /w/index.php on line 2\n", 2],
    [
      "of the script, which threw",
      "PHP Fatal error:  Uncaught Exception: a in /w/index.php:5\nStack trace:\n#0 {main}\n",
      5,
    ],
    ["of an include", "PHP Parse error:  syntax error in /w/lib/inc.php on line 7\n", null],
    ["of an include of the same name", "PHP Parse error:  syntax error in /w/lib/index.php on line 7\n", null],
    [
      "of the call that threw",
      thrown("#0 /w/lib/b.php(8): g()", "#1 /w/index.php(12): f()", "#2 /w/index.php(30): h()"),
      12,
    ],
    ["of no call of the script", thrown("#0 [internal function]: {closure}()", "#1 {main}"), null],
  ])("is the script's own, where it is %s", (_name, text, line) => {
    expect(readPhp(failed(text, "/w/index.php"))).toMatchObject({ line });
  });

  test("is that of the error, not of a warning before it", () => {
    const text = `PHP Warning:  a in /w/index.php on line 1\n${thrown("#0 /w/index.php(9): f()")}`;
    expect(readPhp(failed(text, "/w/index.php"))).toMatchObject({ kind: "Fatal error", line: 9 });
  });
});
