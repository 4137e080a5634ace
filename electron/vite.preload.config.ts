// The preload: one CommonJS file without imports besides electron, as a sandboxed preload must be; .cjs because
// package.json says "type": "module". Beside the Node entries, and after them: it must not empty their folder.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  logLevel: "warn",
  build: {
    ssr: true,
    outDir: "dist/node",
    emptyOutDir: false,
    target: "chrome130",
    minify: false,
    rolldownOptions: {
      input: { preload: "electron/preload.ts" },
      external: ["electron"],
      output: { format: "cjs", entryFileNames: "preload.cjs", codeSplitting: false },
    },
  },
  ssr: { noExternal: true },
});
