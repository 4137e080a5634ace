// `cgi-workbench leaks`: what a script leaves behind for its next request in a mode that keeps processes, and whether its outputs
// are CGI's there.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { scriptAt } from "../app/bench/run-bench.js";
import { plainGet, runLeaks } from "../app/leaks/run-leaks.js";
import { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { RequestBody } from "../client/send-request.js";
import { isMode, type Mode, modeNames, modeTraits } from "../contract/modes.js";
import { utf8 } from "../protocol/byte-string.js";
import { unfitMode } from "../routing/mode-compatibility.js";
import { configFileOf, configOption } from "./config-option.js";
import { leaksText } from "./leaks-report.js";
import { cliMessage } from "./messages.js";
import { bodyOf, headersOf, requestOptions } from "./request-options.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError, usage } from "./usage.js";

export async function leaks(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (values.help) {
    process.stdout.write(usage.leaks);
    return 0;
  }
  const [dir, ...targets] = positionals;
  if (dir === undefined || targets.length === 0 || !targets.every((target) => target.startsWith("/")))
    throw new UsageError("leaks takes DIR TARGET…; see cgi-workbench leaks --help");
  const mode = modeNamed(values.mode ?? "persistent");
  const body = await repeatable(await bodyOf(values.data, values["data-binary"]));
  const request = {
    method: values.request === undefined ? (body ? utf8("POST") : plainGet.method) : utf8(values.request),
    headers: headersOf(values.header, values.data !== undefined),
    body,
  };

  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
  const configFile = await configFileOf(values.config);
  const folder = await mkdtemp(join(tmpdir(), "cgi-workbench-leaks-"));
  const reportFile = join(folder, "reports");
  await writeFile(reportFile, "");
  const kept = values.keep ? ({ modules: "keep", globals: "keep" } as const) : {};
  const workbench = await Workbench.create({ agentOverrides: { detect: reportFile, ...kept } });
  try {
    await workbench.folder.open(resolve(dir), { configFile, port: 0, run: { host: null } });
    tellProblems(workbench.folder.workspace().problems);
    for (const target of targets) checkTarget(workbench, target, mode);
    const report = await runLeaks(workbench, {
      ...{ targets, request, mode, reportFile, signal: ending.signal },
      onPass: (now, run) => process.stderr.write(`${modeTraits[now].label}${run === null ? "" : `, ${run}`}\n`),
    });
    if (values.json) process.stdout.write(jsonLine(report));
    else writeWords(process.stdout, leaksText(report));
    return report.alike && report.leaks.length === 0 ? 0 : 1;
  } catch (error) {
    if (ending.signal.aborted) return interruptedCode;
    throw error;
  } finally {
    await workbench.dispose();
    await rm(folder, { recursive: true });
  }
}

/** As a shell states an end by SIGINT. */
const interruptedCode = 130;
const options = {
  ...configOption,
  ...requestOptions,
  mode: { type: "string" },
  keep: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** In which requests could find something of earlier ones, and that the script as it is can run in. */
const examinedModes = modeNames.filter((mode) => modeTraits[mode].usesAgent);

function modeNamed(name: string): Mode {
  if (!isMode(name) || !examinedModes.includes(name))
    throw new UsageError(`--mode takes one of ${examinedModes.join(", ")}, not “${name}”`);
  return name;
}

/** @throws ProblemError if it leads to no script, or to one that cannot run in the mode */
function checkTarget(workbench: Workbench, target: string, mode: Mode): void {
  const route = scriptAt(workbench, target);
  const why = unfitMode(mode, route) ?? unfitMode("cgi", route);
  if (why !== null) throw new ProblemError(cliMessage("mode-unfit", { why: why.text }));
}

/** The same body for each request. */
async function repeatable(body: RequestBody | null): Promise<RequestBody | null> {
  return body !== null && "stream" in body ? { bytes: await buffer(body.stream) } : body;
}
