// `cgi-workbench wrap`: a CGI script as an application and an application as a CGI
// script, as files that run by themselves.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { interpreterPath } from "../../support/agents/interpreter.js";
import { comparable, corpusRequests, runPlain } from "../../support/agents/plain-cgi.js";
import { commandLine } from "../../support/command-line.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const scripts = join(repositoryRoot, "test/fixtures/agents");
const languages = [
  {
    language: "python",
    needs: "python3",
    mode: "wsgi",
    extension: "py",
    application: "facts.py",
    corpus: [
      ...["hello", "echo", "status_404", "cookies_redirect", "popen", "fd1", "large_both"],
      ...["replace_stdout", "stdout_wrapped", "stdout_codecs", "second_stream"],
    ],
  },
  {
    language: "perl",
    needs: "perl",
    mode: "psgi",
    extension: "pl",
    application: "facts.pl",
    corpus: ["hello", "echo", "data", "large_output", "cgi_form", "no_newline", "reads_lines"],
  },
  {
    language: "ruby",
    needs: "ruby",
    mode: "rack",
    extension: "rb",
    application: "facts.rb",
    corpus: ["hello", "echo", "data", "redirects", "end_block"],
  },
] as const;

const wrapped = async (folder: TempFolder, name: string, ...options: string[]): Promise<string> => {
  const output = folder.file(`${name}.wrapped`);
  const { exitCode, stderr } = await commandLine(["wrap", folder.file(name), "-o", output, ...options]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return output;
};

/**
 * Status, body and the headers that the script wrote, in any form of the status line; Rack's names are in lower case.
 */
function parsed(stdout: string, mode: string) {
  const [head = "", ...rest] = stdout.split(/\r?\n\r?\n/);
  const lines = head.split(/\r?\n/).filter((line) => !/^(?:status|content-length):/i.test(line));
  const status = /^status: *(\d+)/im.exec(head)?.[1] ?? (/^location:/im.test(head) ? "302" : "200");
  return { status, lines: lines.map((line) => named(line.replace(/: +/, ": "), mode)), body: rest.join("\n\n") };
}

const named = (line: string, mode: string): string =>
  mode === "rack" ? line.replace(/^[^:]+/, (name) => name.toLowerCase()) : line;

describe.each(languages)("$language (needs $needs)", ({ language, needs, mode, extension, application, corpus }) => {
  const isMissing = program(needs) === null;

  test.skipIf(isMissing).each(corpus)("%s as an application responds as the script does", async (name) => {
    const source = readFileSync(join(scripts, language, `${name}.${extension}`), "utf8");
    using folder = tempFolder();
    folder.write(`own ' script.${extension}`, source);
    const script = folder.file(`own ' script.${extension}`);
    const file = await wrapped(folder, `own ' script.${extension}`);
    await using agent = await AgentProcess.start({ language, mode, script: file });
    for (const asked of corpusRequests(script, source)) {
      const plain = comparable(await runPlain([needs], script, asked));
      for (const _ of [1, 2]) {
        const { stdout, status, failure } = await agent.ask(asked.variables, asked.body);
        expect([status, failure]).toEqual([0, null]);
        if (typeof plain.stdout === "string")
          expect(parsed(stdout.toString("latin1"), mode)).toEqual(parsed(plain.stdout, mode));
        else expect(stdout.length).toBeGreaterThan(plain.stdout.bytes - 100);
      }
    }
  });

  test.skipIf(isMissing)("an application as a script", async () => {
    using folder = tempFolder();
    folder.write(application, readFileSync(join(repositoryRoot, "test/fixtures/applications", application)));
    const file = await wrapped(folder, application, "--cgi");
    const variables = {
      ...{ REQUEST_METHOD: "POST", SCRIPT_NAME: "/x", PATH_INFO: "/y", QUERY_STRING: "a=1", SERVER_NAME: "localhost" },
      ...{ SERVER_PORT: "80", SERVER_PROTOCOL: "HTTP/1.1", CONTENT_LENGTH: "3", HTTP_X_NAME: "me", SETTING: "set" },
    };
    const { stdout, status } = await runPlain([needs], file, { name: "", variables, body: Buffer.from("abc") });
    const text = stdout.toString();
    expect([status, /^Status: (\d+)/.exec(text)?.[1]]).toEqual([0, "201"]);
    expect(text).toMatch(/\r\n\r\nPOST\|\/x\|\/y\|a=1\|\|3\|http\|me\|False\|True\|True\|set\|/);
  });

  test.skipIf(isMissing)("what is printed names the script beside it, and compiles", async () => {
    using folder = tempFolder();
    folder.write(`cart.${extension}`, "x = 1\n");
    folder.write("beside.txt", "");
    const { exitCode, stdout } = await commandLine(["wrap", folder.file(`cart.${extension}`)]);
    expect([exitCode, stdout.toString()]).toEqual([0, expect.stringContaining(`cart.${extension}`)]);
    expect(stdout.toString()).not.toContain("legacy");
    expect(interpreterPath(needs)).not.toBe("");
  });
});

const plackRun = `my $app = Plack::Util::load_psgi(shift); open my $in, '<', \\'';
my $response = $app->({ REQUEST_METHOD => 'GET', 'psgi.input' => $in, 'psgi.errors' => \\*STDERR });
print join '|', $response->[0], @{$response->[1]}, @{$response->[2]};`;
const hasPlack = program("perl") !== null && spawnSync("perl", ["-MPlack::Util", "-e1"]).status === 0;

test.skipIf(!hasPlack)("Plack loads the application of a Perl script (needs Plack)", async () => {
  using folder = tempFolder();
  folder.write("data.pl", readFileSync(join(scripts, "perl/data.pl"), "utf8"));
  const file = await wrapped(folder, "data.pl");
  const { stdout } = spawnSync("perl", ["-MPlack::Util", "-e", plackRun, file], { encoding: "utf8" });
  expect(stdout).toBe("200|Content-Type|text/plain|1 first\nSECOND\n#!/usr/bin/perl -w\n");
});

test.skipIf(program("ruby") === null)(
  "a Ruby script that ends badly: its headers and what follows them are delivered, half a header is not (needs ruby)",
  async () => {
    using folder = tempFolder();
    folder.write(
      "ends.rb",
      'print "Content-Type: text/plain\\n", ENV["QUERY_STRING"] == "half" ? "" : "\\nbody"\n$stdout.flush\n' +
        'ENV["QUERY_STRING"] == "killed" ? Process.kill(:KILL, $$) : exit(3)\n',
    );
    const script = await wrapped(folder, "ends.rb");
    await using agent = await AgentProcess.start({ language: "ruby", mode: "rack", script });
    for (const [query, how] of [
      ["", "exit 3"],
      ["killed", "SIGKILL"],
    ] as const) {
      const { stdout, stderr, status } = await agent.ask({ QUERY_STRING: query });
      expect([status, parsed(stdout.toString(), "rack")]).toEqual([
        0,
        { status: "200", lines: ["content-type: text/plain"], body: "body" },
      ]);
      expect(stderr.toString()).toContain(how);
    }
    expect((await agent.ask({ QUERY_STRING: "half" })).status).not.toBe(0);
  },
);

test.skipIf(program("python3") === null)("an output behind a link finds the script (needs python3)", async () => {
  using folder = tempFolder();
  folder.makeFolder("a/b");
  symlinkSync("a/b", folder.file("link"));
  folder.write("x.py", "print('Content-Type: text/plain\\n\\nfound')\n");
  const output = folder.file("link/app.py");
  expect(await commandLine(["wrap", folder.file("x.py"), "-o", output])).toMatchObject({ exitCode: 0, stderr: "" });
  await using agent = await AgentProcess.start({ language: "python", mode: "wsgi", script: output });
  const { stdout } = await agent.ask({ REQUEST_METHOD: "GET" });
  expect(parsed(stdout.toString(), "wsgi").body.trim()).toBe("found");
});

test("wrong use: no file, another language, an output that exists", async () => {
  using folder = tempFolder();
  folder.write("x.sh", "#!/bin/sh\n");
  folder.write("x.py", "#!/usr/bin/env python3\n");
  folder.write("there", "mine");
  chmodSync(folder.file("x.sh"), 0o755);
  for (const [args, words] of [
    [[], /wrap takes one file/],
    [[folder.file("none.py")], /cannot be read: ENOENT/],
    [[folder.file("x.sh")], /none of Python, Perl and Ruby/],
    [[folder.file("x.py"), "-o", folder.file("there")], /cannot be written: EEXIST/],
  ] as const) {
    const { exitCode, stderr } = await commandLine(["wrap", ...args]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(words)]);
  }
  expect(readFileSync(folder.file("there"), "utf8")).toBe("mine");
  expect(existsSync(folder.file("x.py"))).toBe(true);
});
