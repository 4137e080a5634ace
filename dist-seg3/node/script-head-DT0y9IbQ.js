import { n as fromBytes, t as byteString } from "./byte-string-DHgfSrmB.js";
import { a as protocolStatus, n as quoteBytes, t as scriptMessage } from "./script-head-messages-BLuPLnUQ.js";
// server/contract/limits.ts
/** Longest range of a stream in one call, bytes. */
var maxRangeBytes = 1 << 20;
/**
* The newest traces are kept, within `limits.memoryBytes`. The feed and the window list as many rows: every kept trace
* is in the list.
*/
var maxTraces = 2e4;
/** Memory for all traces together, by default, bytes. */
var defaultMemoryBytes = 128 << 20;
/** How much of each stream a trace keeps, by default, bytes. */
var defaultCaptureBytes = 8 << 20;
/** What the stored traces of one workspace take on disk, bytes, and how old they become, days. */
var defaultStoreBytes = 1 << 30;
var [minStoreBytes, maxStoreBytes] = [1 << 24, 2 ** 40];
var maxStoreAgeDays = 3650;
/** Rows in one call. */
var maxBatchRows = 2e3;
/** Largest body that the composer sends, bytes. */
var maxComposedBodyBytes = 16 << 20;
/** The same in base64, which is a third longer, with some room. */
var maxComposedBase64 = maxComposedBodyBytes / 2 * 3;
/** Longest pause between two pieces of a raw request, ms. */
var maxPauseMs = 6e4;
/** Longest file of traces in a call, characters. The command line has no such limit. */
var maxExchangedText = 24 << 20;
/** Longest text of a file in a call, characters. */
var maxFileText = 16 << 20;
/** All versions of scripts that traces ran, bytes. The least recently run are evicted first. */
var maxScriptVersionsBytes = 16 << 20;
/** What browser windows remember, keys and values together, characters: about what a browser keeps for one address. */
var maxWindowMemory = 5 << 20;
/** Files whose encodings are examined, and files that one conversion can have. */
var maxExaminedFiles = 5e3;
/** Longest text to find in files, and longest replacement, characters. */
var maxSearchText = 1e3;
var CaptureRoom = class {
	#maxBytes;
	#bytes = 0;
	/** `maxBytes`: of all streams together, read each time. */
	constructor(maxBytes) {
		this.#maxBytes = maxBytes;
	}
	/** Bytes that running requests keep, with what each piece takes beside them. */
	get bytes() {
		return this.#bytes;
	}
	/** How many of the next `bytes` of a stream may be kept. These are counted, with `pieceBytes`, until they are given back. */
	take(bytes) {
		const taken = Math.max(0, Math.min(bytes, this.#maxBytes() - this.#bytes - 160));
		if (taken > 0) this.#bytes += taken + 160;
		return taken;
	}
	give(bytes) {
		this.#bytes -= bytes;
	}
};
// server/trace/captured-stream.ts
/** Where small writes are copied to once a stream has `maxChunks`, and how large they may be, bytes. */
var tailBytes = 32768;
var smallBytes = 4096;
var none = [];
var CapturedStream = class CapturedStream {
	/** Bytes that were written. */
	bytes = 0;
	/** How many of them, from the first on, were kept. */
	captured = 0;
	/** The first write has fields of its own, as most streams have no other: its bytes, as far as they were kept, its time and its length. */
	#firstBytes = null;
	#firstAt = null;
	#firstLength = 0;
	/** The further writes: their bytes, and the time and length of each, one after the other. */
	#parts = null;
	#writes = null;
	/** The last part is the beginning of this one. */
	#tail = null;
	#maxBytes;
	#room;
	/** Counted in the room. */
	#taken = 0;
	#sources;
	#isCut = false;
	/**
	* Keeps the first `maxBytes`. `room`: what is kept is counted there until `settle`. `sources`: streams that keep the same bytes, and
	* count them: where one of them is cut, so is this one.
	*/
	constructor(maxBytes, room = null, sources = none) {
		this.#maxBytes = maxBytes;
		this.#room = room;
		this.#sources = sources;
	}
	/** A stream within the same bounds, of bytes that no other stream has. */
	another() {
		return new CapturedStream(this.#maxBytes, this.#room);
	}
	/** There was no room, and nothing more is kept. */
	get isCut() {
		return this.#isCut;
	}
	/** A stream that has ended, with one write, or empty for null. `at`: ms since the request's first byte. */
	static of(bytes, at) {
		const stream = new CapturedStream(Number.MAX_SAFE_INTEGER);
		if (bytes) stream.add(bytes, at);
		return stream;
	}
	/** A stream that has ended: its writes, and the bytes that were kept of them, from the first on. */
	static restored(chunks, bytes) {
		const stream = new CapturedStream(Number.MAX_SAFE_INTEGER);
		for (const { at, offset, length } of chunks) stream.#addCut(bytes.subarray(offset, offset + length), at, length);
		return stream;
	}
	/** `of` could make it: at most one write, which was kept whole. */
	get isSimple() {
		return this.bytes === this.captured && !this.#writes;
	}
	/** The first write's bytes, as far as they were kept, and its time. */
	get firstBytes() {
		return this.#firstBytes;
	}
	get firstAt() {
		return this.#firstAt;
	}
	/** `at`: ms since the request's first byte. The bytes must not change afterwards. */
	add(bytes, at) {
		const length = bytes.length;
		if (length === 0) return;
		this.bytes += length;
		if (this.#maxBytes === 0) return;
		const room = this.#roomFor(Math.min(length, this.#maxBytes - this.captured));
		const kept = length <= room ? bytes : room > 0 ? new Uint8Array(bytes.subarray(0, room)) : null;
		if (kept) this.captured += kept.length;
		if (this.#firstLength === 0) {
			this.#firstBytes = kept;
			this.#firstAt = at;
			this.#firstLength = length;
		} else this.#addFurther(kept, at, length);
	}
	get chunks() {
		if (this.#firstAt === null) return [];
		const chunks = [{
			at: this.#firstAt,
			offset: 0,
			length: this.#firstLength
		}];
		const writes = this.#writes ?? [];
		for (let i = 0, offset = this.#firstLength; i < writes.length; i += 2) {
			const [at = 0, length = 0] = [writes[i], writes[i + 1]];
			chunks.push({
				at,
				offset,
				length
			});
			offset += length;
		}
		return chunks;
	}
	get chunkCount() {
		return (this.#firstAt === null ? 0 : 1) + (this.#writes?.length ?? 0) / 2;
	}
	/** The captured bytes, one part after the other. */
	parts() {
		return this.#all();
	}
	/** The captured bytes in the pieces in which they were written, each with its time. */
	*pieces() {
		const chunks = this.chunks;
		let [index, offset] = [0, 0];
		for (const bytes of this.#all()) {
			for (let next = chunks[index + 1]; next && offset >= next.offset; next = chunks[index + 1]) index++;
			yield {
				bytes,
				at: chunks[index]?.at ?? 0
			};
			offset += bytes.length;
		}
	}
	/** Captured bytes `[from, from + length)`, fewer at the end, in an ArrayBuffer of their own. */
	read(from, length) {
		const out = new Uint8Array(Math.max(0, Math.min(length, this.captured - from)));
		let at = 0;
		for (const part of this.#all()) {
			const begin = Math.max(from - at, 0);
			const end = Math.min(part.length, from + out.length - at);
			if (end > begin) out.set(part.subarray(begin, end), at + begin - from);
			at += part.length;
			if (at >= from + out.length) break;
		}
		return out;
	}
	/** What is kept is not counted as a running request's any more. */
	settle() {
		this.#room?.give(this.#taken);
		this.#taken = 0;
	}
	/** Forgets all writes. */
	clear() {
		this.settle();
		this.#isCut = false;
		this.bytes = this.captured = this.#firstLength = 0;
		this.#firstBytes = this.#firstAt = null;
		this.#parts = this.#tail = null;
		this.#writes = null;
	}
	/** Becomes equal to another stream that has ended. */
	takeFrom(other) {
		for (const { at, offset, length } of other?.chunks ?? []) {
			const kept = Math.max(0, Math.min(length, (other?.captured ?? 0) - offset));
			this.#addCut(other?.read(offset, kept) ?? /* @__PURE__ */ new Uint8Array(0), at, length);
		}
	}
	info() {
		return {
			bytes: this.bytes,
			captured: this.captured,
			chunks: this.chunks
		};
	}
	/** A write of which these bytes were kept. */
	#addCut(kept, at, length) {
		this.bytes += length;
		this.captured += kept.length;
		const bytes = kept.length > 0 ? kept : null;
		if (this.#firstLength === 0) {
			this.#firstBytes = bytes;
			this.#firstAt = at;
			this.#firstLength = length;
		} else this.#addFurther(bytes, at, length);
	}
	/** How many of `bytes` may be kept. Fewer than all: nothing after them. */
	#roomFor(bytes) {
		if (bytes <= 0) return 0;
		for (const { isCut } of this.#sources) if (isCut) this.#isCut = true;
		if (this.#isCut) return 0;
		if (!this.#room) return bytes;
		const taken = this.#room.take(bytes);
		if (taken > 0) this.#taken += taken + 160;
		this.#isCut = taken < bytes;
		return taken;
	}
	#addFurther(kept, at, length) {
		const isLate = this.#writes !== null && this.#writes.length >= 8190;
		if (kept && isLate && kept.length < smallBytes) this.#append(kept);
		else if (kept) {
			this.#tail = null;
			if (this.#parts) this.#parts.push(kept);
			else this.#parts = [kept];
		}
		if (!this.#writes) this.#writes = [at, length];
		else if (this.#writes.length < 8190) this.#writes.push(at, length);
		else this.#writes[this.#writes.length - 1] = (this.#writes.at(-1) ?? 0) + length;
	}
	/** Small writes of a stream that has many: one part for all of them. */
	#append(bytes) {
		this.#parts ??= [];
		const parts = this.#parts;
		const used = this.#tail ? parts.at(-1)?.length ?? 0 : 0;
		if (this.#tail && used + bytes.length <= tailBytes) {
			this.#tail.set(bytes, used);
			parts[parts.length - 1] = this.#tail.subarray(0, used + bytes.length);
		} else {
			this.#tail = new Uint8Array(tailBytes);
			this.#tail.set(bytes);
			parts.push(this.#tail.subarray(0, bytes.length));
		}
	}
	*#all() {
		if (this.#firstBytes) yield this.#firstBytes;
		yield* this.#parts ?? [];
	}
};
// server/protocol/fastcgi/record-header.ts
/** Padding that makes the next record begin at a multiple of eight (§3.3 recommends it, and some applications need it). */
function paddingFor(contentLength) {
	return -contentLength & 7;
}
/** Writes a header at `at`. Numbers must be in range: type and padding one byte, the others two. */
function putHeader(into, at, { type, requestId, contentLength, paddingLength }) {
	into[at] = 1;
	into[at + 1] = type;
	into[at + 2] = requestId >> 8;
	into[at + 3] = requestId & 255;
	into[at + 4] = contentLength >> 8;
	into[at + 5] = contentLength & 255;
	into[at + 6] = paddingLength;
	into[at + 7] = 0;
}
/** The header whose eight bytes begin at `at`; its version is not looked at. */
function headerAt(bytes, at) {
	const two = (place) => (bytes[place] ?? 0) << 8 | (bytes[place + 1] ?? 0);
	return {
		type: bytes[at + 1] ?? 0,
		requestId: two(at + 2),
		contentLength: two(at + 4),
		paddingLength: bytes[at + 6] ?? 0
	};
}
/** A header alone: its content is written separately, without a copy. */
function encodeHeader(header) {
	const bytes = /* @__PURE__ */ new Uint8Array(8);
	putHeader(bytes, 0, header);
	return bytes;
}
// server/protocol/fastcgi/record-reader.ts
var RecordReader = class {
	#receiver;
	#header = /* @__PURE__ */ new Uint8Array(8);
	#headerHas = 0;
	#record = null;
	#contentLeft = 0;
	#paddingLeft = 0;
	#last = null;
	#offset = 0;
	#fault = null;
	constructor(receiver) {
		this.#receiver = receiver;
	}
	/** Set once, and then no byte is looked at any more. */
	get fault() {
		return this.#fault;
	}
	/** Bytes of the stream so far, up to a fault. */
	get offset() {
		return this.#offset;
	}
	push(bytes) {
		let at = 0;
		while (at < bytes.length && this.#fault === null) {
			const before = at;
			if (this.#contentLeft > 0) at += this.#takeContent(bytes, at);
			else if (this.#paddingLeft > 0) at += this.#skipPadding(bytes.length - at);
			else at += this.#takeHeader(bytes, at);
			this.#offset += at - before;
		}
	}
	/** Null when the stream may end here: between two records. */
	missing() {
		const offset = this.#offset;
		if (this.#contentLeft > 0 && this.#record) {
			const { contentLength } = this.#record;
			const have = contentLength - this.#contentLeft;
			return {
				inside: "content",
				need: contentLength,
				have,
				offset: offset - have,
				record: this.#record
			};
		}
		if (this.#paddingLeft > 0 && this.#last) {
			const { paddingLength } = this.#last;
			const have = paddingLength - this.#paddingLeft;
			return {
				inside: "padding",
				need: paddingLength,
				have,
				offset: offset - have,
				record: this.#last
			};
		}
		if (this.#headerHas === 0) return null;
		return {
			inside: "header",
			need: 8,
			have: this.#headerHas,
			offset: offset - this.#headerHas,
			record: null
		};
	}
	#takeHeader(bytes, at) {
		const first = bytes[at] ?? 0;
		if (this.#headerHas === 0 && first !== 1) {
			this.#fault = {
				offset: this.#offset,
				byte: first,
				after: this.#last
			};
			return 0;
		}
		const taken = Math.min(8 - this.#headerHas, bytes.length - at);
		for (let i = 0; i < taken; i++) this.#header[this.#headerHas + i] = bytes[at + i] ?? 0;
		this.#headerHas += taken;
		if (this.#headerHas === 8) this.#begin(this.#offset + taken - 8);
		return taken;
	}
	#begin(offset) {
		const { type, requestId, contentLength, paddingLength } = headerAt(this.#header, 0);
		const record = {
			type,
			requestId,
			contentLength,
			paddingLength,
			offset
		};
		this.#headerHas = 0;
		this.#record = record;
		this.#contentLeft = contentLength;
		this.#paddingLeft = paddingLength;
		this.#receiver.record(record);
		if (contentLength === 0) this.#end(record);
	}
	#takeContent(bytes, at) {
		const taken = Math.min(this.#contentLeft, bytes.length - at);
		const record = this.#record;
		this.#contentLeft -= taken;
		if (record) {
			this.#receiver.content(taken === bytes.length ? bytes : bytes.subarray(at, at + taken), record);
			if (this.#contentLeft === 0) this.#end(record);
		}
		return taken;
	}
	#end(record) {
		this.#last = record;
		this.#record = null;
		this.#receiver.contentEnd(record);
	}
	#skipPadding(available) {
		const skipped = Math.min(this.#paddingLeft, available);
		this.#paddingLeft -= skipped;
		return skipped;
	}
};
// server/trace/fastcgi-recorder.ts
/** Further records of a trace are only counted. */
var maxRecords = 4096;
var FastcgiRecorder = class {
	/** Who answers: the address, or the name of one of several workers. */
	worker = null;
	/** The worker's process, where it is known. */
	pid = null;
	/** Which request of its process it is, counted from 1, where that is known. */
	nth = null;
	role = "responder";
	/** An earlier request had used the connection. */
	reused = false;
	/** Connections tried: more than one when a kept one was closed over the request, or the application refused it there. */
	attempts = 0;
	/** When a connection was requested, when a kept one was free or a new one was begun, and when it was open: ms since the request's first byte. */
	queuedAt = null;
	readyAt = null;
	connectedAt = null;
	/** Of END_REQUEST. */
	appStatus = null;
	protocolStatus = null;
	/** What is particular: what the application did that FastCGI does not allow and that was taken all the same, and why an attempt was not the last. */
	notes = [];
	/** The numbers of the records whose bytes were not kept, one after the other: an object for each would be most of what a trace costs. */
	#numbers = [];
	/** Records that are only counted. */
	uncounted = 0;
	sent;
	received;
	#t0Ms;
	#keeps;
	/** `t0Ms`: the request's first byte as performance.now(). `keptBy`: see `CapturedStream`. */
	constructor(t0Ms, captureBytes, keptBy = {
		sent: [],
		received: []
	}) {
		this.#t0Ms = t0Ms;
		this.#keeps = captureBytes > 0;
		this.sent = new CapturedStream(captureBytes, null, keptBy.sent);
		this.received = new CapturedStream(captureBytes, null, keptBy.received);
	}
	/** The first 4096, in the order of their times. Those whose bytes were kept are read from these. */
	get records() {
		return this.#all().slice(0, maxRecords);
	}
	/** Records beyond the first 4096. */
	get omitted() {
		return Math.max(0, this.#all().length - maxRecords) + this.uncounted;
	}
	/** Records that take memory of their own. */
	get recordCount() {
		return this.#numbers.length / numbersOfRecord;
	}
	/** The same: those whose bytes were not kept. */
	get furtherRecords() {
		return Array.from({ length: this.recordCount }, (_, nth) => this.#record(nth));
	}
	/** When the application was sent the request's first record: ms since the request's first byte. */
	get begunAt() {
		return this.sent.firstAt;
	}
	/** ms since the request's first byte. */
	since(at) {
		return at - this.#t0Ms;
	}
	/** A record's header was received or sent. Its bytes were added before. `offset` counts from the first byte of this direction that belongs to the request; `at`: performance.now(). */
	record(direction, { type, requestId, contentLength, paddingLength }, offset, at) {
		if (!this.#keeps || offset + 8 <= this[direction].captured) return;
		if (this.recordCount < 4096) this.#numbers.push(this.since(at), direction === "sent" ? 1 : 0, type, requestId, contentLength, paddingLength, offset);
		else this.uncounted++;
	}
	/** A complete conversation without anything unusual: the bytes say all of it. */
	get isSimple() {
		return this.worker !== null && this.role === "responder" && this.attempts === 1 && this.appStatus === 0 && this.protocolStatus === protocolStatus.requestComplete && this.notes.length === 0 && this.sent.isSimple && this.received.isSimple;
	}
	note(message) {
		if (!this.notes.some(({ code, text }) => code === message.code && text === message.text) && this.notes.length < maxNotes) this.notes.push(message);
	}
	/** Another connection is tried: forgets what was sent and received on the one before. */
	startAgain() {
		this.#numbers = [];
		this.uncounted = 0;
		this.sent.clear();
		this.received.clear();
	}
	#all() {
		return [
			...recordsIn("sent", this.sent),
			...recordsIn("received", this.received),
			...this.furtherRecords
		].sort((a, b) => Math.round(a.at * 1e3) - Math.round(b.at * 1e3));
	}
	#record(nth) {
		const from = nth * numbersOfRecord;
		const [at = 0, sent, type = 0, requestId = 0, contentLength = 0, paddingLength = 0, offset = 0] = this.#numbers.slice(from, from + numbersOfRecord);
		return {
			type,
			requestId,
			contentLength,
			paddingLength,
			offset,
			direction: sent === 1 ? "sent" : "received",
			at
		};
	}
};
/** The records whose headers were captured. */
function recordsIn(direction, stream) {
	const records = [];
	let now = 0;
	const record = (placed) => records.push({
		...placed,
		direction,
		at: now
	});
	const reader = new RecordReader({
		record,
		content: () => {},
		contentEnd: () => {}
	});
	for (const { bytes, at } of stream.pieces()) {
		now = at;
		reader.push(bytes);
	}
	return records;
}
var numbersOfRecord = 7;
var maxNotes = 20;
// server/protocol/token.ts
var tokenCharacters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
var isToken = /* @__PURE__ */ new Uint8Array(256);
for (let i = 0; i < 77; i++) isToken[tokenCharacters.charCodeAt(i)] = 1;
/** Whether a token may hold this byte; false for undefined. */
function isTokenByte(byte) {
	return byte !== void 0 && isToken[byte] === 1;
}
/** Whether the whole text is one token. */
function isTokenText(text) {
	if (text === "") return false;
	for (let i = 0; i < text.length; i++) if (isToken[text.charCodeAt(i)] !== 1) return false;
	return true;
}
// server/protocol/script-response.ts
var statusValue = /^(\d{3})(?:[ \t]+(.*))?$/;
var absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:/;
/** `local-pathquery` of RFC 3875 §6.3.2, leniently: a path from the root in visible ASCII, without a fragment. */
var localPathQuery = /^\/[!-"$-~]*$/;
function interpretScriptHead(head, policy) {
	const invalid = (stoppedAt, why) => ({
		kind: "invalid",
		status: null,
		reason: null,
		headers: head.fields,
		location: null,
		stoppedAt,
		reasons: [why]
	});
	if (head.problem !== null) return invalid(head.problem.at, head.problem.why);
	if (head.statusLine !== null && policy.httpStatusLine === "reject") return invalid(0, scriptMessage("http-status-line"));
	const statusLine = policy.httpStatusLine === "ignore" ? null : head.statusLine;
	const notes = head.tolerated === null ? [] : [head.tolerated];
	const cgi = /* @__PURE__ */ new Map();
	for (const [index, [name, value]] of head.fields.entries()) {
		const key = name.toLowerCase();
		if (key !== "content-type" && key !== "location" && key !== "status") continue;
		if (cgi.has(key)) {
			const isTolerated = policy.repeatedCgiField !== "reject";
			const why = scriptMessage("field-repeated", {
				name,
				isTolerated
			});
			if (!isTolerated) return invalid(fieldOffset(head, index), why);
			notes.push(why);
		}
		cgi.set(key, {
			value,
			index
		});
	}
	if (cgi.size === 0 && statusLine === null) {
		const why = scriptMessage(head.fields.length === 0 ? "no-fields" : "no-cgi-field");
		if (head.fields.length === 0 || policy.missingCgiField === "reject") return invalid(head.spans.at(-1)?.from ?? 0, why);
		notes.push(why);
	}
	const said = statusOf(head, cgi.get("status"), statusLine);
	if (said !== null && "why" in said) return invalid(said.at, said.why);
	const location = cgi.get("location");
	const hasType = (cgi.get("content-type")?.value ?? "") !== "";
	const done = (kind, status) => ({
		kind,
		status,
		reason: said?.reason ?? null,
		headers: head.fields,
		location: location?.value ?? null,
		stoppedAt: null,
		reasons: notes
	});
	if (location === void 0) {
		const status = said?.code ?? 200;
		if (!hasType && status !== 204 && status !== 304) {
			const isTolerated = policy.missingContentType !== "reject";
			const why = scriptMessage("no-content-type", { isTolerated });
			if (!isTolerated) return invalid(head.spans.at(-1)?.from ?? 0, why);
			notes.push(why);
		}
		return done("document", status);
	}
	const { value } = location;
	if (value === "") return invalid(fieldOffset(head, location.index), scriptMessage("empty-location"));
	if (said === null && head.fields.length === 1 && localPathQuery.test(value) && policy.localRedirect === "serve") return done("local-redirect", null);
	const absolute = absoluteUri.test(value);
	if (!absolute && !value.startsWith("/")) {
		const isTolerated = policy.relativeLocation !== "reject";
		const why = scriptMessage("relative-location", { isTolerated });
		if (!isTolerated) return invalid(fieldOffset(head, location.index), why);
		notes.push(why);
	}
	if (said !== null && (said.code < 300 || said.code > 399)) {
		if (said.code === 200) notes.push(scriptMessage("location-with-status-200"));
		return done("document", said.code);
	}
	if (policy.localRedirect === "serve" || head.fields.length > 1) notes.push(...redirectNotes(head, {
		absolute,
		local: value.startsWith("/"),
		hasStatus: said !== null,
		hasType
	}));
	else if (!absolute && value.startsWith("/")) notes.push(scriptMessage("local-redirect-not-followed"));
	return done(hasType ? "client-redirect-document" : "client-redirect", said?.code ?? 302);
}
/** How a redirect that the client is to follow departs from RFC 3875 §6.2.3 and §6.2.4. All servers send these, and clients understand them. */
function redirectNotes(head, it) {
	const extended = head.fields.every(([name]) => /^(?:location$|x-cgi-)/i.test(name));
	if (!it.hasStatus && it.local) {
		const isAlone = extended && head.fields.length === 1;
		return [scriptMessage(isAlone ? "local-redirect-characters" : "local-redirect-with-fields")];
	}
	if (it.hasStatus && it.local) return [scriptMessage("local-redirect-with-status")];
	if (it.absolute && !it.hasStatus && !extended) return [scriptMessage("redirect-without-status")];
	if (it.absolute && it.hasStatus && !it.hasType) return [scriptMessage("redirect-without-document")];
	return [];
}
/** The Status field's, else the status line's; null when the script left it open. */
function statusOf(head, field, line) {
	const at = field === void 0 ? 0 : fieldOffset(head, field.index);
	const match = field === void 0 ? null : statusValue.exec(field.value);
	if (field !== void 0 && match === null) return {
		at,
		why: scriptMessage("malformed-status", { value: quoteBytes(field.value) })
	};
	const status = match !== null ? {
		code: Number(match[1]),
		reason: match[2] === void 0 || match[2] === "" ? null : byteString(match[2])
	} : fromStatusLine(line);
	if (status === null) return null;
	if (status.code < 200) return {
		at,
		why: scriptMessage("interim-status", { status: status.code })
	};
	if (status.code > 599) return {
		at,
		why: scriptMessage("unknown-status", { status: status.code })
	};
	return status;
}
function fromStatusLine(line) {
	return line === null ? null : {
		code: line.status,
		reason: line.reason === "" ? null : line.reason
	};
}
/** Where the field's line begins in stdout. */
function fieldOffset(head, index) {
	let names = 0;
	for (const span of head.spans) if (span.is === "name" && names++ === index) return span.from;
	return 0;
}
// server/protocol/script-head-problems.ts
/** Why this line is no header field. `isFirst`: it is the first line of stdout. */
function malformedLine(bytes, isFirst) {
	const line = quoteBytes(bytes);
	if (isFirst && bytes.startsWith("ï»¿")) return scriptMessage("byte-order-mark");
	if (isFirst && (bytes.startsWith("ÿþ") || bytes.startsWith("þÿ"))) return scriptMessage("utf-16");
	if (isFirst && bytes.startsWith("HTTP/")) return scriptMessage("bad-status-line", { line });
	if (/^[ \t]/.test(bytes)) return scriptMessage("folded-field", { line });
	if (bytes.startsWith(":")) return scriptMessage("no-field-name", { line });
	if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]+:/.test(bytes)) return scriptMessage("space-before-colon", { line });
	if (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:/.test(bytes)) return scriptMessage("carriage-return", { line });
	if (bytes.startsWith("<")) return scriptMessage("markup", {
		line,
		isFirst
	});
	if (bytes.includes("\0")) return scriptMessage("binary-data", { line });
	if (!bytes.includes(":")) return scriptMessage("no-colon", {
		line,
		isFirst
	});
	return scriptMessage("bad-field-name", { line });
}
// server/protocol/script-head.ts
/** The empty line must come within this many bytes of stdout. */
var maxScriptHeadBytes = 65536;
/** More header fields than this are no head. */
var maxScriptFields = 1e3;
var LF = 10;
var CR = 13;
var COLON = 58;
var isBlank = (byte) => byte === 32 || byte === 9;
var httpStatusLine = /^HTTP\/\d+(?:\.\d+)?[ \t]+(\d{3})(?:[ \t]+(.*))?$/;
var ScriptHeadParser = class {
	#fields = [];
	#spans = [];
	#statusLine = null;
	#tolerated = null;
	#head = null;
	/** Offset in stdout of the line under way. */
	#lineAt = 0;
	/** The line under way, as far as it came with earlier pieces. */
	#held = /* @__PURE__ */ new Uint8Array(0);
	#heldBytes = 0;
	/** The next bytes of stdout. The head as soon as it is decided, and the same head ever after; null before. Keeps no reference to `bytes`. */
	push(bytes) {
		let from = 0;
		while (this.#head === null && from < bytes.length) {
			const lf = bytes.indexOf(LF, from);
			const to = lf < 0 ? bytes.length : lf + 1;
			const lineBytes = this.#heldBytes + to - from;
			if (this.#lineAt + lineBytes > 65536) return this.#tooLong();
			if (lf < 0) this.#hold(bytes, from, to);
			else if (this.#heldBytes === 0) this.#line(bytes, from, to);
			else {
				this.#hold(bytes, from, to);
				this.#line(this.#held, 0, lineBytes);
				this.#heldBytes = 0;
			}
			if (lf >= 0) this.#lineAt += lineBytes;
			from = to;
		}
		if (this.#head === null && this.#lineAt + this.#heldBytes >= 65536) return this.#tooLong();
		return this.#head;
	}
	/** stdout is over. */
	end() {
		if (this.#head !== null) return this.#head;
		const total = this.#lineAt + this.#heldBytes;
		if (total === 0) return this.#stop(0, 0, scriptMessage("no-output"));
		const line = this.#held.subarray(0, this.#heldBytes);
		const contentTo = line[line.length - 1] === CR ? line.length - 1 : line.length;
		if (contentTo > 0) this.#content(line, 0, contentTo, line.length);
		if (this.#head !== null) return this.#head;
		const at = contentTo > 0 ? total : this.#lineAt;
		return this.#stop(at, total, scriptMessage("no-empty-line"));
	}
	#hold(bytes, from, to) {
		const size = this.#heldBytes + to - from;
		if (size > this.#held.length) {
			const larger = new Uint8Array(Math.max(256, size, this.#held.length * 2));
			larger.set(this.#held.subarray(0, this.#heldBytes));
			this.#held = larger;
		}
		this.#held.set(bytes.subarray(from, to), this.#heldBytes);
		this.#heldBytes = size;
	}
	/** A whole line `[from, to)` of `bytes`, its line feed included. LF and CR LF both end one (RFC 3875 §7.2). */
	#line(bytes, from, to) {
		const contentTo = to - 2 >= from && bytes[to - 2] === CR ? to - 2 : to - 1;
		if (contentTo > from) this.#content(bytes, from, contentTo, to);
		else {
			const bodyOffset = this.#lineAt + to - from;
			this.#spans.push({
				from: this.#lineAt,
				to: bodyOffset,
				is: "empty-line"
			});
			this.#decide(bodyOffset, null);
		}
	}
	/** The content `[from, to)` of a line that ends at `lineTo`. */
	#content(bytes, from, to, lineTo) {
		const shift = this.#lineAt - from;
		let colon = from;
		while (colon < to && isTokenByte(bytes[colon])) colon++;
		if (bytes[colon] !== COLON || colon === from || colon >= to) {
			if (!this.#tookStatusLine(bytes, from, to, lineTo)) this.#malformed(bytes, from, to, lineTo);
			return;
		}
		let valueFrom = colon + 1;
		let valueTo = to;
		while (valueFrom < to && isBlank(bytes[valueFrom])) valueFrom++;
		while (valueTo > valueFrom && isBlank(bytes[valueTo - 1])) valueTo--;
		const value = fromBytes(bytes, valueFrom, valueTo);
		if (value.includes("\r") || this.#fields.length === 1e3) {
			this.#malformed(bytes, from, to, lineTo);
			return;
		}
		this.#fields.push([fromBytes(bytes, from, colon), value]);
		this.#span(shift + from, shift + colon, "name");
		this.#span(shift + colon, shift + colon + 1, "colon");
		this.#span(shift + colon + 1, shift + valueFrom, "space");
		this.#span(shift + valueFrom, shift + valueTo, "value");
		this.#span(shift + valueTo, shift + to, "space");
		this.#span(shift + to, shift + lineTo, "line-end");
	}
	#tookStatusLine(bytes, from, to, lineTo) {
		if (this.#lineAt !== 0) return false;
		const match = httpStatusLine.exec(fromBytes(bytes, from, to));
		if (match === null) return false;
		this.#statusLine = {
			status: Number(match[1]),
			reason: byteString((match[2] ?? "").trimEnd())
		};
		this.#tolerated = scriptMessage("http-status-line");
		this.#span(0, to - from, "status-line");
		this.#span(to - from, lineTo - from, "line-end");
		return true;
	}
	#span(from, to, is) {
		if (to > from) this.#spans.push({
			from,
			to,
			is
		});
	}
	#malformed(bytes, from, to, lineTo) {
		const why = this.#fields.length === 1e3 ? scriptMessage("too-many-fields", { limit: maxScriptFields }) : malformedLine(fromBytes(bytes, from, to), this.#lineAt === 0);
		this.#stop(this.#lineAt, this.#lineAt + lineTo - from, why);
	}
	#tooLong() {
		return this.#stop(this.#lineAt, maxScriptHeadBytes, scriptMessage("head-too-large", { limitBytes: maxScriptHeadBytes }));
	}
	/** Stops reading at `at`. The malformed bytes end at `to`. */
	#stop(at, to, why) {
		this.#span(at, to, "malformed");
		return this.#decide(at, {
			at,
			why
		});
	}
	#decide(bodyOffset, problem) {
		this.#head = {
			fields: this.#fields,
			spans: this.#spans,
			bodyOffset,
			statusLine: this.#statusLine,
			problem,
			tolerated: this.#tolerated
		};
		return this.#head;
	}
};
export { minStoreBytes as A, maxRangeBytes as C, maxStoreBytes as D, maxStoreAgeDays as E, maxTraces as O, maxPauseMs as S, maxSearchText as T, maxComposedBase64 as _, FastcgiRecorder as a, maxExchangedText as b, headerAt as c, CapturedStream as d, CaptureRoom as f, maxBatchRows as g, defaultStoreBytes as h, isTokenText as i, maxWindowMemory as k, paddingFor as l, defaultMemoryBytes as m, interpretScriptHead as n, RecordReader as o, defaultCaptureBytes as p, isTokenByte as r, encodeHeader as s, ScriptHeadParser as t, putHeader as u, maxComposedBodyBytes as v, maxScriptVersionsBytes as w, maxFileText as x, maxExaminedFiles as y };

//# sourceMappingURL=script-head-DT0y9IbQ.js.map