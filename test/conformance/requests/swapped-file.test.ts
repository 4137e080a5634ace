// A file that another program swaps for a link out of the folder, all the time: no response holds what lies outside.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync, rmSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { bodyOf, startGateway, type TestGateway } from "../../support/gateway.js";
import { tempFolder } from "../../support/temp-workspace.js";

const statusOf = (response: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(response)?.[1]);

/** Runs the code in the folder again and again, in a process of its own, until it is disposed of. */
async function swap(folder: string, code: string): Promise<AsyncDisposable> {
  const program = `const { renameSync: rename, linkSync, symlinkSync, rmSync, mkdirSync, copyFileSync } = require("node:fs");
    process.stdout.write("on");
    for (;;) { ${code} }`;
  const swapper = spawn(process.execPath, ["-e", program], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(swapper, "exit");
  await once(swapper.stdout, "data");
  return {
    [Symbol.asyncDispose]: async () => {
      if (swapper.exitCode !== null) throw new Error(`the swapper ended with ${swapper.exitCode}`);
      swapper.kill("SIGKILL");
      await ended;
    },
  };
}

/** Asks until both were met, the file and the link out of the folder: 300 times at least, 5,000 times at most. */
async function askForBoth(gateway: TestGateway, target: string, harmless: string): Promise<void> {
  const met = { served: 0, refused: 0 };
  for (let asked = 0; asked < 300 || (Math.min(met.served, met.refused) === 0 && asked < 5000); asked++) {
    const response = await gateway.get(target);
    expect(response).not.toContain("SECRET");
    if (statusOf(response) === 200 && bodyOf(response).includes(harmless)) met.served++;
    if (statusOf(response) === 403) met.refused++;
  }
  expect(met.served).toBeGreaterThan(0);
  expect(met.refused).toBeGreaterThan(0);
}

test.skipIf(process.platform !== "linux")("a file by turns its own and a link out of the folder (B7)", async () => {
  using outside = tempFolder();
  outside.write("secret.txt", "SECRET!!");
  await using gateway = await startGateway();
  gateway.file("kept.txt", "harmless");
  gateway.file("race.txt", "harmless");
  await using _swapping = await swap(
    gateway.folder.path,
    `linkSync("kept.txt", "own"); rename("own", "race.txt");
     symlinkSync(${JSON.stringify(outside.file("secret.txt"))}, "link"); rename("link", "race.txt");`,
  );
  await askForBoth(gateway, "/race.txt", "harmless");
});

test.skipIf(process.platform !== "linux")("a folder by turns its own and a link out of the folder (B7)", async () => {
  using outside = tempFolder();
  outside.write("file.txt", "SECRET!!");
  outside.write("SECRET.txt", "");
  await using gateway = await startGateway({ config: { routes: [{ path: "/", list: true }] } });
  gateway.file("race/file.txt", "harmless");
  await using _swapping = await swap(
    gateway.folder.path,
    `symlinkSync(${JSON.stringify(outside.path)}, "link");
     rename("race", "own"); rename("link", "race"); rename("race", "link"); rename("own", "race"); rmSync("link");`,
  );
  await askForBoth(gateway, "/race/file.txt", "harmless");
  await askForBoth(gateway, "/race/", "file.txt");
});

test("the served folder itself, in whose place another program puts a link (D3)", async () => {
  using outside = tempFolder();
  outside.write("secret.txt", "SECRET!!");
  outside.makeFolder("cgi-bin");
  outside.write("cgi-bin/a.cgi", "#!/bin/sh\necho\necho SECRET\n");
  outside.makeExecutable("cgi-bin/a.cgi");
  await using gateway = await startGateway();
  gateway.file("harmless.txt", "harmless");
  expect(statusOf(await gateway.get("/harmless.txt"))).toBe(200);
  const { path } = gateway.folder;
  renameSync(path, `${path}-moved`);
  try {
    symlinkSync(outside.path, path);
    for (const target of ["/secret.txt", "/cgi-bin/a.cgi"]) {
      const response = await gateway.get(target);
      expect([target, statusOf(response) >= 400, response.includes("SECRET")]).toEqual([target, true, false]);
    }
  } finally {
    rmSync(path);
    renameSync(`${path}-moved`, path);
  }
});
