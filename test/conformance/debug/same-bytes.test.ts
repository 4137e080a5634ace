// A debugged script gives the bytes, the exit code and the stderr of an undebugged one, whether somebody steps through
// all of it or only lets it run, or a byte is looked for. What a script can notice is in docs/debugging.md, and not in
// these scripts.
import { readdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trace as traceSchema } from "../../../server/contract/trace.js";
import { commandLine } from "../../support/command-line.js";
import { DapClient } from "../../support/dap-client.js";
import { hasXdebug } from "../../support/optional-debuggers.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.copyIn("cgi-bin", `${repositoryRoot}/test/fixtures/debug`);
});
afterAll(() => folder[Symbol.dispose]());

const streamText = (stream: { readonly base64: string } | null): string =>
  Buffer.from(stream?.base64 ?? "", "base64").toString("latin1");

async function undebugged(target: string) {
  const { stdout } = await commandLine(["request", folder.path, target, "--mode", "cgi", "--json"]);
  const { process, response, stderr } = traceSchema.parse(JSON.parse(stdout.toString()));
  return {
    body: streamText(response?.body ?? null),
    status: response?.status,
    exitCode: process?.exitCode,
    stderr: streamText(stderr),
  };
}

test.each([
  "tricky.py",
  "generators.py",
  "uncaught.py",
  "closes.py",
  "tricky.pl",
  "forks.pl",
  "uncaught.pl",
  "closes.pl",
  "tricky.rb",
  "uncaught.rb",
  "closes.rb",
  "tricky.js",
  ...(hasXdebug ? ["tricky.php", "uncaught.php"] : []),
  "tricky.bash",
  "children.bash",
  "closes.bash",
  "plain.sh",
])("%s", async (file) => {
  const target = `/cgi-bin/${file}?a=1&b=2`;
  const plain = await undebugged(target);
  expect(plain.body).not.toBe("");
  for (const command of ["stepIn", "next", "continue"] as const) {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, target, stopOnEntry: true });
    await editor.begin(folder.file(`cgi-bin/${file}`), [], ["uncaught"]);
    let stops = 0;
    for (;;) {
      const { event } = await editor.next("stopped", "terminated");
      if (event === "terminated") break;
      stops++;
      const { stackFrames } = await editor.request("stackTrace", { threadId: 1 });
      expect(stackFrames.length).toBeGreaterThan(0);
      if (stops < 20) await editor.variables(stackFrames[0]?.id ?? 0);
      await editor.request(command, { threadId: 1 });
    }
    expect(stops).toBeGreaterThan(command === "continue" ? 0 : 1);
    expect({ command, ...(await editor.end(true)) }).toEqual({ command, ...plain });
    expect(editor.words).toBe("");
  }
  for (const stream of ["stdout", "stderr"] as const) {
    await using editor = new DapClient();
    await editor.launch({ folder: folder.path, target, stopAtByte: { stream, offset: 1e9 } });
    await editor.begin(folder.file(`cgi-bin/${file}`), []);
    // Before `exec` it stops: what comes then, another program writes.
    while ((await editor.next("stopped", "terminated")).event === "stopped")
      await editor.request("continue", { threadId: 1 });
    expect({ stream, ...(await editor.end(true)) }).toEqual({ stream, ...plain });
    expect(editor.words).toBe("");
  }
});

test("a debugger leaves no file beside itself: its folder may be a signed package", async () => {
  const beside = `${repositoryRoot}/dist/agents/debug`;
  rmSync(`${beside}/__pycache__`, { recursive: true, force: true });
  const target = "/cgi-bin/tricky.py";
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target });
  await editor.begin(folder.file("cgi-bin/tricky.py"), []);
  await editor.end();
  expect(readdirSync(beside)).not.toContain("__pycache__");
});
