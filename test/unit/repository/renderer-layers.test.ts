// The renderer's folders, each above those it may import: contract, protocol ← rpc, ui, format ← platform ← model ←
// features ← shell ← main. No arrow runs back up, so no two folders need each other. A feature shows parts of another
// one only where this page says so, and enters it by its index.ts or, for a chunk of its own, by import().
import { describe, expect, test } from "vitest";
import { type ModuleGraph, readModuleGraph } from "./module-graph.js";

/** From the ground up; those of one floor do not know each other. */
const floors: readonly (readonly string[])[] = [
  ["rpc", "ui", "format"],
  ["platform"],
  ["model/folder"],
  ["model/documents", "model/request", "model/debug"],
  ["model/traces"],
  ["model/links"],
  ["features"],
  ["shell"],
  ["main"],
];

/** Which features show parts of which others. */
const shows: Readonly<Record<string, readonly string[]>> = {
  bytes: ["own-commands"],
  "command-answer": ["doctor"],
  composer: ["curl", "environments", "header-help"],
  debug: ["composer"],
  doctor: ["bytes"],
  "document-status": ["modes"],
  editor: ["bytes", "debug", "doctor", "file-diff", "modes"],
  encoding: ["bytes"],
  explorer: ["file-diff", "modes", "own-commands"],
  "fastcgi-records": ["bytes"],
  inspector: [
    ...[
      "bytes",
      "doctor",
      "encoding",
      "fastcgi-records",
      "header-help",
      "messages",
      "response",
      "timing",
      "traces",
      "xray",
      "servers",
    ],
  ],
  present: ["composer", "editor", "hold", "lessons", "preview", "tour", "xray"],
  response: ["bytes", "header-help", "preview", "xray"],
  "trace-compare": ["bytes"],
  saved: ["environments"],
  lessons: ["bytes", "file-diff"],
  "mode-comparison": ["modes"],
  timing: ["mode-comparison"],
  traces: ["debug", "header-help", "hold", "own-commands"],
  variations: ["composer", "saved", "traces"],
  workers: ["modes"],
  workspace: ["samples"],
  xray: ["bytes", "header-help"],
};

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly isDynamic: boolean;
}

/** "model/traces", "features/editor", "shell"; "main" for the files at the top of the renderer. */
function folderOf(file: string): string {
  const [, top = "", below = ""] = file.split("/");
  if (/\.tsx?$/.test(top)) return "main";
  return top === "model" || top === "features" ? `${top}/${below}` : top;
}
const floorOf = (folder: string): number =>
  floors.findIndex((floor) => floor.includes(folder.startsWith("features/") ? "features" : folder));

function arrowsOf(graph: ModuleGraph): Arrow[] {
  const isOurs = (file: string): boolean => file.startsWith("renderer/") && !file.endsWith("vite.config.ts");
  return [...graph].flatMap(([from, imports]) =>
    isOurs(from)
      ? imports.flatMap(({ target: to, isDynamic = false }) =>
          to !== null && isOurs(to) && folderOf(from) !== folderOf(to) ? [{ from, to, isDynamic }] : [],
        )
      : [],
  );
}

const written = ({ from, to }: Arrow): string => `${from} → ${to}`;

/** Between folders of one floor, or to a higher one; features among themselves are looked at apart. */
function wrongArrows(arrows: readonly Arrow[]): string[] {
  return arrows
    .filter(({ from, to }) => {
      const [above, below] = [folderOf(from), folderOf(to)];
      const areFeatures = above.startsWith("features/") && below.startsWith("features/");
      return !areFeatures && floorOf(above) <= floorOf(below);
    })
    .map(written);
}

const featureOf = (file: string): string => folderOf(file).replace("features/", "");
const areFeatures = ({ from, to }: Arrow): boolean => [from, to].every((file) => file.includes("/features/"));

function mutualPairs(arrows: readonly Arrow[]): string[] {
  const pairs = new Set(arrows.map(({ from, to }) => `${folderOf(from)} ${folderOf(to)}`));
  return [...pairs].filter((pair) => {
    const [a = "", b = ""] = pair.split(" ");
    return a < b && pairs.has(`${b} ${a}`);
  });
}

/** What enters a feature, from outside of it, otherwise than by its index or a chunk of its own. */
function sideDoors(arrows: readonly Arrow[]): string[] {
  return arrows
    .filter(({ from, to, isDynamic }) => {
      if (!to.includes("/features/") || to.endsWith("/index.ts") || isDynamic) return false;
      return folderOf(from) !== "main"; // main starts every feature and gives its commands to the registry
    })
    .map(written);
}

const arrows = arrowsOf(readModuleGraph());

describe("the renderer's folders", () => {
  test("are all seen, and each has its floor", () => {
    const folders = new Set(arrows.flatMap(({ from, to }) => [folderOf(from), folderOf(to)]));
    expect(folders.size).toBeGreaterThan(30);
    expect([...folders].filter((folder) => floorOf(folder) < 0)).toEqual([]);
    expect(arrows.length).toBeGreaterThan(500);
  });

  test("import downwards alone", () => {
    expect(wrongArrows(arrows)).toEqual([]);
  });

  test("never need each other", () => {
    expect(mutualPairs(arrows)).toEqual([]);
  });

  test("features show parts of others only as listed, and none in a circle", () => {
    const found: Record<string, string[]> = {};
    for (const arrow of arrows.filter(areFeatures)) {
      const [from, to] = [featureOf(arrow.from), featureOf(arrow.to)];
      const known = found[from] ?? [];
      if (!known.includes(to)) found[from] = [...known, to];
    }
    const sorted = (all: Readonly<Record<string, readonly string[]>>) =>
      Object.fromEntries(Object.entries(all).map(([name, others]) => [name, [...others].sort()]));
    expect(sorted(found)).toEqual(sorted(shows));
    const depth = (name: string, trail: readonly string[] = []): number => {
      if (trail.includes(name)) throw new Error([...trail, name].join(" → "));
      return Math.max(0, ...(shows[name] ?? []).map((other) => 1 + depth(other, [...trail, name])));
    };
    expect(Math.max(...Object.keys(shows).map((name) => depth(name)))).toBeLessThan(5);
  });

  test("features are entered by their index, or by import()", () => {
    expect(sideDoors(arrows)).toEqual([]);
  });

  test("a wrong arrow, a mutual pair and a side door would be found", () => {
    const arrow = (from: string, to: string): Arrow => ({ from, to, isDynamic: false });
    const wrong = [
      arrow("renderer/platform/a.ts", "renderer/shell/b.ts"),
      arrow("renderer/shell/b.ts", "renderer/platform/a.ts"),
      arrow("renderer/shell/b.ts", "renderer/features/editor/c.ts"),
    ];
    expect(wrongArrows(wrong)).toEqual(["renderer/platform/a.ts → renderer/shell/b.ts"]);
    expect(mutualPairs(wrong)).toEqual(["platform shell"]);
    expect(sideDoors(wrong)).toEqual(["renderer/shell/b.ts → renderer/features/editor/c.ts"]);
  });
});
