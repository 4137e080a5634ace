// `npm start` as a process: where it does not run, and what Ctrl+C ends.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { repositoryRoot } from "../../support/repository.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor, within } from "../../support/wait-for.js";

/** `imports`: what Node loads first. */
function start(words: readonly string[], env: NodeJS.ProcessEnv, imports: readonly string[] = []) {
  const args = [...imports.flatMap((code) => ["--import", `data:text/javascript,${code}`])];
  const launcher = spawn(process.execPath, [...args, "electron/launch/start.mjs", ...words], {
    cwd: repositoryRoot,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { launcher, ended: ended(launcher), stdout: text(launcher.stdout), stderr: text(launcher.stderr) };
}

const ended = (child: ChildProcess): Promise<unknown> => once(child, "exit").then(([code]) => code);

describe("a system without the packages it needs", () => {
  test.each([
    ["win32", "x64"],
    ["linux", "arm"],
    ["linux", "riscv64"],
    ["freebsd", "x64"],
  ])("%s on %s: it says so in one line, and stops", async (platform, arch) => {
    const pretends = `Object.defineProperties(process,{platform:{value:"${platform}"},arch:{value:"${arch}"}})`;
    const started = start(["no-such-folder", "--no-such-option"], {}, [pretends]);
    expect(await started.ended).toBe(1);
    expect(await started.stdout).toBe("");
    const said = (await started.stderr).trim();
    expect(said.split("\n")).toHaveLength(1);
    expect(said).not.toContain("npm run");
  });
});

describe.skipIf(process.platform !== "linux")("Ctrl+C", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s before Electron has a window ends it, and no browser is used instead", async (signal, exitCode) => {
    using place = tempFolder();
    place.write("electron", `#!/bin/sh\ntouch ${place.file("runs")}\nexec sleep 1013\n`);
    place.makeExecutable("electron");
    const env = { DISPLAY: ":none", ELECTRON_OVERRIDE_DIST_PATH: place.path, XDG_DATA_HOME: place.file("data") };
    const started = start(["--", "--no-sandbox"], env);
    try {
      await waitFor("Electron runs", () => existsSync(place.file("runs")));
      started.launcher.kill(signal);
      expect(await within("it ends", started.ended, 20_000)).toBe(exitCode);
      expect(await started.stdout).toBe("");
    } finally {
      started.launcher.kill("SIGTERM");
      await started.ended;
    }
  });
});
