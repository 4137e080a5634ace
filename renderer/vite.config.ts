// The renderer, for both shells: the same files under app://workbench/ and from the loopback server. Absolute paths are right in
// both. No asset is inlined, so that the content security policy needs no data: for scripts or workers.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("../dist/renderer", import.meta.url)),
    emptyOutDir: true,
    target: "chrome130",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4500, // the editor: one lazy chunk
  },
  worker: { format: "es" },
});
