// The renderer, for both shells: the same files under app://workbench/ and from the loopback server. Absolute paths are right in
// both. No asset is inlined, so that the content security policy needs no data: for scripts or workers.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type HtmlTagDescriptor, type IndexHtmlTransformContext, type Plugin } from "vite";

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const windowFile = fileOf("window.tsx");
/** What the page loads first, in this order: each entry with everything that it imports statically, as one chunk. */
const first = [
  { chunk: "start", entry: fileOf("main.ts") },
  { chunk: "window", entry: windowFile },
  { chunk: "welcome", entry: fileOf("features/workspace/welcome.tsx") },
  { chunk: "workbench", entry: fileOf("shell/workbench.tsx") },
];

type ModuleImports = (id: string) => { readonly importedIds: readonly string[] } | null;

/** Left to itself the bundler cuts such a chunk into thirty, which pack worse and are asked for one by one. */
function wholeChunk({ chunk, entry }: (typeof first)[number], at: number) {
  const modules = new Set<string>();
  const follow = (id: string, imports: ModuleImports): void => {
    if (modules.has(id)) return;
    modules.add(id);
    for (const imported of imports(id)?.importedIds ?? []) follow(imported, imports);
  };
  const name = (id: string, bundle: { readonly getModuleInfo: ModuleImports }): string | null => {
    if (modules.size === 0) follow(entry, (module) => bundle.getModuleInfo(module));
    return modules.has(id) ? chunk : null;
  };
  return { name, priority: first.length - at, debugName: chunk };
}

/** The page names the window's chunk and styles, so that the browser fetches them while the first module connects. */
function preloadWindow(): Plugin {
  const handler = (_page: string, { bundle = {} }: IndexHtmlTransformContext): HtmlTagDescriptor[] =>
    Object.values(bundle).flatMap((chunk) => {
      if (chunk.type !== "chunk" || !chunk.moduleIds.includes(windowFile)) return [];
      const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
      return [link("modulepreload", chunk.fileName), ...styles.map((file) => link("stylesheet", file))];
    });
  return { name: "preload-window", transformIndexHtml: { order: "post", handler } };
}
const link = (rel: string, file: string): HtmlTagDescriptor => ({
  tag: "link",
  attrs: { rel, crossorigin: true, href: `/${file}` },
  injectTo: "head",
});

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), preloadWindow()],
  build: {
    outDir: fileURLToPath(new URL("../dist/renderer", import.meta.url)),
    emptyOutDir: true,
    target: "chrome130",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4500, // the editor: one lazy chunk
    rolldownOptions: { output: { codeSplitting: { groups: first.map(wholeChunk) } } },
  },
  worker: { format: "es" },
});
