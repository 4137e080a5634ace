import { C as _isoDateTime, _ as templateLiteral, a as array, c as discriminatedUnion, d as literal, f as number, g as string, i as _null, m as record, n as _enum, o as base64, p as object, s as boolean, t as ZodISODateTime, u as lazy, v as tuple, y as union } from "./schemas-ALeHrJtO.js";
import { o as modeNames } from "./modes-_bwrZvgN.js";
// node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return _isoDateTime(ZodISODateTime, params);
}
// server/contract/bytes-text.ts
var bytesText = union([string(), object({ base64: base64() })]);
// server/contract/trace.ts
var ms = number();
var count = number().int().nonnegative();
var messageValue = union([
	string(),
	number(),
	boolean(),
	_null(),
	array(string()),
	lazy(() => message)
]);
var messageData = record(string(), messageValue).nullable().meta({ id: "data" });
/** Code and data of the sentence beside them. Both null without a sentence. */
var coded = {
	code: string().nullable(),
	data: messageData
};
/** A sentence with its code and data. */
var message = object({
	code: string(),
	data: messageData,
	text: string()
}).meta({ id: "message" });
var outcomes = [
	"ok",
	"invalid-output",
	"crashed",
	"timeout",
	"client-gone",
	"stopped",
	"queue-full",
	"spawn-error",
	"bad-request",
	"upstream-error"
];
var outcome = _enum(outcomes);
var mode = _enum(modeNames);
/**
* Only values that traces have. No trace ever had "load", so leaving it out breaks no reader; a new sender is an
* addition.
*/
var origin = _enum([
	"composer",
	"browser",
	"replay",
	"cli",
	"other"
]);
/** One read or write: `length` bytes at `offset` of the stream, `at` ms after the request's first byte. */
var chunk = object({
	at: ms,
	offset: count,
	length: count
});
/** A stream without its bytes: `bytes` passed, and the first `captured` of them were kept. */
var streamInfo = object({
	bytes: count,
	captured: count,
	chunks: array(chunk)
});
/** A stream with its captured bytes. */
var stream = streamInfo.extend({ base64: base64() });
var header = tuple([bytesText, bytesText]);
/**
* The source of a meta-variable's value: `request-line`, `header:<Name>`, `connection`, `server`, `config`,
* `inherited`, `composer`.
*/
var variableSource = union([_enum([
	"request-line",
	"connection",
	"server",
	"config",
	"inherited",
	"composer"
]), templateLiteral(["header:", string()])]);
/**
* What defines its name: RFC 3875 §4.1.1 to §4.1.17, a header field (§4.1.18), the custom of all servers, or its author
* alone.
*/
var variableStanding = _enum([
	"rfc",
	"header",
	"customary",
	"own"
]);
var variable = object({
	name: bytesText,
	value: bytesText,
	source: variableSource,
	standing: variableStanding
});
/** The meaning of the bytes `[from, to)` of stdout in the grammar of RFC 3875 §6. */
var span = object({
	from: count,
	to: count,
	is: _enum([
		"status-line",
		"name",
		"colon",
		"space",
		"value",
		"line-end",
		"empty-line",
		"body",
		"malformed"
	])
});
var scriptResponse = object({
	kind: _enum([
		"document",
		"local-redirect",
		"client-redirect",
		"client-redirect-document",
		"nph",
		"invalid"
	]),
	status: number().int().nullable(),
	reason: bytesText.nullable(),
	headers: array(header),
	spans: array(span),
	/** For `invalid`: the offset at which parsing stopped. */
	stoppedAt: count.nullable(),
	/** Why it is invalid, or what was tolerated: the sentences of `reasons`; `code` and `data` are those of the first. */
	why: string().nullable(),
	...coded,
	reasons: array(message)
});
var framing = _enum([
	"length",
	"chunked",
	"close",
	"none"
]);
/** A header's name, the reason for what happened to it, and that reason's code. */
var nameAndWhy = tuple([
	bytesText,
	string(),
	string()
]);
var severity = _enum([
	"error",
	"warning",
	"hint"
]);
/** The proof of a finding, beside the bytes of `stream` and `range`. */
var evidence = discriminatedUnion("kind", [
	object({
		kind: literal("variable"),
		name: string(),
		value: string().nullable()
	}),
	object({
		kind: literal("errno"),
		errno: string()
	}),
	object({
		kind: literal("process"),
		exitCode: number().int().nullable(),
		signal: string().nullable()
	}),
	object({
		kind: literal("mode"),
		path: string(),
		mode: string().nullable()
	}),
	object({
		kind: literal("file"),
		path: string(),
		line: number().int().positive().nullable()
	}),
	object({
		kind: literal("quote"),
		of: string(),
		text: string()
	})
]);
var finding = object({
	rule: string(),
	severity,
	title: string(),
	detail: string(),
	stream: _enum([
		"stdin",
		"stdout",
		"stderr",
		"request",
		"response"
	]).nullable(),
	range: tuple([count, count]).nullable(),
	line: number().int().positive().nullable(),
	reference: string().nullable(),
	fixes: array(string()),
	evidence: array(evidence)
});
var processInfo = object({
	pid: number().int().nullable(),
	start: _enum(["native", "portable"]),
	exitCode: number().int().nullable(),
	signal: string().nullable(),
	errno: string().nullable(),
	userMs: ms.nullable(),
	systemMs: ms.nullable(),
	maxRssKb: count.nullable()
});
var timing = object({
	headAt: ms.nullable(),
	admittedAt: ms.nullable(),
	/**
	* The process exists; for FastCGI: the application has the whole head of the request (`fastcgi` says when it was
	* sent).
	*/
	spawnedAt: ms.nullable(),
	firstByteAt: ms.nullable(),
	headersAt: ms.nullable(),
	lastByteAt: ms.nullable(),
	exitAt: ms.nullable(),
	doneAt: ms.nullable()
});
var fastcgiRecord = object({
	at: ms,
	direction: _enum(["sent", "received"]),
	type: count,
	requestId: count,
	contentLength: count,
	paddingLength: count,
	offset: count
});
/**
* The conversation with a FastCGI application; `offset` of a record counts from this request's first byte of each
* direction, and so do the streams.
*/
var fastcgiWith = (bytes) => object({
	/** Who served: the address, or the name of a worker process. */
	worker: string().nullable(),
	/** The worker process, if known. */
	pid: number().int().nullable(),
	role: _enum([
		"responder",
		"authorizer",
		"filter"
	]),
	/** The number of this request within its process, counted from 1; null if unknown. */
	nth: count.nullable(),
	/** An earlier request has used the connection. */
	reused: boolean(),
	/**
	* Connections tried: more than one if a kept connection was closed while the request was sent, or if the
	* application refused the request on it.
	*/
	attempts: count,
	/**
	* When a connection was requested, when a kept one was free or a new one was begun, and when it was open; null:
	* never.
	*/
	queuedAt: ms.nullable(),
	readyAt: ms.nullable(),
	connectedAt: ms.nullable(),
	/** The application's END_REQUEST; null: it sent none. */
	appStatus: count.nullable(),
	protocolStatus: count.nullable(),
	/**
	* What was unusual, in sentences: what FastCGI does not allow and the gateway tolerated, and why a request was sent
	* again.
	*/
	notes: array(string()),
	/** Of each note. */
	noteCodes: array(object(coded)),
	records: array(fastcgiRecord),
	/** Further records, which are not listed. */
	omitted: count,
	/** The bytes of both directions: every record with header and padding. */
	sent: bytes,
	received: bytes
});
/** The trace that this one repeats or follows from, and how; null if none. */
var parent = object({
	id: string(),
	kind: _enum([
		"local-redirect",
		"replay",
		"follow"
	])
}).nullable();
/**
* The trace with its streams in the given form: complete for JSON, without bytes for the window, which reads ranges.
*/
var traceWith = (bytes) => object({
	schema: literal(1),
	id: string(),
	seq: number().int().positive(),
	startedAt: datetime({ precision: 3 }),
	outcome,
	/** Why the outcome is what it is; or a remark. */
	detail: string().nullable(),
	...coded,
	client: object({
		address: string(),
		port: number().int(),
		from: origin
	}),
	connection: object({
		id: number().int(),
		nth: number().int().positive()
	}),
	parent,
	request: object({
		head: bytesText,
		method: bytesText,
		target: bytesText,
		httpVersion: string(),
		headers: array(header),
		body: bytes
	}),
	route: object({
		kind: _enum([
			"script",
			"static",
			"none"
		]),
		file: bytesText.nullable(),
		scriptName: bytesText,
		pathInfo: bytesText,
		mode: mode.nullable(),
		scriptHash: string().nullable()
	}),
	argv: array(bytesText).nullable(),
	cwd: bytesText.nullable(),
	env: array(variable).nullable(),
	/**
	* Request headers that the script does not receive, and a query that did not become arguments: each with the
	* reason.
	*/
	notExported: array(nameAndWhy),
	stdin: bytes.nullable(),
	stdout: bytes.nullable(),
	stderr: bytes.nullable(),
	script: scriptResponse.nullable(),
	response: object({
		status: number().int(),
		reason: bytesText,
		headers: array(header),
		framing,
		/** What the gateway did to the script's headers: added, changed, dropped; each with the reason. */
		added: array(nameAndWhy),
		changed: array(nameAndWhy),
		dropped: array(nameAndWhy),
		interim: array(number().int()),
		body: bytes
	}).nullable(),
	process: processInfo.nullable(),
	timing,
	findings: array(finding),
	fastcgi: fastcgiWith(bytes).nullable()
});
/** Schema 1, with every captured byte. */
var trace = traceWith(stream);
/** Schema 1 without the streams' bytes; `outcome` is null while the exchange runs. */
var traceView = traceWith(streamInfo).extend({ outcome: outcome.nullable() });
object({
	schema: literal(1),
	outcome,
	detail: string().nullable(),
	...coded,
	env: array(variable),
	stdin: stream,
	stdout: stream,
	stderr: stream,
	script: scriptResponse.omit({
		spans: true,
		stoppedAt: true
	}).nullable(),
	fastcgi: fastcgiWith(stream)
});
var streamName = _enum([
	"request-body",
	"stdin",
	"stdout",
	"stderr",
	"response-body",
	"fastcgi-sent",
	"fastcgi-received"
]);
/**
* How a request reached a FastCGI application. `connectedAt` null: a kept connection was used, or there was none;
* `begunAt` null: nothing was sent.
*/
var fastcgiTurn = object({
	readyAt: ms.nullable(),
	connectedAt: ms.nullable(),
	begunAt: ms.nullable()
});
/** A line of the trace list. */
var traceRow = object({
	/** Position in the stream of changes: a running trace gets a row when it takes long, and another one when it ends. */
	rev: number().int().positive(),
	id: string(),
	seq: number().int().positive(),
	/** Unix time in ms. */
	startedAt: number(),
	method: string(),
	target: string(),
	/**
	* Path of the script or file in the workspace, `/`-separated; for an external application the path that leads to it,
	* "/app"; null if there is none.
	*/
	file: string().nullable(),
	kind: _enum([
		"script",
		"static",
		"none"
	]),
	mode: mode.nullable(),
	/** On the wire; null if nothing was sent (yet). */
	status: number().int().nullable(),
	outcome: outcome.nullable(),
	from: origin,
	/** The trace that this request repeats or follows from. */
	parent,
	/** Pinned by the user: neither cleared nor evicted. */
	pinned: boolean(),
	responseBytes: count,
	tookMs: ms.nullable(),
	timing,
	/** Null without FastCGI. */
	fastcgi: fastcgiTurn.nullable(),
	/** The most severe finding; null without one. */
	severity: severity.nullable(),
	/** The number of findings above a hint. */
	findings: count
});
export { outcome as a, stream as c, timing as d, trace as f, datetime as g, bytesText as h, mode as i, streamInfo as l, traceView as m, message as n, outcomes as o, traceRow as p, messageData as r, severity as s, finding as t, streamName as u };

//# sourceMappingURL=trace-D4ZZJJlK.js.map