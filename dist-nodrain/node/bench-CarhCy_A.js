import { i as usualModes, n as scriptAt, o as senderRemark, r as tryMode, s as tableText, t as runBench } from "./run-bench-uUotz1Xi.js";
import { t as Workbench } from "./workbench-NP38puFa.js";
import { o as modeNames, r as isMode, s as modeTraits } from "./modes-_bwrZvgN.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { t as tellProblems } from "./tell-problems-CI__jnj5.js";
import { n as usage, t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
// server/cli/bench.ts
async function bench(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options
	});
	if (values.help) {
		process.stdout.write(usage.bench);
		return 0;
	}
	const [dir, target, ...more] = positionals;
	if (dir === void 0 || !target?.startsWith("/") || more.length > 0) throw new UsageError("bench takes DIR TARGET; see cgi-workbench bench --help");
	const asked = values.modes === void 0 ? null : values.modes.split(",").map(modeNamed);
	const connections = numberOf("connections", values.connections, 1, 1024);
	const rate = values.rate === void 0 ? null : numberOf("rate", values.rate, 1, 1e6);
	const rounds = numberOf("rounds", values.rounds, 3, 100);
	const roundMs = numberOf("seconds", values.seconds, 6, 86400) * 1e3 / rounds;
	const ending = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => ending.abort());
	const { signal } = ending;
	const configFile = await configFileOf(values.config);
	const workbench = await Workbench.create();
	try {
		await workbench.folder.open(resolve(dir), {
			configFile,
			port: 0,
			run: { host: null }
		});
		tellProblems(workbench.folder.workspace().problems);
		const route = scriptAt(workbench, target);
		const modes = asked ?? usualModes(route);
		for (const mode of modes) await tryMode(workbench, mode, target, signal);
		const report = await runBench(workbench, {
			target,
			modes,
			connections,
			rate,
			rounds,
			roundMs,
			signal,
			onRound: (round, mode) => process.stderr.write(`Round ${round} of ${rounds}: ${modeTraits[mode].label}\n`)
		});
		print(report, values);
		return report.modes.some(({ errors }) => errors > 0) ? 1 : 0;
	} catch (error) {
		if (signal.aborted) return interruptedCode;
		throw error;
	} finally {
		await workbench.dispose();
	}
}
/** As a shell states an end by SIGINT. */
var interruptedCode = 130;
var options = {
	...configOption,
	modes: { type: "string" },
	connections: { type: "string" },
	rate: { type: "string" },
	seconds: { type: "string" },
	rounds: { type: "string" },
	json: { type: "boolean" },
	csv: { type: "boolean" },
	markdown: { type: "boolean" },
	help: {
		type: "boolean",
		short: "h"
	}
};
function modeNamed(name) {
	if (!isMode(name)) throw new UsageError(`--modes takes names of ${modeNames.join(", ")}, not “${name}”`);
	return name;
}
function numberOf(name, text, usual, most) {
	const value = text === void 0 ? usual : Number(text);
	if (!(value > 0 && value <= most) || name !== "seconds" && !Number.isInteger(value)) throw new UsageError(`--${name} takes a number from 1 to ${most}, not “${text}”`);
	return value;
}
function print(report, values) {
	if (values.json) {
		process.stdout.write(`${JSON.stringify(report)}\n`);
		return;
	}
	process.stdout.write(tableText(report.modes, values.csv ? "csv" : values.markdown ? "markdown" : "text"));
	const remarks = [report.verdict?.text, senderRemark(report.modes)?.text].flatMap((text) => text ?? []);
	const out = values.csv ? process.stderr : process.stdout;
	if (remarks.length > 0) out.write(`\n${remarks.join("\n")}\n`);
}
export { bench };

//# sourceMappingURL=bench-CarhCy_A.js.map