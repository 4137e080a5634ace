import { expect, test } from "vitest";
import { readModuleGraph } from "../repository/module-graph.js";

const folder = "server/trace/compact/";

test("the rest of the product imports the compact form of traces through one file", () => {
  const graph = readModuleGraph();
  const inner = [...graph].flatMap(([file, imports]) =>
    file.startsWith(folder)
      ? []
      : imports.flatMap(({ target }) => (target?.startsWith(folder) ? [`${file} → ${target}`] : [])),
  );
  expect(inner.length).toBeGreaterThan(0);
  expect(inner.filter((arrow) => !arrow.endsWith(`${folder}index.ts`))).toEqual([]);
});
