// The modes whose processes serve request after request: a debugged one gets a process of its own, which loads the
// application under the debugger and ends afterwards.
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { DapClient } from "../../support/dap-client.js";
import { debuggedPrograms } from "../../support/debugged-scripts.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const applications = [
  {
    mode: "wsgi",
    file: "app.py",
    line: 5,
    name: ["n", "3"],
    text: `#!/usr/bin/env python3
import sys
def application(environ, start_response):
    n = 1 + 2
    print("on stderr", file=environ["wsgi.errors"])
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Query", environ["QUERY_STRING"])])
    return [b"sum %d\\n" % n]
`,
  },
  {
    mode: "psgi",
    file: "app.psgi",
    line: 5,
    name: ["$n", "3"],
    text: `#!/usr/bin/env perl
use strict;
my $application = sub { my ($env) = @_;
  my $n = 1 + 2;
  print {$env->{'psgi.errors'}} "on stderr\\n";
  return [200, ['Content-Type' => 'text/plain', 'X-Query' => $env->{QUERY_STRING}], ["sum $n\\n"]];
};
$application;
`,
  },
  {
    mode: "rack",
    file: "app.ru",
    line: 5,
    name: ["n", "3"],
    text: `#!/usr/bin/env ruby
# a sum
run(lambda do |env|
  n = 1 + 2
  env["rack.errors"].puts("on stderr")
  [200, { "content-type" => "text/plain", "x-query" => env["QUERY_STRING"] }, ["sum #{n}\\n"]]
end)
`,
  },
  ...debuggedPrograms
    .filter(({ language }) => ["Python", "Perl", "Ruby"].includes(language))
    .map(({ file, text, inside, local }) => ({ mode: "prefork", file, line: inside, name: local, text })),
] as const;

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const { file, text } of applications) folder.write(`cgi-bin/${file.split("/").at(-1)}`, text);
});
afterAll(() => folder[Symbol.dispose]());

test.each(applications)(
  "$mode: $file stops, shows values, and gives the same bytes",
  async ({ mode, file, line, name }) => {
    const path = `cgi-bin/${file.split("/").at(-1)}`;
    const target = `/${path}?a=1`;
    const plain = await commandLine(["request", folder.path, target, "--mode", mode, "--include"]);
    expect(plain.stdout.toString()).toContain("sum 3\n");
    for (const stops of [true, false]) {
      await using editor = new DapClient();
      await editor.launch({ folder: folder.path, target, mode });
      await editor.begin(folder.file(path), stops ? [{ line }] : []);
      if (stops) {
        const { reason, frames } = await editor.stopped();
        expect([reason, frames[0]?.line]).toEqual(["breakpoint", line]);
        expect((await editor.variables(frames[0]?.id ?? 0)).get(name[0])?.value).toBe(name[1]);
        const [next] = (await editor.step("next")).frames;
        expect([next?.source?.path, next?.line]).toEqual([folder.file(path), line + 1]);
        await editor.request("continue", { threadId: 1 });
      }
      const { body, stderr, exitCode } = await editor.end();
      expect(plain.stdout.toString("latin1").endsWith(body)).toBe(true);
      expect([body.startsWith("sum 3\n"), exitCode, stderr]).toEqual([true, 0, "on stderr\n"]);
      expect([editor.output("important"), editor.words]).toEqual(["", ""]);
    }
  },
);

test("persistent: the script runs without the debugger, and the editor is told", async () => {
  const [program] = debuggedPrograms;
  await using editor = new DapClient();
  await editor.request("initialize");
  await editor.request("launch", { folder: folder.path, target: `/${program?.file}`, mode: "persistent" });
  expect((await editor.end()).body).toContain("sum 3\n");
  expect(editor.output("important")).not.toBe("");
});
