// `cgi-workbench replay`: sends a stored request again, to the script as it is today, and compares the responses.
import { parseArgs } from "node:util";
import { compareTraces } from "../app/exchange/compare-responses.js";
import { Workbench } from "../app/workbench.js";
import { terminalText } from "../base/terminal-text.js";
import type { ReplayReport } from "../contract/command-output.js";
import { configFileOf, configOption } from "./config-option.js";
import { storeOptions, storingOf } from "./store-options.js";
import { storedFolder, storedTrace } from "./stored.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError, usage } from "./usage.js";

export async function replay(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...configOption, ...storeOptions, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(usage.replay);
    return 0;
  }
  const [folder, id] = positionals;
  if (folder === undefined || id === undefined || positionals.length > 2)
    throw new UsageError("replay takes DIR ID; see cgi-workbench replay --help");
  const recorded = await storedTrace(folder, id);
  const configFile = await configFileOf(values.config);
  const workbench = await Workbench.create({ store: storingOf(values) });
  try {
    await workbench.folder.open(await storedFolder(folder), { configFile, port: 0, run: { host: null } });
    tellProblems(workbench.folder.workspace().problems);
    const { done } = await workbench.sender.replay(recorded, new AbortController().signal);
    const report = compareTraces(recorded, await done);
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${terminalText(textOf(report))}\n`);
    return report.alike ? 0 : 1;
  } finally {
    await workbench.dispose();
  }
}

function textOf({ recorded, repeated, alike, differences }: ReplayReport): string {
  const status = repeated.status === null ? `no response (${repeated.outcome})` : `status ${repeated.status}`;
  if (alike) return `The same response as ${recorded.id}: ${status}.`;
  return differences.map(({ message }) => message.text).join("\n");
}
