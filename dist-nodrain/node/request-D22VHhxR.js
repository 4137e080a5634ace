import { t as Workbench } from "./workbench-NP38puFa.js";
import { n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { t as ResponseReader } from "./response-reader-RD1WiVUZ.js";
import { u as isServerError } from "./request-messages-BH13mnRT.js";
import { o as modeNames, r as isMode } from "./modes-_bwrZvgN.js";
import { a as utf8 } from "./byte-string-DHgfSrmB.js";
import { o as toTraceJson } from "./trace-json-C6yo9-kO.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { n as headersOf, r as requestOptions, t as bodyOf } from "./request-options-CeR0z2H7.js";
import { n as storeOptions, t as isStoring } from "./store-options-lQ0q_wnx.js";
import { t as tellProblems } from "./tell-problems-CI__jnj5.js";
import { n as usage, t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
// server/cli/throttle.ts
/** Call the returned function after each write to standard output. */
function paced(socket) {
	process.stdout.once("error", () => socket.destroy());
	return () => {
		if (!process.stdout.writableNeedDrain || socket.isPaused()) return;
		socket.pause();
		process.stdout.once("drain", () => socket.resume());
	};
}
// server/cli/request.ts
async function request(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			...configOption,
			...requestOptions,
			mode: { type: "string" },
			include: {
				type: "boolean",
				short: "i"
			},
			json: { type: "boolean" },
			...storeOptions,
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.request);
		return 0;
	}
	const [folder, target] = positionals.length === 2 ? positionals : [".", positionals[0]];
	if (folder === void 0 || target === void 0 || positionals.length > 2) throw new UsageError("request takes [dir] TARGET; see cgi-workbench request --help");
	if (!target.startsWith("/")) throw new UsageError(`TARGET must begin with "/", not “${target}”`);
	const mode = values.mode ?? null;
	if (mode !== null && !isMode(mode)) throw new UsageError(`--mode takes one of ${modeNames.join(", ")}`);
	const body = await bodyOf(values.data, values["data-binary"]);
	const headers = headersOf(values.header, values.data !== void 0);
	const outgoing = {
		method: utf8(values.request ?? (body ? "POST" : "GET")),
		target: utf8(target),
		headers,
		body
	};
	const out = new ResponseReader((head) => values.include && process.stdout.write(head), (bytes) => process.stdout.write(bytes));
	const configFile = await configFileOf(values.config);
	const workbench = await Workbench.create({ store: isStoring(values) ? "always" : "never" });
	try {
		await workbench.folder.open(resolve(folder), {
			configFile,
			port: 0,
			run: { host: null }
		});
		tellProblems(workbench.folder.workspace().problems);
		let pace = null;
		const onResponse = (bytes, socket) => {
			if (values.json) return;
			pace ??= paced(socket);
			out.push(bytes);
			pace();
		};
		const ended = await workbench.sender.deliver(outgoing, {
			from: "cli",
			mode
		}, { onResponse });
		const trace = await workbench.doctor.examined(ended);
		if (values.json) process.stdout.write(`${JSON.stringify(toTraceJson(trace))}\n`);
		for (const { severity, title, detail } of trace.findings) if (!values.json) writeWords(process.stderr, `${severity}: ${title}\n  ${detail}\n`);
		return trace.response === null || isServerError(trace.response.status) || trace.findings.some(({ severity }) => severity === "error") ? 1 : 0;
	} finally {
		await workbench.dispose();
	}
}
export { request };

//# sourceMappingURL=request-D22VHhxR.js.map