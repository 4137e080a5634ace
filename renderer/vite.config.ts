// The renderer, for both shells: the same files under app://workbench/ and from the loopback server. Absolute paths are
// right in both. No asset is inlined, so that the content security policy needs no data: for scripts or workers.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type HtmlTagDescriptor, type IndexHtmlTransformContext, type Plugin } from "vite";

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/**
 * What the page loads first, in this order: each entry with everything that it imports statically,
 * as one chunk. `fetched`: how the page asks for it while the one before it runs; what comes after
 * the window must not delay its first paint.
 */
const first = [
  { chunk: "start", entry: fileOf("main.ts"), fetched: null },
  { chunk: "window", entry: fileOf("window.tsx"), fetched: "at once" },
  { chunk: "welcome", entry: fileOf("features/workspace/welcome.tsx"), fetched: "ahead" },
  { chunk: "workbench", entry: fileOf("shell/workbench.tsx"), fetched: "ahead" },
] as const;

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

/**
 * Names the first chunks and their styles in the page, so that the browser
 * fetches them while the first module connects.
 */
function namedInPage(): Plugin {
  const handler = (_page: string, { bundle = {} }: IndexHtmlTransformContext): HtmlTagDescriptor[] =>
    Object.values(bundle).flatMap((chunk) => {
      if (chunk.type !== "chunk") return [];
      const fetched = first.find(({ entry }) => chunk.moduleIds.includes(entry))?.fetched ?? null;
      const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
      if (fetched === null) return [];
      const ahead = fetched === "ahead" ? { fetchpriority: "low" } : {};
      const style = fetched === "ahead" ? { rel: "preload", as: "style", ...ahead } : { rel: "stylesheet" };
      return [link(chunk.fileName, { rel: "modulepreload", ...ahead }), ...styles.map((file) => link(file, style))];
    });
  return { name: "named-in-page", transformIndexHtml: { order: "post", handler } };
}
const link = (file: string, attributes: Readonly<Record<string, string>>): HtmlTagDescriptor => ({
  tag: "link",
  attrs: { ...attributes, crossorigin: true, href: `/${file}` },
  injectTo: "head",
});

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), namedInPage()],
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
