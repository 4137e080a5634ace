// `cgi-workbench probe`: the short form of `try` with the library of hostile and odd requests, with a report of how the
// gateway and the script took each.

import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { ProbeReport } from "../contract/command-output.js";
import { composedRequest } from "../contract/requests-contract.js";
import { plan } from "../contract/variations-contract.js";
import { scriptAt } from "../features/bench/run-bench.js";
import { runVariations } from "../features/variations/run-variations.js";
import { variationsOf } from "../features/variations/variations.js";
import { chosenProbes, unknownProbe } from "../formats/variations/values.js";
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
  const only = namesOf(values.only);
  if (values.list) {
    process.stdout.write(listText(chosenProbes(only)));
    return 0;
  }
  const { dir, target } = folderAndTarget("probe", positionals);
  return inFolder({ dir, config: values.config, needsConfiguration: true }, async (workbench, signal) => {
    scriptAt(workbench, target); // a target that leads to no script is an error
    const report: ProbeReport = { folder: resolve(dir), target, probes: [] };
    if (!values.json) writeWords(process.stdout, headingText(target));
    const request = composedRequest.parse({ method: "GET", target, headers: [], body: null, mode: null });
    const asked = plan.parse({ vary: [{ place: "request", set: { kind: "probes", only } }] });
    for await (const { probed } of runVariations(workbench, variationsOf(request, asked), { from: "cli", signal })) {
      if (probed === null) continue;
      report.probes.push(probed);
      if (!values.json) writeWords(process.stdout, probedText(probed));
    }
    process.stdout.write(values.json ? jsonLine(report) : totalText(report.probes));
    return report.probes.every(({ asExpected, scriptPassed }) => asExpected && scriptPassed !== false) ? 0 : 1;
  });
}

/** @throws UsageError for a name that is neither an id nor a group */
function namesOf(only: string | undefined): string[] {
  const names = only?.split(",").map((name) => name.trim()) ?? [];
  const unknown = unknownProbe(names);
  if (unknown !== undefined)
    throw new UsageError(`no probe or group is called “${unknown}”; see cgi-workbench probe --list`);
  return names;
}
