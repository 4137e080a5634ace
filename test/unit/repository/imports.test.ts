// The one rule between the folders: contract ← protocol ← the rest of server ← { cli, electron }; { contract, protocol } ← renderer.
import { describe, expect, test } from "vitest";
import { type ModuleGraph, readModuleGraph } from "./module-graph.js";

type Layer = "contract" | "protocol" | "server" | "cli" | "electron" | "renderer";

/** What each layer may import beside itself. Electron's preload and main share the bridge's types through the contract. */
const allowed: Record<Layer, readonly Layer[]> = {
  contract: [],
  protocol: ["contract"],
  server: ["contract", "protocol"],
  cli: ["contract", "protocol", "server"],
  electron: ["contract", "protocol", "server", "cli"],
  renderer: ["contract", "protocol"],
};

function layerOf(file: string): Layer {
  if (file.startsWith("server/contract/")) return "contract";
  if (file.startsWith("server/protocol/")) return "protocol";
  if (file.startsWith("server/cli/")) return "cli";
  if (file.startsWith("server/")) return "server";
  return file.startsWith("electron/") ? "electron" : "renderer";
}

/** Imports that go against the arrows, as "from → to". */
function wrongArrows(graph: ModuleGraph): string[] {
  return [...graph].flatMap(([file, imports]) =>
    imports.flatMap(({ target }) => {
      if (target === null || layerOf(target) === layerOf(file) || allowed[layerOf(file)].includes(layerOf(target)))
        return [];
      return [`${file} → ${target}`];
    }),
  );
}

/** Import cycles, each once, as "a → b → a". */
function cycles(graph: ModuleGraph): string[] {
  const found = new Set<string>();
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === "done") return;
    const start = trail.indexOf(file);
    if (start >= 0) {
      found.add([...trail.slice(start), file].join(" → "));
      return;
    }
    for (const { target } of graph.get(file) ?? []) if (target !== null) visit(target, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of graph.keys()) visit(file, []);
  return [...found];
}

const graph = readModuleGraph();
const layers = new Set([...graph.keys()].map(layerOf));

describe("imports", () => {
  test("modules of every layer are seen", () => {
    expect([...layers].sort()).toEqual(["cli", "contract", "electron", "protocol", "renderer", "server"]);
    expect(graph.size).toBeGreaterThan(60);
    expect([...graph.values()].flat().filter(({ target }) => target !== null).length).toBeGreaterThan(100);
  });

  test("follow the arrows between the folders", () => {
    expect(wrongArrows(graph)).toEqual([]);
  });

  test("make no cycle", () => {
    expect(cycles(graph)).toEqual([]);
  });

  test("contract and protocol use no Node modules and no package but the schema and contract libraries", () => {
    const outside = [...graph].flatMap(([file, imports]) =>
      layerOf(file) === "contract" || layerOf(file) === "protocol"
        ? imports.filter(({ target }) => target === null).map(({ specifier }) => specifier)
        : [],
    );
    expect(outside.filter((specifier) => specifier.startsWith("node:"))).toEqual([]);
    expect([...new Set(outside)].filter((specifier) => specifier !== "zod" && specifier !== "@orpc/contract")).toEqual(
      [],
    );
  });

  test("the renderer uses no Node modules and nothing of Electron", () => {
    const outside = [...graph].filter(([file]) => layerOf(file) === "renderer" && !file.endsWith("vite.config.ts"));
    expect(
      outside.flatMap(([file, imports]) =>
        imports
          .filter(({ specifier }) => /^(node:|electron$)/.test(specifier))
          .map(({ specifier }) => `${file} → ${specifier}`),
      ),
    ).toEqual([]);
  });

  test("only electron/ imports electron", () => {
    const outside = [...graph].filter(([file]) => layerOf(file) !== "electron");
    expect(
      outside.filter(([, imports]) => imports.some(({ specifier }) => specifier === "electron")).map(([file]) => file),
    ).toEqual([]);
  });

  test("a wrong arrow and a cycle would be found", () => {
    const wrong: ModuleGraph = new Map([
      ["server/contract/a.ts", [{ specifier: "../http/b.js", target: "server/http/b.ts" }]],
      ["server/http/b.ts", [{ specifier: "../contract/a.js", target: "server/contract/a.ts" }]],
      ["renderer/c.ts", [{ specifier: "../server/http/b.js", target: "server/http/b.ts" }]],
    ]);
    expect(wrongArrows(wrong)).toEqual(["server/contract/a.ts → server/http/b.ts", "renderer/c.ts → server/http/b.ts"]);
    expect(cycles(wrong)).toEqual(["server/contract/a.ts → server/http/b.ts → server/contract/a.ts"]);
  });
});
