import { r as entry } from "./built-files-BwKU3mP-.js";
import { a as array, c as discriminatedUnion, d as literal, f as number, g as string, i as _null, l as int, n as _enum, p as object, r as _instanceof, s as boolean, v as tuple, y as union } from "./schemas-ALeHrJtO.js";
import { i as mode, m as traceView, n as message, p as traceRow, u as streamName } from "./trace-D4ZZJJlK.js";
import { a as problem } from "./workspace-DLolHr0L.js";
import { c as oc, n as eventIterator } from "./dist-B_O8FOSU.js";
import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { A as minStoreBytes, C as maxRangeBytes, D as maxStoreBytes, E as maxStoreAgeDays, S as maxPauseMs, _ as maxComposedBase64, g as maxBatchRows, h as defaultStoreBytes, v as maxComposedBodyBytes } from "./script-head-DT0y9IbQ.js";
import { C as packTrace, O as SharedContexts, S as contextJson, _ as newRing, b as recordKind, g as RingWriter, m as packCompact, y as recordForm } from "./store-file-bGyywt8M.js";
import { t as replacePrivateFile } from "./user-data-BusAhU-k.js";
import { t as storeMessage } from "./messages-C5jL9B2-.js";
import { t as storePath } from "./store-path-DxFfYEqs.js";
import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
// server/contract/requests-contract.ts
var traceId$1 = string().max(64);
/** The trace that this request repeats, edits or follows from. */
var parent = object({
	id: traceId$1,
	kind: _enum(["replay", "follow"])
}).nullable();
/** Environment variables for this request only, above all others; as typed, sent as UTF-8. */
var variables = array(tuple([string().min(1).max(1024), string().max(65536)])).max(500);
/** What the composer sends. Bytes are base64; header names and values are as the user typed them, sent as UTF-8. */
var composedRequest = object({
	method: string().min(1).max(64),
	target: string().min(1).max(65536),
	headers: array(tuple([string().max(1024), string().max(65536)])).max(500),
	body: union([
		object({ text: string().max(maxComposedBodyBytes) }),
		object({ base64: string().max(maxComposedBase64) }),
		_null()
	]),
	mode: mode.nullable(),
	parent: parent.default(null),
	variables: variables.default([]),
	/** Follows redirects within the script origin as browsers do, each hop as a request of its own. */
	followRedirects: boolean().default(false),
	/** Sends the jar's cookies (unless there is a Cookie header), and stores the cookies of the responses. */
	cookies: boolean().default(false),
	/** The environment whose values `{{name}}` stands for; null: none. */
	environment: string().max(1e3).nullable().default(null)
});
/** Bytes for a plain socket, unchanged. */
var rawRequest = object({
	base64: string().max(maxComposedBase64),
	/** Closes our side of the connection after the last byte; otherwise it stays open until the server closes it. */
	halfClose: boolean().default(true),
	/** In pieces of so many bytes, with a pause after each; null: all at once. */
	pacing: object({
		pieceBytes: int().min(1).max(maxComposedBodyBytes),
		pauseMs: int().min(0).max(maxPauseMs)
	}).nullable().default(null),
	parent: parent.default(null),
	variables: variables.default([])
});
/** One request that was sent. */
var hop = object({
	id: string(),
	seq: number().int(),
	method: string(),
	target: string(),
	status: number().int().nullable()
});
var sent = object({
	/** The trace of the composed request. */
	id: string(),
	/** That request and the redirects that were followed, in order. */
	hops: array(hop).min(1),
	/** Why the last redirect was not followed; null if there was none, or if following was off. */
	notFollowed: message.nullable(),
	/** The Set-Cookie lines that the jar refused, each with the reason. */
	cookiesRefused: array(object({
		line: string(),
		why: message
	}))
});
/** The first event of a call: the request has a trace now. */
var begun = object({
	kind: literal("begun"),
	id: traceId$1
});
var failures$1 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
/**
* Each call is a stream of two events: begun and ended. The call owns its request: when it is aborted, or its connection
* closes, the request ends, and no further redirect is followed.
*/
var requestsContract = {
	/** Sends a request through the listener. It ends with the response (of the last hop). */
	send: oc.errors(failures$1).input(composedRequest).output(eventIterator(discriminatedUnion("kind", [begun, sent.extend({ kind: literal("ended") })]))),
	/** Sends bytes. It ends, with the traces of the bytes, when the server has closed the connection. */
	sendRaw: oc.errors(failures$1).input(rawRequest).output(eventIterator(discriminatedUnion("kind", [begun, object({
		kind: literal("ended"),
		ids: array(string()).min(1)
	})])))
};
// server/contract/traces-contract.ts
var traceId = object({ id: string().max(64) });
var maxQueryLength = 4e3;
var maxPageRows = 500;
/**
* Rows after `since`, oldest first. `missed` counts evicted rows; `generation` identifies the server process. Rows with a
* `rev` up to `cleared` (0: none) were cleared: their traces no longer exist, except those that are sent again with a
* higher one.
*/
var rowBatch = object({
	generation: string(),
	rows: array(traceRow),
	next: number().int(),
	missed: number().int(),
	cleared: number().int()
});
/** Where a search found its text. `at`: its place in the stream; null elsewhere. The texts are for display, on one line. */
var searchHit = object({
	part: _enum([
		"request-header",
		"request-body",
		"response-header",
		"response-body",
		"stderr",
		"variable"
	]),
	/** Of the header or variable. */
	name: string().nullable(),
	at: number().int().nonnegative().nullable(),
	before: string(),
	found: string(),
	after: string()
});
/** `at`: its place among the stored traces; a later one is higher. */
var foundTrace = object({
	at: number().int(),
	row: traceRow,
	hit: searchHit.nullable()
});
/** What a search has found since the event before, newest first; `total` so far, of the `searched` part (0 to 1). */
var searchEvent = discriminatedUnion("kind", [object({
	kind: literal("found"),
	found: array(foundTrace),
	total: number().int(),
	searched: number(),
	/** The place of the newest trace when the search began; 0: none was stored. */
	newest: number().int(),
	isDone: boolean()
}), object({
	kind: literal("mistake"),
	from: number().int(),
	to: number().int(),
	why: message
})]);
/** Whether and how long the traces of a folder are stored on disk. */
var storeSettings = object({
	isOn: boolean(),
	maxBytes: number().int().min(minStoreBytes).max(maxStoreBytes),
	maxAgeDays: number().int().min(1).max(maxStoreAgeDays)
});
var storeState = object({
	settings: storeSettings,
	/** Traces are stored now. False although it is on: it failed, and the log says why; or the command line says otherwise. */
	isStoring: boolean(),
	/** Whether the settings decide; false: the command line did. */
	isSettable: boolean(),
	/** Of the file; null: there is none. */
	bytes: number().int().nullable(),
	traces: number().int(),
	/** Unix time of the oldest one, ms. */
	oldestAt: number().nullable(),
	/** The last runs of servers, newest first. `run`: characters 9 to 14 of their traces' ids; `from`: Unix time of the first one. */
	runs: array(object({
		run: string(),
		from: number()
	}))
});
var byteRange = object({
	id: string().max(64),
	stream: streamName,
	from: number().int().nonnegative(),
	length: number().int().min(0).max(maxRangeBytes)
});
var failures = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var tracesContract = {
	next: oc.input(object({
		since: number().int().nonnegative(),
		generation: string().nullable(),
		max: number().int().min(1).max(maxBatchRows)
	})).output(rowBatch),
	get: oc.errors(failures).input(traceId).output(traceView),
	/** Captured bytes of a stream; fewer where it ends. MessagePort only: structured clone. */
	bytes: oc.errors(failures).input(byteRange).output(_instanceof(Uint8Array)),
	/**
	* The same over a WebSocket: the bytes come first, as a binary frame (byte 0, ticket as 32 bits big-endian, bytes).
	*/
	frame: oc.errors(failures).input(byteRange.extend({ ticket: number().int().min(0).max(4294967295) })).output(_null()),
	/**
	* Searches the stored traces of the folder, those of earlier runs too. `before`, `after`: places as in `found`;
	* `olderThan`: without those that the process of this trace recorded from it on. `isCounting`: all that match are counted.
	*/
	search: oc.errors(failures).input(object({
		query: string().max(maxQueryLength),
		before: number().int().nullable(),
		after: number().int().nullable(),
		olderThan: string().max(64).nullable(),
		limit: number().int().min(1).max(maxPageRows),
		isCounting: boolean()
	})).output(eventIterator(searchEvent)),
	/** How the folder's traces are stored. */
	store: oc.errors(failures).output(storeState),
	setStore: oc.errors(failures).input(storeSettings).output(storeState),
	/** Deletes the stored traces of the folder, pinned ones too, and those in memory that have ended. */
	forget: oc.errors(failures).output(_null()),
	/** Deletes every ended trace that is not pinned. */
	clear: oc.output(_null()),
	/** A pinned trace is neither cleared nor evicted. */
	pin: oc.errors(failures).input(traceId.extend({ pinned: boolean() })).output(_null()),
	/** Sends a recorded request again, byte for byte if possible. As with `requests.send`, the call owns the request. */
	replay: oc.errors(failures).input(traceId).output(eventIterator(discriminatedUnion("kind", [begun, object({
		kind: literal("ended"),
		id: string()
	})]))),
	/** Ends a running exchange: TERM, then KILL after 2 s. */
	stop: oc.errors(failures).input(traceId).output(_null())
};
// server/trace/store/store-settings.ts
var defaultStoreSettings = {
	isOn: false,
	maxBytes: defaultStoreBytes,
	maxAgeDays: 30
};
var settingsFile = (root) => storePath(root).replace(/\.db$/, ".json");
/** Those of a file that cannot be read, or is not valid, are the default ones. `onUnreadable`: called with the reason. */
async function readStoreSettings(root, onUnreadable) {
	try {
		return storeSettings.parse(JSON.parse(await readFile(settingsFile(root), "utf8")));
	} catch (error) {
		if (errorCode(error) !== "ENOENT") onUnreadable(error instanceof Error ? error.message : String(error));
		return defaultStoreSettings;
	}
}
/** @throws the system's error */
var writeStoreSettings = (root, settings) => replacePrivateFile(settingsFile(root), `${JSON.stringify(settings, null, 2)}\n`);
// server/trace/store/trace-store.ts
/** Contexts that similar traces refer to; then all are forgotten, and those in use are written again. */
var maxContexts = 256;
/** Writes traces into a ring. */
var RingSink = class {
	isOff = false;
	#ring;
	#shared = new SharedContexts();
	#contexts = /* @__PURE__ */ new Map();
	#nextContext = 1;
	/** Contexts below this number are not referred to any more. */
	#floor = 1;
	constructor(ring) {
		this.#ring = new RingWriter(ring);
	}
	ended(trace, compacted) {
		if (this.isOff) return;
		const context = compacted?.context ?? this.#shared.of(trace).context;
		const number = this.#contexts.get(context) ?? this.#writeContext(context);
		const { backlog, size } = this.#ring;
		const isShortened = number > 0 && (backlog > size / 2 || keptBytes(trace) > size / 4);
		const isCompact = compacted !== null && !isShortened;
		const { json, parts, bytes } = isCompact ? packCompact(trace, compacted) : packTrace(trace, context, isShortened);
		const head = {
			kind: recordKind.trace,
			number,
			form: isCompact ? recordForm.compact : recordForm.json
		};
		if (number === 0 || !this.#ring.write(head, json, parts, bytes)) this.#ring.countLost();
		else if (isShortened) this.#ring.countShortened();
		if (trace.pinned) this.pinned(trace.id, true);
	}
	found({ id, findings }) {
		this.#write(recordKind.findings, {
			id,
			findings
		});
	}
	pinned(id, pinned) {
		this.#write(recordKind.pin, {
			id,
			pinned
		});
	}
	#write(kind, facts) {
		if (!this.isOff) this.#ring.write({ kind }, JSON.stringify(facts), [], 0);
	}
	/** Its number; 0: there was no room. */
	#writeContext(context) {
		if (this.#contexts.size >= maxContexts) {
			this.#contexts.clear();
			this.#floor = this.#nextContext;
		}
		const number = this.#nextContext;
		const { sent } = context;
		const head = {
			kind: recordKind.context,
			number,
			floor: this.#floor
		};
		if (!this.#ring.write(head, contextJson(context), sent ? [sent] : [], sent?.length ?? 0)) return 0;
		this.#nextContext++;
		this.#contexts.set(context, number);
		return number;
	}
};
/** At most; streams that share bytes are counted twice. */
var keptBytes = ({ request, stdout, stderr, response, fastcgi }) => request.body.captured + (stdout ?? response?.body ?? request.body).captured + (stderr?.captured ?? 0) + (fastcgi ? fastcgi.sent.captured + fastcgi.received.captured : 0);
/** The store of one workspace, for writing. Only meaningful in built code, which has the thread's program. */
var TraceStore = class {
	sink;
	#worker;
	#ended;
	constructor({ root, onMessage, maxBytes, maxAgeMs }) {
		const ring = newRing();
		this.sink = new RingSink(ring);
		const options = {
			path: storePath(root),
			root,
			ring,
			maxBytes,
			maxAgeMs
		};
		this.#worker = new Worker(entry("store-worker"), {
			workerData: options,
			execArgv: []
		});
		this.#worker.unref();
		this.#worker.on("message", ({ message, isOff }) => {
			if (isOff) this.sink.isOff = true;
			if (message) onMessage(message);
		});
		this.#ended = new Promise((resolve) => {
			this.#worker.once("exit", () => {
				this.sink.isOff = true;
				resolve();
			});
		});
		this.#worker.on("error", (error) => {
			this.sink.isOff = true;
			onMessage(storeMessage("store-failed", {
				path: options.path,
				systemText: error.message
			}));
		});
	}
	/** Resolves when everything is in the file. */
	async close() {
		this.#worker.ref();
		this.#worker.postMessage("close");
		await this.#ended;
	}
};
export { tracesContract as a, writeStoreSettings as i, defaultStoreSettings as n, requestsContract as o, readStoreSettings as r, TraceStore as t };

//# sourceMappingURL=trace-store-Czwjiou-.js.map