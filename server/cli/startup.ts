// `cgi-workbench startup`: where the time of a script's cold start goes.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { scriptAt } from "../app/bench/run-bench.js";
import { runStartup } from "../app/startup/run-startup.js";
import { Workbench } from "../app/workbench.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { StartupReport } from "../contract/command-output.js";
import { configFileOf, configOption } from "./config-option.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError, usage } from "./usage.js";

export async function startup(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (values.help) {
    process.stdout.write(usage.startup);
    return 0;
  }
  const [dir, target, ...more] = positionals;
  if (dir === undefined || !target?.startsWith("/") || more.length > 0)
    throw new UsageError("startup takes DIR TARGET; see cgi-workbench startup --help");
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
  const configFile = await configFileOf(values.config);
  const workbench = await Workbench.create();
  try {
    await workbench.folder.open(resolve(dir), { configFile, port: 0, run: { host: null } });
    tellProblems(workbench.folder.workspace().problems);
    const report = await runStartup(workbench, scriptAt(workbench, target), target, ending.signal);
    if (values.json) process.stdout.write(jsonLine(report));
    else writeWords(process.stdout, startupText(report));
    return 0;
  } catch (error) {
    if (ending.signal.aborted) return interruptedCode;
    throw error;
  } finally {
    await workbench.dispose();
  }
}

/** As a shell states an end by SIGINT. */
const interruptedCode = 130;
const options = { ...configOption, json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

/** One part a line, then one module a line. */
function startupText({ totalMs, interpreterMs, importsMs, scriptMs, imports }: StartupReport): string {
  const parts = [
    ["cold start", totalMs],
    ["interpreter", interpreterMs],
    ["imports", importsMs],
    ["script", scriptMs],
  ] as const;
  const lines = parts.map(([name, ms]) => `${figure(ms)}  ${name}\n`);
  const modules = imports.map(({ name, depth, totalMs: ms, line }) => {
    const place = line === null ? "" : `, line ${line}`;
    return `${figure(ms)}  ${"  ".repeat(depth)}${name}${place}\n`;
  });
  const advice = imports.flatMap(({ advice: message }) => (message === null ? [] : `${message.text}\n`));
  return [lines.join(""), modules.join(""), advice.join("")].filter((part) => part !== "").join("\n");
}

const figure = (ms: number): string => `${ms.toFixed(1).padStart(8)} ms`;
