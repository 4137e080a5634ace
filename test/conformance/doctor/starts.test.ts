// Reasons for which the system does not start a script, that need more than a file to bring about.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, closeSync, openSync, rmSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { trace as traceSchema } from "../../../server/contract/trace.js";
import { commandLine } from "../../support/command-line.js";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { repositoryRoot } from "../../support/repository.js";
import { tempFolder } from "../../support/temp-workspace.js";

const page = "printf 'Content-Type: text/plain; charset=utf-8\\n\\nhello\\n'";
async function firstOf(gateway: TestGateway, target: string) {
  await gateway.get(target);
  const { findings } = await gateway.trace();
  return findings[0];
}

test("one variable is longer than the system takes", async () => {
  const name = "X".repeat(250);
  await using gateway = await startGateway({ config: { variables: { [name]: "y".repeat(131_000) } } });
  gateway.script("x.sh", page);
  expect(await firstOf(gateway, "/x.sh")).toMatchObject({
    rule: "environment-too-large",
    evidence: [{ errno: "E2BIG" }, { kind: "variable", name }],
  });
});

test.skipIf(process.platform !== "linux")(
  "some program holds the script open for writing (needs Linux: other systems start it all the same)",
  async () => {
    await using gateway = await startGateway();
    gateway.script("cgi-bin/x.cgi", page);
    const writer = openSync(gateway.folder.file("cgi-bin/x.cgi"), "a");
    const found = await firstOf(gateway, "/cgi-bin/x.cgi");
    closeSync(writer);
    expect(found).toMatchObject({ rule: "being-written", evidence: [{ errno: "ETXTBSY" }] });
  },
);

test("the script goes away between routing and start", async () => {
  let remove = () => {};
  await using gateway = await startGateway({
    wrapStarter: (real) => ({
      kind: real.kind,
      start: (...args) => {
        remove();
        return real.start(...args);
      },
      dispose: () => real.dispose(),
    }),
  });
  gateway.script("x.sh", page);
  remove = () => rmSync(gateway.folder.file("x.sh"));
  expect(await firstOf(gateway, "/x.sh")).toMatchObject({
    rule: "script-missing",
    evidence: [{ errno: "ENOENT" }, { kind: "mode", mode: null }],
  });
});

test.skipIf(process.platform === "win32")(
  "a reason that has no rule of its own: the interpreter is a link to itself (needs symbolic links)",
  async () => {
    await using gateway = await startGateway();
    symlinkSync("perl", gateway.folder.file("perl"));
    gateway.script("cgi-bin/x.cgi", `#!${gateway.folder.file("perl")}\nprint 1;\n`);
    expect(await firstOf(gateway, "/cgi-bin/x.cgi")).toMatchObject({
      rule: "start-failed",
      evidence: [{ kind: "errno", errno: "ELOOP" }],
    });
  },
);

/**
 * Root may execute what anybody may, so a test run by root has the program run as "nobody";
 * that user must be able to read the checkout.
 */
const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
const canRun =
  nobody !== undefined &&
  spawnSync(process.execPath, ["--eval", "require('node:fs').accessSync(process.argv[1])", repositoryRoot], {
    cwd: "/",
    uid: nobody,
    gid: nobody,
  }).status === 0;

test.skipIf(!canRun).each([
  ["the execute bit is its owner's alone", 0o744, 0, "not-permitted", []],
  ["the execute bit is everybody's but the owner's", 0o645, nobody ?? 0, "not-permitted", ["make-executable"]],
  ["the owner may not read it", 0o311, nobody ?? 0, "script-not-readable", []],
] as const)("%s (needs root, to become somebody else)", async (_what, mode, owner, rule, fixes) => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/x.sh", `#!/bin/sh\n${page}\n`);
  chmodSync(folder.file("cgi-bin/x.sh"), mode);
  chownSync(folder.file("cgi-bin/x.sh"), owner, owner);
  for (const path of [folder.path, folder.file("cgi-bin")]) chownSync(path, nobody ?? 0, nobody ?? 0);
  const options = {
    uid: nobody,
    cwd: "/",
    env: { PATH: process.env["PATH"], HOME: folder.path, XDG_RUNTIME_DIR: folder.path },
  };
  const { stdout } = await commandLine(["request", folder.path, "/cgi-bin/x.sh", "--json"], options);
  const { findings } = traceSchema.parse(JSON.parse(stdout.toString()));
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ rule, fixes });
  expect(findings[0]?.evidence).toContainEqual(expect.objectContaining({ kind: "mode", mode: `0${mode.toString(8)}` }));
});
