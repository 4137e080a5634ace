// `cgi-workbench probe`: sends hostile and odd requests to a script, and reports how the gateway and the script took each.

import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { runProbe } from "../app/run-probe.js";
import { Workbench } from "../app/workbench.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { ProbeReport } from "../contract/command-output.js";
import { utf8 } from "../protocol/byte-string.js";
import { probes } from "../protocol/probes/library.js";
import { isProbeGroup, type Probe } from "../protocol/probes/probe.js";
import { configFileOf, configOption } from "./config-option.js";
import { headingText, listText, probedText, totalText } from "./probe-report.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError, usage } from "./usage.js";

export async function probe(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...configOption,
      only: { type: "string" },
      list: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    process.stdout.write(usage.probe);
    return 0;
  }
  const chosen = chosenProbes(values.only);
  if (values.list) {
    process.stdout.write(listText(chosen));
    return 0;
  }
  const [folder, target] = positionals.length === 2 ? positionals : [".", positionals[0]];
  if (folder === undefined || target === undefined || positionals.length > 2)
    throw new UsageError("probe takes [dir] TARGET; see cgi-workbench probe --help");
  if (!target.startsWith("/")) throw new UsageError(`the target must begin with "/": “${target}”`);

  const root = resolve(folder);
  const configFile = await configFileOf(values.config);
  const workbench = await Workbench.create();
  try {
    await workbench.folder.open(root, { configFile, port: 0, run: { host: null } });
    tellProblems(workbench.folder.workspace().problems);
    const report: ProbeReport = { folder: root, target, probes: [] };
    if (!values.json) writeWords(process.stdout, headingText(target));
    for (const each of chosen) {
      const done = await runProbe(workbench, each, utf8(target));
      report.probes.push(done);
      if (!values.json) writeWords(process.stdout, probedText(done));
    }
    process.stdout.write(values.json ? jsonLine(report) : totalText(report.probes));
    return report.probes.every(({ asExpected, scriptPassed }) => asExpected && scriptPassed !== false) ? 0 : 1;
  } finally {
    await workbench.dispose();
  }
}

/** Those whose id or group is in the list. @throws UsageError for a name that is neither */
function chosenProbes(only: string | undefined): readonly Probe[] {
  if (only === undefined) return probes;
  const names = only.split(",").map((name) => name.trim());
  for (const name of names)
    if (!isProbeGroup(name) && !probes.some(({ id }) => id === name))
      throw new UsageError(`no probe or group is called “${name}”; see cgi-workbench probe --list`);
  return probes.filter(({ id, group }) => names.includes(id) || names.includes(group));
}
