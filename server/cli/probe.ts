// `cgi-workbench probe`: sends hostile and odd requests to a script, and reports
// how the gateway and the script took each.

import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { runProbe } from "../app/run-probe.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { ProbeReport } from "../contract/command-output.js";
import { scriptAt } from "../features/bench/run-bench.js";
import { probes } from "../formats/probes/library.js";
import { isProbeGroup, type Probe } from "../formats/probes/probe.js";
import { utf8 } from "../protocol/byte-string.js";
import { configOption } from "./config-option.js";
import { folderAndTarget, inFolder } from "./in-folder.js";
import { onlyOneOf } from "./only-one.js";
import { headingText, listText, probedText, totalText } from "./probe-report.js";
import { UsageError } from "./usage/usage.js";

export async function probe(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...configOption,
      only: { type: "string" },
      list: { type: "boolean" },
      json: { type: "boolean" },
    },
  });
  onlyOneOf(values, "list", "json");
  const chosen = chosenProbes(values.only);
  if (values.list) {
    process.stdout.write(listText(chosen));
    return 0;
  }
  const { dir, target } = folderAndTarget("probe", positionals);
  return inFolder({ dir, config: values.config, needsConfiguration: true }, async (workbench, signal) => {
    scriptAt(workbench, target); // a target that leads to no script is an error
    const report: ProbeReport = { folder: resolve(dir), target, probes: [] };
    if (!values.json) writeWords(process.stdout, headingText(target));
    for (const each of chosen) {
      const done = await runProbe(workbench, each, utf8(target), signal);
      report.probes.push(done);
      if (!values.json) writeWords(process.stdout, probedText(done));
    }
    process.stdout.write(values.json ? jsonLine(report) : totalText(report.probes));
    return report.probes.every(({ asExpected, scriptPassed }) => asExpected && scriptPassed !== false) ? 0 : 1;
  });
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
