// Packages of component tests that consist of many modules. Each test file is a process of its own, which would load
// hundreds of files again, and have Vite transform the editor's thousands: here what is imported of them is bundled
// once, into the folder that tools keep their caches in.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig, type Plugin } from "vite";
import { repositoryRoot } from "../repository.js";

const modulesFolder = join(repositoryRoot, "node_modules");
const editorModule = /^monaco-editor\//;
const pageModule = /^(happy-dom|lucide-react|cmdk|@base-ui\/react\/.+)$/;

/** What the renderer imports. */
function importedModules(): string[] {
  const files = readdirSync(join(repositoryRoot, "renderer"), { recursive: true, encoding: "utf8" });
  const found = files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(repositoryRoot, "renderer", file), "utf8").matchAll(/ "([^".][^"]*)";$/gm),
    ]);
  return [...new Set(found.map(([, name = ""]) => name))].sort();
}

/** The folder of the bundle, whose modules have their names. */
async function bundle(name: string, modules: readonly string[], { build: own, ssr }: InlineConfig): Promise<string> {
  const key = createHash("sha256")
    .update(modules.join("\n"))
    .update(readFileSync(join(modulesFolder, ".package-lock.json"))) // what is installed, Vite too
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest("hex")
    .slice(0, 16);
  const folder = join(modulesFolder, `.cache/${name}-${key}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await build({
    configFile: false,
    root: repositoryRoot,
    base: "./",
    logLevel: "error",
    ssr: ssr ?? {},
    build: { ...own, outDir: draft, minify: false },
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

function bundleEditor(): Promise<string> {
  const modules = importedModules().filter((name) => editorModule.test(name));
  const entry = Object.fromEntries(modules.map((name) => [fileOf(name), sourceOf(name)]));
  const output = { entryFileNames: "[name]", chunkFileNames: "chunks/[hash].mjs" };
  return bundle("editor", modules, { build: { lib: { entry, formats: ["es"] }, rolldownOptions: { output } } });
}

/** React stays outside, which Testing Library shares. */
function bundlePage(): Promise<string> {
  const modules = ["happy-dom", ...importedModules().filter((name) => pageModule.test(name))];
  const rolldownOptions = {
    input: Object.fromEntries(modules.map((name) => [fileOf(name), name])),
    external: /^react(-dom)?(\/|$)/,
    output: { entryFileNames: "[name]", chunkFileNames: "chunks/[hash].mjs" },
  };
  return bundle("page", modules, { ssr: { noExternal: true }, build: { ssr: true, rolldownOptions } });
}

const sourceOf = (module: string): string => {
  const [name = "", query] = module.split("?");
  return fileURLToPath(import.meta.resolve(name)) + (query === undefined ? "" : `?${query}`);
};
const fileOf = (module: string): string => `${module.replace(editorModule, "").replace("?", ".")}.mjs`;

function bundled(name: string, id: RegExp, make: () => Promise<string>): Plugin {
  let folder: Promise<string> | null = null;
  return {
    name,
    enforce: "pre",
    resolveId: {
      filter: { id },
      async handler(module) {
        folder ??= make();
        return join(await folder, fileOf(module));
      },
    },
  };
}

export const bundledPackages = (): Plugin[] => [
  bundled("bundled-editor", editorModule, bundleEditor),
  bundled("bundled-page", pageModule, bundlePage),
];
