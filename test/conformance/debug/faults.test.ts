// Whatever ends at a bad moment, nothing hangs and nothing is left: neither a process nor a name in the private folder.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runtimeFolder } from "../../../server/base/runtime-folder.js";
import { pathForOneUse } from "../../../server/features/debug/debuggers/path-for-one-use.js";
import { attached } from "../../support/attached-editor.js";
import { DapClient } from "../../support/dap-client.js";
import { debuggedPrograms } from "../../support/debugged-scripts.js";
import { isAlive } from "../../support/processes.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const forks = [
  {
    file: "cgi-bin/fifty.py",
    line: 6,
    text: `#!/usr/bin/env python3
import os, sys
print("Content-Type: text/plain\\n", flush=True)
for n in range(50):
    if os.fork() == 0:
        print(n, flush=True)
        os._exit(0)
for n in range(50):
    os.wait()
print("end")
`,
  },
  {
    file: "cgi-bin/fifty.pl",
    line: 6,
    text: `#!/usr/bin/perl
$| = 1;
print "Content-Type: text/plain\\n\\n";
for my $n (0 .. 49) {
  if (!fork) {
    print "$n\\n";
    exit 0;
  }
}
1 while wait != -1;
print "end\\n";
`,
  },
  {
    file: "cgi-bin/fifty.rb",
    line: 5,
    text: `#!/usr/bin/ruby
puts "Content-Type: text/plain", ""
$stdout.flush
50.times do |n|
  if fork.nil?
    puts n
    exit!(true) if $stdout.flush
  end
end
Process.waitall
puts "end"
`,
  },
  {
    file: "cgi-bin/fifty.bash",
    line: 5,
    text: `#!/bin/bash
echo "Content-Type: text/plain"; echo
for n in {0..49}; do
  (
    echo "$n"
  ) &
done
wait
echo end
`,
  },
];

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const { file, text } of [...debuggedPrograms, ...forks]) {
    folder.write(file, text);
    folder.makeExecutable(file);
  }
});
afterAll(() => folder[Symbol.dispose]());

/** Of the session in this process. */
const names = async (): Promise<string[]> =>
  readdirSync(await runtimeFolder()).filter((name) => name.startsWith(`debug-${process.pid}-`));

test.each(debuggedPrograms)(
  "$language: the stopped script is killed, and its debugger with it",
  async ({ file, call, process: expression }) => {
    await using one = await attached(folder.path, `/${file}`);
    const response = fetch(`${one.url}/${file}`).then((answer) => answer.text());
    await one.editor.next("initialized");
    await one.editor.begin(folder.file(file), [{ line: call }]);
    const { frames } = await one.editor.stopped();
    const { result } = await one.editor.request("evaluate", { expression, frameId: frames[0]?.id, context: "watch" });
    process.kill(Number(result), "SIGKILL");
    await response.catch(() => "cut short");
    await one.editor.end();
    await expect(one.editor.request("next", { threadId: 1 })).rejects.toThrow();
    expect(one.trace()?.process).toMatchObject({ exitCode: null, signal: "SIGKILL" });
    await waitFor("nothing is left", async () => (await names()).length === 0);
  },
);

test.each(forks)("$file: a script of fifty children is let go at a stop", async ({ file, line }) => {
  await using one = await attached(folder.path, `/${file}`);
  const response = fetch(`${one.url}/${file}`).then((answer) => answer.text());
  await one.editor.next("initialized");
  await one.editor.begin(folder.file(file), [{ line }, { line: file.endsWith("py") ? 8 : 3 }]);
  await one.editor.stopped();
  if (file.endsWith("bash")) await one.editor.step("continue"); // within a child, and others wait for their turn
  await one.editor.request("disconnect", { terminateDebuggee: false });
  const lines = (await response).trim().split("\n");
  expect(lines.pop()).toBe("end");
  expect(lines.map(Number).toSorted((a, b) => a - b)).toEqual([...Array(50).keys()]);
  await waitFor("nothing is left", async () => (await names()).length === 0);
});

test("of two requests that come at once, one is debugged", async () => {
  const file = "cgi-bin/sum.py";
  await using one = await attached(folder.path, `/${file}`);
  const { port } = new URL(one.url);
  const requests = ["first", "second"].map((body) => {
    const sent = request({ port, path: `/${file}`, method: "POST", headers: { "Content-Length": body.length } });
    sent.write(body.slice(1));
    return sent;
  });
  await waitFor("both have come", () => one.workbench.traces.lastSeq === 2);
  const responses = requests.map(async (sent) => {
    sent.end("!");
    const [response] = await once(sent, "response");
    return text(response);
  });
  await one.editor.next("initialized");
  expect(await Promise.race(responses)).toContain("sum 3");
  await one.editor.request("configurationDone");
  expect((await Promise.all(responses)).join("")).toMatch(/sum 3[\s\S]*sum 3/);
  expect(one.editor.events.filter(({ event }) => event === "cgiRequest")).toHaveLength(1);
});

test("what is watched reads nothing of the request's body", async () => {
  folder.write("cgi-bin/reads.bash", '#!/bin/bash\necho Content-Type: text/plain; echo\nread -r body\necho "$body"\n');
  folder.makeExecutable("cgi-bin/reads.bash");
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target: "/cgi-bin/reads.bash", method: "POST", body: "its body\n" });
  await editor.begin(folder.file("cgi-bin/reads.bash"), [{ line: 3 }]);
  const { frames } = await editor.stopped();
  await editor.request("evaluate", { expression: "$(cat)", frameId: frames[0]?.id, context: "watch" });
  await editor.request("continue", { threadId: 1 });
  expect((await editor.end()).body).toBe("its body\n");
});

test.each(debuggedPrograms)(
  "$language: the server is killed while the script is stopped",
  async ({ file, call, process: expression }) => {
    const editor = new DapClient();
    await editor.launch({ folder: folder.path, target: `/${file}` });
    await editor.begin(folder.file(file), [{ line: call }]);
    const { frames } = await editor.stopped();
    const { result } = await editor.request("evaluate", { expression, frameId: frames[0]?.id, context: "watch" });
    editor.process.kill("SIGKILL");
    await waitFor("the script has ended", () => !isAlive(Number(result)));
  },
);

test("what a killed server has left is removed with the next script that is debugged", async () => {
  const left = join(await runtimeFolder(), `debug-${spawnSync("true").pid}-left`);
  mkdirSync(left);
  await pathForOneUse();
  expect(existsSync(left)).toBe(false);
});
