import { C as noteOf, t as Workbench } from "./workbench-NP38puFa.js";
import { a as rendererFolder } from "./built-files-BwKU3mP-.js";
import { r as socketTransport, t as serveUi } from "./ui-origin-A7RdlQth.js";
import { n as serveLinks } from "./link-socket-BSPT8Ka8.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { a as ProblemError, n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { c as traitsOf } from "./modes-_bwrZvgN.js";
import { a as utf8, n as fromBytes, r as latin1, t as byteString } from "./byte-string-DHgfSrmB.js";
import { t as cliMessage } from "./messages-Cd49BnwB.js";
import { n as storeOptions, r as storingOf } from "./store-options-lQ0q_wnx.js";
import { n as usage, t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
// server/cli/print-log.ts
/** Resolves when the signal aborts. */
async function printLog(log, signal) {
	for (let since = 0; !signal.aborted;) try {
		const { entries, next, missed } = await log.next(since, signal);
		if (missed > 0) writeWords(process.stderr, `(Up to ${missed} ${missed === 1 ? "line is" : "lines are"} missing here: the log grew faster than it could be printed.)\n`);
		for (const entry of entries) if (isPrinted(entry)) writeWords(process.stderr, lineOf(entry));
		since = next;
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}
var isPrinted = ({ level, about }) => level !== "info" || about === "configuration" || about === "scripts";
var lineOf = ({ at, level, message, fix, times }) => `${new Date(at).toISOString()} ${level}: ${message}${fix === null ? "" : ` ${fix}`}${times > 1 ? ` (${times} times)` : ""}\n`;
// server/protocol/export/apache-log.ts
/** `%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"`. `zoneMinutes`: east of Greenwich, of the log's clock. */
function combinedLine(request, zoneMinutes = -new Date(request.at).getTimezoneOffset()) {
	const { address, user, at, head, status, bodyBytes } = request;
	const requestLine = head.split(/\r?\n/, 1)[0] ?? "";
	return [
		`${address} - ${user === "" ? "\"\"" : quoted(user)} [${accessTime(at, zoneMinutes)}]`,
		`"${requestLine === "" ? "-" : quoted(requestLine)}"`,
		`${status ?? "-"} ${bodyBytes === 0 ? "-" : bodyBytes}`,
		`"${quoted(headerOf(request, "referer"))}" "${quoted(headerOf(request, "user-agent"))}"`
	].join(" ");
}
/** `[time] [module:error] [pid N] [client address:port] message, referer: …` */
function errorLine({ at, module, pid, client, referer, message }, zoneMinutes = -new Date(at).getTimezoneOffset()) {
	const from = referer === null ? "" : `, referer: ${escaped(referer)}`;
	return `[${errorTime(at, zoneMinutes)}] [${module}:error] [pid ${pid}] [client ${client.address}:${client.port}] ${escaped(message)}${from}`;
}
/** Apache joins the fields of one name. Null without one. */
function headerOf({ headers }, name) {
	const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
	return values.length === 0 ? null : latin1(values.join(", "));
}
var quoted = (text) => text === null ? "-" : escaped(text).replaceAll("\"", "\\\"");
var letters = {
	"\\": "\\\\",
	"\b": "\\b",
	"\n": "\\n",
	"\r": "\\r",
	"	": "\\t",
	"\v": "\\v"
};
/** A line stays a line, and ASCII: `ap_escape_logitem`. */
var escaped = (text) => text.replace(/[^\x20-\x5b\x5d-\x7e]/g, (sign) => letters[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
var months = [
	"Jan",
	"Feb",
	"Mar",
	"Apr",
	"May",
	"Jun",
	"Jul",
	"Aug",
	"Sep",
	"Oct",
	"Nov",
	"Dec"
];
var days = [
	"Sun",
	"Mon",
	"Tue",
	"Wed",
	"Thu",
	"Fri",
	"Sat"
];
var two = (value) => String(value).padStart(2, "0");
/** A date whose UTC fields are those of the clock in the zone. */
var inZone = (at, zoneMinutes) => new Date(Math.floor(at) + zoneMinutes * 6e4);
var clockTime = (date) => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
/** 10/Oct/2000:13:55:36 -0700 */
function accessTime(at, zoneMinutes) {
	const date = inZone(at, zoneMinutes);
	const zone = Math.abs(zoneMinutes);
	const offset = `${zoneMinutes < 0 ? "-" : "+"}${two(Math.floor(zone / 60))}${two(zone % 60)}`;
	return `${`${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`}:${clockTime(date)} ${offset}`;
}
/** Wed Oct 11 14:32:52.123456 2000 */
function errorTime(at, zoneMinutes) {
	const date = inZone(at, zoneMinutes);
	const micros = String(date.getUTCMilliseconds() * 1e3 + Math.floor(at % 1 * 1e3)).padStart(6, "0");
	return `${`${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate())}`} ${clockTime(date)}.${micros} ${date.getUTCFullYear()}`;
}
// server/trace/formats/server-logs.ts
/** Null for what is part of another request: a run behind a local redirect. */
function accessLogLine(trace) {
	const { client, startedAt, request, response, parent, env } = trace;
	if (parent?.kind === "local-redirect") return null;
	return combinedLine({
		address: client.address,
		user: env?.find(({ name, source }) => name === "REMOTE_USER" && source === "server")?.value ?? null,
		at: startedAt,
		head: request.head,
		status: response?.status ?? null,
		bodyBytes: response?.body.bytes ?? 0,
		headers: request.headers
	});
}
/** What the script wrote to stderr, then why there was no good response. Stderr of a FastCGI application has Apache's words for that. */
function errorLogLines(trace, pid) {
	const { client, request, startedAt, timing, route, stderr } = trace;
	const isFastcgi = traitsOf(route.mode)?.responder === "application";
	const file = route.file ?? route.scriptName;
	const made = {
		module: isFastcgi ? "proxy_fcgi" : "cgi",
		pid,
		client,
		referer: headerOf(request, "referer")
	};
	const lines = [];
	for (const { at, text } of stderr ? linesOf(stderr.pieces()) : []) lines.push(errorLine({
		...made,
		at: startedAt + at,
		message: byteString(isFastcgi ? `AH01071: Got error '${text}'` : `AH01215: stderr from ${file}: ${text}`)
	}));
	const failure = failureOf(trace, file);
	if (failure) lines.push(errorLine({
		...made,
		...failure,
		at: startedAt + (timing.doneAt ?? 0)
	}));
	return lines;
}
/** Lines of a stream, each with the time of its first byte. */
function* linesOf(pieces) {
	let rest = "";
	let restAt = 0;
	for (const { bytes, at } of pieces) {
		const parts = fromBytes(bytes).split("\n");
		for (const [index, part] of parts.entries()) {
			if (rest === "") restAt = at;
			rest += part;
			if (index === parts.length - 1) continue;
			yield {
				at: restAt,
				text: rest.replace(/\r$/, "")
			};
			rest = "";
		}
	}
	if (rest !== "") yield {
		at: restAt,
		text: rest
	};
}
/** In Apache's words where it has some for this, else in ours. */
function failureOf(trace, file) {
	const { outcome, cause, script, timing } = trace;
	const name = file.slice(file.lastIndexOf("/") + 1);
	switch (outcome) {
		case "ok":
		case "client-gone":
		case "stopped":
		case null: return null;
		case "timeout": return { message: byteString(timing.headersAt === null ? `Script timed out before returning headers: ${name}` : `AH01220: Timeout waiting for output from CGI script ${file}`) };
		case "crashed":
		case "invalid-output": {
			if (script !== null && script.kind !== "invalid") return cause && { message: utf8(cause.text) };
			const line = badLine(trace);
			return { message: byteString(line === null ? `End of script output before headers: ${name}` : `malformed header from script '${name}': Bad header: ${line}`) };
		}
		default: return cause && {
			module: "core",
			message: utf8(cause.text)
		};
	}
}
var noHead = /* @__PURE__ */ new Set([
	"no-output",
	"no-empty-line",
	"head-too-large"
]);
/** The line of stdout that is no header; null when the output ended before it could be known. */
function badLine({ script, stdout }) {
	if (script?.stoppedAt === null || script?.stoppedAt === void 0 || noHead.has(script.reasons[0]?.code)) return null;
	const bytes = stdout?.read(script.stoppedAt, 1024);
	const [line = ""] = bytes ? fromBytes(bytes).split(/\r?\n/, 1) : [];
	return line === "" ? null : byteString(line);
}
// server/cli/server-logs.ts
var serverLogOptions = {
	"access-log": { type: "string" },
	"error-log": { type: "string" }
};
var ServerLogs = class ServerLogs {
	#access;
	#errors;
	constructor(access, errors) {
		this.#access = access;
		this.#errors = errors;
	}
	/** Writes to `log` when a file can no longer be written. @throws ProblemError if a file cannot be opened */
	static async open({ access, errors }, log) {
		return new ServerLogs(await openLog(access, log), await openLog(errors, log));
	}
	/** For each request that ends; null without a file. */
	get add() {
		const [access, errors] = [this.#access, this.#errors];
		if (!access && !errors) return null;
		return (trace) => {
			const line = access && accessLogLine(trace);
			if (line !== null) access?.add(line);
			if (errors) for (const error of errorLogLines(trace, process.pid)) errors.add(error);
		};
	}
	/** What was added is written then. */
	async close() {
		await this.#access?.close();
		await this.#errors?.close();
	}
};
async function openLog(path, log) {
	if (path === void 0) return null;
	return new LogFile(await open(path, "a").catch((error) => {
		throw new ProblemError(cliMessage("log-not-opened", {
			path,
			systemText: textOf(error)
		}));
	}), (error) => {
		log.write(noteOf("error", "workbench", cliMessage("log-not-written", {
			path,
			systemText: textOf(error)
		})));
	});
}
/** "ENOSPC: no space left on device", without the call's name and path. */
var textOf = (error) => (error instanceof Error ? error.message : String(error)).split(",", 1)[0] ?? "";
/** Lines that come while some are written are written together. */
var LogFile = class {
	#file;
	#onFault;
	#waiting = [];
	#writing = null;
	#isBroken = false;
	constructor(file, onFault) {
		this.#file = file;
		this.#onFault = onFault;
	}
	add(line) {
		if (this.#isBroken) return;
		this.#waiting.push(line);
		this.#writing ??= this.#writeAll();
	}
	async close() {
		await this.#writing;
		await this.#file.close();
	}
	async #writeAll() {
		try {
			while (this.#waiting.length > 0) {
				const lines = this.#waiting.splice(0);
				await this.#file.appendFile(`${lines.join("\n")}\n`);
			}
		} catch (error) {
			this.#isBroken = true;
			this.#waiting = [];
			this.#onFault(error);
		}
		this.#writing = null;
	}
};
// server/cli/serve.ts
async function serve(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			...configOption,
			port: { type: "string" },
			host: { type: "string" },
			"ui-port": { type: "string" },
			"no-ui": { type: "boolean" },
			json: { type: "boolean" },
			start: {
				type: "string",
				default: "auto"
			},
			"no-traces": { type: "boolean" },
			...serverLogOptions,
			...storeOptions,
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.serve);
		return 0;
	}
	if (positionals.length > 1) throw new UsageError("serve takes one folder");
	const port = portOf("--port", values.port);
	const uiPort = portOf("--ui-port", values["ui-port"]) ?? 0;
	const { start } = values;
	if (values.host === "") throw new UsageError("--host takes an address");
	if (start !== "auto" && start !== "native" && start !== "portable") throw new UsageError(`--start takes auto, native or portable, not “${start}”`);
	if (values["no-traces"] && values["error-log"] !== void 0) throw new UsageError("--error-log needs the traces that --no-traces switches off");
	const ended = endSignal();
	const configFile = await configFileOf(values.config);
	const { "access-log": access, "error-log": errors } = values;
	const workbench = await Workbench.create({
		start,
		recording: !values["no-traces"],
		store: storingOf(values)
	});
	const logs = await ServerLogs.open({
		access,
		errors
	}, workbench.log).catch(async (error) => {
		await workbench.dispose();
		throw error;
	});
	workbench.traces.onEnd = logs.add;
	const ending = new AbortController();
	printLog(workbench.log, ending.signal).catch((error) => workbench.log.fault("The log could not be printed.", error));
	try {
		const opening = workbench.folder.open(resolve(positionals[0] ?? "."), {
			configFile,
			port,
			run: { host: values.host ?? null }
		});
		if (!await Promise.race([opening.then(() => true), ended.then(() => false)])) process.exit(1);
		const { url: scripts } = workbench.server.servingAddress();
		const ui = values["no-ui"] ? null : await serveUi({
			onSocket: socketTransport(workbench),
			root: rendererFolder(),
			port: uiPort
		});
		const links = ui && await serveLinks(workbench, ui.link);
		const url = ui?.link(process.stdout.isTTY ? 6e4 : null) ?? null;
		const ready = {
			scripts,
			ui: url,
			pid: process.pid
		};
		process.stdout.write(values.json ? `${JSON.stringify(ready)}\n` : `Scripts ${scripts}${url ? `  Window ${url}` : ""}\n`);
		await ended;
		ending.abort();
		await links?.close();
		await ui?.close();
	} finally {
		await workbench.dispose();
		await logs.close();
	}
	return 0;
}
/** @throws UsageError for anything but a port number */
function portOf(option, value) {
	if (value === void 0) return null;
	const port = Number(value);
	if (!/^\d+$/.test(value) || port > 65535) throw new UsageError(`${option} takes a number from 0 to 65535, not “${value}”`);
	return port;
}
/** Resolves at the first SIGINT, SIGTERM or SIGHUP; a second one ends the process as usual. */
function endSignal() {
	return new Promise((done) => {
		for (const signal of [
			"SIGINT",
			"SIGTERM",
			"SIGHUP"
		]) process.once(signal, () => done());
	});
}
export { serve };

//# sourceMappingURL=serve-DgjzewpL.js.map