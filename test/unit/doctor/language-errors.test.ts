// Which of the messages on stderr is the error that ended a script, and whether one did.
import { describe, expect, test } from "vitest";
import { readPhp, readPython, readRuby } from "../../../server/doctor/evidence/language-error.js";
import { readLua, readNode, readTcl } from "../../../server/doctor/evidence/other-languages.js";
import { readPerl } from "../../../server/doctor/evidence/perl-error.js";
import { missingInShell, readShell } from "../../../server/doctor/evidence/shell-error.js";
import { lastStderrLine } from "../../../server/doctor/evidence/stderr.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { failed, latin1, rulesOf, withStatus } from "./written-traces.js";

const page = latin1("Content-Type: text/html; charset=utf-8\n\n<p>page\n");
const traceback = (path: string, error: string): string =>
  `Traceback (most recent call last):\n  File "${path}", line 3, in <module>\n${error}\n`;
const node = "\n\nNode.js v20.11.0\n";

const errors: readonly (readonly [rule: string, extension: string, stderr: string])[] = [
  ["perl-error", "pl", "x at /w/x.pl line 3.\n"],
  ["python-error", "py", traceback("/w/x.py", "ValueError: a")],
  ["ruby-error", "rb", "/w/x.rb:3:in `<main>': no (RuntimeError)\n"],
  ["shell-error", "sh", "/w/x.sh: 3: broken\n"],
  ["javascript-error", "mjs", `Error: no\n    at file:///w/x.mjs:3:1${node}`],
  ["lua-error", "lua", "lua: /w/x.lua:3: no\n"],
  ["tcl-error", "tcl", "no\n    while executing\n"],
  ["php-error", "php", "PHP Fatal error:  no in /w/x.php:3\n"],
  ["perl-module-missing", "pl", "Can't locate A.pm in @INC (you may need to install it) at /w/x.pl line 3.\n"],
  ["python-module-missing", "py", traceback("/w/x.py", "ModuleNotFoundError: No module named 'a'")],
  ["cgi-module-removed", "py", traceback("/w/x.py", "ModuleNotFoundError: No module named 'cgi'")],
  ["python2-syntax", "py", traceback("/w/x.py", "ModuleNotFoundError: No module named 'urllib2'")],
  ["python-syntax-error", "py", traceback("/w/x.py", "SyntaxError: invalid syntax")],
  ["file-not-permitted", "py", traceback("/w/x.py", "PermissionError: [Errno 13] Permission denied: '/a'")],
  ["unicode-decode-error", "py", traceback("/w/x.py", "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc")],
  ["unicode-encode-error", "py", traceback("/w/x.py", "UnicodeEncodeError: 'ascii' codec can't encode character")],
  ["command-not-found", "sh", "/w/x.sh: 3: convert: not found\n"],
];

describe("of a script that did not end by itself, nothing on stderr is the error that ended it", () => {
  test.each(errors)("%s: %s", (_rule, extension, stderr) => {
    const file = `/w/x.${extension}`;
    expect(rulesOf(failed(stderr, file))).toHaveLength(1);
    expect(rulesOf(failed(stderr, file, { signal: "SIGKILL" }))).toEqual(["killed-before-output"]);
    expect(rulesOf(failed(stderr, file, { signal: "SIGSEGV" }))).toEqual(["crashed-before-output"]);
    for (const end of [{ signal: "SIGTERM" }, { exitCode: 1 }]) {
      expect(rulesOf(Object.assign(failed(stderr, file, end), { outcome: "timeout" }))).toEqual(["timeout"]);
      expect(
        rulesOf(Object.assign(failed(stderr, file, { ...end, stdout: page }), { outcome: "client-gone" })),
      ).toEqual([]);
    }
  });
});

describe("a program that caught its error printed the one that led to its response of status 500", () => {
  const answer = latin1("Status: 500 x\nContent-Type: text/plain; charset=utf-8\n\nno");
  test.each(errors)("%s: %s", (rule, extension, stderr) => {
    const trace = failed(stderr, `/w/x.${extension}`, { exitCode: 0, stdout: answer });
    expect(rulesOf(withStatus(trace, 500))).toEqual([rule]);
    const alive = failed(stderr, `/w/x.${extension}`, { exitCode: 0, stdout: answer });
    if (alive.process) alive.process.exitCode = null;
    expect(rulesOf(withStatus(alive, 500))).toEqual([rule]);
  });

  test("of which nothing is known, except that it wrote to stderr", () => {
    const trace = failed("db: connection refused\n", "/w/x.sh", { exitCode: 0, stdout: answer });
    expect(rulesOf(withStatus(trace, 500))).toEqual(["stderr-elsewhere"]);
    expect(trace.findings).toMatchObject([{ severity: "hint", detail: expect.stringContaining("refused") }]);
  });

  test("and what it printed before a page did not", () => {
    for (const [rule, extension, stderr] of errors)
      expect(rulesOf(withStatus(failed(stderr, `/w/x.${extension}`, { exitCode: 0, stdout: page }), 200))).toEqual([
        rule === "command-not-found" ? rule : "stderr-elsewhere", // a shell goes on
      ]);
  });

  test("and what it printed before a local redirect did not lead to the status of its target", () => {
    for (const [, extension, stderr] of errors) {
      const redirect = { exitCode: 0, stdout: latin1("Location: /other\n\n") };
      const trace = withStatus(failed(stderr, `/w/x.${extension}`, redirect), 500);
      expect(rulesOf(trace).filter((rule) => errors.some(([one]) => one === rule))).toEqual(
        extension === "sh" && stderr.includes("not found") ? ["command-not-found"] : [],
      );
    }
  });

  test("of Perl it may have been a warning", () => {
    for (const [text, severity] of [
      ["cache is cold", "warning"],
      ["Can't do it", "error"],
    ]) {
      const trace = failed(`${text} at /w/x.pl line 3.\n`, "/w/x.pl", { exitCode: 0, stdout: answer });
      rulesOf(withStatus(trace, 500));
      expect(trace.findings).toMatchObject([{ rule: "perl-error", severity }]);
    }
  });
});

describe("a script that calls a failing program and goes on has the exit code 0, and no response", () => {
  test.each(errors)("%s: %s", (rule, extension, stderr) => {
    const rules = rulesOf(failed(stderr, `/w/x.${extension}`, { exitCode: 0 }));
    expect([...rules].sort()).toEqual(["no-output", rule].sort());
  });
});

test("of stderr whose end was not kept, nothing is the error that ended the script", () => {
  for (const [, extension, stderr] of errors) {
    const trace = failed("", `/w/x.${extension}`);
    trace.stderr = new CapturedStream(stderr.length);
    trace.stderr.add(latin1(`${stderr}and more`), 1);
    expect(rulesOf(trace)).toEqual(["failed-before-output"]);
    expect(trace.findings[0]).toMatchObject({ line: null });
  }
});

describe("below a folder whose name has a blank", () => {
  const folder = "/w/my site (new)";
  test.each([
    ["x.py", readPython, traceback(`${folder}/x.py`, "ValueError: no")],
    ["x.pl", readPerl, `no at ${folder}/x.pl line 3.\n`],
    ["x.pl", readPerl, `no at ${folder}/x.pl line 3.\n\tmain::f() called at ${folder}/x.pl line 9\n`],
    ["x.rb", readRuby, `${folder}/x.rb:3:in \`<main>': no (RuntimeError)\n`],
    ["x.cgi", readRuby, `${folder}/x.cgi:3: syntax error, no\n`],
    ["x.php", readPhp, `PHP Fatal error:  no in ${folder}/x.php:3\n`],
    ["x.sh", readShell, `${folder}/x.sh: line 3: no\n`],
    ["x.cgi", readShell, `${folder}/x.cgi: 3: no\n`],
    ["x.js", readNode, `Error: no\n    at ${folder}/x.js:3:1${node}`],
    ["x.lua", readLua, `lua: ${folder}/x.lua:3: no\n`],
    ["x.tcl", readTcl, `no\n    while executing\n"no"\n    (file "${folder}/x.tcl" line 3)\n`],
  ])("%s: %o of %j", (name, read, stderr) => {
    const error = read(failed(stderr, `${folder}/${name}`));
    expect(error).toMatchObject({ line: 3 });
    expect(error?.message).toMatch(/^(?:syntax error, )?no$/);
  });
});

describe("of an application at an address, whose file is not known", () => {
  test.each([
    ["Python", readPython, traceback("/w/x.py", "ValueError: no")],
    ["Perl", readPerl, "no at /w/x.pl line 3.\n"],
    ["Ruby", readRuby, "/w/x.rb:3:in `<main>': no (RuntimeError)\n"],
    ["PHP", readPhp, "PHP Fatal error:  no in /w/x.php:3\n"],
    ["a shell", readShell, "/w/x.sh: line 3: no\n"],
    ["JavaScript", readNode, `Error: no\n    at /w/x.js:3:1${node}`],
    ["Lua", readLua, "lua: /w/x.lua:3: no\n"],
  ])("an error of %s has no line", (_name, read, stderr) => {
    expect(read(failed(stderr, null))).toMatchObject({ message: "no", line: null });
  });
});

describe("Python", () => {
  const thrown = traceback("/w/app.py", "ValueError: no");
  const ignored = `Exception ignored in: <function A.__del__ at 0x7f>\n${traceback("/w/app.py", "AttributeError: b")}`;
  const inHandling = "\nDuring handling of the above exception, another exception occurred:\n\n";
  const chained = traceback("/w/app.py", "KeyError: 'd'") + inHandling + traceback("/w/app.py", "TypeError: e");
  const logged = `--- Logging error ---\n${traceback("/w/app.py", "TypeError: c")}Call stack:\nMessage: 'c'\n`;

  test.each([
    ["ignored", ignored],
    ["ignored, and led to by another", `Exception ignored in: <function A.__del__ at 0x7f>\n${chained}`],
    ["of a deallocator", `Exception ignored while calling deallocator <function A.__del__ at 0x7f>:\n${chained}`],
    ["of a thread", `Exception in thread Thread-1 (f):\n${chained}`],
    ["of logging", logged],
  ])("goes on after an error that is %s", (_name, text) => {
    expect(readPython(failed(thrown + text))).toMatchObject({ kind: "ValueError", line: 3 });
    expect(readPython(failed(text + thrown))).toMatchObject({ kind: "ValueError" });
    expect(readPython(failed(text))).toBeNull();
    expect(rulesOf(failed(text, "/w/app.py", { stdout: page }))).toEqual(["ended-badly"]);
  });

  test.each([
    ["unicode-decode-error", "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 1: no"],
    ["unicode-encode-error", "UnicodeEncodeError: 'ascii' codec can't encode character '\\xfc' in position 1: no"],
  ])("%s is not about one that it goes on after", (rule, error) => {
    const text = traceback("/w/app.py", error);
    expect(rulesOf(failed(text))).toEqual([rule]);
    expect(rulesOf(failed(text, null))).toContain(rule);
    expect(rulesOf(failed(`${thrown}Exception ignored in: <a>\n${text}`))).toEqual(["python-error"]);
  });

  test("names a group of exceptions, and the first of them", () => {
    const group = [
      "  + Exception Group Traceback (most recent call last):",
      '  |   File "/w/app.py", line 9, in <module>',
      "  |     asyncio.run(main())",
      "  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)",
      "  +-+---------------- 1 ----------------",
      "    | Traceback (most recent call last):",
      '    |   File "/w/app.py", line 5, in f',
      '    |     raise ValueError("no list")',
      "    | ValueError: no list",
      "    +------------------------------------",
      "",
    ].join("\n");
    expect(rulesOf(failed(group))).toEqual(["python-error"]);
    expect(readPython(failed(`${group}cleanup\n`))).toMatchObject({
      kind: "ExceptionGroup",
      message: "unhandled errors in a TaskGroup (1 sub-exception): ValueError: no list",
      line: 5,
    });
    expect(readPython(failed(group + thrown))).toMatchObject({ kind: "ValueError", line: 3 });
  });

  test.each([
    ["requests", "python-module-missing"],
    ["requests.adapters", "python-module-missing"],
    ["cgi_forms", "python-module-missing"],
    ["cgi", "cgi-module-removed"],
    ["urllib2", "python2-syntax"],
  ])("names the module %s with and without quotes: %s", (name, rule) => {
    for (const quoted of [name, `'${name}'`, `'${name}'; '${name}' is not a package`]) {
      const trace = failed(traceback("/w/app.py", `ImportError: No module named ${quoted}`));
      expect(rulesOf(trace)).toEqual([rule]);
      expect(trace.findings[0]?.detail).toContain(name);
    }
  });
});

describe("a shell", () => {
  test.each([
    ["sh: 1: nosuch: not found", "command-not-found"],
    ["/bin/sh: 1: convert: not found", "command-not-found"],
    ["sh: convert: command not found", "command-not-found"],
    ["/bin/sh: line 1: convert: command not found", "command-not-found"],
    ["zsh:1: command not found: convert", "command-not-found"],
    ["sh: 1: Syntax error: Unterminated quoted string", "shell-error"],
  ])("that runs a command line of a script has no line of it: %s", (text, rule) => {
    const trace = failed(`${text}\n`, "/w/x.pl");
    expect(readShell(trace)).toMatchObject({ line: null });
    expect(rulesOf(trace)).toEqual([rule]);
  });

  test.each([
    ["dash counts the lines of what eval was given", '/w/x.sh: 1: eval: Syntax error: ")" unexpected', null],
    ["bash counts those of the script", "/w/x.sh: eval: line 4: syntax error near unexpected token `)'", 4],
    ["BusyBox does, too", '/w/x.sh: eval: line 4: syntax error: unexpected ")"', 4],
  ])("that runs eval: %s", (_, text, line) => {
    const trace = failed(`${text}\n`, "/w/x.sh");
    expect(readShell(trace)).toMatchObject({ line });
    expect(rulesOf(trace)).toEqual(["shell-error"]);
  });

  test("that Python calls: the line is Python's", () => {
    const trace = failed(`/bin/sh: 1: convert: not found\n${traceback("/w/app.py", "CalledProcessError: no")}`);
    expect(rulesOf(trace)).toContain("command-not-found");
    expect(trace.findings.map(({ line }) => line)).toEqual([3, 3]);
  });

  test.each([
    ["command", "convert", "/w/x.sh: 3: convert: not found"],
    ["path", "/w/helper.py", "/w/x.sh: 3: /w/helper.py: not found"],
    ["path", "/w/helper.py", "/w/x.sh: line 3: /w/helper.py: cannot execute: required file not found"],
    ["included", "common.sh", "/w/x.sh: 3: .: common.sh: not found"],
    ["included", "common.sh", "/w/x.sh: line 3: .: common.sh: file not found"],
    ["command", "convert", "/w/x.sh:3: command not found: convert"],
    ["command", "convert", "/w/x.sh[3]: convert: inaccessible or not found"],
  ] as const)("does not find a %s: %s, %s", (as, name, text) => {
    const trace = failed(`${text}\n`, "/w/x.sh", { exitCode: 127 });
    expect(rulesOf(trace)).toEqual(["command-not-found"]);
    const error = readShell(trace);
    expect(error && missingInShell(error)).toEqual({ name, as });
    const [finding] = trace.findings;
    expect(finding?.line).toBe(3);
    expect(finding?.evidence.some((one) => one.kind === "variable")).toBe(as !== "path");
  });

  test.each([["/w/x.sh:3: warning: a"], ["/w/x.sh[3]: started"]])("did not print %s", (text) => {
    expect(readShell(failed(`${text}\n`, "/w/x.sh"))).toBeNull();
  });

  test("does not find what has blanks: an error like any other", () => {
    expect(rulesOf(failed("/w/x.sh: line 3: two words: not found\n", "/w/x.sh"))).toEqual(["shell-error"]);
  });
});

describe("Perl", () => {
  const missing = "Can't locate JSON/XS.pm in @INC (you may need to install it) at /w/x.pl line 2.\n";
  const message = (text: string): string | undefined => readPerl(failed(text, "/w/x.pl"))?.message;

  test("goes on without a module that may be missing", () => {
    expect(message(`${missing}no prices at /w/x.pl line 9.\n`)).toBe("no prices");
    expect(rulesOf(failed(`${missing}no prices at /w/x.pl line 9.\n`, "/w/x.pl"))).toEqual(["perl-error"]);
  });

  test.each([
    ["no", "no at /w/x.pl line 3, <$fh> line 1.\n"],
    ["no", "no at /w/x.pl line 3, <$Price::list> chunk 1.\n"],
    ["no", "no at /w/x.pl line 3, <STDIN> line 1.\n"],
    ["Undefined subroutine &main::f called", "Undefined subroutine &main::f called at /w/x.pl line 3.\n"],
  ])("dies of %j in %j", (said, text) => {
    const calls = "\tmain::f(1) called at /w/x.pl line 8\n\teval {...} called at /w/x.pl line 9\n";
    expect(message(text)).toBe(said);
    expect(readPerl(failed(text + calls, "/w/x.pl"))).toMatchObject({ message: said, line: 3 });
  });

  test.each([
    ["its consequence", `${missing}BEGIN failed--compilation aborted at /w/x.pl line 2.\n`, "Can't locate JSON/XS.pm"],
    [
      "further errors of the source",
      'Global symbol "$a" at /w/x.pl line 2.\nsyntax error at /w/x.pl line 3, near "b"\nGlobal symbol "$c" at /w/x.pl line 4.\nExecution of /w/x.pl aborted due to compilation errors.\n',
      "syntax error",
    ],
    [
      "warnings about the source",
      'syntax error at /w/x.pl line 3, near "b"\nScalar value @a[0] better written as $a[0] at /w/x.pl line 5.\nExecution of /w/x.pl aborted due to compilation errors.\n',
      "syntax error",
    ],
    [
      "an error that follows from it, and a warning",
      'Global symbol "$a" at /w/x.pl line 2.\nGlobal symbol "$c" at /w/x.pl line 4.\nScalar value @a[0] better written as $a[0] at /w/x.pl line 5.\nExecution of /w/x.pl aborted due to compilation errors.\n',
      'Global symbol "$a"',
    ],
  ])("ended by an error before %s", (_name, text, begin) => expect(message(text)?.startsWith(begin)).toBe(true));

  test("has no driver of a database, as DBI says in four lines", () => {
    const text =
      "install_driver(mysql) failed: Can't locate DBD/mysql.pm in @INC (you may need to install the DBD::mysql module) at (eval 6) line 3.\n" +
      "Perhaps the DBD::mysql perl module hasn't been fully installed,\nor perhaps the capitalisation of 'mysql' isn't right.\n" +
      "Available drivers: DBM, File.\n at /w/x.pl line 3.\n";
    const trace = failed(text, "/w/x.pl", { exitCode: 2 });
    expect(rulesOf(trace)).toEqual(["perl-module-missing"]);
    expect(trace.findings[0]).toMatchObject({ title: "Perl module DBD::mysql not found", line: 3 });
  });

  test("dies of a message without a line, after a warning with one", () => {
    const text = "cache is cold at /w/x.pl line 3.\ncannot open the database\n";
    expect(message(text)).toBeUndefined();
    const trace = failed(text, "/w/x.pl", { exitCode: 2 });
    expect(rulesOf(trace)).toEqual(["failed-before-output"]);
    expect(trace.findings[0]?.range).toEqual([text.indexOf("cannot"), text.length - 1]);
    expect(message("Can't do it at /w/x.pl line 3.\nbye\n")).toBe("Can't do it");
  });

  test("warns behind a page", () => {
    const severities = (text: string, exitCode: number): string[] => {
      const trace = failed(`${text} at /w/x.pl line 3.\n`, "/w/x.pl", { stdout: page, exitCode });
      rulesOf(trace);
      return trace.findings.filter(({ rule }) => rule === "perl-error").map(({ severity }) => severity);
    };
    expect(severities("cache is cold", 2)).toEqual(["warning"]);
    expect(severities("cache is cold", 255)).toEqual(["error"]);
    expect(severities('Can\'t locate object method "a" via package "B"', 2)).toEqual(["error"]);
    for (const text of [
      "readline() on closed filehandle F",
      "print() on unopened filehandle F",
      'Can\'t exec "a": no',
      "Unrecognized escape \\_ passed through",
      "Missing argument in sprintf",
      "Illegal hexadecimal digit 'x' ignored",
      "Can't locate package A for @B::ISA",
      "Bareword found in conditional",
      "Attempt to call undefined import method with arguments (1) via package A",
    ])
      expect(severities(text, 2)).toEqual([]);
  });
});

test("JavaScript: of several errors the last one was not caught", () => {
  const caught = "TypeError: caught\n    at f (/w/x.js:2:1)\n";
  const fatal = "Error: fatal\n    at g (/w/x.js:7:1) {\n  [cause]: RangeError: of it\n      at /w/x.js:9:1\n}";
  expect(readNode(failed(`${caught}/w/x.js:7\n  throw it;\n  ^\n\n${fatal}${node}`, "/w/x.js"))).toMatchObject({
    kind: "Error",
    message: "fatal",
    line: 7,
  });
});

describe("JavaScript: what was not caught", () => {
  const caught = "TypeError: caught\n    at f (/w/x.js:2:1)\n";
  test.each([
    ["is of any class", "\nNotFound: no\n    at g (/w/x.js:9:9)", { kind: "NotFound", message: "no" }],
    ["has a code", "\nE [A_CODE]: no\nmore\n    at g (/w/x.js:9:9)", { kind: "E", message: "no" }],
    ["is no error", "no\n(Use `node --trace-uncaught ...` to show where)", { kind: "", message: "no" }],
    ["is no error, in a new version", "Uncaught:\n'no'\n(Use `node`)", { kind: "", message: "'no'" }],
  ])("%s", (_name, thrown, error) => {
    const stderr = `${caught}/w/x.js:9\n\tthrow it;\n\t^\n${thrown}${node}`;
    const trace = failed(stderr, "/w/x.js");
    expect(readNode(trace)).toMatchObject({ ...error, line: 9 });
    expect(rulesOf(trace)).toEqual(["javascript-error"]);
    const [from, to] = trace.findings[0]?.range ?? [0, 0];
    expect(stderr.slice(from, to)).toBe(thrown.replace("Uncaught:\n", "").trim().split("\n")[0]);
  });
});

describe("Ruby", () => {
  test.each([
    [
      "in the script",
      "/w/x.rb:2:in `/': divided by 0 (E)\n\tfrom /w/x.rb:2:in `price'\n\tfrom /w/x.rb:9:in `<main>'",
      2,
    ],
    ["elsewhere", "/w/lib.rb:7:in `f': no (E)\n\tfrom /w/x.rb:3:in `page'\n\tfrom /w/x.rb:9:in `<main>'", 3],
    ["before others", "/w/lib.rb:7:in `f': no (E)\n\tfrom /w/b.rb:3:in `page'", null],
  ])("raised %s: the innermost line of the script", (_name, text, line) => {
    expect(readRuby(failed(`${text}\n`, "/w/x.rb"))).toMatchObject({ kind: "E", line });
  });

  test("3.4 quotes the line of a syntax error", () => {
    const text =
      "/usr/bin/ruby: /w/x.rb:1: syntax errors found (SyntaxError)\n> 1 | def foo(\n    | ^ unexpected end\n";
    const trace = failed(text, "/w/x.rb");
    expect(rulesOf(trace)).toEqual(["ruby-error"]);
    expect(readRuby(trace)).toMatchObject({ line: 1, message: expect.stringContaining("unexpected end") });
    expect(lastStderrLine(trace)).toMatchObject({ range: [0, text.indexOf("\n")] });
  });
});

describe("PHP", () => {
  test.each([
    ["a message that has “ in ” too", "no bread in the house in /w/x.php on line 3", "no bread in the house"],
    ["another message on the line", "no in /w/x.php:3PHP message: PHP Warning:  a in /w/b.php on line 9", "no"],
    ["a message of two lines", "a\nb in /w/x.php:3\nStack trace:\n#0 {main}\n  thrown in /w/x.php on line 3", "a\nb"],
    ["no file", "Failed opening in Unknown on line 0", "Failed opening"],
  ])("prints %s", (_name, text, message) => {
    const line = text.includes("Unknown") ? null : 3;
    expect(readPhp(failed(`PHP message: PHP Fatal error:  ${text}\n`, "/w/x.php"))).toMatchObject({ message, line });
  });

  test("prints the calls below an exception: the line with the exception is the last one", () => {
    const exception = "PHP Fatal error:  Uncaught Exception: no in /w/x.php:3";
    const calls = "\nStack trace:\n#0 {main}\n  thrown in /w/x.php on line 3\n";
    expect(lastStderrLine(failed(exception + calls, "/w/x.php"))?.range).toEqual([0, exception.length]);
  });
});
