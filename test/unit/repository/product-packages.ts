// The npm packages that reach a user: the manifest's dependencies, and every package a module of the product imports
// (the build bundles them), with all that those depend on. Read from the lock file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { manifest, repositoryRoot } from "../../support/repository.js";
import type { ModuleGraph } from "./module-graph.js";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
      peerDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
export const lock = lockSchema.parse(JSON.parse(readFileSync(join(repositoryRoot, "package-lock.json"), "utf8")));

/** Provided by the shell, or used by the build's own configuration: not bundled. */
const notShipped = /^(electron|vite|vitest|@vitejs\/.+)$/;

/** "zod" of "zod/v4"; null for Node's modules and relative paths. */
function packageName(specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return null;
  return (
    specifier
      .replace(/\?.*$/, "")
      .match(/^(@[^/]+\/)?[^/]+/)
      ?.at(0) ?? null
  );
}

/** Directly used packages by name. */
export function usedPackages(graph: ModuleGraph): string[] {
  const imported = [...graph.values()].flat().flatMap(({ specifier }) => packageName(specifier) ?? []);
  return [...new Set([...Object.keys(manifest.dependencies), ...imported])]
    .filter((name) => !notShipped.test(name))
    .sort();
}

/** Lock file path → licence, of everything that ships. */
export function productLicences(graph: ModuleGraph): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (name: string, from: string): void => {
    const path = locate(name, from);
    if (path === null || found.has(path)) return;
    const entry = lock.packages[path];
    found.set(path, entry?.license ?? "none named");
    for (const below of Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies })) visit(below, path);
  };
  for (const name of usedPackages(graph)) {
    if (locate(name, "") === null) throw new Error(`${name} is imported, and not in the lock file`);
    visit(name, "");
  }
  return found;
}

/** Node's way: the nearest node_modules folder upwards. */
function locate(name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    const path = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (lock.packages[path]) return path;
    if (folder === "") return null;
  }
}
