// The switches of a script's first line mean in prefork and persistent what they mean as CGI, or are refused by name.
import { describe, expect, test } from "vitest";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import "../../support/built-agents.js";
import { coded } from "../../support/coded.js";
import { plain as whole } from "../../support/fastcgi-gateway.js";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { program } from "../../support/temp-workspace.js";

const modes = ["cgi", "prefork", "persistent"] as const;

async function ask(gateway: TestGateway, bytes: string) {
  const before = gateway.endedSoFar;
  const wire = await gateway.ask(bytes);
  const trace = (await gateway.ended(before + 1)).at(-1);
  if (!trace) throw new Error("no trace");
  return {
    status: Number(wire.slice(9, 12)),
    body: wire.slice(wire.indexOf("\r\n\r\n") + 4).replace(/Trace #\d+/, "Trace"),
    stderr: stderrOf(trace),
  };
}
const stderrOf = ({ stderr }: TraceRecord): string =>
  stderr ? Buffer.from(stderr.read(0, stderr.bytes)).toString("utf8") : "";

/** What the script gives in each mode, asked twice. */
async function inEachMode(name: string, source: string, query: string, body: string) {
  const files = modes.map((mode) => [`cgi-bin/${mode}/${name}`, { mode, workers: 1 }] as const);
  await using gateway = await startGateway({ config: { scripts: Object.fromEntries(files) } });
  const given = [];
  for (const [index, mode] of modes.entries()) {
    const file = files[index]?.[0] ?? "";
    gateway.script(file, source);
    const request =
      body === ""
        ? whole("GET", `/${file}${query}`)
        : whole("POST", `/${file}`, [`Content-Length: ${body.length}`], body);
    for (let time = 0; time < 2; time++) {
      const { stderr, ...answer } = await ask(gateway, request);
      given.push({ ...answer, stderr: stderr.replaceAll(`/${mode}/`, "/") });
    }
  }
  return given;
}

async function isAsCgi(name: string, source: string, query = "", body = "") {
  const [cgi, ...others] = await inEachMode(name, source, query, body);
  if (!cgi) throw new Error("no answer");
  expect(others).toEqual(others.map(() => cgi));
  return cgi;
}

/** Why the request is refused: its status, the code and its values. */
async function refusal(gateway: TestGateway, target: string) {
  const before = gateway.endedSoFar;
  await gateway.ask(whole("GET", target));
  const trace = (await gateway.ended(before + 1)).at(-1);
  return [trace?.response?.status, trace?.cause];
}
const refused = (path: string, mode: string, from: string, given: string) => [
  500,
  coded("switch-refused", { path, mode, from, switch: given }),
];

/** What each mode gives, asked twice, when a handler names the interpreter with switches. */
async function asConfigured(name: string, given: readonly string[], file: string, text: string) {
  const scripts = Object.fromEntries(modes.map((mode) => [`cgi-bin/${mode}/${file}`, { mode, workers: 1 }]));
  const handlers = { [file.slice(file.indexOf("."))]: { interpreter: [name, ...given] } };
  await using gateway = await startGateway({ config: { handlers, scripts } });
  const answers = [];
  for (const mode of [...modes, ...modes]) {
    gateway.file(`cgi-bin/${mode}/${file}`, text);
    answers.push(await ask(gateway, whole("GET", `/cgi-bin/${mode}/${file}`)));
  }
  return answers;
}

describe.skipIf(program("perl") === null)("Perl's switches (needs perl)", () => {
  const taint = `use strict; use warnings; $ENV{PATH} = '/bin:/usr/bin';
my ($name) = ($ENV{QUERY_STRING} // '') =~ /^name=(\\w+)$/;
print "Content-Type: text/plain\\n\\n", "taint=\${^TAINT} name=", $name // '-', "\\n";
`;
  test.each([
    ["perl -T", 1],
    ["perl -wT", 1],
    ["perl -Tw", 1],
    ["perl -T -w", 1],
    ["perl -T --", 1],
    ["perl -T -I/lib", 1],
    ["perl -T -CS", 1],
    ["env -S perl -T", 1],
    ["perl -t", -1],
    ["perl -wt", -1],
  ])("%s: the script is as tainted as it is as CGI (C6)", { timeout: 60_000 }, async (line, is) => {
    const answer = await isAsCgi("taint.pl", `#!/usr/bin/${line}\n${taint}`, "?name=ada");
    expect(answer).toEqual({ status: 200, body: `taint=${is} name=ada\n`, stderr: "" });
  });

  test.each([
    "open my $f, '>', $q",
    "system $q",
    "`$q`",
    "unlink $q",
    "exec $q",
    "require $q",
    "kill 0, $q",
    "chdir $q",
    "mkdir $q",
    "rename $q, 'b'",
    "eval $q",
  ])("-T: %s (C6)", { timeout: 60_000 }, async (does) => {
    const text = `#!/usr/bin/perl -T\nno warnings; $ENV{PATH} = '/bin'; delete @ENV{qw(IFS CDPATH ENV BASH_ENV)};
my $q = $ENV{QUERY_STRING};\n${does};\nprint "Content-Type: text/plain\\n\\ndone\\n";\n`;
    const answer = await isAsCgi("does.pl", text, "?a=1");
    expect(answer.stderr).toMatch(/^Insecure dependency in \S+ while running with -T switch at /);
  });

  test("-n reads the request body line by line (C6)", { timeout: 60_000 }, async () => {
    const text = '#!/usr/bin/perl -n\nBEGIN { print "Content-Type: text/plain\\n\\n" } print "line $_";\n';
    expect(await isAsCgi("lines.pl", text, "", "a\nb\n")).toEqual({
      status: 200,
      body: "line a\nline b\n",
      stderr: "",
    });
  });

  const hello = 'print "Content-Type: text/plain\\n\\nhello\\n";\n';
  test.each([
    "-w",
    "-W",
    "-X",
    "-CS",
    "-CSDA",
    "-l",
    "-s",
    "-p",
    "-a",
    "-F:",
    "-i",
    "-x",
    "-c",
    "-d",
    "-D",
    "-h",
    "-v",
    "-V",
    "-e",
    "-Mstrict",
    "-",
  ])("%s: the same as CGI (C6)", { timeout: 60_000 }, async (given) => {
    await isAsCgi("hello.pl", `#!/usr/bin/perl ${given}\n${hello}`);
  });

  const application = `sub index { my $req = shift; "w=$^W inc=$INC[0]" }
sub { [200, ['Content-Type' => 'text/plain'], ["w=$^W inc=$INC[0]"]] }\n`;
  test.each(["psgi", "handler"])(
    "%s keeps -w and -I, and refuses others by name (C6)",
    { timeout: 60_000 },
    async (mode) => {
      const file = "cgi-bin/app.pl";
      await using gateway = await startGateway({ config: { scripts: { [file]: { mode, workers: 1 } } } });
      gateway.script(file, `#!/usr/bin/perl -wI/lib\n${application}`);
      expect((await ask(gateway, whole("GET", `/${file}`))).body).toBe("w=1 inc=/lib");
      for (const given of ["-T", "-wT", "-t", "-n", "-Mstrict", "-CS", "-x", "-h"]) {
        gateway.script(file, `#!/usr/bin/perl ${given}\n${application}`);
        expect(await refusal(gateway, `/${file}`)).toEqual(refused(`/${file}`, mode, "first-line", given));
      }
    },
  );

  test("a handler's switches hold in each mode (C6)", { timeout: 60_000 }, async () => {
    const text = `print "Content-Type: text/plain\\n\\n\${^TAINT} $^W $INC[0]\\n";`;
    for (const [given, is] of [
      [["-T", "-w", "-I", "/lib"], "1 1 /lib\n"],
      [["-w", "-Mstrict"], /^0 1 \//],
    ] as const) {
      for (const answer of await asConfigured("perl", given, "x.pl", text)) {
        expect(answer).toMatchObject({ status: 200, stderr: "" });
        expect(answer.body).toMatch(is);
      }
    }
  });
});

describe.skipIf(program("python3") === null)("Python's switches (needs python3)", () => {
  const text = `import sys
print("Content-Type: text/plain\\n")
print(sys.flags, sys.warnoptions, sorted(sys._xoptions), __file__.rpartition("/")[0] in sys.path, sys.stdout.line_buffering)
`;
  test.each([
    "-I",
    "-E",
    "-s",
    "-S",
    "-B",
    "-O",
    "-OO",
    "-b",
    "-bb",
    "-R",
    "-t",
    "-q",
    "-u",
    "-x",
    "-IEs",
    "-Wignore",
    "-W ignore",
    "-IW error",
    "-Xdev",
    "-X utf8",
    "-I -B -Wonce",
    "--check-hash-based-pycs never",
    "--",
  ])("%s: the same as CGI (C6)", { timeout: 60_000 }, async (given) => {
    const answer = await isAsCgi("flags.py", `#!/usr/bin/env -S python3 ${given}\n${text}`);
    expect(answer.status).toBe(200);
  });

  test.each(["prefork", "persistent", "wsgi", "handler"])(
    "%s refuses by name what Python obeys in place of running the script (C6)",
    { timeout: 60_000 },
    async (mode) => {
      const file = "cgi-bin/x.py";
      await using gateway = await startGateway({ config: { scripts: { [file]: { mode, workers: 1 } } } });
      for (const given of [
        "-c",
        "-m",
        "-h",
        "-V",
        "-?",
        "-i",
        "-Ic",
        "-IVB",
        "-",
        "--help",
        "--version",
        "-I -c",
        "-z",
      ]) {
        gateway.script(file, `#!/usr/bin/env -S python3 ${given}\n${text}`);
        expect(await refusal(gateway, `/${file}`)).toEqual(refused(`/${file}`, mode, "first-line", given));
      }
    },
  );

  test("a handler's switches hold in each mode (C6)", { timeout: 60_000 }, async () => {
    for (const answer of await asConfigured("python3", ["-I", "-W", "error"], "x.py", text)) {
      expect(answer).toMatchObject({ status: 200, stderr: "" });
      expect(answer.body).toMatch(/isolated=1.* \['error'\] \[\] False/);
    }
  });
});

describe.skipIf(program("ruby") === null)("Ruby's switches (needs ruby)", () => {
  test.each(["--disable=gems", "-w", "-W0", "-v", "-n", "-p", "-a", "-c", "-h", "-x", "-S", "-s", "-l", "-Ku"])(
    "%s: the same as CGI (C6)",
    { timeout: 60_000 },
    async (given) => {
      await isAsCgi(
        "hello.rb",
        `#!/usr/bin/ruby ${given}\nputs "Content-Type: text/plain\\n\\n#{defined?(Gem).inspect}"\n`,
      );
    },
  );

  const rack = 'run ->(env) { [200, {}, ["w=#{$VERBOSE} gem=#{defined?(Gem).inspect} #{$LOAD_PATH[0]}"]] }\n';
  test("rack keeps switches, and refuses others by name (C6)", {
    timeout: 60_000,
  }, async () => {
    const file = "cgi-bin/app.ru";
    await using gateway = await startGateway({ config: { scripts: { [file]: { mode: "rack", workers: 1 } } } });
    gateway.script(file, `#!/usr/bin/env -S ruby -w --disable=gems -I/lib\n${rack}`);
    expect((await ask(gateway, whole("GET", `/${file}`))).body).toBe("w=true gem=nil /lib");
    for (const given of [
      "-n",
      "-p",
      "-a",
      "-c",
      "-h",
      "-x",
      "-S",
      "-s",
      "-l",
      "-wn",
      "-v",
      "-i",
      "-F:",
      "-e1",
      "--help",
    ]) {
      gateway.script(file, `#!/usr/bin/ruby ${given}\n${rack}`);
      expect(await refusal(gateway, `/${file}`)).toEqual(refused(`/${file}`, "rack", "first-line", given));
    }
  });

  test("a handler's switches hold in each mode, or are refused by name (C6)", { timeout: 60_000 }, async () => {
    const text = 'puts "Content-Type: text/plain", "", "#{$VERBOSE} #{defined?(Gem).inspect} #{$LOAD_PATH[0]}"\n';
    for (const answer of await asConfigured("ruby", ["-w", "--disable=gems", "-I", "/my lib"], "x.rb", text))
      expect(answer).toEqual({ status: 200, stderr: "", body: "true nil /my lib\n" });
    const handlers = { ".rb": { interpreter: ["ruby", "-n"] } };
    for (const mode of ["prefork", "persistent"]) {
      await using gateway = await startGateway({ config: { handlers, scripts: { "cgi-bin/x.rb": { mode } } } });
      gateway.file("cgi-bin/x.rb", text);
      expect(await refusal(gateway, "/cgi-bin/x.rb")).toEqual(refused("/cgi-bin/x.rb", mode, "handler", "-n"));
    }
  });
});
