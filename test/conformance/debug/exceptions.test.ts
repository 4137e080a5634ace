// A script stops where an uncaught exception is raised, with the stack and the values of that moment. Pausing, and what
// keeps a debugger out.
import { afterAll, beforeAll, expect, test } from "vitest";
import { DapClient } from "../../support/dap-client.js";
import { hasXdebug } from "../../support/optional-debuggers.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.copyIn("cgi-bin", `${repositoryRoot}/test/fixtures/debug`);
});
afterAll(() => folder[Symbol.dispose]());

function script(name: string, text: string): string {
  folder.write(`cgi-bin/${name}`, text);
  folder.makeExecutable(`cgi-bin/${name}`);
  return `/cgi-bin/${name}`;
}

test.each([
  { file: "uncaught.py", line: 13, name: "value", value: "0", words: "division by zero" },
  { file: "uncaught.pl", line: 10, name: "$value", value: "0", words: "no value" },
  { file: "uncaught.rb", line: 10, name: "value", value: "0", words: "divided by 0" },
  { file: "uncaught.js", line: 10, name: "value", value: "null", words: "Cannot read properties of null" },
  ...(hasXdebug ? [{ file: "uncaught.php", line: 10, name: "$value", value: "0", words: "Modulo by zero" }] : []),
])("$file stops where it raises", async ({ file, line, name, value, words }) => {
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target: `/cgi-bin/${file}` });
  await editor.begin(folder.file(`cgi-bin/${file}`), [], ["uncaught"]);
  const { reason, frames } = await editor.stopped();
  expect([reason, frames[0]?.line, frames.length]).toEqual(["exception", line, 3]);
  expect(JSON.stringify(editor.events.findLast(({ event }) => event === "stopped")?.body)).toContain(words);
  expect((await editor.variables(frames[0]?.id ?? 0)).get(name)?.value).toBe(value);
  await editor.request("continue", { threadId: 1 });
  const { body, stderr, exitCode } = await editor.end();
  expect(body).toContain("caught");
  expect(body).not.toContain("never");
  expect(stderr).toContain(words);
  expect(exitCode).not.toBe(0);
});

test.each(["uncaught.py", "uncaught.pl", "uncaught.rb", ...(hasXdebug ? ["uncaught.php"] : [])])(
  "%s does not stop there when nobody asks for it",
  async (file) => {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, target: `/cgi-bin/${file}` });
    await editor.begin(folder.file(`cgi-bin/${file}`), []);
    await editor.end();
    expect(editor.events.map(({ event }) => event)).not.toContain("stopped");
  },
);

test.runIf(hasXdebug)("PHP does not stop at a warning, and stops at each exception without its tokenizer", async () => {
  const lines = ["<?php", "echo $undefined;", "try {", "  throw new Error();", "} catch (Error) {}", ""];
  const target = script("untold.cgi", ["#!/usr/bin/php-cgi -ddisable_functions=token_get_all", ...lines].join("\n"));
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target });
  await editor.begin(folder.file(target.slice(1)), [], ["uncaught"]);
  const { reason, frames } = await editor.stopped();
  expect([reason, frames[0]?.line]).toEqual(["exception", 5]);
  await editor.request("continue", { threadId: 1 });
  expect((await editor.end()).exitCode).toBe(0);
});

/** A loop without end, and what ends it. */
const loops = [
  [
    "loop.py",
    "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n')\nn = 0\nwhile n >= 0:\n    n += 1\nprint('out')\n",
    "n = -2",
  ],
  [
    "loop.pl",
    "#!/usr/bin/perl\nuse strict;\nprint \"Content-Type: text/plain\\n\\n\";\nmy $n = 0;\nwhile ($n >= 0) {\n  $n += 1;\n}\nprint 'out';\n",
    "$n = -2",
  ],
  [
    "loop.bash",
    "#!/bin/bash\necho 'Content-Type: text/plain'; echo\nn=0\nwhile ((n >= 0)); do\n  ((n += 1))\ndone\necho out\n",
    "n=-2",
  ],
  [
    "loop.rb",
    "#!/usr/bin/ruby\nputs 'Content-Type: text/plain', ''\nn = 0\nwhile n >= 0\n  n += 1\nend\nputs 'out'\n",
    "n = -2",
  ],
] as const;

test.each(loops)(
  "%s is paused in a loop without calls, and a breakpoint is set while it runs",
  async (name, text, change) => {
    const target = script(name, text);
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, target });
    const path = folder.file(target.slice(1));
    await editor.begin(path, []);
    await editor.request("pause", { threadId: 1 });
    const { reason, frames } = await editor.stopped();
    expect([reason, frames[0]?.source?.path]).toEqual(["pause", path]);
    await editor.request("continue", { threadId: 1 });
    await editor.request("setBreakpoints", { source: { path }, breakpoints: [{ line: text.split("\n").length - 3 }] });
    const stopped = await editor.stopped();
    expect(stopped.reason).toBe("breakpoint");
    await editor.request("setBreakpoints", { source: { path }, breakpoints: [] });
    const frameId = stopped.frames[0]?.id;
    await editor.request("evaluate", { expression: change, frameId, context: "repl" });
    await editor.request("continue", { threadId: 1 });
    expect((await editor.end()).body).toContain("out");
  },
);

test.each(loops)("%s: what is asked in one breath is answered", async (name, text, change) => {
  const target = script(name, text);
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target });
  const path = folder.file(target.slice(1));
  const breakpoints = [{ line: text.split("\n").length - 3 }];
  await Promise.all([
    editor.request("configurationDone"),
    editor.request("pause", { threadId: 1 }),
    editor.request("setBreakpoints", { source: { path }, breakpoints }),
  ]);
  expect((await editor.stopped()).reason).toMatch(/^(pause|breakpoint)$/); // it may be paused where it would stop
  const { reason, frames } = await editor.step("continue");
  expect([reason, frames[0]?.line]).toEqual(["breakpoint", breakpoints[0]?.line]);
  await editor.request("setBreakpoints", { source: { path }, breakpoints: [] });
  await editor.request("evaluate", { expression: change, frameId: frames[0]?.id, context: "repl" });
  await editor.request("continue", { threadId: 1 });
  expect((await editor.end()).body).toContain("out");
});

test.each([
  ["isolated.py", "#!/usr/bin/python3 -I\nprint('Content-Type: text/plain\\n\\nran')\n", "-I"],
  ["isolated.rb", "#!/usr/bin/ruby --disable=rubyopt\nputs 'Content-Type: text/plain', '', 'ran'\n", "rubyopt"],
  ["other.awk", '#!/usr/bin/awk -f\nBEGIN { print "Content-Type: text/plain\\n\\nran" }\n', "Python, Perl"],
])("%s runs without a debugger, and the editor is told why", async (name, text, words) => {
  const target = script(name, text);
  await using editor = new DapClient();
  await editor.request("initialize");
  await editor.request("launch", { folder: folder.path, target });
  expect((await editor.end()).body).toBe("ran\n");
  expect(editor.output("important")).toContain(words);
});

test("PHP without Xdebug runs without a debugger, and the editor is told what installs it", async () => {
  using other = tempFolder();
  const interpreter = ["php-cgi", "-d", "extension_dir=/nowhere"];
  other.write("cgi-workbench.json", JSON.stringify({ handlers: { ".php": { interpreter } } }));
  other.makeFolder("cgi-bin");
  other.write("cgi-bin/plain.php", "<?php echo 'ran';\n");
  await using editor = new DapClient();
  await editor.request("initialize");
  await editor.request("launch", { folder: other.path, target: "/cgi-bin/plain.php" });
  expect((await editor.end()).body).toBe("ran");
  expect(editor.output("important")).toMatch(/ php-xdebug\n$/);
});

test("a debugger that does not start within 2 s is not waited for", async () => {
  script("python3", '#!/bin/sh\nunset PYTHONPATH\nsleep 3\nexec /usr/bin/env python3 "$@"\n');
  const target = script("late.py", `#!${folder.file("cgi-bin/python3")}\nprint('Content-Type: text/plain\\n\\nran')\n`);
  await using editor = new DapClient();
  await editor.request("initialize");
  await editor.request("launch", { folder: folder.path, target });
  await waitFor("the editor is told", () => editor.output("important").includes("2 s"));
  expect((await editor.end()).body).toBe("ran\n");
});

test("a target without a script, and a request that is not right", async () => {
  await using editor = new DapClient();
  await editor.request("initialize");
  await expect(editor.request("launch", { folder: folder.path, target: "no-slash" })).rejects.toThrow(
    "debug-arguments",
  );
  await expect(editor.request("stackTrace", { threadId: 1 })).rejects.toThrow("debug-not-running");
  await editor.request("launch", { folder: folder.path, target: "/nothing" });
  expect(await editor.end()).toMatchObject({ status: 404 });
});
