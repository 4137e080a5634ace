// The editor of component tests. Its modules are thousands, and Vite would transform each one again for each test file:
// here what the product imports of them is bundled once, into the folder that tools keep their caches in.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, version } from "vite";
import { repositoryRoot } from "../repository.js";

const modulesFolder = join(repositoryRoot, "node_modules");
const editorModule = /^monaco-editor\//;

/** The folder of the bundle, whose modules have their names in the package. */
async function bundleEditor(): Promise<string> {
  const importer = readFileSync(join(repositoryRoot, "renderer/platform/monaco/monaco.ts"), "utf8");
  const modules = [...importer.matchAll(/"(monaco-editor\/.*)"/g)].map(([, name = ""]) => name);
  const manifest = readFileSync(join(modulesFolder, "monaco-editor/package.json"));
  const own = readFileSync(fileURLToPath(import.meta.url));
  const key = createHash("sha256")
    .update(modules.join("\n"))
    .update(version)
    .update(manifest)
    .update(own)
    .digest("hex")
    .slice(0, 16);
  const folder = join(modulesFolder, `.cache/editor-${key}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  const entry = Object.fromEntries(modules.map((name) => [fileOf(name), sourceOf(name)]));
  await build({
    configFile: false,
    root: repositoryRoot,
    base: "./",
    logLevel: "warn",
    build: {
      lib: { entry, formats: ["es"] },
      outDir: draft,
      minify: false,
      rolldownOptions: { output: { entryFileNames: "[name]", chunkFileNames: "chunks/[hash].mjs" } },
    },
    worker: { format: "es", rolldownOptions: { output: { entryFileNames: "[name].mjs" } } },
  });
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(folder)) throw error; // else another run has made it meanwhile
  }
  return folder;
}
const sourceOf = (module: string): string => {
  const [name = "", query] = module.split("?");
  return fileURLToPath(import.meta.resolve(name)) + (query === undefined ? "" : `?${query}`);
};
const fileOf = (module: string): string => `${module.replace(editorModule, "").replace("?", ".")}.mjs`;

export function bundledEditor(): Plugin {
  let folder: Promise<string> | null = null;
  return {
    name: "bundled-editor",
    enforce: "pre",
    resolveId: {
      filter: { id: editorModule },
      async handler(module) {
        folder ??= bundleEditor();
        return join(await folder, fileOf(module));
      },
    },
  };
}
