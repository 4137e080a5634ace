// Variables that `.http` files at the top of a folder define themselves: these come before the values of environments.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readBounded, unlessRefused } from "../../base/disk.js";
import type { SavedCollection } from "../../contract/exchange-contract.js";
import { parseHttpFile } from "../../formats/http-file/parse-http-file.js";
import { isRequestFile } from "../saved/request-files.js";
import type { CollectedEnvironment } from "./collection.js";

const maxFileBytes = 8 << 20;

/** Those with other values than these environments have for the same names. */
export async function comeFirstIn(
  root: string,
  environments: readonly CollectedEnvironment[],
): Promise<SavedCollection["comeFirst"]> {
  const pairs = environments.flatMap(({ values, secrets }) => [...values, ...secrets]);
  const found: SavedCollection["comeFirst"] = [];
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isFile() || !isRequestFile(entry.name)) continue;
    const { variables } = parseHttpFile(await textOf(join(root, entry.name)));
    const own = new Map(variables.map(({ name, value }) => [name.text, value.text]));
    const names = pairs.flatMap(([name, value]) => (own.has(name) && own.get(name) !== value ? [name] : []));
    if (names.length > 0) found.push({ path: entry.name, names: [...new Set(names)] });
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** "": it cannot be read, so no request of it is sent. */
async function textOf(path: string): Promise<string> {
  const read = await unlessRefused(readBounded(path, maxFileBytes), null);
  return read?.kind === "read" ? read.bytes.toString("utf8") : "";
}
