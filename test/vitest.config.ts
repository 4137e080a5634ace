// Vitest's projects: `unit` mirrors the source folders, `components` are its tests of React components, `conformance`
// drives real servers from outside (raw sockets, the built command line), `verify` takes longer. Forks rather than
// threads: signals and child processes belong to a process.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { bundledEditor } from "./support/run/bundled-editor.js";
import { trustAllFolders } from "./support/run/trusted-folders.mjs";
import { VitestCounts } from "./support/run/vitest-counts.js";

trustAllFolders();

const project = (name: string, include: string, timeoutMs: number) => ({
  extends: true as const,
  test: { name, include: [include], testTimeout: timeoutMs, hookTimeout: 2 * timeoutMs },
});

const longerWaits = "test/support/longer-waits.ts";
const page = {
  environment: fileURLToPath(new URL("support/page-environment.ts", import.meta.url)),
  setupFiles: [longerWaits],
};

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: "node_modules/.vite-test",
  test: {
    pool: "forks",
    // Tests wait for processes more than they compute: on two cores two at a time, where the default is one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    expect: { poll: { timeout: 20_000 } }, // of one second by default, which a busy machine may take
    reporters: ["default", new VitestCounts()],
    projects: [
      project("unit", "test/unit/**/*.test.ts", 60_000),
      {
        extends: true,
        plugins: [bundledEditor()],
        test: { ...project("components", "test/unit/**/*.test.tsx", 60_000).test, ...page },
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
      project("bench", "test/bench/**/*.test.ts", 300_000),
      // The same decisions whatever the sentences say: every message and every finding reads backwards,
      // and no test that runs here may notice. What speaks to a built program or to an agent, or is
      // about the words themselves, is left out.
      {
        extends: true,
        define: { REVERSED_MESSAGES: "true" },
        test: {
          name: "reversed",
          include: [
            "test/conformance/**/*.test.ts",
            "test/unit/{app,boot,client,doctor,features,formats,http,protocol,renderer,routing,rpc,runners,samples,spawn,store,trace,workspace}/**/*.test.ts",
          ],
          exclude: [
            "test/conformance/{built,cli}/**",
            "test/conformance/agents/!(agents).test.ts",
            "test/**/messages.test.ts",
          ],
          setupFiles: ["test/support/reversed.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        define: { REVERSED_MESSAGES: "true" },
        plugins: [bundledEditor()],
        test: {
          name: "reversed-components",
          include: ["test/unit/renderer/**/*.test.tsx"],
          ...page,
          setupFiles: ["test/support/reversed.ts", longerWaits],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      project("peers", "test/peers/**/*.test.ts", 300_000),
      project("verify", "test/verify/**/*.test.ts", 300_000),
    ],
  },
});
