#!/usr/bin/env node
// `node test/bench/stored-search.mjs [--traces N --body-bytes N]`: searches of different kinds among 100,000 stored
// traces with bodies of 2 KiB and among 1,000,000 with bodies of 60 bytes, or among as many as asked for. Each search
// once among traces that nobody has searched (its first hit, and its exact count), then five times more (the median);
// and what it takes to open a trace. One JSON object on stdout for each store; times in ms.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "vite";

const { values } = parseArgs({ options: { traces: { type: "string" }, "body-bytes": { type: "string" } } });
const root = join(import.meta.dirname, "../..");
const stores = values.traces
  ? [[values.traces, values["body-bytes"] ?? "2048"]]
  : [
      ["100000", "2048"],
      ["1000000", "60"],
    ];

// Below the repository, so that the packages are found that stay outside of the bundle.
const folder = mkdtempSync(join(root, "node_modules/.stored-search-"));
try {
  await build({
    root,
    logLevel: "warn",
    build: {
      ...{ ssr: true, outDir: folder, target: "node20", minify: false },
      rolldownOptions: {
        input: join(root, "test/bench/searched-store.ts"),
        external: ["@photostructure/sqlite"],
        output: { format: "es", entryFileNames: "searched-store.mjs" },
      },
    },
    ssr: { noExternal: true },
  });
  for (const store of stores) {
    const { status, stdout } = spawnSync(process.execPath, [join(folder, "searched-store.mjs"), ...store], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (status !== 0) {
      process.exitCode = 1; // it has said why
      break;
    }
    console.log(JSON.stringify(JSON.parse(stdout), null, 2));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
