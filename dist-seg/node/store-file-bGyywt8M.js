import { d as timing } from "./trace-D4ZZJJlK.js";
import { r as latin1, t as byteString } from "./byte-string-DHgfSrmB.js";
import { a as protocolStatus, f as toDisplayText } from "./script-head-messages-BLuPLnUQ.js";
import { a as FastcgiRecorder, d as CapturedStream, n as interpretScriptHead, r as isTokenByte, t as ScriptHeadParser } from "./script-head-DT0y9IbQ.js";
import { dirname } from "node:path";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from "node:fs";
import { createHash } from "node:crypto";
import { DatabaseSync } from "@photostructure/sqlite";
// server/trace/trace-record.ts
var emptyBytes = byteString("");
/** The record of a request that begins. `body`: what is to come of its body. */
function newTrace({ t0Ms, client, connection, parent, request }, { id, seq, startedAt, body }) {
	const { head, method, target, httpVersion, headers } = request;
	return {
		isCompact: false,
		id,
		seq,
		startedAt,
		t0Ms,
		outcome: null,
		cause: null,
		client,
		connection,
		parent,
		request: {
			head,
			method,
			target,
			httpVersion,
			headers,
			body
		},
		route: {
			kind: "none",
			file: null,
			scriptName: target,
			pathInfo: emptyBytes,
			mode: null,
			scriptHash: null
		},
		argv: null,
		cwd: null,
		env: null,
		notExported: [],
		stdin: null,
		stdout: null,
		stderr: null,
		script: null,
		response: null,
		process: null,
		fastcgi: null,
		timing: noTiming(),
		notes: {
			handlerBecause: null,
			heldBy: null,
			failure: null,
			policy: null
		},
		findings: [],
		examined: false,
		pinned: false,
		rev: 0,
		cost: 0
	};
}
var noTiming = () => ({
	headAt: null,
	admittedAt: null,
	spawnedAt: null,
	firstByteAt: null,
	headersAt: null,
	lastByteAt: null,
	exitAt: null,
	doneAt: null
});
// server/protocol/http1/request-fault.ts
/** What is wrong with a request, each answered with its status before anything runs. */
var requestFaultStatus = {
	"not-http": 400,
	"tls-hello": 400,
	"http2-preface": 505,
	"method-invalid": 400,
	"method-connect": 501,
	"request-line-incomplete": 400,
	"request-line-spaces": 400,
	"target-invalid-byte": 400,
	"version-invalid": 400,
	"version-unsupported": 505,
	"line-feed-alone": 400,
	"carriage-return-alone": 400,
	"header-folded": 400,
	"header-folded-first": 400,
	"header-without-colon": 400,
	"header-name-empty": 400,
	"header-name-invalid-byte": 400,
	"header-space-before-colon": 400,
	"header-value-invalid-byte": 400,
	"request-line-too-large": 414,
	"request-head-too-large": 431,
	"content-length-invalid": 400,
	"content-length-repeated": 400,
	"content-length-and-transfer-encoding": 400,
	"transfer-encoding-in-http-1-0": 400,
	"transfer-encoding-not-chunked-last": 400,
	"transfer-encoding-unknown": 501,
	"chunk-size-invalid": 400,
	"chunk-size-too-large": 400,
	"chunk-extension-invalid": 400,
	"chunk-extensions-too-large": 413,
	"chunk-line-end-invalid": 400,
	"chunk-data-end-invalid": 400,
	"trailer-invalid": 400,
	"trailers-too-large": 431
};
var requestFault = (code, from, to = from + 1) => ({
	code,
	status: requestFaultStatus[code],
	range: [from, to]
});
// server/trace/recorded-script.ts
function recordedScript({ spans }, { kind, status, reason, headers, stoppedAt, reasons }) {
	return {
		kind,
		status,
		reason,
		headers,
		spans,
		stoppedAt,
		reasons
	};
}
/** `stdout`: all of it. `policy`: the one that was in force. */
function readAgain(stdout, policy) {
	const parser = new ScriptHeadParser();
	const head = parser.push(stdout) ?? parser.end();
	const script = recordedScript(head, interpretScriptHead(head, policy));
	script.spans = withBody(script, stdout.length);
	return script;
}
/** The head's spans, and the rest of stdout. */
function withBody({ kind, spans }, bytes) {
	const from = spans.at(-1)?.to ?? 0;
	return kind !== "invalid" && bytes > from ? [...spans, {
		from,
		to: bytes,
		is: "body"
	}] : spans;
}
// server/protocol/http1/head-grammar.ts
var LF = 10;
var CR = 13;
var SP = 32;
var HTAB = 9;
var COLON = 58;
var ignore = () => {};
/**
* Reads a head: from the request line's first byte up to and including the blank line. `onPiece` also gets the pieces before a fault.
*/
function readHead(head, policy, onPiece = ignore) {
	const lineFeed = head.indexOf("\n");
	const end = lineFeed < 0 ? head.length : lineFeed;
	const line = readRequestLine(head, lineEnd(head, 0, end), onPiece);
	if (!line.ok) return line;
	const badEnd = lineEndFault(head, 0, end, policy);
	if (badEnd) return refuse(badEnd);
	if (lineFeed >= 0) onPiece("line-end", lineEnd(head, 0, end), end + 1);
	const headers = [];
	const fault = readFieldLines(head, end + 1, policy, headers, onPiece);
	if (fault) return refuse(fault);
	const { method, target, httpVersion } = line;
	return {
		ok: true,
		request: {
			method,
			target,
			httpVersion,
			headers
		}
	};
}
/** The request line in `[0, to)` (RFC 9112 §3), without its line end. */
function readRequestLine(head, to, onPiece) {
	let methodTo = 0;
	while (methodTo < to && isTokenByte(head.charCodeAt(methodTo))) methodTo++;
	if (methodTo === 0) return refused("not-http", 0, Math.min(1, head.length));
	const method = latin1(head.slice(0, methodTo));
	onPiece("method", 0, methodTo);
	if (methodTo === to) return refused("request-line-incomplete", to, to);
	if (head.charCodeAt(methodTo) !== SP) return refused("method-invalid", methodTo);
	const targetFrom = methodTo + 1;
	if (head.charCodeAt(targetFrom) === SP && targetFrom < to) return refused("request-line-spaces", targetFrom);
	const lastSpace = head.lastIndexOf(" ", to - 1);
	const targetTo = lastSpace < targetFrom ? to : lastSpace;
	for (let i = targetFrom; i < targetTo; i++) {
		const byte = head.charCodeAt(i);
		if (byte <= SP || byte === 127) return refused("target-invalid-byte", i);
	}
	if (targetTo === targetFrom) return refused("request-line-incomplete", targetFrom, to);
	const target = latin1(head.slice(targetFrom, targetTo));
	onPiece("target", targetFrom, targetTo);
	if (targetTo === to) return refused("request-line-incomplete", to, to);
	const version = head.slice(targetTo + 1, to);
	const versionFault = faultOfVersion(version, method);
	if (versionFault !== null) return refused(versionFault, targetTo + 1, Math.max(to, targetTo + 1));
	onPiece("version", targetTo + 1, to);
	if (method === "CONNECT") return refused("method-connect", 0, methodTo);
	return {
		ok: true,
		method,
		target,
		httpVersion: version === "HTTP/1.0" ? "1.0" : "1.1"
	};
}
function faultOfVersion(version, method) {
	if (version === "HTTP/1.1" || version === "HTTP/1.0") return null;
	if (version === "HTTP/2.0" && method === "PRI") return "http2-preface";
	return /^HTTP\/\d+(?:\.\d+)?$/.test(version) ? "version-unsupported" : "version-invalid";
}
/**
* Header lines from `from` up to a blank line or the end of `text` (RFC 9112 §5); trailers have the same grammar. Adds to `fields`.
*/
function readFieldLines(text, from, policy, fields, onPiece = ignore) {
	const checked = {
		foldedRequestHeader: policy.foldedRequestHeader,
		isClean: !controlByte.test(text)
	};
	while (from < text.length) {
		const lineFeed = text.indexOf("\n", from);
		const end = lineFeed < 0 ? text.length : lineFeed;
		const to = lineEnd(text, from, end);
		const fault = (checked.isClean && to < end ? null : lineEndFault(text, from, end, policy)) ?? readFieldLine(text, from, to, checked, fields, onPiece);
		if (fault) return fault;
		if (lineFeed >= 0) onPiece("line-end", to, end + 1);
		if (to === from) return null;
		from = end + 1;
	}
	return null;
}
/** Bytes that no header line holds, and carriage returns that end no line. */
var controlByte = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/;
function readFieldLine(text, from, to, policy, fields, onPiece) {
	if (from === to) return null;
	if (isBlank(text.charCodeAt(from))) return readFolded(text, from, to, policy, fields, onPiece);
	let nameTo = from;
	while (nameTo < to && isTokenByte(text.charCodeAt(nameTo))) nameTo++;
	if (text.charCodeAt(nameTo) !== COLON || nameTo === to) return faultOfName(text, from, nameTo, to);
	if (nameTo === from) return requestFault("header-name-empty", from, from + 1);
	const invalid = policy.isClean ? -1 : invalidValueByte(text, nameTo + 1, to);
	if (invalid >= 0) return requestFault("header-value-invalid-byte", invalid);
	const valueFrom = afterBlanks(text, nameTo + 1, to);
	const valueTo = beforeBlanks(text, valueFrom, to);
	onPiece("header-name", from, nameTo);
	if (valueTo > valueFrom) onPiece("header-value", valueFrom, valueTo);
	fields.push([latin1(text.slice(from, nameTo)), latin1(text.slice(valueFrom, valueTo))]);
	return null;
}
/** Why a line is no header: it stopped being a name at `at`. */
function faultOfName(text, from, at, to) {
	const colon = text.indexOf(":", at);
	if (colon < 0 || colon >= to) return requestFault("header-without-colon", from, to);
	if (beforeBlanks(text, at, colon) === at) return requestFault("header-space-before-colon", at, colon);
	return requestFault("header-name-invalid-byte", at);
}
/** A line that goes on with the value before it (obs-fold, RFC 9112 §5.2): one space takes the place of the line end and blanks. */
function readFolded(text, from, to, policy, fields, onPiece) {
	const last = fields.at(-1);
	if (!last) return requestFault("header-folded-first", from, to);
	if (policy.foldedRequestHeader === "reject") return requestFault("header-folded", from, to);
	const invalid = policy.isClean ? -1 : invalidValueByte(text, from, to);
	if (invalid >= 0) return requestFault("header-value-invalid-byte", invalid);
	const valueFrom = afterBlanks(text, from, to);
	const valueTo = beforeBlanks(text, valueFrom, to);
	onPiece("fold", from, valueFrom);
	if (valueTo > valueFrom) onPiece("header-value", valueFrom, valueTo);
	const [name, value] = last;
	const more = text.slice(valueFrom, valueTo);
	fields[fields.length - 1] = [name, latin1(value === "" || more === "" ? value + more : `${value} ${more}`)];
	return null;
}
/** The end of a line's text: before the carriage return, if there is one. `lineFeed`: the offset of its LF, or the text's end. */
var lineEnd = (text, from, lineFeed) => lineFeed > from && text.charCodeAt(lineFeed - 1) === CR ? lineFeed - 1 : lineFeed;
/** A line end that the policy refuses, or a carriage return alone: some servers take that for a line end (RFC 9112 §2.2). */
function lineEndFault(text, from, lineFeed, policy) {
	const to = lineEnd(text, from, lineFeed);
	const alone = text.slice(from, to).indexOf("\r");
	if (alone >= 0) return requestFault("carriage-return-alone", from + alone);
	if (to === lineFeed && policy.bareLineFeed === "reject" && text.charCodeAt(lineFeed) === LF) return requestFault("line-feed-alone", lineFeed);
	return null;
}
/** Field values hold visible characters, spaces, tabs and bytes above 0x7F (RFC 9110 §5.5); −1 where nothing else is found. */
function invalidValueByte(text, from, to) {
	for (let i = from; i < to; i++) {
		const byte = text.charCodeAt(i);
		if (byte < SP && byte !== HTAB || byte === 127) return i;
	}
	return -1;
}
var isBlank = (byte) => byte === SP || byte === HTAB;
function afterBlanks(text, from, to) {
	while (from < to && isBlank(text.charCodeAt(from))) from++;
	return from;
}
function beforeBlanks(text, from, to) {
	while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
	return to;
}
var refuse = (fault) => ({
	ok: false,
	fault
});
var refused = (code, from, to) => refuse(requestFault(code, from, to));
var lenient = {
	foldedRequestHeader: "join",
	bareLineFeed: "accept"
};
/** The headers of a head that was read before, under whatever policy. */
function headersOf(head) {
	const result = readHead(head, lenient);
	return result.ok ? result.request.headers : [];
}
/** The bytes of the header line with this index, its name included: for a fault of the line as a whole. */
function headerRange(head, index) {
	let header = -1;
	let range = [0, 0];
	readHead(head, lenient, (is, from, to) => {
		if (is === "header-name") header++;
		if (header === index && is === "header-name") range = [from, to];
		else if (header === index && is === "header-value") range[1] = to;
	});
	return range;
}
// server/trace/compact/fields.ts
/** Times of a trace: those of the contract. */
var timingNames = timing.keyof().options;
/** Numbers of a FastCGI conversation, by their names in the recorder. */
var conversationTimes = [
	"queuedAt",
	"readyAt",
	"connectedAt"
];
var conversationIntegers = ["pid", "nth"];
/** The streams of a trace. */
var streamNames = [
	"requestBody",
	"stdin",
	"stdout",
	"stderr",
	"responseBody",
	"sent",
	"received"
];
var streamIn = {
	requestBody: ({ request }) => request.body,
	stdin: ({ stdin }) => stdin,
	stdout: ({ stdout }) => stdout,
	stderr: ({ stderr }) => stderr,
	responseBody: ({ response }) => response?.body ?? null,
	sent: ({ fastcgi }) => fastcgi?.sent ?? null,
	received: ({ fastcgi }) => fastcgi?.received ?? null
};
/** Where the bytes of a stream are. */
var place$1 = {
	noStream: 0,
	empty: 1,
	memory: 2,
	own: 3,
	context: 4
};
// server/trace/compact/number-pages.ts
var none = -1;
/** Longer times, in ms, do not fit into a row. */
var longestMs = (2 ** 31 - 1) / 1e3;
/** No row has more numbers. */
var maxRowLength = 64;
var pageLength = 2048;
var double = /* @__PURE__ */ new Float64Array(1);
var halves = new Int32Array(double.buffer);
/** Writes rows: numbers one after the other, read back in the same order. */
var NumberPages = class {
	#page = new Int32Array(pageLength);
	#rowFrom = 0;
	#end = 0;
	/** Begins a row. */
	begin() {
		if (this.#end + maxRowLength > pageLength) {
			this.#page = new Int32Array(pageLength);
			this.#end = 0;
		}
		this.#rowFrom = this.#end++;
	}
	/** A whole number from 0 on, or null. */
	integer(value) {
		this.#page[this.#end++] = value ?? none;
	}
	/** A time up to `longestMs`, kept in whole microseconds, or null. Times before 0 are kept as null. */
	time(ms) {
		this.#page[this.#end++] = ms !== null && ms >= 0 ? Math.round(ms * 1e3) : none;
	}
	/** Any number, exactly. */
	double(value) {
		double[0] = value;
		this.#page[this.#end++] = halves[0] ?? 0;
		this.#page[this.#end++] = halves[1] ?? 0;
	}
	end() {
		this.#page[this.#rowFrom] = this.#end - this.#rowFrom;
		return {
			numbers: this.#page,
			from: this.#rowFrom
		};
	}
};
/** The row alone, as bytes. */
var rowBytes = ({ numbers, from }) => new Uint8Array(numbers.buffer, numbers.byteOffset + 4 * from, 4 * (numbers[from] ?? 0));
/** Reads a row in the order in which it was written. */
var RowReader = class {
	#numbers;
	#at;
	constructor({ numbers, from }) {
		this.#numbers = numbers;
		this.#at = from + 1;
	}
	integer() {
		const value = this.#next();
		return value === none ? null : value;
	}
	/** An integer that was not null. */
	count() {
		return this.#next();
	}
	/** ms. */
	time() {
		const micros = this.#next();
		return micros === none ? null : micros / 1e3;
	}
	double() {
		halves[0] = this.#next();
		halves[1] = this.#next();
		return double[0] ?? 0;
	}
	#next() {
		return this.#numbers[this.#at++] ?? none;
	}
};
// server/trace/compact/equality.ts
function isEqual(one, other) {
	if (one === other) return true;
	if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
	if (Array.isArray(one)) {
		if (!Array.isArray(other) || one.length !== other.length) return false;
		for (let i = 0; i < one.length; i++) if (!isEqual(one[i], other[i])) return false;
		return true;
	}
	return isPlain(one) && isPlain(other) && haveEqualValues(one, other);
}
function haveEqualValues(one, other) {
	let keys = 0;
	for (const key in one) {
		if (!isEqual(one[key], other[key])) return false;
		keys++;
	}
	for (const _ in other) keys--;
	return keys === 0;
}
var isPlain = (value) => Object.getPrototypeOf(value) === Object.prototype;
/** Takes each value from `earlier` that is equal there, so that the own one can be collected. */
function takeEqualValues(own, earlier) {
	for (const key in own) if (own[key] !== earlier[key] && isEqual(own[key], earlier[key])) own[key] = earlier[key];
}
// server/trace/compact/shared-contexts.ts
/**
* The part of a trace that similar traces share. To share another field, add it here: it is then compared, and `expand` gives it back.
*/
function sharedPart(trace) {
	const { outcome, cause, client, parent, request, route, argv, cwd, env, notExported, response, notes } = trace;
	return {
		outcome,
		cause,
		client,
		parent,
		route,
		argv,
		cwd,
		env,
		notExported,
		notes,
		connectionId: trace.connection.id,
		request: {
			head: request.head,
			method: request.method,
			target: request.target,
			httpVersion: request.httpVersion
		},
		response: response && {
			status: response.status,
			reason: response.reason,
			headers: response.headers,
			framing: response.framing,
			added: response.added,
			changed: response.changed,
			dropped: response.dropped,
			interim: response.interim
		},
		/** What a FastCGI application was sent for a request without a body: it depends on nothing else. */
		sent: request.body.bytes === 0 ? trace.fastcgi?.sent.firstBytes ?? null : null
	};
}
/** Connections of which the last request's context is remembered. */
var rememberedConnections = 64;
var SharedContexts = class {
	#last = [];
	/** The context of the connection's request before when it is equal, else a new one. */
	of(trace) {
		const own = sharedPart(trace);
		const index = trace.connection.id % rememberedConnections;
		const last = this.#last[index];
		if (last) {
			if (isEqual(own, last)) return {
				context: last,
				isNew: false
			};
			takeEqualValues(own, last);
			if (own.response && last.response) takeEqualValues(own.response, last.response);
		}
		this.#last[index] = own;
		return {
			context: own,
			isNew: true
		};
	}
	clear() {
		this.#last.length = 0;
	}
};
// server/trace/compact/compactor.ts
/** Measured by test/bench/trace-memory.mjs, checked by test/unit/trace/trace-memory.test.ts: what a compact trace takes beside its streams' bytes. */
var compactBytes = 290;
/** Of the same: how a script's process ended. */
var processBytes = 110;
/** Of the same: what a context takes that no other trace shares, beside two times the request's head (itself, and what became variables of it). */
var contextBytes = 500;
/** Of the same: a stream whose bytes do not lie in the response's memory. */
var ownStreamBytes = 110;
var noBytes = [];
var noFindings = [];
/** Makes traces compact, for one trace log. It remembers what traces share. */
var TraceCompactor = class {
	#pages = new NumberPages();
	#contexts = new SharedContexts();
	/** Null: the trace holds something that only the whole record can hold. The trace has ended. */
	compact(trace) {
		if (!canBeCompact(trace)) return null;
		const { seq, process, fastcgi, findings, examined, pinned, rev } = trace;
		const { context, isNew } = this.#contexts.of(trace);
		const memory = (fastcgi?.received ?? trace.stdout ?? trace.response?.body)?.firstBytes?.buffer ?? null;
		const pages = this.#pages;
		pages.begin();
		pages.double(trace.t0Ms);
		pages.double(trace.startedAt);
		pages.integer(trace.connection.nth);
		for (const name of timingNames) pages.time(trace.timing[name]);
		if (fastcgi) {
			pages.integer(fastcgi.reused ? 1 : 0);
			for (const name of conversationIntegers) pages.integer(fastcgi[name]);
			for (const name of conversationTimes) pages.time(fastcgi[name]);
		}
		let own = null;
		for (const name of streamNames) {
			const stream = streamIn[name](trace);
			const bytes = stream?.firstBytes;
			if (!bytes) {
				pages.integer(stream ? place$1.empty : place$1.noStream);
				continue;
			}
			const isShared = stream === fastcgi?.sent && bytes === context.sent;
			pages.integer(isShared ? place$1.context : bytes.buffer === memory ? place$1.memory : place$1.own);
			pages.time(stream.firstAt);
			if (isShared) continue;
			if (bytes.buffer === memory) {
				pages.integer(bytes.byteOffset);
				pages.integer(bytes.length);
			} else if (own) own.push(bytes);
			else own = [bytes];
		}
		const { numbers, from } = pages.end();
		return {
			isCompact: true,
			numbers,
			from,
			seq,
			context,
			memory,
			own: own ?? noBytes,
			worker: fastcgi?.worker ?? null,
			process,
			findings: findings.length === 0 ? noFindings : findings,
			examined,
			pinned,
			rev,
			cost: costOf(trace, own ?? noBytes) + (isNew ? contextBytes + 2 * trace.request.head.length : 0)
		};
	}
	/** Forgets what traces share. */
	clear() {
		this.#contexts.clear();
	}
};
function costOf({ request, stdout, response, process, fastcgi }, own) {
	const answer = fastcgi?.received ?? stdout ?? response?.body;
	return compactBytes + (request.body.captured + (answer?.captured ?? 0)) + own.length * ownStreamBytes + (process ? processBytes : 0);
}
/** Its streams passed in one piece each and were kept whole, and what is not kept can be computed from what is. */
function canBeCompact({ request, script, stdin, stdout, stderr, response, timing, fastcgi, notes }) {
	return (timing.doneAt ?? 0) < longestMs && request.head !== "" && request.headers.length > 0 && response !== null && script?.kind !== "nph" && (script === null ? notes.policy === null : notes.policy !== null && stdout !== null && stdout.bytes > 0) && isSimple(request.body) && isSimple(stdin) && isSimple(stdout) && isSimple(stderr) && isSimple(response.body) && (fastcgi === null || fastcgi.isSimple);
}
var isSimple = (stream) => stream === null || stream.isSimple;
// server/trace/compact/expand.ts
/** In the order in which `TraceCompactor` packs them. */
function unpack(compacted) {
	const row = new RowReader(compacted);
	const t0Ms = row.double();
	const startedAt = row.double();
	const nth = row.count();
	const timing = noTiming();
	for (const name of timingNames) timing[name] = row.time();
	return {
		t0Ms,
		startedAt,
		nth,
		timing,
		conversation: compacted.worker === null ? null : unpackConversation(row),
		streams: unpackStreams(row, compacted)
	};
}
function unpackConversation(row) {
	const found = {
		reused: row.integer() === 1,
		pid: null,
		nth: null,
		queuedAt: null,
		readyAt: null,
		connectedAt: null
	};
	for (const name of conversationIntegers) found[name] = row.integer();
	for (const name of conversationTimes) found[name] = row.time();
	return found;
}
function unpackStreams(row, { context, memory, own }) {
	const streams = {};
	let nextOwn = 0;
	const bytesAt = (where) => {
		if (where === place$1.context) return context.sent;
		if (where === place$1.own) return own[nextOwn++] ?? null;
		return memory && new Uint8Array(memory, row.count(), row.count());
	};
	for (const name of streamNames) {
		const where = row.integer() ?? place$1.noStream;
		if (where === place$1.noStream) continue;
		if (where === place$1.empty) streams[name] = {
			bytes: null,
			at: 0
		};
		else streams[name] = {
			at: row.time() ?? 0,
			bytes: bytesAt(where)
		};
	}
	return streams;
}
/** The whole record again. */
function expand(compacted, idOf) {
	const { seq, context, process, findings, examined, pinned, rev } = compacted;
	const { connectionId, request, response, sent: _, ...shared } = context;
	const unpacked = unpack(compacted);
	const { t0Ms, startedAt, nth, timing, streams } = unpacked;
	const stream = (name) => {
		const kept = streams[name];
		return kept ? CapturedStream.of(kept.bytes, kept.at) : null;
	};
	const some = (name) => stream(name) ?? CapturedStream.of(null, 0);
	const { policy } = shared.notes;
	const stdout = streams.stdout?.bytes;
	return {
		isCompact: false,
		...shared,
		id: idOf(startedAt),
		seq,
		startedAt,
		t0Ms,
		connection: {
			id: connectionId,
			nth
		},
		request: {
			...request,
			headers: headersOf(request.head),
			body: some("requestBody")
		},
		stdin: stream("stdin"),
		stdout: stream("stdout"),
		stderr: stream("stderr"),
		script: policy && readAgain(stdout ?? /* @__PURE__ */ new Uint8Array(0), policy),
		response: response && {
			...response,
			body: some("responseBody")
		},
		process,
		fastcgi: fastcgiOf(compacted, unpacked),
		timing,
		findings,
		examined,
		pinned,
		rev,
		cost: 0
	};
}
function fastcgiOf({ worker }, { t0Ms, conversation, streams }) {
	if (!conversation) return null;
	const recorder = new FastcgiRecorder(t0Ms, Number.MAX_SAFE_INTEGER);
	recorder.worker = worker;
	recorder.reused = conversation.reused;
	for (const name of conversationIntegers) recorder[name] = conversation[name];
	for (const name of conversationTimes) recorder[name] = conversation[name];
	recorder.attempts = 1;
	recorder.appStatus = 0;
	recorder.protocolStatus = protocolStatus.requestComplete;
	for (const direction of ["sent", "received"]) {
		const kept = streams[direction];
		if (kept?.bytes) recorder[direction].add(kept.bytes, kept.at);
	}
	return recorder;
}
/** What a row of the list needs, without the whole record. */
function rowFacts(compacted) {
	const { context, findings } = compacted;
	const { startedAt, timing, conversation, streams } = unpack(compacted);
	const turn = conversation && {
		readyAt: conversation.readyAt,
		connectedAt: conversation.reused ? null : conversation.connectedAt,
		begunAt: streams.sent?.at ?? null
	};
	return {
		startedAt,
		route: context.route,
		parent: context.parent,
		findings,
		from: context.client.from,
		method: context.request.method,
		target: context.request.target,
		status: context.response?.status ?? null,
		outcome: context.outcome,
		responseBytes: streams.responseBody?.bytes?.length ?? 0,
		timing,
		fastcgi: turn
	};
}
// server/trace/store/packed-trace.ts
/** A stream that holds another one's bytes comes before it. */
var storedStreams = [
	"received",
	"sent",
	"stdout",
	"stderr",
	"stdin",
	"requestBody",
	"responseBody"
];
/** Similar requests share most of these objects, and so their texts. */
var texts = /* @__PURE__ */ new WeakMap();
function sharedJson(shared) {
	if (shared === null) return "null";
	let text = texts.get(shared);
	if (text === void 0) {
		text = JSON.stringify(shared);
		texts.set(shared, text);
	}
	return text;
}
/** As JSON.stringify would make it. The variables are most of it, and most of them are equal to those of earlier requests. */
function contextJson({ sent: _, env, notes, route, argv, notExported, ...rest }) {
	const { policy, ...ownNotes } = notes;
	const variables = env === null ? "null" : `[${env.map(sharedJson).join(",")}]`;
	const shared = `"route":${sharedJson(route)},"argv":${sharedJson(argv)},"notExported":${sharedJson(notExported)}`;
	const withPolicy = `${JSON.stringify(ownNotes).slice(0, -1)},"policy":${sharedJson(policy)}}`;
	return `${JSON.stringify(rest).slice(0, -1)},${shared},"notes":${withPolicy},"env":${variables}}`;
}
/** `isShortened`: without the bytes of its streams. */
function packTrace(trace, { sent }, isShortened) {
	const runs = new Runs(sent);
	const streams = [];
	for (const name of storedStreams) {
		const stream = streamIn[name](trace);
		if (!stream) {
			streams.push(0);
			continue;
		}
		const found = [];
		if (stream.captured > 0 && !isShortened) for (const part of stream.parts()) runs.add(part, found);
		streams.push([
			stream.bytes,
			writesOf(stream),
			found
		]);
	}
	const { process, findings, fastcgi, script, request } = trace;
	const facts = {
		id: trace.id,
		at: trace.startedAt,
		nth: trace.connection.nth,
		t: timingNames.map((name) => micros(trace.timing[name])),
		s: streams,
		...process && { p: process },
		...findings.length > 0 && { fi: findings },
		...fastcgi && { fc: conversationOf$1(fastcgi) },
		...(isShortened || !canBeReadAgain(trace)) && { sc: script },
		...(request.head === "" || request.headers.length === 0) && { h: request.headers }
	};
	return {
		json: JSON.stringify(facts),
		parts: runs.parts,
		bytes: runs.bytes
	};
}
function canBeReadAgain({ stdout, script, notes }) {
	if (script === null || script.kind === "nph" || notes.policy === null || stdout === null) return false;
	return stdout.bytes > 0 && stdout.captured === stdout.bytes;
}
function writesOf({ isSimple, firstAt, bytes, chunks }) {
	if (bytes === 0) return [];
	if (isSimple) return [Math.round((firstAt ?? 0) * 1e3), bytes];
	return chunks.flatMap(({ at, length }) => [Math.round(at * 1e3), length]);
}
var micros = (ms) => ms === null ? null : Math.round(ms * 1e3);
var toMicros = (record) => ({
	...record,
	at: Math.round(record.at * 1e3) / 1e3
});
function conversationOf$1(recorder) {
	const { worker, pid, nth, role, reused, attempts, appStatus, protocolStatus, notes } = recorder;
	const { queuedAt, readyAt, connectedAt, uncounted } = recorder;
	const further = recorder.recordCount > 0 ? recorder.furtherRecords.map(toMicros) : [];
	return {
		worker,
		pid,
		nth,
		role,
		reused,
		attempts,
		appStatus,
		protocolStatus,
		notes,
		uncounted,
		turn: [
			micros(queuedAt),
			micros(readyAt),
			micros(connectedAt)
		],
		...further.length > 0 && { further }
	};
}
/** The bytes of all streams, one after the other, without those that lie in an earlier one. */
var Runs = class {
	parts = [];
	bytes = 0;
	#places = [];
	/** Streams that share memory are met in the same order: the next part probably lies behind the last one that was found. */
	#next = 0;
	#sent;
	constructor(sent) {
		this.#sent = sent;
	}
	add(part, runs) {
		if (part === this.#sent) {
			runs.push(-1, part.length);
			return;
		}
		const at = this.#find(part) ?? this.#append(part);
		const before = runs.length - 2;
		if (before >= 0 && runs[before] !== -1 && (runs[before] ?? 0) + (runs[before + 1] ?? 0) === at) runs[before + 1] = (runs[before + 1] ?? 0) + part.length;
		else runs.push(at, part.length);
	}
	#append(part) {
		this.parts.push(part);
		this.#places.push(this.bytes);
		this.bytes += part.length;
		return this.bytes - part.length;
	}
	#find(part) {
		const { length } = this.parts;
		for (let tried = 0; tried < length; tried++) {
			const index = (this.#next + tried) % length;
			const other = this.parts[index];
			if (!other || other.buffer !== part.buffer || part.byteOffset < other.byteOffset) continue;
			if (part.byteOffset + part.length > other.byteOffset + other.length) continue;
			this.#next = index;
			return (this.#places[index] ?? 0) + part.byteOffset - other.byteOffset;
		}
		return null;
	}
};
// server/trace/store/shared-ring.ts
var ringBytes = 1 << 24;
/** A batch holds the records of so many bytes, or a single larger one. */
var batchBytes = 1 << 18;
var recordKind = {
	trace: 1,
	context: 2,
	findings: 3,
	pin: 4
};
/** Of a trace: its facts are JSON, or a compact trace's row of numbers. */
var recordForm = {
	json: 0,
	compact: 1
};
/** The rest of the ring is not used: the next record begins at its start. */
var skipKind = 65535;
var place = {
	written: 0,
	read: 1,
	lost: 2,
	shortened: 3
};
var newRing = (size = ringBytes) => ({
	bytes: new SharedArrayBuffer(size),
	places: new SharedArrayBuffer(16)
});
var RingWriter = class {
	#size;
	#ring;
	#numbers;
	#places;
	#written;
	constructor({ bytes, places }) {
		this.#size = bytes.byteLength;
		this.#ring = Buffer.from(bytes);
		this.#numbers = new Uint32Array(bytes);
		this.#places = new Int32Array(places);
		this.#written = Atomics.load(this.#places, place.written);
	}
	/** Bytes that the reader has not taken yet. */
	get backlog() {
		return this.#written - Atomics.load(this.#places, place.read) >>> 0;
	}
	get size() {
		return this.#size;
	}
	/** False: there is no room. `parts`: the bytes of the body, one after the other. */
	write({ kind, number = 0, floor = 0, form = recordForm.json }, json, parts, bytes) {
		const at = this.#room(32 + 3 * json.length + bytes + 8);
		if (at < 0) return false;
		const jsonBytes = this.#ring.write(json, at + 32, "utf8");
		let end = at + 32 + jsonBytes;
		for (const part of parts) {
			this.#ring.set(part, end);
			end += part.length;
		}
		const length = end - at + 7 & -8;
		const head = at >> 2;
		this.#numbers[head] = length;
		this.#numbers[head + 1] = kind;
		this.#numbers[head + 2] = number;
		this.#numbers[head + 3] = jsonBytes;
		this.#numbers[head + 4] = bytes;
		this.#numbers[head + 5] = floor;
		this.#numbers[head + 6] = form;
		this.#publish(length);
		return true;
	}
	countLost() {
		Atomics.add(this.#places, place.lost, 1);
	}
	countShortened() {
		Atomics.add(this.#places, place.shortened, 1);
	}
	/** Where so many bytes have room in a row; -1: nowhere. */
	#room(length) {
		const at = (this.#written >>> 0) % this.#size;
		const gap = at + length > this.#size ? this.#size - at : 0;
		if (this.backlog + gap + length > this.#size) return -1;
		if (gap === 0) return at;
		this.#numbers[at >> 2] = gap;
		this.#numbers[(at >> 2) + 1] = skipKind;
		this.#publish(gap);
		return 0;
	}
	#publish(length) {
		this.#written = this.#written + length | 0;
		Atomics.store(this.#places, place.written, this.#written);
	}
};
var RingReader = class {
	#size;
	#ring;
	#numbers;
	#places;
	constructor({ bytes, places }) {
		this.#size = bytes.byteLength;
		this.#ring = Buffer.from(bytes);
		this.#numbers = new Uint32Array(bytes);
		this.#places = new Int32Array(places);
	}
	/** Writes every page once. Otherwise the requests would wait for the system to make each of them. */
	touch() {
		for (let at = 0; at < this.#size; at += 4096) Atomics.or(this.#numbers, at >> 2, 0);
	}
	/** A copy of the next records; null: there are none. */
	take() {
		const written = Atomics.load(this.#places, place.written);
		for (;;) {
			const read = Atomics.load(this.#places, place.read);
			if (read === written) return null;
			const from = (read >>> 0) % this.#size;
			const waiting = written - read >>> 0;
			let bytes = 0;
			while (bytes < waiting && bytes < batchBytes && from + bytes < this.#size) {
				if (this.#numbers[(from + bytes >> 2) + 1] === skipKind) break;
				bytes += this.#numbers[from + bytes >> 2] ?? 0;
			}
			if (bytes === 0) {
				Atomics.store(this.#places, place.read, read + (this.#numbers[from >> 2] ?? 0) | 0);
				continue;
			}
			const batch = Buffer.from(new ArrayBuffer(bytes));
			this.#ring.copy(batch, 0, from, from + bytes);
			Atomics.store(this.#places, place.read, read + bytes | 0);
			return batch;
		}
	}
	missed() {
		return {
			lost: Atomics.exchange(this.#places, place.lost, 0),
			shortened: Atomics.exchange(this.#places, place.shortened, 0)
		};
	}
};
function recordAt(batch, at) {
	const jsonBytes = batch.readUInt32LE(at + 12);
	const bodyAt = at + 32 + jsonBytes;
	return {
		at,
		length: batch.readUInt32LE(at),
		kind: batch.readUInt32LE(at + 4),
		number: batch.readUInt32LE(at + 8),
		floor: batch.readUInt32LE(at + 20),
		form: batch.readUInt32LE(at + 24),
		json: batch.subarray(at + 32, bodyAt),
		body: batch.subarray(bodyAt, bodyAt + batch.readUInt32LE(at + 16))
	};
}
function* recordsOf(batch) {
	for (let at = 0; at < batch.length;) {
		const record = recordAt(batch, at);
		yield record;
		at += record.length;
	}
}
// server/trace/store/compact-record.ts
/** The JSON text of names that many traces have. */
var quoted = /* @__PURE__ */ new Map();
var maxQuoted = 256;
function quote(name) {
	let text = quoted.get(name);
	if (text === void 0) {
		if (quoted.size >= maxQuoted) quoted.clear();
		text = JSON.stringify(name);
		quoted.set(name, text);
	}
	return text;
}
/** Numbers before the row: where the part of the trace's memory begins, its length, that of what the context has, and how many pieces follow. */
var placesLength = 4;
function packCompact(trace, compacted) {
	const { memory, own, worker, process, findings, context } = compacted;
	let json = `{"id":"${trace.id}"`;
	if (worker !== null) json += `,"w":${quote(worker)}`;
	if (process) json += `,"p":${JSON.stringify(process)}`;
	if (findings.length > 0) json += `,"fi":${JSON.stringify(findings)}`;
	const { from, length } = memory ? partInUse(trace, memory) : nothing;
	const places = new Int32Array(placesLength + own.length);
	places[0] = from;
	places[1] = length;
	places[2] = context.sent?.length ?? 0;
	places[3] = own.length;
	const parts = [new Uint8Array(places.buffer), rowBytes(compacted)];
	if (memory && length > 0) parts.push(new Uint8Array(memory, from, length));
	own.forEach((bytes, index) => {
		places[placesLength + index] = bytes.length;
		parts.push(bytes);
	});
	let bytes = 0;
	for (const part of parts) bytes += part.length;
	return {
		json: `${json}}`,
		parts,
		bytes
	};
}
var nothing = {
	from: 0,
	length: 0
};
/** From the first to the last byte that the trace's streams have there. */
function partInUse(trace, memory) {
	let from = memory.byteLength;
	let to = 0;
	for (const name of storedStreams) {
		const bytes = streamIn[name](trace)?.firstBytes;
		if (bytes?.buffer !== memory) continue;
		from = Math.min(from, bytes.byteOffset);
		to = Math.max(to, bytes.byteOffset + bytes.length);
	}
	return to > from ? {
		from,
		length: to - from
	} : nothing;
}
/** The facts of a record, as `packTrace` would have made them. */
function factsOf({ form, json, body }) {
	return form === recordForm.compact ? compactFacts(JSON.parse(json.toString()), body) : JSON.parse(json.toString());
}
function compactFacts({ id, p, fi, w }, body) {
	const int = (index) => body.readInt32LE(4 * index);
	const rowAt = placesLength + int(3);
	const rowLength = int(rowAt);
	const row = new RowReader({
		numbers: Int32Array.from({ length: rowLength }, (_, index) => int(rowAt + index)),
		from: 0
	});
	row.double();
	const at = row.double();
	const nth = row.count();
	const t = timingNames.map(() => row.integer());
	const conversation = w === void 0 ? null : conversationOf(w, row);
	const memoryAt = 4 * (rowAt + rowLength);
	let ownAt = memoryAt + int(1);
	let nextOwn = placesLength;
	const placeOf = (where) => {
		if (where === place$1.context) return [-1, int(2)];
		if (where === place$1.memory) return [memoryAt + row.count() - int(0), row.count()];
		const length = int(nextOwn++);
		ownAt += length;
		return [ownAt - length, length];
	};
	const streams = {};
	for (const name of streamNames) {
		const where = row.integer();
		if (where === place$1.noStream) continue;
		if (where === place$1.empty) {
			streams[name] = [
				0,
				[],
				[]
			];
			continue;
		}
		const time = row.integer() ?? 0;
		const [from, length] = placeOf(where);
		streams[name] = [
			length,
			[time, length],
			[from, length]
		];
	}
	return {
		id,
		at,
		nth,
		t,
		s: storedStreams.map((name) => streams[name] ?? 0),
		...p && { p },
		...fi && { fi },
		...conversation && { fc: conversation }
	};
}
function conversationOf(worker, row) {
	const reused = row.integer() === 1;
	const [pid = null, nth = null] = conversationIntegers.map(() => row.integer());
	const turn = conversationTimes.map(() => row.integer());
	return {
		worker,
		pid,
		nth,
		role: "responder",
		reused,
		attempts: 1,
		appStatus: 0,
		protocolStatus: protocolStatus.requestComplete,
		notes: [],
		uncounted: 0,
		turn
	};
}
// server/trace/store/search-text.ts
var searchText = (text) => text.replaceAll("\0", "␀");
var shown = (text) => searchText(toDisplayText(text)).replaceAll("\n", "␊");
/** Marks of a line: a request header, a response header, a variable. */
var lineMark = {
	request: ">",
	response: "<",
	variable: "$"
};
function contextText({ request, response, env, route, outcome, client, parent }) {
	const lines = [];
	for (const [name, value] of headersOf(request.head)) lines.push(`${lineMark.request}${shown(name)}: ${shown(value)}`);
	for (const [name, value] of response?.headers ?? []) lines.push(`${lineMark.response}${shown(name)}: ${shown(value)}`);
	for (const { name, value } of env ?? []) lines.push(`${lineMark.variable}${shown(name)}=${shown(value)}`);
	return {
		method: shown(request.method),
		target: shown(request.target),
		script: route.file === null ? null : shown(route.file),
		mode: route.mode,
		status: response?.status ?? null,
		outcome: outcome ?? "ok",
		sender: client.from,
		kind: route.kind,
		parent: parent?.kind ?? null,
		lines
	};
}
var maxRemembered = 8192;
/** Finds the lines that many requests have in common: they are stored once, and a row has only its own. */
var CommonLines = class {
	#seen = /* @__PURE__ */ new Map();
	split(lines) {
		let [common, own] = ["", ""];
		for (const line of lines) {
			const times = (this.#seen.get(line) ?? 0) + 1;
			if (this.#seen.size > maxRemembered) this.#seen = /* @__PURE__ */ new Map();
			this.#seen.set(line, times);
			if (times > 2) common += `\n${line}`;
			else own += `\n${line}`;
		}
		return {
			common: common === "" ? null : `${common}\n`,
			own: own === "" ? null : `${own}\n`
		};
	}
};
var hashOf = (text) => createHash("sha256").update(text).digest();
// server/trace/store/store-file.ts
/**
* From each version to the next. `trace` has what is searched and listed, in narrow rows that a search reads from end to end; no bytes of
* bodies. `segment` has the records of a batch as they came. `lines` has headers and variables that many requests have in common.
* `kept` has the records of pinned traces whose segment was evicted.
*/
var steps = [`create table segment(id integer primary key autoincrement, first int not null, last int not null, ended real not null, data blob not null);
   create table lines(id integer primary key, hash blob not null unique, text text not null);
   create table trace(id integer primary key autoincrement, name text not null unique, started real not null, took real, status int,
     outcome text not null, mode text, method text not null, target text not null, script text, received int not null, sent int not null,
     common int, own text, err text, findings text, pinned int not null default 0,
     seg int, at int not null, length int not null, context int not null);
   create index pinned on trace(id) where pinned;
   create table kept(id integer primary key, data blob not null, context int not null);
   create table about(name text primary key, value text not null) without rowid;`, `alter table trace add column sender text;
   alter table trace add column kind text;
   alter table trace add column parent text;`];
var schemaVersion = steps.length;
var NewerSchemaError = class extends Error {};
/** Opens the file for writing; makes it, and its folder, if they are missing. @throws NewerSchemaError, or SQLite's error */
function openForWriting(path, { root, maxPages } = {}) {
	mkdirSync(dirname(path), {
		recursive: true,
		mode: 448
	});
	closeSync(openSync(path, "a", 384));
	if (process.platform !== "win32") chmodSync(path, 384);
	const database = new DatabaseSync(path);
	try {
		database.exec(`pragma busy_timeout=2000; pragma page_size=8192; pragma auto_vacuum=incremental; pragma journal_mode=wal;
       pragma synchronous=normal; pragma cache_size=-16384; pragma wal_autocheckpoint=2000;
       pragma journal_size_limit=33554432; pragma cell_size_check=on; pragma temp_store=memory`);
		if (maxPages !== void 0) database.exec(`pragma max_page_count=${maxPages}`);
		migrate(database);
		if (root !== void 0) database.prepare("insert or replace into about values('root', ?)").run(root);
		checkReadable(database);
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}
/** A file of an earlier version is migrated first. @throws NewerSchemaError, or SQLite's error */
function openForReading(path) {
	const database = new DatabaseSync(path, { readOnly: true });
	try {
		database.exec("pragma busy_timeout=2000; pragma cache_size=-16384; pragma temp_store=memory");
		const version = versionOf(database);
		if (version > schemaVersion) throw new NewerSchemaError(path);
		if (version < schemaVersion) openForWriting(path).close();
		checkReadable(database);
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}
function versionOf(database) {
	return database.prepare("pragma user_version").get().user_version;
}
/** Another process may do the same at the same time: the version is read again within each transaction. */
function migrate(database) {
	while (versionOf(database) !== schemaVersion) {
		if (versionOf(database) > schemaVersion) throw new NewerSchemaError();
		database.exec("begin immediate");
		const version = versionOf(database);
		const step = steps[version];
		if (step !== void 0) database.exec(`${step} pragma user_version=${version + 1};`);
		database.exec("commit");
	}
}
/** Reads a little of each table, so that most damage is noticed now. */
function checkReadable(database) {
	for (const table of [
		"trace",
		"segment",
		"lines",
		"kept"
	]) database.prepare(`select max(id), count(*) from (select id from ${table} order by id desc limit 1000)`).get();
	database.prepare("select * from trace order by id desc limit 10").all();
}
/** SQLite's error number without its details; null: the error is not one of SQLite. */
function sqliteCode(error) {
	if (typeof error !== "object" || error === null) return null;
	if ("errcode" in error && typeof error.errcode === "number") return error.errcode & 255;
	if ("sqliteCode" in error && typeof error.sqliteCode === "number") return error.sqliteCode & 255;
	return null;
}
var sqliteErrors = {
	busy: 5,
	readOnly: 8,
	corrupt: 11,
	full: 13,
	cannotOpen: 14,
	notADatabase: 26
};
function isDamage(error) {
	const code = sqliteCode(error);
	return code === sqliteErrors.corrupt || code === sqliteErrors.notADatabase;
}
/** Renames the file and those that belong to it. Returns its new path. */
function setAside(path) {
	let to = `${path}.damaged-${Date.now()}`;
	while (existsSync(to)) to += "-";
	for (const end of [
		"",
		"-wal",
		"-shm"
	]) if (existsSync(path + end)) renameSync(path + end, to + end);
	return to;
}
export { headerRange as A, noTiming as B, packTrace as C, TraceCompactor as D, rowFacts as E, recordedScript as F, withBody as I, requestFault as L, readFieldLines as M, readHead as N, SharedContexts as O, readAgain as P, requestFaultStatus as R, contextJson as S, expand as T, newRing as _, setAside as a, recordKind as b, CommonLines as c, lineMark as d, searchText as f, RingWriter as g, RingReader as h, openForWriting as i, headersOf as j, timingNames as k, contextText as l, packCompact as m, isDamage as n, sqliteCode as o, factsOf as p, openForReading as r, sqliteErrors as s, NewerSchemaError as t, hashOf as u, recordAt as v, storedStreams as w, recordsOf as x, recordForm as y, newTrace as z };

//# sourceMappingURL=store-file-bGyywt8M.js.map