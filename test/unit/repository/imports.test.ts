// The layers: what each folder may import. A folder stands on a floor and imports from the floors below it; folders of
// one floor do not import each other. A folder that no floor names fails the test, so a new one has to be placed.
import { describe, expect, test } from "vitest";
import { type ModuleGraph, readModuleGraph } from "./module-graph.js";

interface Building {
  /** From the lowest floor up. A name covers everything below that folder unless a longer name does. */
  readonly floors: readonly (readonly string[])[];
  /** Folders of another building that every floor may import. */
  readonly ground: readonly string[];
}

const buildings: readonly Building[] = [
  {
    floors: [
      ["server/contract"],
      ["server/protocol"],
      ["server/formats"],
      ["server/servers"],
      ["server/base"],
      ["server/spawn", "server/trace"],
      ["server/routing", "server/store"],
      ["server/runners"],
      ["server/client"],
      ["server/http"],
      ["server/workspace"],
      ["server/adopt", "server/samples"],
      ["server/doctor"],
      ["server/app"],
      ["server/lessons"],
      ["server/features"],
      ["server/rpc", "server/window"],
      ["server/cli", "server/boot"],
      ["electron"],
    ],
    ground: [],
  },
  { floors: [["renderer"]], ground: ["server/contract", "server/protocol", "server/formats"] },
];

/** Build settings are no part of any floor. */
const isProduct = (file: string): boolean => !file.endsWith(".config.ts");

interface Place {
  readonly folder: string;
  readonly building: Building;
  readonly floor: number;
}
const places: readonly Place[] = buildings.flatMap((building) =>
  building.floors.flatMap((folders, floor) => folders.map((folder) => ({ folder, building, floor }))),
);

/** The longest name that covers the file; null: none does. */
function placeOf(file: string): Place | null {
  const covering = places.filter(({ folder }) => file.startsWith(`${folder}/`));
  return covering.toSorted((a, b) => b.folder.length - a.folder.length)[0] ?? null;
}

function mayImport(from: Place, to: Place): boolean {
  if (from.folder === to.folder) return true;
  return from.building === to.building ? to.floor < from.floor : from.building.ground.includes(to.folder);
}

/** Files in folders that the table does not name. */
const unplaced = (graph: ModuleGraph): string[] =>
  [...graph.keys()].filter((file) => isProduct(file) && placeOf(file) === null);

/** Imports that go up or sideways, as "from → to". */
function wrongArrows(graph: ModuleGraph): string[] {
  return [...graph].flatMap(([file, imports]) =>
    imports.flatMap(({ target }) => {
      const [from, to] = [placeOf(file), target === null ? null : placeOf(target)];
      return from && to && !mayImport(from, to) ? [`${file} → ${target}`] : [];
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

/**
 * Rooms, the folders inside one folder, that import each other in a circle, each circle once, as "a → b → a". The files
 * that lie beside the rooms are none: they join them.
 */
function circles(graph: ModuleGraph): string[] {
  const rooms = new Map<string, { specifier: string; target: string }[]>();
  for (const [file, imports] of graph)
    for (const { target } of imports) {
      const [from, to] = [file.split("/"), target?.split("/") ?? []];
      const depth = from.findIndex((name, at) => name !== to[at]);
      const room = (path: readonly string[]): string | null =>
        depth > 0 && path.length > depth + 1 ? path.slice(0, depth + 1).join("/") : null;
      const [a, b] = [room(from), room(to)];
      if (a !== null && b !== null) rooms.set(a, [...(rooms.get(a) ?? []), { specifier: b, target: b }]);
    }
  return cycles(rooms);
}

const graph = readModuleGraph();
const isIn = (file: string, ...folders: readonly string[]): boolean =>
  folders.some((folder) => file.startsWith(`${folder}/`));

describe("imports", () => {
  test("modules of every folder are seen", () => {
    const seen = new Set([...graph.keys()].map((file) => placeOf(file)?.folder));
    expect(places.map(({ folder }) => folder).filter((folder) => !seen.has(folder))).toEqual([]);
    expect(graph.size).toBeGreaterThan(60);
    expect([...graph.values()].flat().filter(({ target }) => target !== null).length).toBeGreaterThan(100);
  });

  test("every folder has its floor", () => {
    expect(unplaced(graph)).toEqual([]);
  });

  test("lead down", () => {
    expect(wrongArrows(graph)).toEqual([]);
  });

  test("make no cycle", () => {
    expect(cycles(graph)).toEqual([]);
  });

  test("make no circle of folders, however deep they lie", () => {
    expect(circles(graph)).toEqual([]);
  });

  test("contract, protocol and formats use no Node modules and no package but those that the page can load", () => {
    const outside = [...graph].flatMap(([file, imports]) =>
      isIn(file, "server/contract", "server/protocol", "server/formats")
        ? imports.filter(({ target }) => target === null).map(({ specifier }) => specifier)
        : [],
    );
    expect(outside.filter((specifier) => specifier.startsWith("node:"))).toEqual([]);
    expect([...new Set(outside)].sort()).toEqual(["@orpc/contract", "re2js", "zod"]);
  });

  test("the threads of the store start without the schemas", () => {
    const loaded = (file: string, seen: Set<string> = new Set()): Set<string> => {
      for (const { target, specifier, isDynamic, isType } of graph.get(file) ?? []) {
        const name = target ?? specifier;
        if (isDynamic || isType || seen.has(name)) continue;
        seen.add(name);
        loaded(name, seen);
      }
      return seen;
    };
    for (const name of ["store-reader", "store-worker"]) {
      const modules = loaded(`server/boot/${name}.ts`);
      expect(modules).toContain("@photostructure/sqlite"); // it does see them
      expect(modules).not.toContain("zod");
    }
  });

  test("the renderer uses no Node modules and nothing of Electron", () => {
    const outside = [...graph].filter(([file]) => isIn(file, "renderer") && !file.endsWith("vite.config.ts"));
    expect(
      outside.flatMap(([file, imports]) =>
        imports
          .filter(({ specifier }) => /^(node:|electron$)/.test(specifier))
          .map(({ specifier }) => `${file} → ${specifier}`),
      ),
    ).toEqual([]);
  });

  test("only electron/ imports electron", () => {
    const outside = [...graph].filter(([file]) => !isIn(file, "electron"));
    expect(
      outside.filter(([, imports]) => imports.some(({ specifier }) => specifier === "electron")).map(([file]) => file),
    ).toEqual([]);
  });

  test("an arrow up, one to a neighbour, a folder without a floor and a cycle would be found", () => {
    const to = (...targets: string[]) => targets.map((target) => ({ specifier: `../${target}`, target }));
    const wrong: ModuleGraph = new Map([
      ["server/contract/a.ts", to("server/http/b.ts")],
      ["server/http/b.ts", to("server/contract/a.ts")],
      ["server/rpc/c.ts", to("server/window/d.ts")],
      ["server/new/e.ts", []],
      ["renderer/f.ts", to("server/http/b.ts", "server/contract/a.ts")],
    ]);
    expect(wrongArrows(wrong)).toEqual([
      "server/contract/a.ts → server/http/b.ts",
      "server/rpc/c.ts → server/window/d.ts",
      "renderer/f.ts → server/http/b.ts",
    ]);
    expect(unplaced(wrong)).toEqual(["server/new/e.ts"]);
    const rooms: ModuleGraph = new Map([
      ["server/http/front/a.ts", to("server/http/script/b.ts")],
      ["server/http/script/c.ts", to("server/http/wire.ts", "server/http/front/d.ts")],
      ["server/http/wire.ts", to("server/http/script/b.ts")],
    ]);
    expect(circles(rooms)).toEqual(["server/http/front → server/http/script → server/http/front"]);
    expect(cycles(wrong)).toEqual(["server/contract/a.ts → server/http/b.ts → server/contract/a.ts"]);
  });
});
