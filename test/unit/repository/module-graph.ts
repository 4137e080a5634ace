// Every module of the product and what it imports, read with the parser the build uses: static and dynamic imports,
// re-exports, and imports in type positions.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, posix, relative, sep } from "node:path";
import { parseSync } from "vite";
import { repositoryRoot } from "../../support/repository.js";

export interface Import {
  /** As written: "../contract/trace.js", "zod". */
  readonly specifier: string;
  /** Path from the repository's root, `/`-separated; null for a package, a Node module or an asset. */
  readonly target: string | null;
  /** By `import()` alone: a chunk of its own. */
  readonly isDynamic?: boolean;
  /** Of types alone: the module is not loaded. */
  readonly isType?: boolean;
}
/** Path from the repository's root → what it imports. */
export type ModuleGraph = ReadonlyMap<string, readonly Import[]>;

const productFolders = ["server", "electron", "renderer"];
const moduleExtensions = [".ts", ".tsx", ".mts", ".js", ".mjs"];

export function readModuleGraph(): ModuleGraph {
  const files = productFolders
    .flatMap((folder) => filesBelow(folder))
    .filter((file) => moduleExtensions.includes(extname(file)));
  const known = new Set(files);
  return new Map(files.map((file) => [file, importsOf(file, known)]));
}

/** Files below a folder of the repository, as `/`-separated paths from its root. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(join(repositoryRoot, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repositoryRoot, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

function importsOf(file: string, known: ReadonlySet<string>): Import[] {
  const source = readFileSync(join(repositoryRoot, file), "utf8");
  const { module, program, errors } = parseSync(basename(file), source);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  const named = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      isType: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, isType }] : [],
      ),
    ),
    ...typeImports(program).map((specifier) => ({ specifier, isType: true })),
  ];
  const staticImports = new Set(named.map(({ specifier }) => specifier));
  const loaded = new Set(named.flatMap(({ specifier, isType }) => (isType ? [] : [specifier])));
  // A computed one (the launcher loads what it has built) names no module that could be followed.
  const later = module.dynamicImports.flatMap(
    ({ moduleRequest: { start, end } }) => /^["'`](.*)["'`]$/.exec(source.slice(start, end))?.[1] ?? [],
  );
  return [...new Set([...staticImports, ...later])].map((specifier) => ({
    specifier,
    target: resolve(file, specifier, known),
    isDynamic: !staticImports.has(specifier),
    isType: staticImports.has(specifier) && !loaded.has(specifier),
  }));
}

/** `import("./x.js").Type`: not among the module's imports, so looked for in the tree. */
function typeImports(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(typeImports);
  if (typeof node !== "object" || node === null) return [];
  const below = Object.values(node).flatMap(typeImports);
  if ("type" in node && node.type === "TSImportType" && "source" in node && isLiteral(node.source))
    below.push(node.source.value);
  return below;
}

const isLiteral = (node: unknown): node is { value: string } =>
  typeof node === "object" && node !== null && "value" in node && typeof node.value === "string";

/**
 * A relative import that leads to no module and no asset is an error: the check
 * must not overlook what it cannot follow.
 */
function resolve(file: string, specifier: string, known: ReadonlySet<string>): string | null {
  if (!specifier.startsWith(".")) return null;
  const path = posix.join(dirname(file), specifier.replace(/\?.*$/, ""));
  const candidates = [
    path,
    path.replace(/\.js$/, ".ts"),
    path.replace(/\.js$/, ".tsx"),
    path.replace(/\.mjs$/, ".mts"),
    path.replace(/\.js$/, ".d.ts"),
  ];
  const found = candidates.find((candidate) => known.has(candidate));
  if (found) return found;
  if (moduleExtensions.includes(extname(path)) || extname(path) === "")
    throw new Error(`${file} imports ${specifier}, which is not there`);
  return null;
}
