import { d as toBytesText } from "./script-head-messages-BLuPLnUQ.js";
import { r as sentencesOf } from "./message--K3iKRUD.js";
// server/protocol/variable-standing.ts
var rfc = /* @__PURE__ */ new Set([...[
	"AUTH_TYPE",
	"CONTENT_LENGTH",
	"CONTENT_TYPE",
	"GATEWAY_INTERFACE",
	"PATH_INFO",
	"PATH_TRANSLATED",
	"QUERY_STRING",
	"REMOTE_ADDR",
	"REMOTE_HOST"
], ...[
	"REMOTE_IDENT",
	"REMOTE_USER",
	"REQUEST_METHOD",
	"SCRIPT_NAME",
	"SERVER_NAME",
	"SERVER_PORT",
	"SERVER_PROTOCOL",
	"SERVER_SOFTWARE"
]]);
var customary = /* @__PURE__ */ new Set([...[
	"DOCUMENT_ROOT",
	"HTTPS",
	"PATH",
	"REDIRECT_STATUS",
	"REMOTE_PORT",
	"REQUEST_SCHEME",
	"REQUEST_URI",
	"SCRIPT_FILENAME",
	"SERVER_ADDR",
	"SERVER_ADMIN",
	"SERVER_SIGNATURE"
]]);
function variableStanding(name) {
	if (rfc.has(name)) return "rfc";
	if (name.startsWith("HTTP_")) return "header";
	return customary.has(name) || name.startsWith("REDIRECT_") ? "customary" : "own";
}
// server/trace/formats/trace-json.ts
/** The trace without its streams' bytes; `outcome` is null while the request runs. */
function toTraceView(trace) {
	return {
		...common(trace, info),
		outcome: trace.outcome
	};
}
/** The whole trace. @throws RangeError for a request that still runs */
function toTraceJson(trace) {
	if (trace.outcome === null) throw new RangeError(`trace ${trace.id} still runs`);
	return {
		...common(trace, streamJson),
		outcome: trace.outcome
	};
}
function common(trace, form) {
	const { request, route, script, response } = trace;
	return {
		schema: 1,
		id: trace.id,
		seq: trace.seq,
		startedAt: new Date(trace.startedAt).toISOString(),
		detail: trace.cause?.text ?? null,
		...codeOf(trace.cause),
		client: trace.client,
		connection: trace.connection,
		parent: trace.parent,
		request: {
			head: toBytesText(request.head),
			method: toBytesText(request.method),
			target: toBytesText(request.target),
			httpVersion: request.httpVersion,
			headers: request.headers.map(headerText),
			body: form(request.body)
		},
		route: {
			kind: route.kind,
			file: orNull(route.file, toBytesText),
			scriptName: toBytesText(route.scriptName),
			pathInfo: toBytesText(route.pathInfo),
			mode: route.mode,
			scriptHash: route.scriptHash
		},
		argv: orNull(trace.argv, (argv) => argv.map(toBytesText)),
		cwd: orNull(trace.cwd, toBytesText),
		env: orNull(trace.env, (env) => env.map(({ name, value, source }) => ({
			name: toBytesText(name),
			value: toBytesText(value),
			source,
			standing: variableStanding(name)
		}))),
		notExported: trace.notExported.map(reasonText),
		stdin: orNull(trace.stdin, form),
		stdout: orNull(trace.stdout, form),
		stderr: orNull(trace.stderr, form),
		script: orNull(script, ({ kind, status, reason, headers, spans, stoppedAt, reasons }) => ({
			kind,
			status,
			reason: orNull(reason, toBytesText),
			headers: headers.map(headerText),
			spans: [...spans],
			stoppedAt,
			...reasonsJson(reasons)
		})),
		response: orNull(response, ({ status, reason, headers, framing, added, changed, dropped, interim, body }) => ({
			status,
			reason: toBytesText(reason),
			headers: headers.map(headerText),
			framing,
			added: added.map(reasonText),
			changed: changed.map(reasonText),
			dropped: dropped.map(reasonText),
			interim: [...interim],
			body: form(body)
		})),
		process: trace.process,
		timing: rounded(trace.timing),
		findings: [...trace.findings],
		fastcgi: orNull(trace.fastcgi, (fastcgi) => fastcgiJson(fastcgi, form))
	};
}
/** A stream with its captured bytes. */
var streamJson = (stream) => ({
	...info(stream),
	base64: Buffer.from(stream.read(0, stream.captured)).toString("base64")
});
/** The conversation, with its streams in the given form. */
function fastcgiJson(fastcgi, form) {
	const { worker, pid, nth, role, reused, attempts, queuedAt, readyAt, connectedAt, appStatus, protocolStatus, notes, records, omitted } = fastcgi;
	return {
		worker,
		pid,
		nth,
		role,
		reused,
		attempts,
		queuedAt: settled(queuedAt),
		readyAt: settled(readyAt),
		connectedAt: settled(connectedAt),
		appStatus,
		protocolStatus,
		notes: notes.map(({ text }) => text),
		noteCodes: notes.map(codeOf),
		records: records.map((record) => ({
			...record,
			at: microseconds(record.at)
		})),
		omitted,
		sent: form(fastcgi.sent),
		received: form(fastcgi.received)
	};
}
var orNull = (value, form) => value === null ? null : form(value);
var headerText = ([name, value]) => [toBytesText(name), toBytesText(value)];
var reasonText = ([name, { text, code }]) => [
	toBytesText(name),
	text,
	code
];
/** What programs read beside a sentence. */
var codeOf = (message) => ({
	code: message?.code ?? null,
	data: message?.data ?? null
});
/** Of a script's head: all sentences in a row, the first one's code and data, and each by itself. */
var reasonsJson = (reasons) => ({
	why: sentencesOf(reasons),
	...codeOf(reasons[0] ?? null),
	reasons: [...reasons]
});
var info = ({ bytes, captured, chunks }) => ({
	bytes,
	captured,
	chunks: chunks.map((chunk) => ({
		...chunk,
		at: microseconds(chunk.at)
	}))
});
/** Milliseconds to the microsecond: finer than that is the clock's noise. */
var microseconds = (ms) => Math.round(ms * 1e3) / 1e3;
var settled = (ms) => orNull(ms, microseconds);
var rounded = (timing) => ({
	headAt: settled(timing.headAt),
	admittedAt: settled(timing.admittedAt),
	spawnedAt: settled(timing.spawnedAt),
	firstByteAt: settled(timing.firstByteAt),
	headersAt: settled(timing.headersAt),
	lastByteAt: settled(timing.lastByteAt),
	exitAt: settled(timing.exitAt),
	doneAt: settled(timing.doneAt)
});
export { streamJson as a, variableStanding as c, reasonsJson as i, fastcgiJson as n, toTraceJson as o, headerText as r, toTraceView as s, codeOf as t };

//# sourceMappingURL=trace-json-C6yo9-kO.js.map