// Breakpoints in a file that Perl has not compiled yet: they stop the script, and the editor hears where they are.
import { expect, test } from "vitest";
import { DapClient } from "../../support/dap-client.js";
import { tempFolder } from "../../support/temp-workspace.js";

const library = ["# A library", "", "our $loaded = 1;", "sub late { return 7 }", "1;", ""].join("\n");

test.each([
  { file: "late.pl", statement: "require './late.pl'" },
  { file: "late.pm", statement: "use lib '.'; require late" },
  { file: "late.pl", statement: "chdir '..'; require './cgi-bin/../cgi-bin/late.pl'" },
  { file: "late.pm", statement: 'use FindBin; use lib "$FindBin::Bin/../cgi-bin"; require late' },
  { file: "late.pl", statement: "require $ENV{SCRIPT_FILENAME} =~ s/main/late/r" },
])("$statement", async ({ file, statement }) => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write(`cgi-bin/${file}`, library);
  const main = ["#!/usr/bin/perl", 'print "Content-Type: text/plain\\n\\n";', `${statement};`, "print late();", ""];
  folder.write("cgi-bin/main.pl", main.join("\n"));
  folder.makeExecutable("cgi-bin/main.pl");
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target: "/cgi-bin/main.pl" });
  const path = folder.file(`cgi-bin/${file}`);
  const placed = await editor.begin(path, [{ line: 1 }, { line: 4 }, { line: 9 }]);
  expect(placed.map(({ verified, line }) => [verified, line])).toEqual([
    [false, 1],
    [false, 4],
    [false, 9],
  ]);
  const { reason, frames } = await editor.stopped();
  expect([reason, frames[0]?.line, frames[0]?.source?.path]).toEqual(["breakpoint", 3, path]);
  const changes = editor.events.filter(({ event }) => event === "breakpoint").map(({ body }) => body);
  const [first, second, third] = placed.map(({ id }) => id);
  expect(new Set([first, second, third]).size).toBe(3);
  expect(changes).toEqual([
    { reason: "changed", breakpoint: { id: first, verified: true, line: 3 } },
    { reason: "changed", breakpoint: { id: second, verified: true, line: 4 } },
    {
      reason: "changed",
      breakpoint: { id: third, verified: false, line: 9, message: "No statement follows this line." },
    },
  ]);
  expect((await editor.step("continue")).frames[0]).toMatchObject({ line: 4, source: { path } });
  await editor.request("continue", { threadId: 1 });
  expect(await editor.end()).toMatchObject({ body: "7", stderr: "" });
});
