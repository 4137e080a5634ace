// Vitest's projects: `unit` mirrors the source folders, `conformance` drives real servers from outside (raw sockets, the built
// command line), `verify` takes longer. Forks rather than threads: signals and child processes belong to a process.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const project = (name: string, include: string, timeoutMs: number) => ({
  extends: true as const,
  test: { name, include: [include], testTimeout: timeoutMs, hookTimeout: 2 * timeoutMs },
});

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  cacheDir: "node_modules/.vite-test",
  test: {
    pool: "forks",
    retry: process.env["CI"] === undefined ? 0 : 2, // as for the end-to-end tests
    projects: [
      project("unit", "test/unit/**/*.test.{ts,tsx}", 20_000),
      project("conformance", "test/conformance/**/*.test.ts", 30_000),
      // The same tests with fcgiwrap between the gateway and the scripts; what does not apply is skipped with its reason.
      {
        extends: true,
        test: {
          name: "fcgiwrap",
          include: [
            "test/conformance/{access,input,output-head,output-wire,redirects,requests,responses,variables-*}.test.ts",
          ],
          env: { CONFORMANCE_THROUGH: "fcgiwrap" },
          setupFiles: ["test/support/fcgiwrap-differs.ts"],
          testTimeout: 30_000,
        },
      },
      project("peers", "test/peers/**/*.test.ts", 300_000),
      project("verify", "test/verify/**/*.test.ts", 300_000),
    ],
  },
});
