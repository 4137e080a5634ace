// An editor steps through the script of a request: `cgi-workbench dap`, in each language that has a debugger.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DapClient } from "../../support/dap-client.js";
import { debuggedPrograms, plainBody } from "../../support/debugged-scripts.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const { file, text } of debuggedPrograms) {
    folder.write(file, text);
    folder.makeExecutable(file);
  }
});
afterAll(() => folder[Symbol.dispose]());

describe.each(debuggedPrograms)("$language", (program) => {
  const { file, call, inside, loop } = program;
  const launch = { target: `/${file}?a=1` };

  test("stops, shows the stack and values, evaluates, steps in, over and out", async () => {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, ...launch });
    const path = folder.file(file);
    expect(await editor.begin(path, [{ line: call }])).toEqual([
      expect.objectContaining({ verified: true, line: call }),
    ]);
    const first = await editor.stopped();
    expect([first.reason, first.frames.map(({ line }) => line)]).toEqual(["breakpoint", [call]]);
    expect(first.frames[0]?.source).toMatchObject({ path });

    const names = await editor.variables(first.frames[0]?.id ?? 0);
    const data = [...names].find(([name]) => /^[%$]?data$/.test(name))?.[1];
    const inData = await editor.children(data?.variablesReference ?? 0);
    expect([...inData.keys()].toSorted()).toEqual(["list", "name"]);
    expect(inData.get("name")?.value.length).toBeLessThan(1100);
    expect(data?.value.length).toBeLessThan(1100);

    const within = await editor.step("stepIn");
    const stop = within.frames[0]?.line === inside ? within : await editor.step("next");
    expect([stop.reason, stop.frames.map(({ line }) => line)]).toEqual(["step", [inside, call]]);
    const frameId = stop.frames[0]?.id ?? 0;
    expect((await editor.variables(frameId)).get(program.local[0])?.value).toBe(program.local[1]);
    const evaluated = await editor.request("evaluate", { expression: program.expression, frameId, context: "watch" });
    expect(evaluated.result).toBe("102");
    expect((await editor.step("next")).frames[0]?.line).toBe(inside + 1);
    const out = await editor.step("stepOut");
    expect(out.frames).toHaveLength(1);
    expect((await editor.step("next")).frames[0]?.line).toBeGreaterThan(call);
    await editor.request("continue", { threadId: 1 });
    expect(await editor.end()).toEqual({ body: plainBody, exitCode: 0, stderr: "on stderr\n", status: 200 });
    expect(editor.output("important")).toBe("");
    expect(editor.words).toBe("");
  });

  test("conditional breakpoints and log points", async () => {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, ...launch });
    await editor.begin(folder.file(file), [{ line: loop, condition: program.condition }]);
    const stop = await editor.stopped();
    const turn = await editor.request("evaluate", {
      expression: program.counter,
      frameId: stop.frames[0]?.id,
      context: "hover",
    });
    expect(turn.result).toBe("1");
    await editor.request("setBreakpoints", {
      source: { path: folder.file(file) },
      breakpoints: [{ line: loop, logMessage: program.message }],
    });
    await editor.request("continue", { threadId: 1 });
    expect((await editor.end()).body).toBe(plainBody);
    expect(editor.output("console")).toBe("turn 2 of 3\n");
  });

  test("breakpoints twice on a line, in a file that is not there, and on the line of the entry", async () => {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, ...launch, stopOnEntry: true });
    const source = { path: folder.file("cgi-bin/removed") };
    await editor.request("setBreakpoints", { source, breakpoints: [{ line: 1 }] });
    await editor.begin(folder.file(file), [{ line: 1 }, { line: call }, { line: call }]);
    const first = await editor.stopped();
    expect(first.frames[0]?.line).toBeLessThanOrEqual(call);
    await editor.request("disconnect", { terminateDebuggee: false });
    expect((await editor.end()).body).toBe(plainBody);
    expect(editor.words).toBe("");
  });

  test("what is evaluated in the console can change the script", async () => {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, ...launch });
    await editor.begin(folder.file(file), [{ line: call }]);
    const { frames } = await editor.stopped();
    await editor.request("evaluate", { expression: program.change, frameId: frames[0]?.id, context: "repl" });
    await editor.request("continue", { threadId: 1 });
    expect((await editor.end()).body).toContain("sum 42\n");
  });

  test("while one points at a call, it does not run", async () => {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, ...launch });
    await editor.begin(folder.file(file), [{ line: call }]);
    const { frames } = await editor.stopped();
    for (const expression of ["total(1, 2)", "first = 40", "$(date)", "`date`", "$" + "{first:=3}"])
      await expect(
        editor.request("evaluate", { expression, frameId: frames[0]?.id, context: "hover" }),
        expression,
      ).rejects.toThrow("debug-hover");
    await editor.request("disconnect", {});
  });

  test("stops on entry", async () => {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, ...launch, stopOnEntry: true });
    await editor.begin(folder.file(file), []);
    const { reason, frames } = await editor.stopped();
    expect(reason).toBe("entry");
    expect(frames[0]?.line).toBeLessThan(8);
    await editor.request("disconnect", { terminateDebuggee: false });
    expect((await editor.end()).body).toBe(plainBody);
  });

  test("disconnect lets the script run on, or ends it; terminate ends it", async () => {
    for (const [command, args, body] of [
      ["disconnect", { terminateDebuggee: false }, plainBody],
      ["disconnect", {}, null],
      ["terminate", {}, null],
    ] as const) {
      await using editor = new DapClient();
      await editor.launch({ folder: folder.path, ...launch });
      await editor.begin(folder.file(file), [{ line: loop }]);
      await editor.stopped();
      await editor.request(command, args);
      const end = await editor.end();
      if (body === null) expect(end.exitCode).not.toBe(0);
      else expect(end).toMatchObject({ body, exitCode: 0 });
    }
  });
});

test("PHP: a condition that cannot be evaluated stops, also where one steps", async () => {
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target: "/cgi-bin/sum.php" });
  await editor.begin(folder.file("cgi-bin/sum.php"), [{ line: 10 }, { line: 12, condition: "missing()" }]);
  const lines = [(await editor.stopped()).frames[0]?.line];
  for (let step = 0; step < 3; step++) lines.push((await editor.step("next")).frames[0]?.line);
  expect(lines).toEqual([10, 11, 11, 12]);
});

test("Node: a condition sees the variables of a function, and one that is no expression stops", async () => {
  for (const [condition, stops] of [
    ["a === 1 && b === 2", true],
    ["a === 2", false],
    ["a ===", true],
  ] as const) {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, target: "/cgi-bin/sum.js" });
    await editor.begin(folder.file("cgi-bin/sum.js"), [{ line: 4, condition }]);
    expect((await editor.next("stopped", "terminated")).event, condition).toBe(stops ? "stopped" : "terminated");
  }
});
