// The renderer, for both shells: the same files under app://workbench/ and from the loopback server. Absolute paths are right in
// both. No asset is inlined, so that the content security policy needs no data: for scripts or workers.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

type ModuleImports = (id: string) => { readonly importedIds: readonly string[] } | null;

/** Everything the page imports statically, in one chunk: left to itself the bundler cuts it into thirty, which pack worse. */
function firstChunk(): (id: string, bundle: { readonly getModuleInfo: ModuleImports }) => string | null {
  const first = new Set<string>();
  const follow = (id: string, imports: ModuleImports): void => {
    if (first.has(id)) return;
    first.add(id);
    for (const imported of imports(id)?.importedIds ?? []) follow(imported, imports);
  };
  return (id, bundle) => {
    if (first.size === 0) follow(start, (module) => bundle.getModuleInfo(module));
    return first.has(id) ? "first" : null;
  };
}
const start = fileURLToPath(new URL("main.tsx", import.meta.url));

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
    rolldownOptions: { output: { codeSplitting: { groups: [{ debugName: "first", name: firstChunk() }] } } },
  },
  worker: { format: "es" },
});
