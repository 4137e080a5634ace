// `cgi-workbench startup`: where the time of a script's cold start goes.
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { StartupReport } from "../contract/command-output.js";
import { wordsOf } from "../contract/message.js";
import { scriptAt } from "../features/bench/run-bench.js";
import { runStartup } from "../features/startup/run-startup.js";
import { configOption, parsed } from "./config-option.js";
import { folderAndTarget, inFolder } from "./in-folder.js";

export async function startup(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, options);
  const { dir, target } = folderAndTarget("startup", positionals);
  return inFolder({ dir, config: values.config, needsConfiguration: true }, async (workbench, signal) => {
    const report = await runStartup(workbench, scriptAt(workbench, target), target, signal);
    if (values.json) process.stdout.write(jsonLine(report));
    else writeWords(process.stdout, startupText(report));
    return 0;
  });
}

const options = { ...configOption, json: { type: "boolean" } } as const;

/** One part a line, then one module a line. */
function startupText({ totalMs, interpreterMs, importsMs, scriptMs, imports, remarks }: StartupReport): string {
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
  const advice = [...imports.flatMap(({ advice: message }) => message ?? []), ...remarks].map(
    ({ text }) => `${wordsOf(text)}\n`,
  );
  return [lines.join(""), modules.join(""), advice.join("")].filter((part) => part !== "").join("\n");
}

const figure = (ms: number): string => `${ms.toFixed(1).padStart(8)} ms`;
