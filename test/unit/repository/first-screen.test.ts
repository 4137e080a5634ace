// What the first screen weighs: the chunks and styles that the page needs before anything can be seen, packed with
// gzip, without the editor. Measured on a build in memory, over the graph of static imports, as a browser follows it.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { repositoryRoot } from "../../support/repository.js";

const firstScreenKb = 200;
/** A folder that was just opened: every pane, no editor, no trace, nothing that is opened by hand. */
const workbenchKb = 268;
/** With a trace in its inspector and its graph as well. */
const traceKb = 312;

interface Part {
  readonly bytes: number;
  readonly imports: readonly string[];
  readonly modules: readonly string[];
}
type Parts = ReadonlyMap<string, Part>;

const page = "index.html";
/** The scripts and styles that a page names, without those that it fetches ahead. */
const named = (html: string): string[] =>
  [...html.matchAll(/<[^>]*(?:src|href)="\/(assets\/[^"]+)"[^>]*>/g)].flatMap(([tag, file]) =>
    tag.includes('fetchpriority="low"') ? [] : (file ?? []),
  );

let parts: Parts = new Map();
beforeAll(async () => {
  vi.stubEnv("NODE_ENV", "production"); // the test runner's own value would bring React's development build
  parts = await builtParts();
}, 120_000);
afterAll(() => vi.unstubAllEnvs());

describe("the page's first chunks", () => {
  test("hold the first page in less than 200 kB", () => {
    const files = closure([page, chunkOf("renderer/features/workspace/welcome.tsx")]);
    const kb = kilobytes(files);
    console.log(`first screen: ${kb.toFixed(1)} kB gzip in ${files.size} files`);
    expect(kb).toBeGreaterThan(50); // it does see them
    expect(kb).toBeLessThan(firstScreenKb);
  });

  test("and, with a folder, the workbench; and, with a request, its trace", () => {
    const panes = ["renderer/shell/workbench.tsx", "renderer/features/latency/latency-graph.tsx"].map(chunkOf);
    const folder = kilobytes(closure([page, ...panes]));
    const trace = kilobytes(
      closure([
        page,
        ...panes,
        ...["renderer/features/inspector/inspector.tsx", "renderer/features/latency/latency-body.tsx"].map(chunkOf),
      ]),
    );
    console.log(`workbench with a folder: ${folder.toFixed(1)} kB gzip; with a trace: ${trace.toFixed(1)} kB`);
    expect(folder).toBeLessThan(workbenchKb);
    expect(trace).toBeLessThan(traceKb);
  });

  test("bring neither the editor nor the schemas nor what names and encodings mean", () => {
    const libraries = ["monaco-editor", "zod", "cmdk", "re2js"];
    const heavy = [
      ...libraries.map((name) => `/node_modules/${name}/`),
      ...["glossary", "encodings"].map((name) => `/server/formats/${name}/`),
    ];
    const modules = modulesOf(closure([page]));
    expect(modules.length).toBeGreaterThan(100);
    expect(modules.filter((id) => heavy.some((part) => id.includes(part)))).toEqual([]);
    const all = modulesOf(parts.keys()); // they do come later
    expect(heavy.filter((part) => !all.some((id) => id.includes(part)))).toEqual([]);
  });
});

/** Every file of the build with its packed size and what it needs at once: other chunks and its styles. */
async function builtParts(): Promise<Parts> {
  const output = await build({
    configFile: join(repositoryRoot, "renderer/vite.config.ts"),
    logLevel: "error",
    build: { write: false },
  });
  if (Array.isArray(output) || !("output" in output)) throw new Error("one build has one output");
  return new Map(
    output.output.map((file): [string, Part] => {
      const bytes = gzipSync(file.type === "chunk" ? file.code : file.source).length;
      if (file.type !== "chunk")
        return [
          file.fileName,
          { bytes, imports: file.fileName === page ? named(String(file.source)) : [], modules: [] },
        ];
      const imports = [...file.imports, ...(file.viteMetadata?.importedCss ?? [])];
      return [file.fileName, { bytes, imports, modules: file.moduleIds }];
    }),
  );
}

/** The chunk that holds the module. */
function chunkOf(source: string): string {
  const [name] = [...parts].find(([, { modules }]) => modules.some((id) => id.endsWith(source))) ?? [];
  if (name === undefined) throw new Error(`no chunk holds ${source}`);
  return name;
}

function closure(from: readonly string[], seen: Set<string> = new Set()): Set<string> {
  for (const file of from) {
    if (seen.has(file)) continue;
    seen.add(file);
    closure(parts.get(file)?.imports ?? [], seen);
  }
  return seen;
}

const modulesOf = (files: Iterable<string>): string[] => [...files].flatMap((file) => parts.get(file)?.modules ?? []);

const kilobytes = (files: ReadonlySet<string>): number =>
  [...files].reduce((sum, file) => sum + (parts.get(file)?.bytes ?? 0), 0) / 1000;
