import { t as Workbench, x as unservedFile } from "./workbench-NP38puFa.js";
import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { a as ProblemError, n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { n as toProblem } from "./problem-BYFI9xia.js";
import { a as utf8 } from "./byte-string-DHgfSrmB.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { s as severity } from "./trace-D4ZZJJlK.js";
import { t as cliMessage } from "./messages-Cd49BnwB.js";
import { t as tellProblems } from "./tell-problems-CI__jnj5.js";
import { n as usage, t as UsageError } from "./cli.js";
import { basename, dirname, join, posix, relative, resolve, sep } from "node:path";
import { opendir, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
// server/cli/doctor-report.ts
function reportText(scripts) {
	const parts = scripts.map(scriptText).filter((text) => text !== "");
	const findings = scripts.flatMap(({ before, request }) => [...before, ...request?.findings ?? []]);
	const totals = severity.options.map((level) => counted(findings.filter((finding) => finding.severity === level).length, level));
	return `${[...parts, `${counted(scripts.length, "file")}: ${totals.join(", ")}.`].join("\n")}\n`;
}
var counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
function scriptText({ path, before, unchecked, request }) {
	const lines = [...before, ...request?.findings ?? []].map((finding) => findingText(path, finding));
	if (request !== null) lines.unshift(`GET ${request.target}: ${request.status ?? "no response"} (${request.outcome})\n`);
	if (unchecked !== null && (request !== null || before.length > 0)) lines.push(`${path}: ${unchecked}\n`);
	return lines.join("");
}
function findingText(path, { severity, title, detail, line, rule, reference, stream, range, evidence }) {
	const place = line === null ? path : `${path}:${line}`;
	const proof = [...stream !== null && range !== null ? [`${stream}, bytes ${range[0]} to ${range[1]}`] : [], ...evidence.map(evidenceText)];
	return [
		`${place}: ${severity}: ${title} [${reference === null ? rule : `${rule}, ${reference}`}]`,
		`  ${detail}`,
		...proof.map((text) => `  - ${text}`),
		""
	].join("\n");
}
function evidenceText(evidence) {
	switch (evidence.kind) {
		case "variable": return evidence.value === null ? `${evidence.name} is not set` : `${evidence.name}=${evidence.value}`;
		case "errno": return evidence.errno;
		case "process": return evidence.signal === null ? `exit code ${evidence.exitCode ?? "unknown"}` : `ended by ${evidence.signal}`;
		case "mode": return evidence.mode === null ? `${evidence.path} does not exist` : `${evidence.path} has mode ${evidence.mode}`;
		case "file": return evidence.line === null ? evidence.path : `${evidence.path}:${evidence.line}`;
		case "quote": return `${evidence.of}: ${evidence.text}`;
	}
}
// server/cli/files-elsewhere.ts
/** So much of what routes lead to is examined. */
var elsewhereLimits = {
	files: 2e3,
	folders: 2e3
};
/** The files outside of the folder that routes lead to, those of outer folders first. */
async function filesElsewhere(workspace) {
	const { root, config } = workspace;
	const found = /* @__PURE__ */ new Map();
	const walk = new Walk(elsewhereLimits.folders);
	for (const { path, file, dir, run = true } of config.routes) {
		const place = posix.resolve(root, file ?? dir ?? root);
		if (!run || place === root || workspace.relative(place) !== null) continue;
		const all = file === void 0 ? walk.filesBelow(place) : onlyFile(place);
		for await (const below of all) {
			if (found.has(below)) continue;
			if (found.size === elsewhereLimits.files) return {
				files: [...found.values()],
				isCut: true
			};
			const folders = `${path}/${posix.relative(place, posix.dirname(below))}`.split("/");
			found.set(below, {
				file: below,
				runs: file !== void 0 || folders.includes("cgi-bin")
			});
		}
	}
	return {
		files: [...found.values()],
		isCut: walk.isCut
	};
}
/** Nothing if there is no such file: a request for it says why. */
async function* onlyFile(path) {
	if ((await stat(path).catch(nothingIfRefused))?.isFile()) yield path;
}
/** Breadth first, over so many folders in all; no link to a folder is followed. */
var Walk = class {
	isCut = false;
	#left;
	constructor(maxFolders) {
		this.#left = maxFolders;
	}
	async *filesBelow(folder) {
		const queue = [folder];
		for (let next = queue.shift(); next !== void 0; next = queue.shift()) for await (const entry of entriesOf(next)) {
			if (unservedFile(utf8(entry.name)) !== null) continue;
			const path = posix.join(next, entry.name);
			if (entry.isFile()) yield path;
			if (!entry.isDirectory()) continue;
			this.#left -= 1;
			if (this.#left < 0) this.isCut = true;
			else queue.push(path);
		}
	}
};
/** None, or no more, if the system refuses. */
async function* entriesOf(folder) {
	try {
		yield* await opendir(folder);
	} catch (error) {
		nothingIfRefused(error);
	}
}
function nothingIfRefused(error) {
	if (errorCode(error) === "") throw error;
	return null;
}
// server/cli/doctor.ts
async function doctor(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			...configOption,
			json: { type: "boolean" },
			trust: { type: "boolean" },
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.doctor);
		return 0;
	}
	if (positionals.length > 1) throw new UsageError("doctor takes one folder or one script");
	const { root, script } = await placeOf(resolve(positionals[0] ?? "."));
	const configFile = await configFileOf(values.config);
	const workbench = await Workbench.create();
	try {
		await workbench.folder.open(root, {
			configFile,
			port: 0,
			run: values.trust ? { host: null } : null
		});
		const { isTrusted, trust } = workbench.folder.workspace();
		const checked = script === null ? await checkFolder(workbench) : [await checkScript(workbench, script)];
		const isRefused = script !== null && !isTrusted;
		tellProblems(workbench.folder.workspace().problems);
		if (isRefused) tellProblems([toProblem(cliMessage("not-run", { path: script }))]);
		else if (!isTrusted && trust.wants.length > 0) tellProblems([toProblem(cliMessage("settings-wait", { settings: trust.wants.map(({ setting }) => setting) }))]);
		const report = {
			folder: root,
			scripts: checked
		};
		if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
		else writeWords(process.stdout, reportText(checked));
		const all = checked.flatMap(({ before, request }) => [...before, ...request?.findings ?? []]);
		return isRefused || all.some(({ severity }) => severity !== "hint") ? 1 : 0;
	} finally {
		await workbench.dispose();
	}
}
/** The folder to open, and the script in it if the path names one. @throws UsageError if the path does not exist */
async function placeOf(path) {
	if ((await stat(path).catch((error) => {
		throw new UsageError(`${path} cannot be read: ${errorCode(error) || String(error)}`);
	})).isDirectory()) return {
		root: path,
		script: null
	};
	const root = await rootAbove(dirname(path));
	return {
		root,
		script: relative(root, path).split(sep).join("/")
	};
}
/** The nearest folder with a configuration, else the one that contains cgi-bin, else the script's own. */
async function rootAbove(folder) {
	for (let at = folder;; at = dirname(at)) {
		if ((await stat(join(at, "cgi-workbench.json")).catch((error) => {
			if (errorCode(error) === "") throw error;
			return null;
		}))?.isFile()) return at;
		if (at === dirname(at)) break;
	}
	for (let at = folder; at !== dirname(at); at = dirname(at)) if (basename(at) === "cgi-bin") return dirname(at);
	return folder;
}
/** Its scripts, those that routes lead to, and the `.htaccess` files that ask for something. */
async function checkFolder({ folder, scripts }) {
	const workspace = folder.workspace();
	const { entries } = await workspace.list();
	const checked = [];
	const check = async (path, diagnose) => {
		checked.push({
			...await checkBefore(path, diagnose),
			request: null
		});
	};
	for (const { path, kind } of entries) if (kind === "file") await check(path, () => scripts.diagnose(path, null));
	const elsewhere = await filesElsewhere(workspace);
	for (const { file, runs } of elsewhere.files) await check(file, () => scripts.diagnoseElsewhere(file, runs));
	if (elsewhere.isCut) tellProblems([toProblem(cliMessage("elsewhere-cut", elsewhereLimits))]);
	for (const path of await scripts.htaccessFiles()) {
		const found = await checkBefore(path, () => scripts.diagnose(path, null));
		if (found.before.length > 0) checked.push({
			...found,
			request: null
		});
	}
	return checked;
}
/** Static checks, then one GET if the folder is trusted. */
async function checkScript({ folder, scripts, sender, doctor }, path) {
	const known = await checkBefore(path, () => scripts.diagnose(path, null));
	if (!folder.workspace().isTrusted) return {
		...known,
		request: null
	};
	const target = folder.workspace().targetOf(path);
	if (target === null) throw new ProblemError(cliMessage("never-served", { path }));
	const ended = await sender.deliver({
		method: utf8("GET"),
		target: utf8(target),
		headers: [],
		body: null
	}, { from: "cli" });
	const trace = await doctor.examined(ended);
	const findings = [...trace.findings];
	const named = new Set(findings.map(({ rule }) => rule));
	const request = {
		target,
		status: trace.response?.status ?? null,
		outcome: trace.outcome ?? "ok",
		findings
	};
	return {
		...known,
		before: known.before.filter(({ rule }) => !named.has(rule)),
		request
	};
}
async function checkBefore(path, diagnose) {
	try {
		const { diagnostics, unchecked } = await diagnose();
		return {
			path,
			before: diagnostics.map(asFinding),
			unchecked: unchecked?.text ?? null,
			uncheckedWhy: unchecked
		};
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		const { code, data, message } = error.problem;
		return {
			path,
			before: [],
			unchecked: message,
			uncheckedWhy: {
				code,
				data,
				text: message
			}
		};
	}
}
var asFinding = ({ rule, severity, title, detail, line, fixes }) => ({
	rule,
	severity,
	title,
	detail,
	line,
	stream: null,
	range: null,
	reference: null,
	fixes: [...fixes],
	evidence: []
});
export { doctor };

//# sourceMappingURL=doctor-Fi7E3nWd.js.map