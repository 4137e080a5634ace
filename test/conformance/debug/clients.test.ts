// Requests of clients that are debugged, beside others that are not; and how it ends when somebody leaves.
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { attached, editorBeside } from "../../support/attached-editor.js";
import { DapClient } from "../../support/dap-client.js";
import { debuggedPrograms } from "../../support/debugged-scripts.js";
import { isAlive } from "../../support/processes.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const { file, text } of debuggedPrograms) {
    folder.write(file, text);
    folder.makeExecutable(file);
  }
  folder.write("cgi-workbench.json", JSON.stringify({ limits: { silenceMs: 1000, totalMs: 1500, concurrency: 1 } }));
});
afterAll(() => folder[Symbol.dispose]());

test.each(debuggedPrograms)(
  "$language: a client's request is debugged without a limit, others run",
  async (program) => {
    await using one = await attached(folder.path, `/${program.file}`);
    const [other] = debuggedPrograms.filter(({ file }) => file !== program.file);
    const response = fetch(`${one.url}/${program.file}`).then((answer) => answer.text());
    await one.editor.next("initialized");
    await one.editor.begin(folder.file(program.file), [{ line: program.loop }]);
    await one.editor.stopped();
    expect(await (await fetch(`${one.url}/${other?.file}`)).text()).toContain("sum 3");
    const began = performance.now();
    await waitFor("longer than the limits", () => performance.now() - began > 2500);
    await one.editor.request("setBreakpoints", { source: { path: folder.file(program.file) }, breakpoints: [] });
    await one.editor.request("continue", { threadId: 1 });
    expect(await response).toContain("turn 2");
    await one.editor.end();
    expect(one.trace()).toMatchObject({ outcome: "ok", cause: { code: "debugged" }, held: [] });
    // The next request to the same script is not debugged.
    expect(await (await fetch(`${one.url}/${program.file}`)).text()).toContain("turn 2");
  },
);

test.each(debuggedPrograms)("$language: the client leaves, and the script stays for the person", async (program) => {
  await using one = await attached(folder.path, `/${program.file}`);
  const socket = connect(Number(new URL(one.url).port), "127.0.0.1");
  socket.write(`GET /${program.file} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  await one.editor.next("initialized");
  await one.editor.begin(folder.file(program.file), [{ line: program.call }]);
  await one.editor.stopped();
  socket.destroy();
  await once(socket, "close");
  await waitFor("the trace says so", () => one.trace()?.cause?.code === "client-gone-debugged");
  expect((await one.editor.step("next")).frames).not.toEqual([]);
  await one.editor.request("continue", { threadId: 1 });
  const { exitCode, stderr } = await one.editor.end();
  expect([exitCode, stderr]).toEqual([0, "on stderr\n"]);
  expect(one.trace()).toMatchObject({ outcome: "client-gone", process: { exitCode: 0 } });
});

test.each(debuggedPrograms)("$language: Stop, and the end of the server, end the stopped script", async (program) => {
  for (const end of ["stop", "dispose"] as const) {
    await using one = await attached(folder.path, `/${program.file}`);
    const response = fetch(`${one.url}/${program.file}`).then(
      (answer) => answer.text().catch(() => "cut short"),
      () => "no response",
    );
    await one.editor.next("initialized");
    await one.editor.begin(folder.file(program.file), [{ line: program.call }]);
    await one.editor.stopped();
    if (end === "stop") one.workbench.server.stopExchange(one.trace()?.id ?? "");
    else await one.workbench.server.stop();
    await response;
    await one.editor.end();
    expect(one.trace()).toMatchObject({ outcome: "stopped", process: { exitCode: null, signal: "SIGTERM" } });
    expect(isAlive(one.trace()?.process?.pid ?? 0)).toBe(false);
  }
});

test("an untrusted folder is not debugged", async () => {
  using untrusted = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", untrusted.path); // where no trusted folders are listed
  const workbench = await Workbench.create();
  try {
    await workbench.folder.open(untrusted.path, { port: 0 });
    const { editor } = editorBeside(workbench);
    await expect(editor.request("launch", { folder: untrusted.path, target: "/" })).rejects.toThrow(
      "debug-not-trusted",
    );
  } finally {
    vi.unstubAllEnvs();
    await workbench.dispose();
  }
});

test.each(debuggedPrograms)("$language: the editor is killed while the script is stopped", async (program) => {
  const editor = new DapClient();
  await editor.launch({ folder: folder.path, target: `/${program.file}` });
  await editor.begin(folder.file(program.file), [{ line: program.call }]);
  const { frames } = await editor.stopped();
  const expression = program.process;
  const { result } = await editor.request("evaluate", { expression, frameId: frames[0]?.id, context: "watch" });
  expect(isAlive(Number(result))).toBe(true);
  const exit = once(editor.process, "exit");
  editor.process.stdin?.end();
  await exit;
  await waitFor("the script has ended", () => !isAlive(Number(result)));
});
