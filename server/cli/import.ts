// `cgi-workbench import`: stores the traces of a capsule, a HAR file or a trace's JSON in a folder's store; turns a
// collection of another tool into a `.http` file of the folder.
import { writeWords } from "../base/terminal-text.js";
import type { SavedCollection } from "../contract/exchange-contract.js";
import { saveCollection } from "../features/collections/save-collection.js";
import { groupsIn } from "../features/exchange/import-reader.js";
import { importTraces } from "../features/exchange/import-traces.js";
import { parsed } from "./config-option.js";
import { storedFolder } from "./stored.js";
import { UsageError } from "./usage/usage.js";

export async function importFile(args: readonly string[]): Promise<number> {
  const { positionals } = parsed(args, {});
  const [folder, file] = positionals;
  if (folder === undefined || !file || positionals.length > 2)
    throw new UsageError("import takes DIR FILE; see cgi-workbench import --help");
  const root = await storedFolder(folder);
  const groups = await groupsIn({ path: file });
  let hasDamaged = false;
  for (const group of groups)
    if ("requests" in group) {
      const saved = await saveCollection(root, group);
      tellSaved(saved);
      hasDamaged ||= saved.damaged !== undefined;
    }
  const traces = groups.flatMap((group) => ("requests" in group ? [] : group));
  if (traces.length === 0) return hasDamaged ? 1 : 0;
  const { ids, shortened } = await importTraces(root, traces);
  for (const id of ids) process.stdout.write(`${id}\n`);
  if (shortened > 0)
    writeWords(process.stderr, `Too large to be stored with all of their bytes: ${shortened} of ${ids.length}.\n`);
  return 0;
}

/** The files that were written; on stderr what became of the rest. */
function tellSaved({ path, environments, leftOut, kept, comeFirst, damaged = [] }: SavedCollection): void {
  for (const written of [...(path === null ? [] : [path]), ...environments]) process.stdout.write(`${written}\n`);
  if (path === null && environments.length === 0 && kept === 0)
    writeWords(process.stderr, "Nothing was written: the folder already has all values of this file.\n");
  if (damaged.length > 0) writeWords(process.stderr, `Damaged, and not imported: ${damaged.join(", ")}.\n`);
  if (leftOut > 0) writeWords(process.stderr, `Left out: ${leftOut}. Comments in ${path} say what.\n`);
  if (kept > 0) writeWords(process.stderr, `Values that the environments have already, and that were kept: ${kept}.\n`);
  for (const { path: file, names } of comeFirst) {
    const words = `${file} has its own values of ${names.join(", ")}, which come first.`;
    writeWords(process.stderr, `${words} Delete them there to use the environments.\n`);
  }
}
