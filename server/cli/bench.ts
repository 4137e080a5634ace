// `cgi-workbench bench`: measures a script in its modes (server/features/bench/run-bench.ts).
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { BenchReport } from "../contract/command-output.js";
import { type Mode, modeTraits, requestModes } from "../contract/modes.js";
import { remarksOn } from "../features/bench/bench-report.js";
import { tableText } from "../features/bench/bench-table.js";
import { type Contender, runBench, scriptAt, usualModes } from "../features/bench/run-bench.js";
import { startupOf, triedContender } from "../features/bench/tried-contenders.js";
import { configOption, decimal, nameAmong, numberOf, parsed } from "./config-option.js";
import { folderAndTarget, inFolder } from "./in-folder.js";
import { onlyOneOf } from "./only-one.js";
import { UsageError } from "./usage/usage.js";

export async function bench(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, options);
  onlyOneOf(values, "json", "csv", "markdown");
  const { dir, target } = folderAndTarget("bench", positionals);
  const { against } = values;
  if (against !== undefined && (!against.startsWith("/") || against === target))
    throw new UsageError(`--against takes another TARGET, not “${against}”`);
  const named = values.modes?.split(",").map((name) => nameAmong(requestModes, name, "--modes takes names of"));
  const asked = named ? [...new Set(named)] : null;
  const connections = numberOf("--connections", values.connections, [1, 1024]) ?? 1;
  const rate = numberOf("--rate", values.rate, [1, 1_000_000]);
  const rounds = numberOf("--rounds", values.rounds, [1, 100]) ?? 5;
  const seconds = numberOf("--seconds", values.seconds, [0.1, 86_400], decimal) ?? 6;

  return inFolder({ dir, config: values.config, needsConfiguration: true }, async (workbench, signal) => {
    const targets = [target, ...(against === undefined ? [] : [against])];
    const ways = targets.map((each) => ({ target: each, usual: usualModes(scriptAt(workbench, each)) }));
    const modes = asked ?? modesOfAll(ways.map(({ usual }) => usual));
    const contenders: Contender[] = [];
    for (const { target: each, usual } of ways) {
      const startup = await startupOf(workbench, each, signal);
      const own = modes.length === 0 ? usual : modes; // such as a script, and an application made of it
      for (const mode of own) contenders.push(await triedContender(workbench, { target: each, mode }, startup, signal));
    }
    const report = await runBench(workbench, {
      contenders,
      connections,
      rate,
      rounds,
      seconds,
      signal,
      onRound: (round, { mode, target: own }) =>
        writeWords(
          process.stderr,
          `Round ${round} of ${rounds}: ${modeTraits[mode].label}${against === undefined ? "" : `, ${own}`}\n`,
        ),
    });
    print(report, values);
    return report.modes.some(({ errors }) => errors > 0) ? 1 : 0;
  });
}

const options = {
  ...configOption,
  modes: { type: "string" },
  against: { type: "string" },
  connections: { type: "string" },
  rate: { type: "string" },
  seconds: { type: "string" },
  rounds: { type: "string" },
  json: { type: "boolean" },
  csv: { type: "boolean" },
  markdown: { type: "boolean" },
} as const;

/** In which each of the scripts can run. */
const modesOfAll = ([first = [], ...others]: readonly (readonly Mode[])[]): readonly Mode[] =>
  first.filter((mode) => others.every((modes) => modes.includes(mode)));

function print(report: BenchReport, values: { readonly json?: boolean; csv?: boolean; markdown?: boolean }): void {
  if (values.json) {
    process.stdout.write(jsonLine(report));
    return;
  }
  writeWords(process.stdout, tableText(report.modes, values.csv ? "csv" : values.markdown ? "markdown" : "text"));
  const remarks = [report.verdict, ...remarksOn(report.modes)].flatMap((remark) => remark?.text ?? []);
  const out = values.csv ? process.stderr : process.stdout; // nothing but the table for a program that reads it
  if (remarks.length > 0) writeWords(out, `\n${remarks.join("\n")}\n`);
}
