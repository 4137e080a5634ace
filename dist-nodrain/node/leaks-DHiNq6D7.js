import { n as scriptAt } from "./run-bench-uUotz1Xi.js";
import { n as runLeaks, t as plainGet } from "./run-leaks-DNoGbi05.js";
import { t as Workbench, w as unfitMode } from "./workbench-NP38puFa.js";
import { a as ProblemError, n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { o as modeNames, r as isMode, s as modeTraits } from "./modes-_bwrZvgN.js";
import { a as utf8 } from "./byte-string-DHgfSrmB.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { t as defineMessages } from "./message--K3iKRUD.js";
import { t as cliMessage } from "./messages-Cd49BnwB.js";
import { n as headersOf, r as requestOptions, t as bodyOf } from "./request-options-CeR0z2H7.js";
import { t as tellProblems } from "./tell-problems-CI__jnj5.js";
import { n as usage, t as UsageError } from "./cli.js";
import { join, resolve } from "node:path";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { buffer } from "node:stream/consumers";
// server/cli/leaks-report.ts
var leaksMessage = defineMessages({
	alike: ({ mode }) => `Every output in the mode ${mode} is CGI’s, cold, warm and in another order.`,
	differs: ({ mode }) => `Outputs in the mode ${mode} differ from CGI’s:`,
	"differs-by-leak": "The script found something that an earlier request left behind, or it depends on a process of its own. Correct the leaks, or use prefork, which isolates requests.",
	varies: ({ target, part, name }) => `${target}: CGI itself does not repeat the ${part}${name === null ? "" : ` ${name}`}. What differs from one CGI request to the next was left out of the comparison.`,
	leaks: "The next request finds this changed:",
	"no-leaks": "The script leaves nothing behind that the next request finds.",
	"put-back": ({ mode }) => `The script changes this too, and the mode ${mode} puts it back. It would leak in a process that does not:`,
	"not-examined": "Outputs alone were compared: the agent did not report the state of the script’s process."
});
function leaksText(report) {
	const mode = modeTraits[report.mode].label;
	const { leaks, putBack, alike, differences, varies, stateExamined } = report;
	return `${[
		alike ? [leaksMessage("alike", { mode }).text] : [
			leaksMessage("differs", { mode }).text,
			...differences.map(({ message }) => `  ${message.text}`),
			`  ${leaksMessage("differs-by-leak").text}`
		],
		varies.map((each) => leaksMessage("varies", each).text),
		!stateExamined ? [leaksMessage("not-examined").text] : leaks.length === 0 ? [leaksMessage("no-leaks").text] : [leaksMessage("leaks").text, ...leaks.flatMap(withAdvice)],
		putBack.length === 0 ? [] : [leaksMessage("put-back", { mode }).text, ...putBack.map(({ kind, message }) => `  ${kind}: ${message.text}`)]
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
var withAdvice = ({ kind, message, advice }) => [`  ${kind}: ${message.text}`, `    ${advice.text}`];
// server/cli/leaks.ts
async function leaks(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options
	});
	if (values.help) {
		process.stdout.write(usage.leaks);
		return 0;
	}
	const [dir, ...targets] = positionals;
	if (dir === void 0 || targets.length === 0 || !targets.every((target) => target.startsWith("/"))) throw new UsageError("leaks takes DIR TARGET…; see cgi-workbench leaks --help");
	const mode = modeNamed(values.mode ?? "persistent");
	const body = await repeatable(await bodyOf(values.data, values["data-binary"]));
	const request = {
		method: values.request === void 0 ? body ? utf8("POST") : plainGet.method : utf8(values.request),
		headers: headersOf(values.header, values.data !== void 0),
		body
	};
	const ending = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => ending.abort());
	const configFile = await configFileOf(values.config);
	const folder = await mkdtemp(join(tmpdir(), "cgi-workbench-leaks-"));
	const reportFile = join(folder, "reports");
	await writeFile(reportFile, "");
	const kept = values.keep ? {
		modules: "keep",
		globals: "keep"
	} : {};
	const workbench = await Workbench.create({ agentOverrides: {
		detect: reportFile,
		...kept
	} });
	try {
		await workbench.folder.open(resolve(dir), {
			configFile,
			port: 0,
			run: { host: null }
		});
		tellProblems(workbench.folder.workspace().problems);
		for (const target of targets) checkTarget(workbench, target, mode);
		const report = await runLeaks(workbench, {
			targets,
			request,
			mode,
			reportFile,
			signal: ending.signal,
			onPass: (now, run) => process.stderr.write(`${modeTraits[now].label}${run === null ? "" : `, ${run}`}\n`)
		});
		if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
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
var interruptedCode = 130;
var options = {
	...configOption,
	...requestOptions,
	mode: { type: "string" },
	keep: { type: "boolean" },
	json: { type: "boolean" },
	help: {
		type: "boolean",
		short: "h"
	}
};
/** In which requests could find something of earlier ones, and that the script as it is can run in. */
var examinedModes = modeNames.filter((mode) => modeTraits[mode].usesAgent);
function modeNamed(name) {
	if (!isMode(name) || !examinedModes.includes(name)) throw new UsageError(`--mode takes one of ${examinedModes.join(", ")}, not “${name}”`);
	return name;
}
/** @throws ProblemError if it leads to no script, or to one that cannot run in the mode */
function checkTarget(workbench, target, mode) {
	const route = scriptAt(workbench, target);
	const why = unfitMode(mode, route) ?? unfitMode("cgi", route);
	if (why !== null) throw new ProblemError(cliMessage("mode-unfit", { why: why.text }));
}
/** The same body for each request. */
async function repeatable(body) {
	return body !== null && "stream" in body ? { bytes: await buffer(body.stream) } : body;
}
export { leaks };

//# sourceMappingURL=leaks-DHiNq6D7.js.map