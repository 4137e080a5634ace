// What a start of the command line loads, followed over static imports as Node does: every run pays for it, also one
// that sends a single request. A library that only some calls need is loaded by those, with import().
import { expect, test } from "vitest";
import { type ModuleGraph, readModuleGraph } from "./module-graph.js";

/** The packages that a module loads with itself. */
function loadedWith(start: string, graph: ModuleGraph): readonly string[] {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { specifier, target, isDynamic, isType } of graph.get(file) ?? []) {
      if (isDynamic || isType) continue;
      if (target !== null) visit(target);
      else if (!specifier.startsWith(".") && !specifier.startsWith("node:")) packages.add(specifier);
    }
  };
  visit(start);
  expect(seen.size).toBeGreaterThan(100);
  return [...packages].sort();
}

const core = ["@orpc/contract", "apache-md5", "chokidar", "jsonc-parser", "mrmime", "zod"];

test.each(["request", "serve"])("each library that %s loads", (verb) => {
  expect(loadedWith(`server/cli/${verb}.ts`, readModuleGraph())).toEqual(core);
});
