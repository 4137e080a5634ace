// `cgi-workbench trace`: prints a stored trace, schema 1.
import { parseArgs } from "node:util";
import { ProblemError } from "../base/problem.js";
import { toTraceJson } from "../trace/formats/trace-json.js";
import { storeMessage } from "../trace/store/messages.js";
import { readStore } from "./stored.js";
import { UsageError, usage } from "./usage.js";

export async function trace(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(usage.trace);
    return 0;
  }
  const [folder, id] = positionals;
  if (folder === undefined || id === undefined || positionals.length > 2)
    throw new UsageError("trace takes DIR ID; see cgi-workbench trace --help");
  if (!values.json) throw new UsageError("trace prints JSON: pass --json");
  const found = await readStore(folder, (store) => store?.get(id) ?? null);
  if (!found) throw new ProblemError(storeMessage("trace-not-stored", { trace: id }));
  process.stdout.write(`${JSON.stringify(toTraceJson(found))}\n`);
  return 0;
}
