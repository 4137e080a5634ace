// A test file that computes without end is named among the failures, soon, and nothing of it goes on.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { repositoryRoot } from "../../support/repository.js";
import { tempFolder } from "../../support/temp-workspace.js";

const countsOf = z.object({ failed: z.array(z.string()) });

test.each([
  ["by its silence", 100, false],
  ["when the run is stopped from outside", 600_000, true],
])("a file without end ends the run and is named: %s", async (_, graceMs, isStopped) => {
  using folder = tempFolder();
  folder.write("vitest.config.ts", config(join(repositoryRoot, "test/support/run/vitest-counts.ts"), graceMs));
  folder.write("loops.test.js", loops(folder.file("processes")));
  const command = ["node_modules/vitest/vitest.mjs", "run", "--config", folder.file("vitest.config.ts")];
  const step = `
    import { step } from "./test/support/run/step.mjs";
    const env = { TEST_COUNTS: ${JSON.stringify(folder.file("counts"))} };
    await step("a run", ${JSON.stringify([process.execPath, ...command])}, { env });`;
  const run = spawn(process.execPath, ["--input-type=module", "-e", step], { cwd: repositoryRoot, stdio: "ignore" });
  const ended = once(run, "exit");
  await expect.poll(() => existsSync(folder.file("processes"))).toBe(true);
  const [runner = 0, worker = 0] = folder.read("processes").split(" ").map(Number);
  if (isStopped) process.kill(runner, "SIGTERM");
  await ended;
  const { failed } = countsOf.parse(JSON.parse(folder.read("counts")));
  expect(failed).toEqual([expect.stringMatching(/^\[\] loops\.test\.js: not ended/)]);
  await expect.poll(() => existsSync(`/proc/${worker}`)).toBe(false);
});

const config = (reporter: string, graceMs: number): string => `
  import { VitestCounts } from ${JSON.stringify(reporter)};
  export default {
    root: import.meta.dirname,
    test: {
      globals: true, pool: "forks", include: ["*.test.js"], testTimeout: 500, hookTimeout: 500,
      reporters: [new VitestCounts({ graceMs: ${graceMs} })],
    },
  };`;

const loops = (file: string): string => `
  import { renameSync, writeFileSync } from "node:fs";
  test("computes", () => {
    writeFileSync("${file}.new", process.ppid + " " + process.pid);
    renameSync("${file}.new", "${file}");
    for (;;);
  });`;
