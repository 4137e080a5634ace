// Lets the MCP conformance suite start on Node 20: it imports one function of Node 22 that only another command uses.
import { register } from "node:module";

const hooks = `export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith("conformance/dist/index.js")) return loaded;
  return { ...loaded, source: String(loaded.source).replace(/globSync as \\w+,/, "") };
}`;
if (Number.parseInt(process.versions.node, 10) < 22) register(`data:text/javascript,${encodeURIComponent(hooks)}`);
