// An editor steps through a program in C, whose source is beside it, with lldb's own adapter (needs lldb). On a busy
// machine lldb gives up to attach after 5 s, so this is no test of the gate.
import { execFileSync } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runtimeFolder } from "../../server/base/runtime-folder.js";
import { attached } from "../support/attached-editor.js";
import { commandLine } from "../support/command-line.js";
import { DapClient } from "../support/dap-client.js";
import { hasLldb } from "../support/optional-debuggers.js";
import { isAlive } from "../support/processes.js";
import { type TempFolder, tempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

const source = `#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
struct data { int list[3]; const char *name; };
static int total(int a, int b) {
  int result = a + b;
  return result;
}
int main(int argc, char **argv, char **variables) {
  struct data data = {{1, 2, 3}, "x"};
  volatile int first = 1;
  int *nothing = NULL, all = 0;
  while (variables[all]) all++;
  printf("Content-Type: text/plain\\n\\n");
  fflush(stdout);
  int n = total(first, 2);
  printf("sum %d of %d, %d variables\\n", n, argc, all);
  for (int turn = 0; turn < data.list[2]; turn++) {
    printf("turn %d\\n", turn);
  }
  fflush(stdout);
  fputs("on stderr\\n", stderr);
  if (getenv("QUERY_STRING")[0] == 'c') *nothing = 1;
  return 3;
}
`;
const call = 16;
const inside = 6;
const loop = 19;
const target = "/cgi-bin/sum.cgi";

let folder: TempFolder;
let path = "";
beforeAll(() => {
  if (!hasLldb) return;
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/sum.c", source);
  path = folder.file("cgi-bin/sum.c");
  symlinkSync("cgi-bin", folder.file("linked"));
  execFileSync("cc", ["-g", "-o", folder.file("cgi-bin/sum.cgi"), path]);
});
afterAll(() => folder?.[Symbol.dispose]());

async function launched(args: object = {}): Promise<DapClient> {
  const editor = new DapClient();
  await editor.launch({ folder: folder.path, target, ...args });
  return editor;
}

describe.skipIf(!hasLldb)("C", { timeout: 120_000 }, () => {
  test("stops, shows the stack and values, evaluates, steps in, over and out, and gives the same bytes", async () => {
    const plain = (await commandLine(["request", folder.path, target])).stdout.toString();
    await using editor = await launched({ stopOnEntry: true });
    expect(await editor.begin(path, [{ line: call }])).toEqual([{ verified: true, line: call }]);
    const entry = await editor.stopped();
    expect([entry.reason, entry.frames.map(({ name }) => name)]).toEqual(["entry", ["main"]]);
    const first = await editor.step("continue");
    expect([first.reason, first.frames.map(({ line }) => line)]).toEqual(["breakpoint", [call]]);
    expect(first.frames[0]?.source).toMatchObject({ path });
    const names = await editor.variables(first.frames[0]?.id ?? 0);
    const inData = await editor.children(names.get("data")?.variablesReference ?? 0);
    expect([...inData.keys()].toSorted()).toEqual(["list", "name"]);
    const within = await editor.step("stepIn");
    expect([within.reason, within.frames.map(({ line }) => line)]).toEqual(["step", [inside, call]]);
    const frameId = within.frames[0]?.id;
    expect((await editor.variables(frameId ?? 0)).get("a")?.value).toBe("1");
    const ask = (expression: string) => editor.request("evaluate", { expression, frameId, context: "repl" });
    expect((await ask("a * 100 + b")).result).toBe("102");
    await expect(ask("nothing_of_this_name")).rejects.toThrow("nothing_of_this_name");
    await expect(
      editor.request("evaluate", { expression: "total(1, 2)", frameId, context: "hover" }),
    ).rejects.toThrow();
    expect((await editor.step("next")).frames[0]?.line).toBe(inside + 1);
    expect((await editor.step("stepOut")).frames.map(({ line }) => line)).toEqual([call]);
    await editor.request("continue", { threadId: 1 });
    const { body, stderr, exitCode } = await editor.end();
    expect([body, stderr, exitCode]).toEqual([plain, "on stderr\n", 3]);
    expect([editor.output("important"), editor.words]).toEqual(["", ""]);
  });

  test("conditional breakpoints and log points, also within what is stepped over", async () => {
    await using editor = await launched();
    await editor.begin(path, [{ line: call }, { line: loop, condition: "turn == 1" }]);
    await editor.request("setBreakpoints", {
      source: { path },
      breakpoints: [{ line: call }, { line: inside, logMessage: "a is {a}" }, { line: loop, condition: "turn == 1" }],
    });
    await editor.stopped();
    const over = await editor.step("next");
    expect([over.reason, over.frames.map(({ line }) => line)]).toEqual(["step", [call + 1]]);
    expect(editor.output("console")).toBe("a is 1\n");
    const { frames } = await editor.step("continue");
    const turn = await editor.request("evaluate", { expression: "turn", frameId: frames[0]?.id, context: "hover" });
    expect([frames[0]?.line, turn.result]).toEqual([loop, "1"]);
    await editor.request("evaluate", { expression: "turn = 2", frameId: frames[0]?.id, context: "repl" });
    await editor.request("continue", { threadId: 1 });
    expect((await editor.end()).body).toMatch(/turn 0\nturn 2\n$/);
  });

  test.each(["linked", "cgi-bin"])("a source behind a link, compiled by its path in %s", async (name) => {
    execFileSync("cc", ["-g", "-o", folder.file("cgi-bin/linked.cgi"), folder.file(`${name}/sum.c`)]);
    await using editor = await launched({ target: "/cgi-bin/linked.cgi" });
    const breakpoints = [{ line: inside, logMessage: "a is {a}" }, { line: call + 1 }];
    const placed = await editor.begin(folder.file("linked/sum.c"), breakpoints);
    expect(placed.map(({ verified }) => verified)).toEqual([true, true]);
    expect((await editor.stopped()).frames[0]?.line).toBe(call + 1);
    expect(editor.output("console")).toBe("a is 1\n");
    await editor.request("continue", { threadId: 1 });
    await editor.end();
  });

  test("stops at the line of a crash, unless nobody asks for it", async () => {
    for (const filters of [["uncaught"], []]) {
      await using editor = await launched({ target: `${target}?crash` });
      await editor.begin(path, [], filters);
      if (filters.length > 0) {
        const { reason, frames } = await editor.stopped();
        expect([reason, frames[0]?.line]).toEqual(["exception", 23]);
        await editor.request("continue", { threadId: 1 });
      }
      expect(await editor.end()).toMatchObject({ exitCode: undefined, status: 200 });
      expect(editor.events.filter(({ event }) => event === "stopped")).toHaveLength(filters.length);
    }
  });

  test("stops where a byte was written", async () => {
    await using editor = await launched({ stopAtByte: { stream: "stderr", offset: 3 } });
    await editor.begin(path, [{ line: call }]);
    const { reason, frames } = await editor.stopped();
    const own = frames.filter(({ presentationHint }) => presentationHint !== "subtle");
    expect([reason, own.map(({ line }) => line)]).toEqual(["byte", [22]]);
    await editor.request("disconnect", { terminateDebuggee: false });
    expect((await editor.end()).exitCode).toBe(3);
  });

  test("disconnect lets it run on, or ends it; terminate ends it; nothing is left", async () => {
    for (const how of ["run on", "disconnect", "terminate", "leave"] as const) {
      await using editor = await launched();
      await editor.begin(path, [{ line: call }]);
      const { frames } = await editor.stopped();
      const own = { expression: "(int)getpid()", frameId: frames[0]?.id, context: "watch" };
      const { result } = await editor.request("evaluate", own);
      if (how === "terminate") await editor.request("terminate");
      else if (how === "leave") editor.process.stdin?.end();
      else await editor.request("disconnect", { terminateDebuggee: how === "disconnect" });
      if (how === "run on") expect((await editor.end()).exitCode).toBe(3);
      await waitFor("it has ended", () => !isAlive(Number(result)));
    }
  });

  test("a client's program is killed, and its debugger with it", async () => {
    await using one = await attached(folder.path, target);
    const response = fetch(`${one.url}${target}`).then((answer) => answer.text());
    await one.editor.next("initialized");
    await one.editor.begin(path, [{ line: call }]);
    const { frames } = await one.editor.stopped();
    const own = { expression: "(int)getpid()", frameId: frames[0]?.id, context: "watch" };
    const { result } = await one.editor.request("evaluate", own);
    process.kill(Number(result), "SIGKILL");
    await response.catch(() => "cut short");
    await one.editor.end();
    expect(one.trace()?.process).toMatchObject({ exitCode: null, signal: "SIGKILL" });
    const names = async () =>
      readdirSync(await runtimeFolder()).filter((name) => name.startsWith(`debug-${process.pid}-`));
    await waitFor("nothing is left", async () => (await names()).length === 0);
  });
});
