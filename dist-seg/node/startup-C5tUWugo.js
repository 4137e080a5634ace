import { n as scriptAt } from "./run-bench-uUotz1Xi.js";
import { n as runStartup } from "./run-startup-DPrNGKdP.js";
import { t as Workbench } from "./workbench-NP38puFa.js";
import { n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { t as tellProblems } from "./tell-problems-CI__jnj5.js";
import { n as usage, t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
// server/cli/startup.ts
async function startup(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options
	});
	if (values.help) {
		process.stdout.write(usage.startup);
		return 0;
	}
	const [dir, target, ...more] = positionals;
	if (dir === void 0 || !target?.startsWith("/") || more.length > 0) throw new UsageError("startup takes DIR TARGET; see cgi-workbench startup --help");
	const ending = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => ending.abort());
	const configFile = await configFileOf(values.config);
	const workbench = await Workbench.create();
	try {
		await workbench.folder.open(resolve(dir), {
			configFile,
			port: 0,
			run: { host: null }
		});
		tellProblems(workbench.folder.workspace().problems);
		const report = await runStartup(workbench, scriptAt(workbench, target), target, ending.signal);
		if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
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
var interruptedCode = 130;
var options = {
	...configOption,
	json: { type: "boolean" },
	help: {
		type: "boolean",
		short: "h"
	}
};
/** One part a line, then one module a line. */
function startupText({ totalMs, interpreterMs, importsMs, scriptMs, imports }) {
	const lines = [
		["cold start", totalMs],
		["interpreter", interpreterMs],
		["imports", importsMs],
		["script", scriptMs]
	].map(([name, ms]) => `${figure(ms)}  ${name}\n`);
	const modules = imports.map(({ name, depth, totalMs: ms, line }) => {
		const place = line === null ? "" : `, line ${line}`;
		return `${figure(ms)}  ${"  ".repeat(depth)}${name}${place}\n`;
	});
	const advice = imports.flatMap(({ advice: message }) => message === null ? [] : `${message.text}\n`);
	return [
		lines.join(""),
		modules.join(""),
		advice.join("")
	].filter((part) => part !== "").join("\n");
}
var figure = (ms) => `${ms.toFixed(1).padStart(8)} ms`;
export { startup };

//# sourceMappingURL=startup-C5tUWugo.js.map