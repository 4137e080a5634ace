// Scripts as people write them: links on the way, other folders, names and texts in any alphabet, deep recursion.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { debuggerFile } from "../../../server/base/built-files.js";
import { listen } from "../../../server/base/listen.js";
import { DapClient } from "../../support/dap-client.js";
import { debuggedPrograms } from "../../support/debugged-scripts.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin/lib");
  folder.makeFolder("cgi-bin/elsewhere");
  folder.makeFolder("source");
});
afterAll(() => folder[Symbol.dispose]());

function script(name: string, text: string): string {
  folder.write(`cgi-bin/${name}`, text);
  folder.makeExecutable(`cgi-bin/${name}`);
  return `/cgi-bin/${name}`;
}

/** The editor, and the stop at the line of the script; others are set in other files. */
async function stoppedAt(target: string, line: number, others: Readonly<Record<string, number>> = {}) {
  const editor = new DapClient();
  await editor.launch({ folder: folder.path, target });
  for (const [file, at] of Object.entries(others))
    await editor.request("setBreakpoints", { source: { path: folder.file(file) }, breakpoints: [{ line: at }] });
  await editor.begin(folder.file(target.slice(1)), line === 0 ? [] : [{ line }], ["uncaught"]);
  const { reason, frames } = await editor.stopped();
  const frameId = frames[0]?.id ?? 0;
  return {
    editor,
    reason,
    frames,
    evaluate: async (expression: string, context = "watch") =>
      (await editor.request("evaluate", { expression, context, frameId })).result,
    variables: () => editor.variables(frameId),
    [Symbol.asyncDispose]: () => editor[Symbol.asyncDispose](),
  };
}

test.each(debuggedPrograms)("$language: a breakpoint in a file that a link leads to", async ({ file, text, call }) => {
  const name = file.replace("cgi-bin/", "");
  folder.write(`source/${name}`, text);
  folder.makeExecutable(`source/${name}`);
  symlinkSync(`../source/${name}`, folder.file(`cgi-bin/linked-${name}`));
  for (const path of [`source/${name}`, `cgi-bin/linked-${name}`]) {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, target: `/cgi-bin/linked-${name}` });
    await editor.begin(folder.file(path), [{ line: call }]);
    const { frames } = await editor.stopped();
    expect([frames[0]?.line, frames[0]?.source?.path], path).toEqual([call, folder.file(`source/${name}`)]);
  }
});

test("bash: a function of a file that was read before the script went to another folder", async () => {
  folder.write("cgi-bin/lib/greet.sh", "greet() {\n  echo hello\n}\n");
  const target = script(
    "goes.sh",
    "#!/bin/bash\n. lib/greet.sh\ncd elsewhere\necho 'Content-Type: text/plain'; echo\ngreet\n",
  );
  await using stop = await stoppedAt(target, 0, { "cgi-bin/lib/greet.sh": 2 });
  expect(stop.frames.map(({ line, source }) => [line, source?.path])).toEqual([
    [2, folder.file("cgi-bin/lib/greet.sh")],
    [5, folder.file("cgi-bin/goes.sh")],
  ]);
});

test("bash: a function of a file that was removed after it was read", async () => {
  folder.write("cgi-bin/lib/gone.sh", "gone() {\n  echo hello\n}\n");
  const text = "#!/bin/bash\n. lib/gone.sh\nrm lib/gone.sh\necho 'Content-Type: text/plain'; echo\ngone\n";
  await using stop = await stoppedAt(script("removes.sh", text), 0, { "cgi-bin/lib/gone.sh": 2 });
  expect(stop.frames.map(({ line }) => line)).toEqual([2, 5]);
});

const page = "Content-Type: text/plain\\n\\n";

test("Perl: names and texts of a source in UTF-8", async () => {
  const lines = [`my ($größe, $wort) = (3, "süß");`, `my @ähnlich = (1);`, "1;", `print "$größe\\n";`];
  const target = script("utf8.pl", `#!/usr/bin/perl\nuse utf8; print "${page}";\n${lines.join("\n")}\n`);
  await using stop = await stoppedAt(target, 6);
  const names = await stop.variables();
  expect([names.get("$größe")?.value, names.get("@ähnlich")?.value]).toEqual(["3", "[1]"]);
  expect(await stop.evaluate("$größe + 1")).toBe("4");
  expect(await stop.evaluate("$größe", "hover")).toBe("3");
  expect(await stop.evaluate('$wort eq "süß"')).toBe("1");
});

test("Perl: a breakpoint in a file that was run by `do`", async () => {
  folder.write("cgi-bin/config.pl", "our $c = 1;\n$c++;\n1;\n");
  const text = `#!/usr/bin/perl\nprint "${page}";\ndo './config.pl';\nprint "end\\n";\n`;
  await using stop = await stoppedAt(script("does.pl", text), 4);
  const source = { path: folder.file("cgi-bin/config.pl") };
  const { breakpoints } = await stop.editor.request("setBreakpoints", {
    source,
    breakpoints: [{ line: 1 }, { line: 3 }],
  });
  const message = "No statement follows this line.";
  expect(breakpoints).toMatchObject([1, 3].map((line) => ({ verified: false, line, message })));
  await stop.editor.request("continue", { threadId: 1 });
  expect(await stop.editor.end()).toMatchObject({ body: "end\n", stderr: "", exitCode: 0 });
});

test("Perl: a breakpoint in a file that has two names", async () => {
  folder.write("cgi-bin/two-names.pl", "our $c = 1;\nsub two {\n  return 2;\n}\n1;\n");
  const file = folder.file("cgi-bin/two-names.pl");
  const text = `#!/usr/bin/perl\nprint "${page}";\ndo './two-names.pl';\nrequire '${file}';\n1;\nprint two(), "\\n";\n`;
  await using stop = await stoppedAt(script("requires.pl", text), 5);
  const source = { path: file };
  const { breakpoints } = await stop.editor.request("setBreakpoints", { source, breakpoints: [{ line: 3 }] });
  expect(breakpoints).toMatchObject([{ verified: true, line: 3 }]);
  expect((await stop.editor.step("continue")).frames[0]?.line).toBe(3);
});

test("Perl: a name of a file that is a link to itself", async () => {
  symlinkSync("loop", folder.file("cgi-bin/loop"));
  const text = `#!/usr/bin/perl\nprint "${page}";\n# line 1 "loop"\nprint "a\\n";\n`;
  const target = script("loop.pl", text);
  await using stop = await stoppedAt(target, 2);
  expect((await stop.editor.step("next")).frames[0]?.source?.path).toBe("loop");
});

test("Perl: a file of the same relative name in another folder", async () => {
  for (const name of ["lib", "elsewhere"])
    folder.write(`cgi-bin/${name}/part.pl`, `our $c = 1;\nsub ${name} {\n  1;\n}\n1;\n`);
  const does = (name: string) => `chdir '${folder.file(`cgi-bin/${name}`)}'; require './part.pl'; %INC = ();\n`;
  const text = `#!/usr/bin/perl\nprint "${page}";\n${does("lib")}${does("elsewhere")}elsewhere();\n`;
  await using stop = await stoppedAt(script("parts.pl", text), 0, { "cgi-bin/elsewhere/part.pl": 3 });
  expect(stop.frames[0]?.source?.path).toBe(folder.file("cgi-bin/elsewhere/part.pl"));
});

test("Perl: a log point with other letters, and a value that has them", async () => {
  const lines = [`my $wort = "süß";`, `my $bytes = "\\xc3\\xbc";`, `print "end\\n";`];
  const target = script("log.pl", `#!/usr/bin/perl\nuse utf8; print "${page}";\n${lines.join("\n")}\n`);
  await using stop = await stoppedAt(target, 3);
  const source = { path: folder.file("cgi-bin/log.pl") };
  const breakpoints = [{ line: 5, logMessage: "größe {$wort} {$bytes}" }];
  await stop.editor.request("setBreakpoints", { source, breakpoints });
  await stop.editor.request("continue", { threadId: 1 });
  await stop.editor.end();
  expect(JSON.stringify(stop.editor.events)).toContain("größe süß ü");
});

test("Perl: stepping through a format that prints values", async () => {
  const text = `#!/usr/bin/perl\nprint "${page}";\nour $n = 7;\nformat STDOUT =\n@<< @>>\n$n, $n + 1\n.\nwrite;\nprint "end\\n";\n`;
  await using stop = await stoppedAt(script("format.pl", text), 3);
  for (let step = 0; step < 3; step++) await stop.editor.step("stepIn");
  await stop.editor.request("continue", { threadId: 1 });
  expect(await stop.editor.end()).toMatchObject({ body: "7     8\nend\n", stderr: "", exitCode: 0 });
});

test.each([
  [
    "Ruby",
    "wide.rb",
    `#!/usr/bin/env ruby\nword = "süß \\" \\u0001"\nputs "${page}"\n`,
    3,
    "word",
    '"süß \\" \\u0001"',
  ],
  [
    "bash",
    "bytes.sh",
    `#!/bin/bash\nword=$'gr\\374\\303\\274'\necho 'Content-Type: text/plain'; echo\n`,
    3,
    "word",
    String.raw`"gr\374ü"`,
  ],
  ["bash", "wide.sh", `#!/bin/bash\nword='süß'\necho 'Content-Type: text/plain'; echo\n`, 3, "word", '"süß"'],
] as const)("%s: a text with other letters is shown with them", async (_, name, text, line, variable, shown) => {
  await using stop = await stoppedAt(script(name, text), line);
  const value = (await stop.variables()).get(variable)?.value;
  expect(value?.replace(/^\$'(.*)'$/, '"$1"')).toBe(shown);
});

test("bash: what it says against an expression does not name the debugger's file", async () => {
  const text = "#!/bin/bash\nset -u\necho 'Content-Type: text/plain'; echo\n";
  await using stop = await stoppedAt(script("unset.sh", text), 3);
  expect(await stop.evaluate("$missing")).toBe("missing: unbound variable");
  expect(await stop.evaluate("missing-command", "repl")).toBe("missing-command: command not found\n");
});

test("Node: what is in a Map, a Set and a Promise", async () => {
  const made = `const map = new Map([["a", 1]]), set = new Set([5]), promise = Promise.resolve(6);`;
  const target = script("inside.js", `#!/usr/bin/env node\n${made}\nconsole.log("${page}");\n`);
  await using stop = await stoppedAt(target, 3);
  const names = await stop.variables();
  const inside = async (name: string) => stop.editor.children(names.get(name)?.variablesReference ?? 0);
  const entries = await stop.editor.children((await inside("map")).get("[[Entries]]")?.variablesReference ?? 0);
  expect(entries.get("0")?.value).toBe('{"a" => 1}');
  expect([...(await inside("set")).keys()]).toEqual(["[[Entries]]"]);
  expect((await inside("promise")).get("[[PromiseResult]]")?.value).toBe("6");
});

test("Python: a step over a line that a loop stays in", async () => {
  const lines = ["#!/usr/bin/env python3", `print("${page}")`, "for n in range(9): print(n)", "print(10)", ""];
  await using stop = await stoppedAt(script("loop.py", lines.join("\n")), 2);
  expect((await stop.editor.step("next")).frames[0]?.line).toBe(3);
  expect((await stop.editor.step("next")).frames[0]?.line).toBe(4);
});

test("Python: an uncaught exception after a recursion that was too deep", async () => {
  const lines = ["def deep(n):", "    return deep(n + 1)", "try:", "    deep(0)", "except RecursionError:", "    pass"];
  const target = script("deep.py", ["#!/usr/bin/env python3", ...lines, `print("${page}")`, "1 / 0", ""].join("\n"));
  await using stop = await stoppedAt(target, 0);
  expect([stop.reason, stop.frames.map(({ line }) => line)]).toEqual(["exception", [9]]);
  await stop.editor.request("continue", { threadId: 1 });
  expect((await stop.editor.end()).stderr).toMatch(/ZeroDivisionError/);
});

test.each([
  ["after a recursion that was too deep", ["def deep(n): deep(n + 1)", "try: deep(0)", "except RecursionError: pass"]],
  ["that nothing came before", []],
])("Python: an uncaught exception %s, whose text cannot be made", async (_, before) => {
  const raised = ["class Odd(Exception):", "    def __str__(self): raise RuntimeError", "raise Odd()"];
  const lines = ["#!/usr/bin/env python3", `print("${page}")`, ...before, ...raised, ""];
  await using stop = await stoppedAt(script("odd.py", lines.join("\n")), 0);
  expect([stop.reason, stop.frames.map(({ line }) => line)]).toEqual(["exception", [5 + before.length]]);
  expect(JSON.stringify(stop.editor.events)).toContain("Odd: <exception str() failed>");
  await expect(stop.evaluate("[].append(1) or (_ for _ in ()).throw(Odd())")).rejects.toThrow("Odd: <exception");
  await stop.editor.request("continue", { threadId: 1 });
  const { stderr } = await stop.editor.end();
  expect(stderr).toMatch(/^Traceback[\s\S]*odd\.py[\s\S]*Odd: <exception str\(\) failed>\n$/);
  expect(stderr).not.toMatch(/tracer\.py|tell_uncaught/);
});

test("Python: what an expression prints is kept only as far as it is shown", async () => {
  const target = script("prints.py", `#!/usr/bin/env python3\nprint("${page}")\nprint(1)\n`);
  await using stop = await stoppedAt(target, 3);
  expect(await stop.evaluate("[print('x' * 1000000), __import__('sys').stdout.tell()][1]")).toMatch(/^x{1000}…1001$/);
});

test.each([
  {
    what: "Python, of the traceback of a thread",
    name: "thread.py",
    text: `#!/usr/bin/env python3\nimport threading\nprint("${page}")\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\n`,
    byte: { stream: "stderr", offset: 0 },
    found: ["printed", 4],
  },
  {
    what: "Node, behind those of a child that is not waited for",
    name: "spawns.js",
    text: `#!/usr/bin/env node\nconsole.log("${page}");\nrequire("child_process").spawn("echo", ["a"], { stdio: "inherit" }).on("exit", () => {\n  console.log("b");\n});\n`,
    byte: { stream: "stdout", offset: 29, expected: "620a" },
    found: ["flushed", 4],
  },
  {
    what: "Node, of a child that is not waited for",
    name: "spawns-too.js",
    text: `#!/usr/bin/env node\nconsole.log("${page}");\nrequire("child_process").spawn("echo", ["a"], { stdio: "inherit" }).on("exit", () => {\n  console.log("b");\n});\n`,
    byte: { stream: "stdout", offset: 27, expected: "610a620a" },
    found: ["passed", 4],
  },
])("a byte: $what", async ({ name, text, byte, found }) => {
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target: script(name, text), stopAtByte: byte });
  await editor.begin(folder.file(`cgi-bin/${name}`), []);
  const { frames } = await editor.stopped();
  const how = JSON.stringify(editor.events.findLast(({ event }) => event === "stopped")?.body);
  expect(how).toContain(`"how":"${found[0]}"`);
  expect(frames[0]?.line).toBe(found[1]);
});

test("Python: a pause that comes while the agent waits for a count", async () => {
  const path = folder.file("agent.socket");
  const server = createServer();
  await listen(server, { path });
  const text = "import os\nos.system('')\nwhile True:\n    pass\n";
  folder.write("agent.py", text);
  const env = {
    ...process.env,
    CGI_WORKBENCH_DEBUG: path,
    PYTHONPATH: dirname(debuggerFile("sitecustomize.py")),
  };
  const child = spawn("python3", [folder.file("agent.py")], { env, stdio: "ignore" });
  try {
    const [socket]: Socket[] = await once(server, "connection");
    const lines = createInterface({ input: socket ?? process.stdin });
    const said = lines[Symbol.asyncIterator]();
    const until = async (word: string) => {
      for (let line = ""; !line.includes(word); ) line = String((await said.next()).value);
    };
    socket?.write("1 begin  stdout 9 \n");
    await until('"count"');
    socket?.write("2 pause\n3 count 1\n");
    await until('"pause"');
  } finally {
    child.kill("SIGKILL");
    server.close();
  }
});
