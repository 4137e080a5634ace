// Vitest's projects: `unit` mirrors the source folders, `components` are its tests of React components, `conformance`
// drives real servers from outside (raw sockets, the built command line), `verify` takes longer. Forks rather than
// threads: signals and child processes belong to a process.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { bundledPackages } from "./support/run/bundled-packages.js";
import { trustAllFolders } from "./support/run/trusted-folders.mjs";
import { VitestCounts } from "./support/run/vitest-counts.js";

trustAllFolders();

const project = (name: string, include: string, timeoutMs: number) => ({
  extends: true as const,
  test: { name, include: [include], testTimeout: timeoutMs, hookTimeout: 2 * timeoutMs },
});

/** What is measured comes after the others, and has a core for each file. */
const measured = (name: string) => ({
  extends: true as const,
  test: {
    ...project(name, `test/${name}/**/*.test.ts`, 300_000).test,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { groupOrder: 1 },
  },
});

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: "node_modules/.vite-test",
  test: {
    pool: "forks",
    // Tests wait for processes and for limits a third of the time.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    expect: { poll: { timeout: 20_000 } }, // of one second by default, which a busy machine may take
    reporters: ["default", new VitestCounts()],
    projects: [
      project("unit", "test/unit/**/*.test.ts", 60_000),
      {
        extends: true,
        plugins: bundledPackages(),
        test: {
          ...project("components", "test/unit/**/*.test.tsx", 60_000).test,
          environment: fileURLToPath(new URL("support/page-environment.ts", import.meta.url)),
          setupFiles: ["test/support/longer-waits.ts"],
        },
      },
      project("conformance", "test/conformance/**/*.test.ts", 60_000),
      // The same tests with fcgiwrap between the gateway and the scripts; what
      // does not apply is skipped with its reason.
      {
        extends: true,
        test: {
          name: "fcgiwrap",
          include: ["test/conformance/rules/*.test.ts"],
          env: { CONFORMANCE_THROUGH: "fcgiwrap" },
          setupFiles: ["test/support/fcgiwrap-differs.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      // By processor time: on a busy machine the clock says nothing.
      measured("linear"),
      // One file at a time: beside another test a rate says nothing.
      {
        extends: true,
        test: { ...measured("bench").test, fileParallelism: false, sequence: { groupOrder: 2 } },
      },
      measured("peers"),
      measured("verify"),
    ],
  },
});
