// `cgi-workbench import`: stores the traces of a capsule, a HAR file or a trace's JSON in a folder's store.
import { parseArgs } from "node:util";
import { importTraces, readTraceFile } from "../app/exchange/import-traces.js";
import { writeWords } from "../base/terminal-text.js";
import { storedFolder } from "./stored.js";
import { UsageError, usage } from "./usage.js";

export async function importFile(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(usage.import);
    return 0;
  }
  const [folder, file] = positionals;
  if (folder === undefined || file === undefined || positionals.length > 2)
    throw new UsageError("import takes DIR FILE; see cgi-workbench import --help");
  const root = await storedFolder(folder);
  const { ids, shortened } = await importTraces(root, await readTraceFile(file));
  for (const id of ids) process.stdout.write(`${id}\n`);
  if (shortened > 0)
    writeWords(process.stderr, `${shortened} of ${ids.length} are too large to be stored with all of their bytes.\n`);
  return 0;
}
