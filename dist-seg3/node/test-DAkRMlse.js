import { a as isRequestFile, c as mistakesOf, d as requestFiles, i as environmentOf, l as requestFile, t as runRequest } from "./run-requests-CR4Rt8cz.js";
import { t as Workbench } from "./workbench-NP38puFa.js";
import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { a as ProblemError, n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { n as storeOptions, t as isStoring } from "./store-options-lQ0q_wnx.js";
import { t as tellProblems } from "./tell-problems-CI__jnj5.js";
import { n as usage, t as UsageError } from "./cli.js";
import { relative, resolve } from "node:path";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
// server/cli/test-report.ts
var nameWidth = 40;
var fileHeading = (path) => `${path}\n`;
function resultText(result) {
	const { name, status, tookMs, passed, failures, file } = result;
	const facts = [status === null ? "–" : String(status), tookMs === null ? "" : `${Math.round(tookMs * 10) / 10} ms`];
	return `${[`  ${passed ? "✔" : "✖"} ${name.padEnd(nameWidth)} ${facts.join("  ")}`.trimEnd(), ...failures.map((failure) => `    ${placeText(file, failure)}: ${failure.why.text}`)].join("\n")}\n`;
}
function totalText({ passed, failed, tookMs }) {
	const all = passed + failed;
	return `\n${all === 1 ? "1 request" : `${all} requests`}, ${failed === 0 ? "all passed" : `${failed} failed`}, ${tookMs} ms\n`;
}
var placeText = (file, { line, column }) => `${file}:${line}:${column}`;
/** TAP 14: a line for each request, with a block of YAML below one that failed. */
function tapText({ requests }) {
	const lines = requests.flatMap((result, index) => {
		const { passed, file, name } = result;
		const line = `${passed ? "ok" : "not ok"} ${index + 1} - ${tapWords(`${file}: ${name}`)}`;
		return passed ? [line] : [line, ...yamlOf(result)];
	});
	return `${[
		"TAP version 14",
		`1..${requests.length}`,
		...lines
	].join("\n")}\n`;
}
/** One line, in which neither a directive nor an escape begins. */
var tapWords = (text) => text.replace(/[\\#]/g, "\\$&").replace(/[\0-\x1f\x7f\u2028\u2029\x85]+/g, " ");
function yamlOf({ file, line, failures }) {
	const [first] = failures;
	return [
		"  ---",
		`  message: ${yamlText(failures.map(({ why }) => why.text).join("; "))}`,
		"  severity: fail",
		`  at: ${yamlText(first === void 0 ? `${file}:${line}` : placeText(file, first))}`,
		"  failures:",
		...failures.flatMap((failure) => [
			`    - assertion: ${yamlText(failure.text)}`,
			`      at: ${yamlText(placeText(file, failure))}`,
			`      expected: ${yamlText(failure.expected)}`,
			`      got: ${yamlText(failure.got)}`
		]),
		"  ..."
	];
}
/** JSON is YAML, but for a few characters that YAML wants escaped. */
var yamlText = (text) => JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
/** JUnit's XML, as continuous integration reads it: a suite for each file. */
function junitText(report) {
	const suites = [...new Set(report.requests.map(({ file }) => file))].map((file) => suiteXml(file, report.requests.filter((result) => result.file === file)));
	return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cgi-workbench"${countsXml(report.requests, report.tookMs)}>\n${suites.join("")}</testsuites>\n`;
}
function suiteXml(file, results) {
	const tookMs = results.reduce((sum, result) => sum + (result.tookMs ?? 0), 0);
	return `  <testsuite name="${xmlText(file)}" file="${xmlText(file)}"${countsXml(results, tookMs)}>\n${results.map(caseXml).join("")}  </testsuite>\n`;
}
var countsXml = (results, tookMs) => ` tests="${results.length}" failures="${results.filter(({ passed }) => !passed).length}" errors="0" skipped="0" time="${seconds(tookMs)}"`;
var seconds = (ms) => (ms / 1e3).toFixed(3);
function caseXml({ file, name, line, tookMs, failures }) {
	const open = `    <testcase name="${xmlText(name)}" classname="${xmlText(file)}" file="${xmlText(file)}" line="${line}" time="${seconds(tookMs ?? 0)}"`;
	if (failures.length === 0) return `${open}/>\n`;
	return `${open}>\n${failures.map((failure) => failureXml(file, failure)).join("")}    </testcase>\n`;
}
function failureXml(file, failure) {
	const { why, text, expected, got } = failure;
	const lines = [
		placeText(file, failure),
		text,
		...expected === null ? [] : [`expected: ${expected}`, `got: ${got ?? "nothing"}`]
	];
	return `      <failure type="${xmlText(why.code)}" message="${xmlText(why.text)}">${xmlText(lines.join("\n"))}</failure>\n`;
}
/** For an attribute or between tags. What XML 1.0 cannot hold, escaped or not (§2.2), is written as U+FFFD. */
var xmlText = (text) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "�").replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "�").replace(/[&<>"'\t\n\r\x7f-\x9f\u2028\u2029]/g, (one) => `&#${one.charCodeAt(0)};`);
// server/cli/test.ts
/** As a shell states an end by SIGINT. */
var interruptedCode = 130;
async function test(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			...configOption,
			...storeOptions,
			env: { type: "string" },
			junit: { type: "string" },
			tap: { type: "boolean" },
			json: { type: "boolean" },
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.test);
		return 0;
	}
	const [dir, ...names] = positionals;
	if (dir === void 0) throw new UsageError("test takes DIR [FILE…]; see cgi-workbench test --help");
	if (values.tap && values.json) throw new UsageError("use either --tap or --json, not both");
	const ending = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => ending.abort());
	const configFile = await configFileOf(values.config);
	const workbench = await Workbench.create({ store: isStoring(values) ? "always" : "never" });
	try {
		await workbench.folder.open(resolve(dir), {
			configFile,
			port: 0,
			run: { host: null }
		});
		const workspace = workbench.folder.workspace();
		tellProblems(workspace.problems);
		workbench.server.servingAddress();
		const files = await chosenFiles(workspace, names);
		const mistakes = files.flatMap((file) => mistakesOf(file).map((mistake) => ({
			path: file.path,
			...mistake
		})));
		for (const { path, line, column, why } of mistakes) writeWords(process.stderr, `${path}:${line}:${column}: ${why.text}\n`);
		if (mistakes.length > 0) return 2;
		const options = {
			environment: await environmentOf(workspace, values.env ?? null),
			captured: /* @__PURE__ */ new Map(),
			from: "cli",
			signal: ending.signal
		};
		const isForPeople = !values.tap && !values.json;
		const report = await run(workbench, files, options, (text) => isForPeople && writeWords(process.stdout, text));
		if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
		if (values.tap) process.stdout.write(tapText(report));
		if (values.junit !== void 0) await writeReport(values.junit, junitText(report));
		return report.failed === 0 ? 0 : 1;
	} catch (error) {
		if (ending.signal.aborted) return interruptedCode;
		if (error instanceof ProblemError) throw new UsageError([error.problem.message, error.problem.fix ?? ""].join(" ").trim());
		throw error;
	} finally {
		await workbench.dispose();
	}
}
async function run(workbench, files, options, print) {
	const startedMs = performance.now();
	const requests = [];
	for (const file of files) {
		print(fileHeading(file.path));
		for (const request of file.parsed.requests) {
			const result = await runRequest(workbench, file, request, options);
			options.signal.throwIfAborted();
			requests.push(result);
			print(resultText(result));
		}
	}
	const failed = requests.filter(({ passed }) => !passed).length;
	const report = {
		folder: workbench.folder.workspace().root,
		environment: options.environment.name,
		tookMs: Math.round((performance.now() - startedMs) * 10) / 10,
		passed: requests.length - failed,
		failed,
		requests
	};
	print(totalText(report));
	return report;
}
/** `names`: in the folder, or from the current one; none: all. @throws UsageError, ProblemError */
async function chosenFiles(workspace, names) {
	if (names.length === 0) {
		const all = await requestFiles(workspace);
		if (all.every(({ parsed }) => parsed.requests.length + parsed.mistakes.length === 0)) throw new UsageError(`${workspace.root} has no requests: none of its files ends in .http`);
		return all;
	}
	const files = [];
	for (const name of names) {
		if (!isRequestFile(name)) throw new UsageError(`FILE must end in .http, not “${name}”`);
		const candidates = [relative(workspace.root, resolve(workspace.root, name)), relative(workspace.root, resolve(name))];
		let found = null;
		for (const path of candidates) if (path !== "" && !path.startsWith("..")) found ??= await requestFile(workspace, path);
		if (found === null) throw new UsageError(`the file ${name} does not exist in ${workspace.root}`);
		files.push(found);
	}
	return files;
}
async function writeReport(path, text) {
	try {
		await writeFile(path, text);
	} catch (error) {
		throw new UsageError(`the file of --junit cannot be written: ${path}, ${errorCode(error)}`);
	}
}
export { test };

//# sourceMappingURL=test-DAkRMlse.js.map