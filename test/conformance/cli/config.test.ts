// `--config FILE`: a configuration in place of the folder's own.
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { setScriptMode } from "../../../server/workspace/config/set-script-mode.js";
import { Workspace } from "../../../server/workspace/workspace.js";
import { commandLine } from "../../support/command-line.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("a file elsewhere takes the place of the folder's own", async () => {
  using folder = tempFolder();
  using elsewhere = tempFolder();
  folder.write("x.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n%s' \"$APP\"\n");
  folder.makeExecutable("x.sh");
  folder.write("cgi-workbench.json", '{ "variables": { "APP": "the folder\'s own" } }');
  elsewhere.write("mine.json", '{ "variables": { "APP": "mine" }, "routes": [{ "path": "/app/", "file": "x.sh" }] }');
  const config = ["--config", elsewhere.file("mine.json")];
  const { stdout, exitCode } = await commandLine(["request", folder.path, "/app/", ...config]);
  expect([stdout.toString(), exitCode]).toEqual(["mine", 0]);

  elsewhere.write("mine.json", '{\n  "variabels": {} }');
  const mistaken = await commandLine(["request", folder.path, "/x.sh", ...config]);
  expect(mistaken.stderr).toContain(`${elsewhere.file("mine.json")}, line 2: variabels: there is no such setting.`);
  for (const [path, reason] of [
    ["none.json", `${elsewhere.file("none.json")}, ENOENT`],
    [".", "is not a regular file"],
  ] as const) {
    const refused = await commandLine(["doctor", folder.path, "--config", elsewhere.file(path)]);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining(reason)]);
  }
});

test("it is read once: what is saved there or in the folder later has no effect", async () => {
  using folder = tempFolder();
  using elsewhere = tempFolder();
  const write = (queue: number) => elsewhere.write("mine.json", JSON.stringify({ limits: { queue } }));
  write(7);
  const workspace = await Workspace.open(folder.path, { configFile: elsewhere.file("mine.json") });
  write(8);
  await workspace.write("cgi-workbench.json", { text: "{}", bom: false, expectedHash: null });
  await workspace.grantTrust(workspace.trust.fingerprint);
  expect(workspace.config.limits.queue).toBe(7);
  await workspace.dispose();
});

test("a mode that is chosen in the window is not written beside it", async () => {
  using folder = tempFolder();
  using elsewhere = tempFolder();
  folder.write("x.sh", "#!/bin/sh\n");
  elsewhere.write("mine.json", "{}");
  const workspace = await Workspace.open(folder.path, { configFile: elsewhere.file("mine.json") });
  await expect(setScriptMode(workspace, "x.sh", "fastcgi")).rejects.toMatchObject({
    problem: { code: "configuration" },
  });
  expect(existsSync(folder.file("cgi-workbench.json"))).toBe(false);
  await workspace.dispose();
});
