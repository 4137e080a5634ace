// Everything that runs in Node: Electron's main, both server shells and the command line, into one flat folder, so that
// server/base/built-files.ts finds each from any chunk. What is pure is bundled;
// electron and native modules stay outside.
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Examples, templates and the course are files that are read when they are wanted: they travel with the build. */
const copyFiles = {
  name: "copy-files",
  writeBundle: () => {
    for (const folder of ["samples", "lessons", "deploy", "servers", "commands"])
      rmSync(`${root}/dist/${folder}`, { recursive: true, force: true });
    cpSync(`${root}/server/lessons/course`, `${root}/dist/lessons/course`, { recursive: true });
    cpSync(`${root}/server/features/deploy/templates`, `${root}/dist/deploy`, { recursive: true });
    cpSync(`${root}/server/features/servers/real/programs`, `${root}/dist/servers`, { recursive: true });
    cpSync(`${root}/server/features/commands/examples`, `${root}/dist/commands`, { recursive: true });
    for (const folder of ["files", "templates"])
      cpSync(`${root}/server/samples/${folder}`, `${root}/dist/samples/${folder}`, { recursive: true });
  },
};

export default defineConfig({
  root,
  plugins: [copyFiles],
  logLevel: "warn",
  build: {
    ssr: true,
    outDir: "dist/node",
    emptyOutDir: true,
    target: "node20",
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: "electron/main.ts",
        utility: "server/boot/utility.ts",
        browser: "server/boot/browser.ts",
        "browser-shell": "server/boot/browser-shell.ts",
        "doctor-worker": "server/boot/doctor-worker.ts",
        "import-reader": "server/boot/import-reader.ts",
        "store-worker": "server/boot/store-worker.ts",
        "store-reader": "server/boot/store-reader.ts",
        "load-driver": "server/boot/load-driver.ts",
        "lesson-check": "server/boot/lesson-check.ts",
        cli: "server/cli/cli.ts",
        "open-browser": "electron/launch/open-browser.mjs",
      },
      // bufferutil and utf-8-validate: optional parts of ws, absent on purpose.
      external: ["electron", "koffi", "@photostructure/sqlite", "bufferutil", "utf-8-validate"],
      // As globals they are getters of Node's, called for each use.
      transform: {
        inject: {
          Buffer: ["node:buffer", "Buffer"],
          performance: ["node:perf_hooks", "performance"],
          process: ["node:process", "default"],
          FormData: [`${root}/server/base/form-data.ts`, "FormData"],
        },
      },
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
  ssr: { noExternal: true },
});
