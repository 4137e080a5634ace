// What the table of interpreters claims, compared with the real ones in many environments: how they
// read a variable, which bytes they write.
import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { ByteString } from "../../../../server/contract/bytes-text.js";
import { decodeAs, encodeAs } from "../../../../server/formats/encodings/codecs.js";
import { languageOf, type TextHandling, textHandling } from "../../../../server/formats/encodings/interpreter-text.js";
import { byteString } from "../../../../server/protocol/byte-string.js";

type Env = Readonly<Record<string, string>>;
const lookup = (env: Env) => (name: string) => env[name];
const raw = "J\xc3\xbc\xff";

function found(program: string): string | null {
  const { status, stdout } = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** The variable Q holds `raw`; its bytes are given through the shell, since Node's own environments are text. */
function run(
  program: string,
  args: readonly string[],
  env: Env,
  input = "",
): { readonly out: ByteString; readonly err: string } {
  const words = ["-c", 'Q=$(printf "J\\303\\274\\377"); export Q; exec "$@"', "sh", program, ...args];
  const { stdout, stderr } = spawnSync("/bin/sh", words, {
    env: { PATH: process.env["PATH"], ...env },
    input: Buffer.from(input, "latin1"),
  });
  return { out: byteString(stdout.toString("latin1")), err: stderr.toString("latin1") };
}

const python = pythonProgram();
/** Not a version manager's shim: that one sets variables of its own. */
function pythonProgram(): string | null {
  if (found("python3") === null) return null;
  return execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
}
const pythonVersion = (): readonly [number, number] => {
  const [major = "3", minor = "12"] = execFileSync(
    python ?? "python3",
    ["-c", "import sys; print(*sys.version_info[:2])"],
    { encoding: "utf8" },
  ).split(" ");
  return [Number(major), Number(minor)];
};
/** The C library falls back to C for a locale that the system does not have. */
const pythonEnvironments: readonly Env[] = [
  {},
  { LANG: "C" },
  { LANG: "C.UTF-8" },
  { LC_ALL: "C" },
  { LC_ALL: "POSIX" },
  { LANG: "C.UTF-8", LC_ALL: "C" },
  { LANG: "C", LC_CTYPE: "C.UTF-8" },
  { PYTHONUTF8: "1" },
  { PYTHONUTF8: "0" },
  { PYTHONUTF8: "0", PYTHONCOERCECLOCALE: "0" },
  { PYTHONUTF8: "0", LC_ALL: "C" },
  { PYTHONCOERCECLOCALE: "0" },
  { PYTHONIOENCODING: "latin-1" },
  { PYTHONIOENCODING: "utf-8" },
  { PYTHONIOENCODING: ":replace" },
  { PYTHONIOENCODING: "ascii:backslashreplace" },
  { PYTHONIOENCODING: "cp1252", PYTHONUTF8: "1" },
  { PYTHONUTF8: "0", LC_ALL: "POSIX", PYTHONIOENCODING: ":strict" },
];

describe.skipIf(python === null)("Python (skipped without python3)", () => {
  test.each(pythonEnvironments)("%j", (env) => {
    const handling = textHandling("python", lookup(env), pythonVersion());
    const script =
      "import os,sys; sys.stdout.buffer.write((ascii(os.environ['Q']) + ' ' + sys.stdout.encoding + ' ' + sys.stdout.errors + ' ' + sys.stdin.errors).encode())";
    const { out } = run(python ?? "", ["-c", script], env);
    const [value = "", encoding = "", errors, stdinErrors] = out.split(" ");
    const decoded =
      handling.variables.codec === "bytes"
        ? raw
        : decodeAs(byteString(raw), handling.variables.codec, handling.variables.errors).value;
    expect(value).toBe(pythonAscii(decoded ?? ""));
    expect(handling.stdout.codec).toBe(sameEncoding(encoding));
    expect(handling.stdout.errors).toBe(errors);
    expect(handling.stdin.errors).toBe(stdinErrors);

    const text = "ü€";
    const printed = run(python ?? "", ["-c", "import sys; sys.stdout.write('\\u00fc\\u20ac')"], env);
    const expected = writes(handling, text);
    if (expected === null) expect(printed.err).toContain("UnicodeEncodeError");
    else expect(printed.out).toBe(expected);
  });
});

describe.skipIf(found("perl") === null)("Perl (skipped without perl)", () => {
  test.each<Env>([{}, { LC_ALL: "C.UTF-8" }, { PERL_UNICODE: "S" }, { PERL_UNICODE: "SDA" }, { PERL_UNICODE: "O" }])(
    "%j",
    (env) => {
      const handling = textHandling("perl", lookup(env));
      const variable = decodeAs(byteString(raw), "latin-1").value ?? "";
      expect(run("perl", ["-e", "binmode STDOUT, ':bytes'; print length $ENV{Q}"], env).out).toBe(
        String(variable.length),
      );
      expect(run("perl", ["-e", "print $ENV{Q}"], env).out).toBe(writes(handling, variable));
      expect(run("perl", ["-e", 'print "\\xfc"'], env).out).toBe(writes(handling, "ü"));
      const read = run(
        "perl",
        ["-e", "binmode STDOUT, ':bytes'; my $line = <STDIN>; print length $line"],
        env,
        "J\xc3\xbc",
      ).out;
      expect(read).toBe(handling.stdin.codec === "utf-8" ? "2" : "3");
    },
  );

  test("decoding alone, encoding alone, and both", () => {
    expect(run("perl", ["-e", 'use utf8; print "\xc3\xbc"'.replace("\xc3\xbc", "ü")], {}).out).toBe("\xfc");
    expect(run("perl", ["-e", 'binmode STDOUT, ":encoding(UTF-8)"; print "ü"'], {}).out).toBe("\xc3\x83\xc2\xbc");
    expect(run("perl", ["-e", 'use utf8; binmode STDOUT, ":encoding(UTF-8)"; print "ü"'], {}).out).toBe("\xc3\xbc");
    const wide = run("perl", ["-e", 'use utf8; print "ü€"'], {});
    expect(wide.out).toBe("\xc3\xbc\xe2\x82\xac");
    expect(wide.err).toContain("Wide character");
  });
});

describe.each<[TextHandling["language"], string, readonly string[]]>([
  ["shell", "sh", ["-c", 'printf %s "$Q"']],
  ["php", "php", ["-r", "echo getenv('Q');"]],
  ["ruby", "ruby", ["-e", "print ENV['Q']"]],
  ["node", "node", ["-e", "process.stdout.write(process.env.Q)"]],
])("%s", (language, program, args) => {
  test.skipIf(found(program) === null)(`hands a variable on (skipped without ${program})`, () => {
    for (const env of [{}, { LC_ALL: "C" }, { LC_ALL: "C.UTF-8" }]) {
      const handling = textHandling(language, lookup(env));
      const read =
        handling.variables.codec === "bytes"
          ? raw
          : decodeAs(byteString(raw), handling.variables.codec, handling.variables.errors).value;
      expect(run(program, args, env).out).toBe(handling.stdout.codec === "bytes" ? read : writes(handling, read ?? ""));
    }
  });
});

test.skipIf(found("ruby") === null)("Ruby's form parsers and bytes that are not UTF-8 (skipped without ruby)", () => {
  const script = `require "cgi"; require "uri"
    print CGI.unescape("J%FC").b, " ", URI.decode_www_form("a=J%FC")[0][1].b`;
  expect(run("ruby", ["-e", script], {}).out).toBe("J\xfc J\xef\xbf\xbd");
});

test("languages are known by interpreter, else by name", () => {
  expect(languageOf("/usr/bin/python3.12", "x.cgi")).toBe("python");
  expect(languageOf("/usr/bin/perl", "x.py")).toBe("perl");
  expect(languageOf("/bin/dash", "a/b.cgi")).toBe("shell");
  expect(languageOf(null, "a/b.rb")).toBe("ruby");
  expect(languageOf(null, "a/b")).toBe("other");
});

const writes = (handling: TextHandling, text: string): ByteString | null =>
  handling.stdout.codec === "bytes"
    ? byteString(text)
    : encodeAs(text, handling.stdout.codec, handling.stdout.errors).value;

const pythonAscii = (text: string): string =>
  `'${text.replace(/[^\0-\x7f]/g, (character) => {
    const code = character.charCodeAt(0);
    return code <= 0xff ? `\\x${code.toString(16)}` : `\\u${code.toString(16)}`;
  })}'`;

function sameEncoding(name: string): string {
  return (
    { "iso8859-1": "latin-1", cp1252: "windows-1252", "ansi_x3.4-1968": "ascii" }[name.toLowerCase()] ??
    name.toLowerCase()
  );
}
