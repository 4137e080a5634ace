import { f as toDisplayText } from "./script-head-messages-BLuPLnUQ.js";
import { c as traitsOf } from "./modes-_bwrZvgN.js";
import { s as severity } from "./trace-D4ZZJJlK.js";
import { B as noTiming, E as rowFacts, P as readAgain, d as lineMark, f as searchText, j as headersOf, k as timingNames, p as factsOf$1, r as openForReading, v as recordAt, w as storedStreams } from "./store-file-bGyywt8M.js";
import { a as utf8 } from "./byte-string-DHgfSrmB.js";
import { a as FastcgiRecorder, d as CapturedStream } from "./script-head-DT0y9IbQ.js";
// server/trace/trace-row.ts
var maxTargetLength = 2048;
function toRow(trace, rev, { idOf, displayPath }) {
	const { startedAt, route, parent, findings, from, method, target, status, outcome, responseBytes, timing, fastcgi } = trace.isCompact ? rowFacts(trace) : factsOf(trace);
	return {
		rev,
		id: idOf(startedAt),
		seq: trace.seq,
		startedAt,
		method: toDisplayText(method).slice(0, 64),
		target: toDisplayText(target).slice(0, maxTargetLength),
		file: subjectOf({ route }, displayPath),
		kind: route.kind,
		mode: route.mode,
		status,
		outcome,
		from,
		parent,
		pinned: trace.pinned,
		responseBytes,
		tookMs: timing.doneAt,
		timing,
		fastcgi,
		severity: mostSevere(findings),
		findings: findings.filter((finding) => finding.severity !== "hint").length
	};
}
function factsOf({ startedAt, route, parent, findings, client, request, response, outcome, timing, fastcgi }) {
	const { method, target } = request;
	return {
		startedAt,
		route,
		parent,
		findings,
		from: client.from,
		method,
		target,
		outcome,
		timing: { ...timing },
		status: response?.status ?? null,
		responseBytes: response?.body.bytes ?? 0,
		fastcgi: fastcgi && turnOf(fastcgi)
	};
}
var turnOf = ({ reused, readyAt, connectedAt, begunAt }) => ({
	readyAt,
	connectedAt: reused ? null : connectedAt,
	begunAt
});
/** What a trace is about: a file by its path in the workspace, an external application by the path that leads to it ("/app"); null: nothing. */
function subjectOf({ route }, displayPath) {
	if (traitsOf(route.mode)?.isExternal && route.file === null) return toDisplayText(route.scriptName) || "/";
	return route.file === null ? null : displayPath(toDisplayText(route.file));
}
function mostSevere(findings) {
	return severity.options.find((level) => findings.some((finding) => finding.severity === level)) ?? null;
}
// server/trace/store/needle-search.ts
/** Places of the request body and of the response body in `storedStreams`. */
var bodies = [5, 6];
/** Looks for bytes in the bodies of traces. Rows come in the order of their segments, so that each is read once. */
var NeedleSearch = class {
	#needles = [];
	#segment = 0;
	#data = null;
	begin(needles) {
		this.#needles = needles;
		this.#segment = 0;
	}
	isIn(needle, segment, data, at, length) {
		if (segment !== this.#segment) this.#turnTo(segment, data());
		const [found, bytes] = [this.#data, this.#needles[needle]?.length ?? 0];
		if (!found) return false;
		if (bytes === 0) return true;
		const record = found.subarray(at, at + length);
		const wanted = this.#needles[needle] ?? "";
		let ranges = null;
		for (let hit = record.indexOf(wanted); hit >= 0; hit = record.indexOf(wanted, hit + 1)) {
			ranges ??= bodyRanges(found, at);
			const place = at + hit;
			if (ranges.some(([from, to]) => place >= from && place + bytes <= to)) return true;
		}
		return false;
	}
	#turnTo(segment, data) {
		this.#segment = segment;
		this.#data = data && Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	}
};
/** Where the bytes of a record's request body and response body are. */
function bodyRanges(data, at) {
	const record = recordAt(data, at);
	const start = record.body.byteOffset - data.byteOffset;
	const { s } = factsOf$1(record);
	return bodies.flatMap((index) => {
		const [, , runs] = s[index] || [
			0,
			[],
			[]
		];
		const ranges = [];
		for (let i = 0; i < runs.length; i += 2) {
			const [from = 0, length = 0] = [runs[i], runs[i + 1]];
			if (from >= 0) ranges.push([start + from, start + from + length]);
		}
		return ranges;
	});
}
// server/trace/store/search-hit.ts
/** Around a hit, bytes or characters. */
var [before, after] = [24, 72];
/** A hit behind this is not shown: it would take too long to find again for each row. */
var maxSearched = 1 << 20;
/** Of the first condition that a row of the list does not show by itself; null: there is none. */
function hitOf(trace, query) {
	for (const choice of query) for (const term of choice) {
		const hit = term.isNegated ? null : hitOfTerm(trace, term);
		if (hit) return hit;
	}
	return null;
}
function hitOfTerm(trace, term) {
	const { request, response, stderr, env } = trace;
	if ("pattern" in term || "exact" in term) return null;
	const bodies = (text) => inStream("request-body", request.body, text) ?? (response && inStream("response-body", response.body, text));
	switch (term.key) {
		case "body": return bodies(term.value);
		case "stderr": return stderr && inStream("stderr", stderr, term.value);
		case "header": return inFields("request-header", headersOf(request.head), term) ?? inFields("response-header", response?.headers ?? [], term);
		case "env": return inFields("variable", (env ?? []).map(({ name, value }) => [name, value]), term);
		case "text": {
			if (indexOf(toDisplayText(request.target), term.value) >= 0) return null;
			const anywhere = {
				name: null,
				value: term.value
			};
			return bodies(term.value) ?? (stderr && inStream("stderr", stderr, term.value)) ?? inFields("request-header", headersOf(request.head), anywhere) ?? inFields("response-header", response?.headers ?? [], anywhere) ?? inFields("variable", (env ?? []).map(({ name, value }) => [name, value]), anywhere);
		}
		default: return null;
	}
}
/** As the store finds text: ASCII letters in either case. */
var folded = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
var indexOf = (text, wanted) => folded(text).indexOf(folded(wanted));
function inFields(part, fields, wanted) {
	for (const field of fields) {
		const [name, value] = [toDisplayText(field[0]), toDisplayText(field[1])];
		if (wanted.name !== null && folded(name) !== folded(wanted.name)) continue;
		const text = wanted.value ?? "";
		const at = indexOf(value, text);
		if (at >= 0) return hit(part, name, null, [
			value.slice(0, at),
			value.slice(at, at + text.length),
			value.slice(at + text.length)
		]);
		if (wanted.name === null && indexOf(`${name}: ${value}`, text) >= 0) return hit(part, name, null, [
			"",
			"",
			value
		]);
	}
	return null;
}
/** Bodies hold the bytes as they are, the others text in either case. */
function inStream(part, stream, text) {
	if (text === "" || stream.captured === 0) return null;
	const bytes = Buffer.from(stream.read(0, Math.min(stream.captured, maxSearched)));
	const wanted = Buffer.from(text);
	const at = part === "stderr" ? indexOf(bytes.toString("latin1"), wanted.toString("latin1")) : bytes.indexOf(wanted);
	if (at < 0) return null;
	const to = at + wanted.length;
	return hit(part, null, at, [
		bytes.subarray(Math.max(0, at - before * 2), at).toString(),
		bytes.subarray(at, to).toString(),
		bytes.subarray(to, to + after * 2).toString()
	]);
}
/** A character that was cut is left out, and so is what would break the line. */
var shown = (text) => text.replace(/^\ufffd+|\ufffd+$/g, "").replace(/[\s\0-\x1f\x7f]+/g, " ");
var hit = (part, name, at, [left, found, right]) => ({
	part,
	name,
	at,
	before: shown(left).slice(-before),
	found: shown(found).slice(0, after),
	after: shown(right).slice(0, after)
});
// server/trace/store/search-sql.ts
/** `LIKE` folds the case of ASCII letters. */
var like = "like ? escape '\\'";
var escaped = (text) => searchText(text).replace(/[\\%_]/g, "\\$&");
var containing = (text) => `%${escaped(text)}%`;
function searchSql(query) {
	const wanted = {
		needles: [],
		patterns: []
	};
	const ordered = query.map((choice) => anyOf(choice.map((term) => termSql(term, wanted)))).toSorted((a, b) => Number(a.sql.includes("body_has")) - Number(b.sql.includes("body_has")));
	return {
		where: ordered.length === 0 ? "1" : ordered.map(({ sql }) => sql).join(" and "),
		values: ordered.flatMap(({ values }) => values),
		...wanted
	};
}
var anyOf = (parts) => ({
	sql: `(${parts.map(({ sql }) => sql).join(" or ")})`,
	values: parts.flatMap(({ values }) => values)
});
function termSql(term, wanted) {
	const part = conditionSql(term, wanted);
	return term.isNegated ? {
		...part,
		sql: `not coalesce(${part.sql},0)`
	} : part;
}
function conditionSql(term, wanted) {
	if ("pattern" in term) return patternSql(term, wanted);
	if ("exact" in term) return exactSql(term);
	switch (term.key) {
		case "any": return anyOf(term.of.map((one) => conditionSql(one, wanted)));
		case "status":
			if (term.range === null) return {
				sql: "(status is null)",
				values: []
			};
			return {
				sql: "(status between ? and ?)",
				values: [...term.range]
			};
		case "took": return {
			sql: `(took ${term.is} ?)`,
			values: [term.number]
		};
		case "size": return {
			sql: `(sent ${term.is} ?)`,
			values: [term.number]
		};
		case "after": return {
			sql: "(started >= ?)",
			values: [term.time]
		};
		case "before": return {
			sql: "(started < ?)",
			values: [term.time]
		};
		case "method": return {
			sql: "(method = ?)",
			values: [searchText(term.value)]
		};
		case "mode":
			if (term.value === "file") return {
				sql: "(kind = 'static')",
				values: []
			};
			return {
				sql: "(mode = ?)",
				values: [searchText(term.value)]
			};
		case "from": return {
			sql: "(sender = ?)",
			values: [searchText(term.value)]
		};
		case "outcome": return {
			sql: `(outcome ${like})`,
			values: [`${escaped(term.value)}%`]
		};
		case "is": return {
			sql: `(${kinds[term.value]})`,
			values: []
		};
		case "path": return {
			sql: `(target ${like})`,
			values: [containing(term.value)]
		};
		case "file": return {
			sql: `(${fileColumn} ${like})`,
			values: [containing(term.value)]
		};
		case "script": return {
			sql: `(script ${like})`,
			values: [containing(term.value)]
		};
		case "stderr": return {
			sql: `(err ${like})`,
			values: [containing(term.value)]
		};
		case "finding": return {
			sql: `(findings ${like})`,
			values: [`%"rule":"${escaped(term.value === "*" ? "" : term.value)}%`]
		};
		case "header": return anyOf([line(`${lineMark.request}${term.name}: `, term.value), line(`${lineMark.response}${term.name}: `, term.value)]);
		case "env": return line(`${lineMark.variable}${term.name}=`, term.value);
		case "body": return bodyHas(term.value, wanted);
		case "text": return anyOf([
			{
				sql: `target ${like}`,
				values: [containing(term.value)]
			},
			inLines(containing(term.value)),
			{
				sql: `err ${like}`,
				values: [containing(term.value)]
			},
			bodyHas(term.value, wanted)
		]);
	}
}
/** The script's or file's path in the workspace. */
var fileColumn = "substr(script, (select length(value) + 2 from about where name='root'))";
/** The target without its query. */
var pathColumn = "substr(target, 1, instr(target || '?', '?') - 1)";
var patternColumns = {
	text: [
		"target",
		fileColumn,
		"method",
		"cast(status as text)"
	],
	path: ["target"],
	file: [fileColumn],
	script: ["script"]
};
var exactSql = ({ key, exact }) => ({
	sql: `(${key === "path" ? pathColumn : fileColumn} = ?)`,
	values: [searchText(exact)]
});
function patternSql({ key, pattern, flags }, { patterns }) {
	patterns.push(new RegExp(pattern, flags));
	const has = (column) => `has_pattern(${patterns.length - 1},${column})`;
	return {
		sql: `(${patternColumns[key].map(has).join(" or ")})`,
		values: []
	};
}
var isBad = "(outcome <> 'ok' or coalesce(status,0) >= 500)";
var hasFinding = (severity) => `findings like '%"severity":"${severity}"%'`;
/** What is stored has ended. */
var kinds = {
	failed: isBad,
	ok: `not ${isBad}`,
	running: "0",
	pinned: "pinned",
	error: hasFinding("error"),
	warning: `${hasFinding("warning")} and not ${hasFinding("error")}`,
	replay: "parent = 'replay'",
	redirected: "parent = 'local-redirect'",
	followed: "parent = 'follow'",
	script: "kind = 'script'",
	static: "kind = 'static'"
};
var inLines = (pattern) => ({
	sql: `(own ${like} or common in (select id from lines where text ${like}))`,
	values: [pattern, pattern]
});
/** A line that begins so and holds the value. `LIKE` finds the rows that may have one, `line_has` checks it. */
function line(beginning, value) {
	const wanted = [
		`%\n${escaped(beginning)}%${value === null ? "" : `${escaped(value)}%`}`,
		searchText(beginning),
		searchText(value ?? "")
	];
	return {
		sql: `((own ${like} and line_has(own,?,?)) or common in (select id from lines where text ${like} and line_has(text,?,?)))`,
		values: [...wanted, ...wanted]
	};
}
/** For SQLite: whether a line of the text begins so and holds the value. */
function lineHas(text, beginning, value) {
	const [start, wanted] = [beginning.toLowerCase(), value.toLowerCase()];
	return text.toLowerCase().split("\n").some((one) => one.startsWith(start) && one.slice(start.length).includes(wanted)) ? 1 : 0;
}
function bodyHas(value, { needles }) {
	needles.push(Buffer.from(utf8(value), "latin1"));
	return {
		sql: `body_has(${needles.length - 1},id,seg,at,length)`,
		values: []
	};
}
// server/trace/store/unpacked-trace.ts
function unpackTrace({ seq, pinned, facts, findings, context, body, sent }) {
	const { connectionId, request, response, ...shared } = context;
	const streams = /* @__PURE__ */ new Map();
	facts.s.forEach((stored, index) => {
		const name = storedStreams[index];
		if (name && stored !== 0) streams.set(name, streamOf(stored, body, sent));
	});
	const stream = (name) => streams.get(name) ?? null;
	const some = (name) => stream(name) ?? CapturedStream.of(null, 0);
	const timing = noTiming();
	timingNames.forEach((name, index) => {
		timing[name] = millis(facts.t[index]);
	});
	const { policy } = shared.notes;
	const stdout = stream("stdout");
	return {
		isCompact: false,
		...shared,
		id: facts.id,
		seq,
		startedAt: facts.at,
		t0Ms: 0,
		connection: {
			id: connectionId,
			nth: facts.nth
		},
		request: {
			...request,
			headers: facts.h ?? headersOf(request.head),
			body: some("requestBody")
		},
		stdin: stream("stdin"),
		stdout,
		stderr: stream("stderr"),
		script: facts.sc === void 0 && policy && stdout ? readAgain(stdout.read(0, stdout.captured), policy) : facts.sc ?? null,
		response: response && {
			...response,
			body: some("responseBody")
		},
		process: facts.p ?? null,
		fastcgi: fastcgiOf(facts.fc, stream),
		timing,
		findings: findings ?? facts.fi ?? [],
		examined: true,
		pinned,
		rev: 0,
		cost: 0
	};
}
function fastcgiOf(conversation, stream) {
	if (!conversation) return null;
	const { notes, turn, further, ...facts } = conversation;
	const recorder = new FastcgiRecorder(0, Number.MAX_SAFE_INTEGER);
	Object.assign(recorder, facts);
	[recorder.queuedAt, recorder.readyAt, recorder.connectedAt] = [
		millis(turn[0]),
		millis(turn[1]),
		millis(turn[2])
	];
	for (const note of notes) recorder.note(note);
	for (const direction of ["sent", "received"]) recorder[direction].takeFrom(stream(direction));
	for (const { direction, offset, at, ...header } of further ?? []) recorder.record(direction, header, offset, at);
	return recorder;
}
function streamOf([bytes, writes, runs], body, sent) {
	const kept = [];
	for (let i = 0; i < runs.length; i += 2) {
		const [at = 0, length = 0] = [runs[i], runs[i + 1]];
		kept.push(at === -1 ? sent.subarray(0, length) : body.subarray(at, at + length));
	}
	const chunks = [];
	for (let i = 0, offset = 0; i < writes.length; i += 2) {
		const length = writes[i + 1] ?? 0;
		chunks.push({
			at: (writes[i] ?? 0) / 1e3,
			offset,
			length
		});
		offset += length;
	}
	const stream = CapturedStream.restored(chunks, Buffer.concat(kept));
	stream.bytes = bytes;
	return stream;
}
var millis = (micros) => micros == null ? null : micros / 1e3;
// server/trace/store/store-reader.ts
/** Nothing is stored. */
var nothingFound = {
	found: [],
	total: 0,
	searched: 1,
	newest: 0,
	isDone: true
};
var noFacts = {
	traces: 0,
	oldestAt: null,
	runs: []
};
/** A step of a search takes about so long: between two steps it can be cancelled. */
var stepMs = 12;
var prepareAll = (database) => ({
	place: database.prepare("select id, name, pinned, seg, at, length, context, findings from trace where id=?"),
	named: database.prepare("select id, name, pinned, seg, at, length, context, findings from trace where name=?"),
	segment: database.prepare("select data from segment where id=?"),
	kept: database.prepare("select data, context from kept where id=?"),
	bounds: database.prepare("select min(id) low, max(id) high from trace"),
	facts: database.prepare("select count(*) traces, min(started) oldestAt from trace"),
	runs: database.prepare("select substr(name,10,6) run, min(started) as 'from' from trace group by 1 order by max(id) desc limit 500"),
	root: database.prepare("select value from about where name='root'")
});
var StoreReader = class {
	#database;
	/** `body_has` reads here while the other connection is in the middle of a search. */
	#bytes;
	#statements;
	#needles = new NeedleSearch();
	#patterns = [];
	/** The segment that was read last: neighbours in a list lie in one. */
	#segment = null;
	/** @throws NewerSchemaError, or SQLite's error */
	constructor(path) {
		this.#database = openForReading(path);
		this.#bytes = openForReading(path);
		this.#statements = prepareAll(this.#bytes);
		const { segment, kept } = this.#statements;
		this.#database.function("line_has", lineHas);
		this.#database.function("has_pattern", (index, text) => text !== null && this.#patterns[index]?.test(text) ? 1 : 0);
		this.#database.function("body_has", (needle, id, seg, at, length) => {
			const data = () => (seg === null ? kept.get(id) : segment.get(seg))?.data ?? null;
			return this.#needles.isIn(needle, seg ?? -id, data, at, length) ? 1 : 0;
		});
	}
	find(query, limit) {
		const search = searchSql(query);
		const { where, values, needles } = search;
		this.#begin(search);
		const columns = "name as id, id as seq, started as startedAt, method, target, status, mode, took as tookMs, sent as bytes";
		if (needles.length > 0) {
			const ids = this.#database.prepare(`select id from trace where ${where} order by id desc`).all(...values);
			const row = this.#database.prepare(`select ${columns} from trace where id=?`);
			const rows = ids.slice(0, limit).flatMap(({ id }) => row.get(id) ?? []);
			return {
				total: ids.length,
				rows
			};
		}
		const { total } = this.#database.prepare(`select count(*) as total from trace where ${where}`).get(...values);
		return {
			total,
			rows: this.#database.prepare(`select ${columns} from trace where ${where} order by trace.id desc limit ?`).all(...values, limit)
		};
	}
	/** Searches step by step, the newest traces first. What is stored meanwhile is not searched. */
	*search(query, { before, after, olderThan, limit, isCounting }) {
		const search = searchSql(query);
		const bounds = this.#statements.bounds.get();
		const newest = bounds.high ?? 0;
		const low = Math.max(bounds.low ?? 1, (after ?? 0) + 1);
		const high = Math.min(newest, (before ?? Number.MAX_SAFE_INTEGER) - 1);
		const others = olderThan === null ? [] : [olderThan, runOf(olderThan)];
		const where = `id between ? and ? and ${olderThan === null ? "1" : "(name < ? or substr(name,10,7) <> ?)"} and (${search.where})`;
		const ids = this.#database.prepare(`select id from trace where ${where} order by id desc`);
		const count = this.#database.prepare(`select count(*) as count from trace where ${where}`);
		let [to, size, total, left] = [
			high,
			search.needles.length > 0 ? 200 : 2e3,
			0,
			limit
		];
		while (to >= low && (left > 0 || isCounting)) {
			const from = Math.max(low, to - size + 1);
			const startedAt = performance.now();
			this.#begin(search);
			const values = [
				from,
				to,
				...others,
				...search.values
			];
			const found = [];
			if (left > 0) {
				const rows = ids.all(...values);
				total += rows.length;
				for (const { id } of rows.slice(0, left)) found.push(...this.#foundAt(id, query));
				left -= Math.min(left, rows.length);
			} else total += count.get(...values).count;
			to = from - 1;
			yield {
				found,
				total,
				searched: (high - to) / Math.max(1, high - low + 1),
				newest,
				isDone: false
			};
			const took = performance.now() - startedAt;
			size = Math.min(1e5, Math.max(100, took < stepMs / 2 ? size * 2 : took > 24 ? size >> 1 : size));
		}
		yield {
			found: [],
			total,
			searched: 1,
			newest,
			isDone: true
		};
	}
	/** Null: there is no such trace, or it was evicted. */
	get(id) {
		const stored = this.stored(id);
		return stored && unpackTrace(stored);
	}
	/** The parts of a trace; null: there is no such trace, or it was evicted. */
	stored(id) {
		const row = this.#statements.named.get(id);
		return row ? this.#storedAt(row) : null;
	}
	facts() {
		return {
			...this.#statements.facts.get(),
			runs: this.#statements.runs.all()
		};
	}
	close() {
		this.#database.close();
		this.#bytes.close();
	}
	#begin({ needles, patterns }) {
		this.#needles.begin(needles);
		this.#patterns = patterns;
	}
	/** None: it was evicted meanwhile. */
	#foundAt(id, query) {
		const row = this.#statements.place.get(id);
		const stored = row && this.#storedAt(row);
		if (!row || !stored) return [];
		const trace = unpackTrace({
			...stored,
			seq: seqInRun(row.name)
		});
		const root = this.#statements.root.get()?.value;
		const displayPath = (file) => root !== void 0 && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : null;
		return [{
			at: id,
			row: toRow(trace, 1, {
				idOf: () => row.name,
				displayPath
			}),
			hit: hitOf(trace, query)
		}];
	}
	#storedAt(row) {
		const from = this.#recordsOf(row);
		if (!from) return null;
		const [trace, context] = [recordAt(from.data, row.at), recordAt(from.data, from.context)];
		return {
			seq: row.id,
			pinned: row.pinned === 1,
			facts: factsOf$1(trace),
			findings: row.findings === null ? null : JSON.parse(row.findings),
			context: JSON.parse(context.json.toString()),
			body: trace.body,
			sent: context.body
		};
	}
	#recordsOf({ id, seg, context }) {
		if (seg === null) {
			const kept = this.#statements.kept.get(id);
			return kept ? {
				data: Buffer.from(kept.data),
				context: kept.context
			} : null;
		}
		if (this.#segment?.id !== seg) {
			const found = this.#statements.segment.get(seg);
			if (!found) return null;
			const { buffer, byteOffset, byteLength } = found.data;
			this.#segment = {
				id: seg,
				data: Buffer.from(buffer, byteOffset, byteLength)
			};
		}
		return {
			data: this.#segment.data,
			context
		};
	}
};
/** The part of a trace's id that its process gave it. */
var runOf = (id) => id.slice(9, 16);
/** The number that its process gave it. */
var seqInRun = (id) => Number(id.slice(id.lastIndexOf("-") + 1));
export { unpackTrace as a, seqInRun as i, noFacts as n, subjectOf as o, nothingFound as r, toRow as s, StoreReader as t };

//# sourceMappingURL=store-reader-CvD6ytUE.js.map