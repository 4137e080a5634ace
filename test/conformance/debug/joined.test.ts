// An editor's requests are debugged in the server that has its folder open, in a window or by `serve`.
import { afterEach, beforeEach, expect, test } from "vitest";
import { serve } from "../../support/command-line.js";
import { DapClient } from "../../support/dap-client.js";
import { debuggedPrograms } from "../../support/debugged-scripts.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const [program] = debuggedPrograms;
if (program === undefined) throw new Error("the first program is Python's");
let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write(program.file, program.text);
  folder.makeExecutable(program.file);
});
afterEach(() => folder[Symbol.dispose]());

test("a client of the running server is stopped, and so is the editor's own request", async () => {
  await using serving = await serve([folder.path, "--port", "0", "--no-ui", "--no-store"]);
  for (const isLaunched of [false, true]) {
    await using editor = new DapClient();
    await editor.request("initialize", { adapterID: "cgi-workbench" });
    const named = isLaunched ? { target: `/${program.file}` } : { next: { path: `/${program.file}` } };
    await editor.request(isLaunched ? "launch" : "attach", { folder: folder.path, ...named });
    const theirs = isLaunched ? [] : [fetch(`${serving.ready.scripts}/${program.file}`)];
    await editor.next("initialized");
    await editor.begin(folder.file(program.file), [{ line: program.call }]);
    expect((await editor.stopped()).frames.map(({ line }) => line)).toEqual([program.call]);
    await editor.request("continue", { threadId: 1 });
    expect(await editor.end()).toMatchObject({ status: 200, exitCode: 0 });
    for (const response of theirs) expect(await (await response).text()).toContain("turn 2");
    expect(editor.words).toBe("");
  }
  await serving.stop();
});

test("the server is killed while the script is stopped: the editor gets “terminated”, and dap ends", async () => {
  await using serving = await serve([folder.path, "--port", "0", "--no-ui", "--no-store"]);
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target: `/${program.file}` });
  await editor.begin(folder.file(program.file), [{ line: program.call }]);
  await editor.stopped();
  process.kill(serving.ready.pid, "SIGKILL");
  await editor.next("terminated");
  await waitFor("the program has ended", () => editor.process.exitCode === 0);
});
