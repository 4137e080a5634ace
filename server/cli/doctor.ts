// `cgi-workbench doctor`: checks a folder's scripts, or one script, which it also runs once; prints findings with
// evidence.

import { resolve } from "node:path";
import { isOfConfiguration } from "../app/state-notes.js";
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { CheckedScript, DoctorReport } from "../contract/command-output.js";
import { maxListedDepth } from "../contract/limits.js";
import { toProblem } from "../contract/problem.js";
import { checkBefore, checkFolder, isRefusedFile } from "../features/checks/check-folder.js";
import { elsewhereLimits } from "../features/checks/files-elsewhere.js";
import { utf8 } from "../protocol/byte-string.js";
import { configOption, parsed } from "./config-option.js";
import { reportText } from "./doctor-report.js";
import { inFolder } from "./in-folder.js";
import { cliMessage } from "./messages.js";
import { placeOf } from "./place.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError } from "./usage/usage.js";

export async function doctor(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...configOption,
    json: { type: "boolean" },
    trust: { type: "boolean" },
  });
  if (positionals.length > 1) throw new UsageError("doctor takes one folder or one script");
  const { root, script } = await placeOf(resolve(positionals[0] ?? "."));

  const run = values.trust ? { host: null } : null;
  return inFolder({ dir: root, config: values.config, run }, async (workbench, signal) => {
    const { isTrusted, trust, problems } = workbench.folder.workspace();
    const checked =
      script === null ? await checkWhole(workbench, signal) : [await checkScript(workbench, script, signal)];
    const isRefused = script !== null && !isTrusted;
    if (isRefused) tellProblems([toProblem(cliMessage("not-run", { path: script, folder: root }))]);
    else if (!isTrusted && trust.wants.length > 0)
      tellProblems([toProblem(cliMessage("settings-wait", { settings: trust.wants.map(({ setting }) => setting) }))]);
    const report: DoctorReport = { folder: root, scripts: checked };
    if (values.json) process.stdout.write(jsonLine(report));
    else writeWords(process.stdout, reportText(checked));
    const all = checked.flatMap(({ before, request }) => [...before, ...(request?.findings ?? [])]);
    const isUnread = checked.some(isRefusedFile);
    return isRefused || isUnread || problems.some(isOfConfiguration) || all.some(({ severity }) => severity !== "hint")
      ? 1
      : 0;
  });
}

/** Says what was left out. */
async function checkWhole(workbench: Workbench, signal: AbortSignal): Promise<CheckedScript[]> {
  const { checked, maxEntries, isElsewhereCut } = await checkFolder(workbench, signal);
  if (maxEntries !== null) tellProblems([toProblem(cliMessage("list-cut", { maxEntries, maxDepth: maxListedDepth }))]);
  if (isElsewhereCut) tellProblems([toProblem(cliMessage("elsewhere-cut", elsewhereLimits))]);
  return checked;
}

type ScriptParts = Pick<Workbench, "folder" | "scripts" | "sender" | "doctor">;

/** Static checks, then one GET if the folder is trusted. */
async function checkScript(
  { folder, scripts, sender, doctor }: ScriptParts,
  path: string,
  signal: AbortSignal,
): Promise<CheckedScript> {
  const known = await checkBefore(path, () => scripts.diagnose(path, null));
  if (!folder.workspace().isTrusted) return { ...known, request: null };
  const target = folder.workspace().targetOf(path);
  if (target === null) throw new ProblemError(cliMessage("never-served", { path }));
  const ended = await sender.deliver(
    { method: utf8("GET"), target: utf8(target), headers: [], body: null },
    { from: "cli" },
    { signal },
  );
  const trace = await doctor.examined(ended);
  const findings = [...trace.findings];
  const named = new Set(findings.map(({ rule }) => rule));
  const request = { target, status: trace.response?.status ?? null, outcome: trace.outcome ?? "ok", findings };
  // the run has confirmed those
  return { ...known, before: known.before.filter(({ rule }) => !named.has(rule)), request };
}
