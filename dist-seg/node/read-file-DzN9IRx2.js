import { a as array, f as number, g as string, l as int, p as object } from "./schemas-ALeHrJtO.js";
import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
import { f as trace } from "./trace-D4ZZJJlK.js";
import { a as placedTrace, c as fieldMistake, d as partBegin, f as partEnd, l as importMessage, o as restoreStreams, r as traceMark, s as exportMessage, t as capsuleMark, u as importedMessage } from "./capsule-8nEl1xg-.js";
import { B as noTiming } from "./store-file-bGyywt8M.js";
import { u as fromBytesText } from "./script-head-messages-BLuPLnUQ.js";
import { a as FastcgiRecorder, d as CapturedStream } from "./script-head-DT0y9IbQ.js";
// server/trace/formats/read-capsule.ts
var isCapsule = (file) => file.subarray(0, capsuleMark.length).equals(Buffer.from(capsuleMark));
/** `text`: one character for each byte. @throws ProblemError by `refuse` if it is not what a capsule is */
function readCapsule(text, refuse) {
	const version = text.slice(capsuleMark.length, text.indexOf("\n", capsuleMark.length));
	if (version !== "1") throw refuse(importMessage("newer-capsule", { version: version.slice(0, 20) }));
	const json = traceLine(text);
	if (json === void 0) throw refuse(importMessage("no-trace-line"));
	const checked = placedTrace.safeParse(json);
	if (!checked.success) throw refuse(fieldMistake(checked.error));
	const parts = {};
	for (const part of ["stdin", "stdout"]) {
		const found = partOf(text, part);
		if (found === null) throw refuse(importMessage("no-part", { part }));
		if (found !== "none") parts[part] = found;
	}
	return restoreStreams(checked.data, parts);
}
/** The JSON in the comments at the top; undefined: there is not exactly one line of it, or it is none. */
function traceLine(text) {
	const [line = "", ...others] = (/^(?:#[^\n]*\n)+/.exec(text)?.[0] ?? "").split("\n").filter((comment) => comment.startsWith(traceMark));
	if (others.length > 0) return void 0;
	try {
		return JSON.parse(line.slice(traceMark.length));
	} catch {
		return;
	}
}
/** "none": the capsule has no such part. Null: what is there is no part. */
function partOf(text, part) {
	const begin = `\n${partBegin(part)}\n`;
	const at = text.indexOf(begin);
	if (at < 0) return part === "stdin" ? "none" : null;
	const from = at + begin.length;
	const end = text.indexOf(`${partEnd(part)}\n`, from);
	const base64 = end < 0 ? "!" : text.slice(from, end).replaceAll("\n", "");
	return base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64) ? Buffer.from(base64, "base64") : null;
}
// server/trace/formats/read-har.ts
var header = object({
	name: string(),
	value: string()
});
var inText = {
	text: string().nullish(),
	encoding: string().nullish(),
	_encoding: string().nullish()
};
var pair = object({
	name: string(),
	value: string().nullish()
});
var entry = object({
	startedDateTime: string().refine((text) => !Number.isNaN(Date.parse(text)), "not a date"),
	time: number().nullish(),
	request: object({
		method: string().max(1024),
		url: string().max(1 << 20),
		httpVersion: string().nullish(),
		headers: array(header),
		postData: object({
			...inText,
			params: array(pair).nullish()
		}).nullish(),
		bodySize: number().max(2 ** 50).nullish()
	}),
	response: object({
		/** Without a response 0, or −1. */
		status: int().min(-1).max(999),
		statusText: string().nullish(),
		headers: array(header),
		content: object({
			...inText,
			size: number().max(2 ** 50).nullish()
		}).nullish()
	}),
	timings: object({ receive: number().nullish() }).nullish(),
	_cgiWorkbench: object({ trace: placedTrace }).optional()
});
var harFile = object({ log: object({ entries: array(entry) }) });
/** The traces of a HAR file's JSON; those of other tools have the id "". @throws ProblemError by `refuse` if it is none */
function readHar(json, refuse) {
	const checked = harFile.safeParse(json);
	if (!checked.success) throw refuse(fieldMistake(checked.error));
	const { entries } = checked.data.log;
	if (entries.length === 0) throw refuse(importMessage("no-entries"));
	return entries.map((one) => one._cgiWorkbench ? ownTrace(one, one._cgiWorkbench.trace) : foreignTrace(one));
}
function ownTrace({ request, response }, trace) {
	return restoreStreams(trace, {
		body: bytesOf(request.postData) ?? Buffer.alloc(0),
		content: bytesOf(response.content) ?? Buffer.alloc(0)
	});
}
function foreignTrace({ startedDateTime, time, request, response, timings }) {
	const took = Math.max(0, time ?? 0);
	const isUrl = URL.canParse(request.url);
	const url = new URL(isUrl ? request.url : "http://invalid/");
	const target = isUrl ? `${url.pathname}${url.search}` : request.url;
	const headers = fieldsOf(request.headers);
	if (!headers.some(([name]) => name.toLowerCase() === "host")) headers.unshift(["Host", url.host]);
	const [, httpVersion = "1.1"] = /^(?:HTTP\/|h)([\d.]+)$/i.exec(request.httpVersion ?? "") ?? [];
	const cause = importedMessage("har-entry");
	const content = bytesOf(response.content);
	return {
		schema: 1,
		id: "",
		seq: 1,
		startedAt: new Date(startedDateTime).toISOString(),
		outcome: response.status > 0 ? "ok" : "client-gone",
		detail: cause.text,
		code: cause.code,
		data: cause.data,
		client: {
			address: "",
			port: 0,
			from: "other"
		},
		connection: {
			id: 0,
			nth: 1
		},
		parent: null,
		request: {
			head: "",
			method: request.method,
			target,
			httpVersion,
			headers,
			body: streamOf$1(bytesOf(request.postData), request.bodySize, 0)
		},
		route: {
			kind: "none",
			file: null,
			mode: null,
			scriptHash: null,
			scriptName: isUrl ? url.pathname : target,
			pathInfo: ""
		},
		argv: null,
		cwd: null,
		env: null,
		notExported: [],
		stdin: null,
		stdout: null,
		stderr: null,
		script: null,
		response: response.status > 0 ? {
			status: response.status,
			reason: response.statusText ?? "",
			headers: fieldsOf(response.headers),
			framing: "length",
			added: [],
			changed: [],
			dropped: [],
			interim: [],
			body: streamOf$1(content, response.content?.size, took)
		} : null,
		process: null,
		timing: {
			...noTiming(),
			headAt: 0,
			headersAt: Math.max(0, took - (timings?.receive ?? 0)),
			doneAt: took
		},
		findings: [],
		fastcgi: null
	};
}
/** Without the pseudo-header fields of HTTP/2. */
var fieldsOf = (headers) => headers.flatMap(({ name, value }) => name.startsWith(":") ? [] : [[name, value]]);
/** Null: the file does not have them. */
function bytesOf(given) {
	if (!given) return null;
	const { text, encoding, _encoding, params } = given;
	if (typeof text === "string") return Buffer.from(text, (encoding ?? _encoding) === "base64" ? "base64" : "utf8");
	if (!params || params.length === 0) return null;
	return Buffer.from(new URLSearchParams(params.map(({ name, value }) => [name, value ?? ""])).toString());
}
/** `size`: as the file says, if it does not have the bytes. */
function streamOf$1(bytes, size, at) {
	const length = bytes?.length ?? Math.max(0, Math.floor(size ?? 0));
	return {
		bytes: length,
		captured: bytes?.length ?? 0,
		chunks: length === 0 ? [] : [{
			at,
			offset: 0,
			length
		}],
		base64: bytes?.toString("base64") ?? ""
	};
}
// server/trace/formats/read-trace-json.ts
/** The name of the first stream whose lengths contradict each other; null: all are sound. */
function unsoundStream(trace) {
	return [
		["request.body", trace.request.body],
		["stdin", trace.stdin],
		["stdout", trace.stdout],
		["stderr", trace.stderr],
		["response.body", trace.response?.body],
		["fastcgi.sent", trace.fastcgi?.sent],
		["fastcgi.received", trace.fastcgi?.received]
	].find(([, stream]) => stream && !isSound(stream))?.[0] ?? null;
}
/** Writes without a gap, as long together as the stream; as many bytes as `captured` says. */
function isSound({ bytes, captured, chunks, base64 }) {
	let end = 0;
	for (const { offset, length } of chunks) {
		if (offset !== end) return false;
		end += length;
	}
	return Buffer.byteLength(base64, "base64") === captured && captured <= bytes && (end === bytes || chunks.length === 0 && captured === 0);
}
/** `trace`: one whose streams are sound. */
function fromTraceJson(trace) {
	const { request, route, script, response } = trace;
	return {
		isCompact: false,
		id: trace.id,
		seq: trace.seq,
		startedAt: Date.parse(trace.startedAt),
		t0Ms: 0,
		outcome: trace.outcome,
		cause: trace.detail === null ? null : messageOf(trace.code, trace.data, trace.detail),
		client: trace.client,
		connection: trace.connection,
		parent: trace.parent,
		request: {
			head: fromBytesText(request.head),
			method: fromBytesText(request.method),
			target: fromBytesText(request.target),
			httpVersion: request.httpVersion,
			headers: request.headers.map(headerOf),
			body: streamOf(request.body)
		},
		route: {
			kind: route.kind,
			file: orNull(route.file, fromBytesText),
			scriptName: fromBytesText(route.scriptName),
			pathInfo: fromBytesText(route.pathInfo),
			mode: route.mode,
			scriptHash: route.scriptHash
		},
		argv: orNull(trace.argv, (argv) => argv.map(fromBytesText)),
		cwd: orNull(trace.cwd, fromBytesText),
		env: orNull(trace.env, (env) => env.map(({ name, value, source }) => ({
			name: fromBytesText(name),
			value: fromBytesText(value),
			source
		}))),
		notExported: trace.notExported.map(reasonOf),
		stdin: orNull(trace.stdin, streamOf),
		stdout: orNull(trace.stdout, streamOf),
		stderr: orNull(trace.stderr, streamOf),
		script: orNull(script, ({ kind, status, reason, headers, spans, stoppedAt, reasons }) => ({
			kind,
			status,
			spans,
			stoppedAt,
			reasons,
			reason: orNull(reason, fromBytesText),
			headers: headers.map(headerOf)
		})),
		response: orNull(response, ({ status, reason, headers, framing, added, changed, dropped, interim, body }) => ({
			status,
			framing,
			interim,
			reason: fromBytesText(reason),
			headers: headers.map(headerOf),
			added: added.map(reasonOf),
			changed: changed.map(reasonOf),
			dropped: dropped.map(reasonOf),
			body: streamOf(body)
		})),
		process: trace.process,
		fastcgi: orNull(trace.fastcgi, fastcgiOf),
		timing: trace.timing,
		notes: {
			handlerBecause: null,
			heldBy: null,
			failure: null,
			policy: null
		},
		findings: trace.findings,
		examined: true,
		pinned: false,
		rev: 0,
		cost: 0
	};
}
function fastcgiOf(fastcgi) {
	const { worker, pid, nth, role, reused, attempts, queuedAt, readyAt, connectedAt, appStatus, protocolStatus } = fastcgi;
	const recorder = new FastcgiRecorder(0, Number.MAX_SAFE_INTEGER);
	Object.assign(recorder, {
		worker,
		pid,
		nth,
		role,
		reused,
		attempts,
		appStatus,
		protocolStatus
	});
	Object.assign(recorder, {
		queuedAt,
		readyAt,
		connectedAt
	});
	for (const [index, text] of fastcgi.notes.entries()) {
		const { code, data } = fastcgi.noteCodes[index] ?? {
			code: null,
			data: null
		};
		recorder.note(messageOf(code, data, text));
	}
	for (const direction of ["sent", "received"]) recorder[direction].takeFrom(streamOf(fastcgi[direction]));
	for (const { direction, offset, at, ...header } of fastcgi.records) recorder.record(direction, header, offset, at);
	recorder.uncounted = Math.max(0, fastcgi.omitted - recorder.omitted);
	return recorder;
}
function streamOf({ bytes, chunks, base64 }) {
	const stream = CapturedStream.restored(chunks, Buffer.from(base64, "base64"));
	stream.bytes = bytes;
	return stream;
}
var orNull = (value, form) => value === null ? null : form(value);
var messageOf = (code, data, text) => ({
	code: code ?? "",
	data,
	text
});
var headerOf = ([name, value]) => [fromBytesText(name), fromBytesText(value)];
var reasonOf = ([name, text, code]) => [fromBytesText(name), messageOf(code, null, text)];
// server/trace/formats/read-file.ts
/** `path`: for the message. Traces of other tools have the id "". @throws ProblemError for any other file */
function readTraces(path, file) {
	const refuse = (why) => new ProblemError(exportMessage("not-imported", {
		path,
		why
	}));
	const traces = isCapsule(file) ? [readCapsule(file.toString("latin1"), refuse)] : fromJson(file, refuse);
	for (const trace of traces) {
		const stream = unsoundStream(trace);
		if (stream !== null) throw refuse(importMessage("bad-stream", { stream }));
	}
	return traces;
}
function fromJson(file, refuse) {
	const text = file.toString("utf8").replace(/^\ufeff/, "");
	if (!/^\s*\{/.test(text)) throw refuse(importMessage("file-unknown"));
	let json;
	try {
		json = JSON.parse(text);
	} catch (error) {
		throw refuse(importMessage("not-json", { systemText: error instanceof Error ? error.message : String(error) }));
	}
	if (typeof json !== "object" || json === null || !("schema" in json)) return readHar(json, refuse);
	const checked = trace.safeParse(json);
	if (!checked.success) throw refuse(fieldMistake(checked.error));
	return [checked.data];
}
export { fromTraceJson as n, readTraces as t };

//# sourceMappingURL=read-file-DzN9IRx2.js.map