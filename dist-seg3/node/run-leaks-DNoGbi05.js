import { a as array, b as url, c as discriminatedUnion, d as literal, f as number, g as string, n as _enum, p as object, s as boolean, v as tuple } from "./schemas-ALeHrJtO.js";
import { t as ResponseReader } from "./response-reader-RD1WiVUZ.js";
import { a as utf8, n as fromBytes, t as byteString } from "./byte-string-DHgfSrmB.js";
import { t as agentLanguages } from "./modes-_bwrZvgN.js";
import { c as oc, n as eventIterator } from "./dist-B_O8FOSU.js";
import { _ as maxComposedBase64, x as maxFileText } from "./script-head-DT0y9IbQ.js";
import { a as outcome, g as datetime, i as mode, n as message, t as finding } from "./trace-D4ZZJJlK.js";
import { a as problem, l as workspacePath } from "./workspace-DLolHr0L.js";
import { t as defineMessages } from "./message--K3iKRUD.js";
import { readFile } from "node:fs/promises";
// server/contract/saved-contract.ts
var failures = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var place = number().int().positive();
var environment = string().max(1e3).nullable();
/** Why a request failed, with the place in its file. */
var savedFailure = object({
	/** As it is in the file: the assertion, the capture or the request line. */
	text: string(),
	line: place,
	column: place,
	/** Null: nothing was compared. */
	expected: string().nullable(),
	/** Null: there was nothing. */
	got: string().nullable(),
	why: message
});
/** What came of one request. Values of secret variables are replaced by “•••” everywhere. */
var savedResult = object({
	file: workspacePath,
	name: string(),
	line: place,
	method: string(),
	/** As it was sent; as it is in the file if it was not sent. */
	target: string(),
	passed: boolean(),
	/** Of the trace; null: the request was not sent. */
	trace: string().nullable(),
	status: number().int().nullable(),
	outcome: outcome.nullable(),
	tookMs: number().nullable(),
	/** SHA-256 of the response body, hex; null without a response. */
	bodyHash: string().nullable(),
	assertions: number().int().nonnegative(),
	failures: array(savedFailure),
	/** The names of the variables that were captured. */
	captured: array(string())
});
var savedMistake = object({
	line: place,
	column: place,
	why: message
});
var savedFile = object({
	path: workspacePath,
	requests: array(object({
		name: string(),
		line: place,
		method: string(),
		target: string(),
		assertions: number().int().nonnegative()
	})),
	/** With one of them none of its requests is sent. */
	mistakes: array(savedMistake)
});
var savedRequests = object({
	files: array(savedFile),
	/** The names of the environments. */
	environments: array(string()),
	/** Why they cannot be read. */
	environmentMistake: message.nullable()
});
/** What is kept: a trace's request, or a composed one. */
var source = discriminatedUnion("kind", [object({
	kind: literal("trace"),
	id: string().max(64)
}), object({
	kind: literal("composed"),
	method: string().min(1).max(64),
	target: string().min(1).max(65536),
	headers: array(tuple([string().max(1024), string().max(65536)])).max(500),
	base64: string().max(maxComposedBase64)
})]);
var requestToSave = object({
	source,
	/** A new one or an existing one; it ends in ".http". */
	path: workspacePath,
	name: string().min(1).max(1e3),
	/** The text of each after `@assert`. */
	assertions: array(string().max(1e4)).max(100),
	/** Headers that sign in (Authorization, Cookie) are kept, too. */
	keepsSecrets: boolean()
});
var savedContract = {
	list: oc.errors(failures).output(savedRequests),
	/** The names of the environments alone. */
	environments: oc.errors(failures).output(object({
		names: array(string()),
		mistake: message.nullable()
	})),
	/**
	* Sends requests one after the other, and yields what came of each. `file` null: those of all files; `line` null: all
	* of the file, else the one at that line. `text`: of the file as an editor has it; null: as it is on disk.
	*/
	run: oc.errors(failures).input(object({
		file: workspacePath.nullable(),
		line: place.nullable().default(null),
		text: string().max(maxFileText).nullable().default(null),
		environment
	})).output(eventIterator(savedResult)),
	/** Adds a request to the end of a file. It is at that line then. */
	save: oc.errors(failures).input(requestToSave).output(object({ line: place }))
};
// server/contract/command-output.ts
/** `doctor --json`: one file of the folder. */
var checkedScript = object({
	/** In the folder. */
	path: string(),
	/** From the static checks. */
	before: array(finding),
	/** Why the syntax was not checked, a sentence; null if it was. */
	unchecked: string().nullable(),
	/** The same with its code and its data; null if the syntax was checked. */
	uncheckedWhy: message.nullable(),
	/** The result of one GET; null if the script was not run. */
	request: object({
		target: string(),
		status: number().int().nullable(),
		outcome: string(),
		findings: array(finding)
	}).nullable()
});
object({
	folder: string(),
	scripts: array(checkedScript)
});
var figures = object({
	mode,
	requests: number().int(),
	errors: number().int(),
	/** Requests a second: the median of the rounds, and each round. */
	perSecond: number(),
	rounds: array(number()),
	/** Median response time of each round, ms. */
	roundsP50: array(number()),
	/** ms, of all rounds together. */
	p50: number(),
	p90: number(),
	p99: number(),
	max: number(),
	/** The largest share of one processor that the sending process used in a round. */
	senderShare: number()
});
/** `bench --json`. */
var benchReport = object({
	target: string(),
	connections: number().int(),
	/** Requests a second that were due; null: each connection sent its next request after a response. */
	rate: number().nullable(),
	modes: array(figures),
	/**
	* The mode to choose (null: one had errors), and whether the rounds prove that it is faster than the next one; null
	* with a single mode.
	*/
	verdict: object({
		mode: mode.nullable(),
		isProven: boolean(),
		code: string(),
		text: string()
	}).nullable()
});
var probeExpectation = discriminatedUnion("kind", [object({ kind: literal("served") }), object({
	kind: literal("refused"),
	status: number().int(),
	code: string()
})]);
/** `probe --json`: a probe and what it led to. */
var probed = object({
	id: string(),
	group: string(),
	title: string(),
	/** What each request of the probe must lead to. */
	expected: array(probeExpectation),
	/** The gateway did that. */
	asExpected: boolean(),
	/** The script answered below 500 and the doctor has no error to report; null: no request reached it. */
	scriptPassed: boolean().nullable(),
	/** From the first byte sent to the end of the connection. */
	tookMs: number(),
	requests: array(object({
		isRefused: boolean(),
		status: number().int().nullable(),
		outcome: string(),
		/** Why; null when there is nothing to say. */
		cause: message.nullable(),
		findings: array(finding)
	}))
});
object({
	folder: string(),
	target: string(),
	probes: array(probed)
});
/** What a script can leave behind in its process. */
var leakKinds = [
	"attribute",
	"growth",
	"content",
	"global",
	"module",
	"environment",
	"directory",
	"umask",
	"signal",
	"blocked-signals",
	"timer",
	"locale",
	"time-zone",
	"search-path",
	"setting",
	"logging",
	"limit",
	"priority",
	"user",
	"file",
	"thread",
	"child",
	"memory"
];
var leak = object({
	kind: _enum(leakKinds),
	/** Of the variable, the attribute, the signal, the file; "" for what a process has once. */
	name: string(),
	/** In the folder if it lies there; null: not known. */
	file: string().nullable(),
	/** The line that made the change; null: not known. */
	line: number().int().nullable(),
	/** As text; null: it was not there. */
	before: string().nullable(),
	after: string().nullable(),
	message,
	/** What to do. */
	advice: message
});
/** An output that is not CGI's. */
var outputDifference = object({
	target: string(),
	/** The first request, a later one, or one in another order. */
	run: _enum([
		"cold",
		"warm",
		"shuffled"
	]),
	part: _enum([
		"status",
		"header",
		"body"
	]),
	/** Of the header. */
	name: string().nullable(),
	/** Of the first byte of the body that differs. */
	offset: number().int().nullable(),
	/** From CGI, and from the mode; null: no such header. */
	cgi: string().nullable(),
	found: string().nullable(),
	message
});
/** `leaks --json`. */
var leaksReport = object({
	mode,
	targets: array(string()),
	/** What the next request finds changed. */
	leaks: array(leak),
	/** What the script changes and the mode puts back: it would leak in a process that does not. */
	putBack: array(leak),
	/** Every output was CGI's. */
	alike: boolean(),
	differences: array(outputDifference),
	/** Not compared: CGI itself does not repeat it. */
	varies: array(object({
		target: string(),
		part: _enum([
			"status",
			"header",
			"body"
		]),
		name: string().nullable()
	})),
	/**
	* False: outputs alone were compared. The agent reports no state where each request has a process of its own: in prefork,
	* and with Perl scripts that cannot be run twice in one interpreter.
	*/
	stateExamined: boolean()
});
var startupImport = object({
	/** Of the module. */
	name: string(),
	/** 0: the script imports it; 1: a module of depth 0 above it in the list does; and so on. */
	depth: number().int().nonnegative(),
	/** With and without the modules that it imports itself, ms. */
	totalMs: number(),
	selfMs: number(),
	/** In the script; null: not known, or another module imports it. */
	line: number().int().nullable(),
	/** A file of this name lies beside the script. */
	isOwn: boolean(),
	/** What to do; null: nothing, it takes no time that matters. */
	advice: message.nullable()
});
/** `startup --json`: where the time of a cold start goes. */
var startupReport = object({
	target: string(),
	language: _enum(agentLanguages),
	/** A request as CGI, from the start of the process to its end; the median of several, ms. */
	totalMs: number(),
	/** Of it: a process of the interpreter that does nothing, what the script imports, and the rest. */
	interpreterMs: number(),
	importsMs: number(),
	scriptMs: number(),
	/** Each module before those that it imports, in the order of the script. */
	imports: array(startupImport)
});
object({
	/** How many there are, whatever the limit. */
	total: number().int().nonnegative(),
	tookMs: number(),
	/** Newest first. Text that is not valid UTF-8 has U+FFFD; the trace itself has the exact bytes. */
	rows: array(object({
		id: string(),
		/** Ascending in the order in which the traces were stored. */
		seq: number().int().positive(),
		startedAt: datetime({ precision: 3 }),
		method: string(),
		target: string(),
		status: number().int().nullable(),
		mode: mode.nullable(),
		tookMs: number().nullable(),
		/** Of the response body. */
		bytes: number().int().nonnegative()
	}))
});
object({
	folder: string(),
	/** The name of the environment; null: none was chosen. */
	environment: string().nullable(),
	tookMs: number(),
	passed: number().int().nonnegative(),
	failed: number().int().nonnegative(),
	/** In the order in which they were sent. */
	requests: array(savedResult)
});
/** One of two responses to the same request. */
var replayed = object({
	id: string(),
	status: number().int().nullable(),
	outcome
});
object({
	recorded: replayed,
	repeated: replayed,
	/** There is no difference. */
	alike: boolean(),
	differences: array(object({
		part: _enum([
			"status",
			"header",
			"body"
		]),
		/** Of the header, in lower case. */
		name: string().nullable(),
		/** Of the first byte of the body that differs. */
		offset: number().int().nullable(),
		/** As text; null: no such header. */
		was: string().nullable(),
		now: string().nullable(),
		message
	})),
	/** Headers that are not compared. */
	ignored: array(string())
});
object({
	scripts: url(),
	ui: url().nullable(),
	pid: number().int().positive()
});
// server/app/leaks/messages.ts
var at = (place) => place === null ? "" : ` (${place})`;
var fromTo = ({ before, after, place }) => before === null ? ` It is “${after}” now${at(place)}.` : after === null ? ` It was “${before}”, and is no longer there${at(place)}.` : ` It was “${before}”, and is “${after}” now${at(place)}.`;
var named = (what) => (found) => `${what}${found.name === "" ? "" : ` ${found.name}`} changed.${fromTo(found)}`;
var leakMessage = defineMessages({
	attribute: (found) => `The script changed ${found.name}, which belongs to a module that stays.${fromTo(found)}`,
	growth: (found) => `${found.name} grows from request to request: from ${found.before} to ${found.after}${at(found.place)}.`,
	content: (found) => `What ${found.name} contains changed${at(found.place)}.`,
	global: (found) => `The global variable ${found.name} keeps its value for the next request.${fromTo(found)}`,
	module: (found) => `The script removed or replaced the loaded module ${found.name}${at(found.place)}.`,
	environment: named("The environment variable"),
	directory: named("The working directory"),
	umask: named("The umask"),
	signal: named("The handler of the signal"),
	"blocked-signals": ({ before, after, place }) => `The set of blocked signals changed: ${[after && `${after} added`, before && `${before} removed`].filter(Boolean).join(", ")}${at(place)}.`,
	timer: named("The timer"),
	locale: named("The locale"),
	"time-zone": named("The time zone"),
	"search-path": ({ name, before, after, place }) => `${name} changed: ${[after && `${after} added`, before && `${before} removed`].filter(Boolean).join(", ") || "another order"}${at(place)}.`,
	setting: named("The interpreter’s setting"),
	logging: named("The logger"),
	limit: named("The resource limit"),
	priority: named("The process’s priority"),
	user: named("The process’s user and group"),
	file: ({ name, after, place }) => `${name} is still open when the request ends (${after})${at(place)}.`,
	thread: ({ name, place }) => `The thread ${name} still runs when the request ends${at(place)}.`,
	child: ({ name, after, place }) => `The program ${name} still runs when the request ends (${after})${at(place)}.`,
	memory: ({ before, after }) => `Every repetition needs more memory: ${before} at first, ${after} at last.`
});
var leakAdvice = defineMessages({
	"move-to-own-module": "Set it once, before the first request, or hand the value over as an argument. Or use prefork, where it ends with the request.",
	"reset-at-start": "Set it at the start of the script, before it is read. Or use prefork, where it ends with the request.",
	"restore-at-end": "Put it back before the script ends, also after an error. Or use prefork, where it ends with the request.",
	"bound-it": "Empty it at the start of the script, or limit its size. Or use prefork, where it ends with the request.",
	"close-it": "Close it before the script ends. Or use prefork, where it is closed with the request.",
	"wait-for-it": "Wait for it, or stop it, before the script ends.",
	"find-what-grows": "Look for a list, dictionary or cache that outlives the request, and limit it. Or use prefork, or replace the process in time with “requests” or “growMiB”.",
	"nothing-here": "This mode needs nothing. In a FastCGI loop of its own, and under mod_perl or mod_wsgi, the script has to put it back."
});
var adviceOf = {
	attribute: "move-to-own-module",
	growth: "bound-it",
	content: "reset-at-start",
	global: "reset-at-start",
	module: "restore-at-end",
	environment: "restore-at-end",
	directory: "restore-at-end",
	umask: "restore-at-end",
	signal: "restore-at-end",
	"blocked-signals": "restore-at-end",
	timer: "restore-at-end",
	locale: "restore-at-end",
	"time-zone": "restore-at-end",
	"search-path": "restore-at-end",
	setting: "restore-at-end",
	logging: "restore-at-end",
	limit: "restore-at-end",
	priority: "restore-at-end",
	user: "restore-at-end",
	file: "close-it",
	thread: "wait-for-it",
	child: "wait-for-it",
	memory: "find-what-grows"
};
/** `isPutBack`: the mode undoes it. */
function leakOf(change, isPutBack) {
	const { kind, name, before, after, file, line } = change;
	const place = file === null || line === null ? null : `${file}, line ${line}`;
	const advice = leakAdvice(isPutBack ? "nothing-here" : adviceOf[kind]);
	return {
		...change,
		message: leakMessage(kind, {
			name,
			before,
			after,
			place
		}),
		advice
	};
}
var outputMessage = defineMessages({
	status: ({ run, target, cgi, found }) => `${target}, ${run}: the status is ${found}. CGI’s is ${cgi}.`,
	header: ({ run, target, name, cgi, found }) => `${target}, ${run}: the header ${name} is ${found}. CGI’s is ${cgi}.`,
	body: ({ run, target, offset, cgi, found }) => `${target}, ${run}: the body differs from byte ${offset} on: ${found}. CGI’s: ${cgi}.`
});
// server/app/leaks/agent-reports.ts
var change = object({
	kind: _enum(leakKinds),
	name: string(),
	before: string().nullable(),
	after: string().nullable(),
	file: string().nullable(),
	line: number().int().nullable(),
	/** Whether the script's line made it itself, or a library that it called; null with the line. */
	by: _enum(["script", "library"]).nullable(),
	/** By its name an affair of the library's own, such as a cache. */
	isBookkeeping: boolean()
});
var agentReport = object({
	pid: number().int(),
	kept: array(change),
	putBack: array(change),
	/** Live blocks of memory, and resident memory. */
	blocks: number().int().nullable(),
	residentBytes: number().int().nullable()
});
/** In the order of the requests. `displayPath`: the path in the folder. */
function leaksOf(reports, displayPath) {
	const seen = /* @__PURE__ */ new Set();
	const kept = new Seen();
	const putBack = new Seen();
	for (const report of reports) {
		const isFirst = !seen.has(report.pid);
		seen.add(report.pid);
		for (const each of report.kept) kept.add(each, isFirst);
		for (const each of report.putBack) putBack.add(each, isFirst);
	}
	const shown = ({ by, isBookkeeping, ...rest }, isPutBack) => leakOf({
		...rest,
		file: rest.file === null ? null : displayPath(rest.file)
	}, isPutBack);
	return {
		leaks: kept.all().map((each) => shown(each, false)),
		putBack: putBack.all().filter((each) => !kept.has(each)).map((each) => shown(each, true))
	};
}
/** Attributes have one entry, whatever happened to them. */
var keyOf = ({ kind, name }) => `${kind === "growth" || kind === "content" ? "attribute" : kind}\0${name}`;
/** The best of each change: with a line, and growth rather than a first appearance. */
var Seen = class {
	#best = /* @__PURE__ */ new Map();
	/** Changes of attributes that a library made once: it has begun to work, which is no leak. */
	#certain = /* @__PURE__ */ new Set();
	add(change, isFirstOfProcess) {
		const key = keyOf(change);
		const best = this.#best.get(key);
		if (best === void 0 || rankOf(change) > rankOf(best)) this.#best.set(key, change);
		if (!(key.startsWith("attribute") && change.by !== "script") || !(isFirstOfProcess || change.isBookkeeping)) this.#certain.add(key);
	}
	has(change) {
		return this.#certain.has(keyOf(change));
	}
	all() {
		return [...this.#best.values()].filter((change) => this.has(change));
	}
};
var rankOf = ({ line, kind }) => (line === null ? 0 : 2) + (kind === "growth" ? 1 : 0);
/** Each repetition must need more than this; less is the interpreter's own coming and going. */
var leastBlocks = 100;
var leastBytes = 262144;
/** `ends`: the reports at the ends of repetitions, the first of them warm. Null: memory does not grow with each. */
function memoryLeak(ends) {
	const [first, last] = [ends[0], ends.at(-1)];
	if (first === void 0 || last === void 0 || ends.length < 3 || ends.some(({ pid }) => pid !== first.pid)) return null;
	const grows = (figureOf, least) => ends.every((report, index) => {
		const before = ends[index - 1];
		return before === void 0 || figureOf(report) - figureOf(before) >= least;
	});
	const none = {
		kind: "memory",
		file: null,
		line: null
	};
	if (grows(({ residentBytes }) => residentBytes ?? 0, leastBytes)) {
		const [before, after] = [mebibytes(first.residentBytes ?? 0), mebibytes(last.residentBytes ?? 0)];
		return leakOf({
			...none,
			name: "resident",
			before,
			after
		}, false);
	}
	if (!grows(({ blocks }) => blocks ?? 0, leastBlocks)) return null;
	return leakOf({
		...none,
		name: "blocks",
		before: `${first.blocks} blocks`,
		after: `${last.blocks} blocks`
	}, false);
}
var mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
// server/app/leaks/compare-outputs.ts
/** `asCgi`: of the same request, one at least, from before and after the outputs that are compared with it. */
var ExpectedOutput = class {
	#asCgi;
	constructor(asCgi) {
		this.#asCgi = asCgi;
	}
	/** What CGI does not repeat. */
	varies(target) {
		const [first, ...others] = this.#asCgi;
		const found = [];
		if (others.some(({ status }) => status !== first?.status)) found.push({
			target,
			part: "status",
			name: null
		});
		for (const name of headerNames(this.#asCgi)) if (new Set(this.#asCgi.map((output) => headerOf(output, name))).size > 1) found.push({
			target,
			part: "header",
			name
		});
		if (others.some(({ body }) => body !== first?.body)) found.push({
			target,
			part: "body",
			name: null
		});
		return found;
	}
	/** What is not as CGI's in the output, the first of each part. */
	differences(output) {
		const [cgi] = this.#asCgi;
		if (cgi === void 0) return [];
		const found = [];
		if (!this.#asCgi.some(({ status }) => status === output.status)) found.push({
			part: "status",
			name: null,
			offset: null,
			cgi: statusText(cgi),
			found: statusText(output)
		});
		for (const name of headerNames([...this.#asCgi, output])) {
			const values = new Set(this.#asCgi.map((one) => headerOf(one, name)));
			const value = headerOf(output, name);
			if (values.size === 1 && !values.has(value)) found.push({
				part: "header",
				name,
				offset: null,
				cgi: headerOf(cgi, name),
				found: value
			});
		}
		const offset = firstDifference(this.#asCgi.map(({ body }) => body), output.body);
		if (offset !== null) found.push({
			part: "body",
			name: null,
			offset,
			cgi: excerpt(cgi.body, offset),
			found: excerpt(output.body, offset)
		});
		return found;
	}
};
/** With its sentence. */
function differenceOf(target, run, difference) {
	const { part, name, offset } = difference;
	const data = {
		run,
		target,
		cgi: quoted(difference.cgi),
		found: quoted(difference.found)
	};
	const message = part === "body" ? outputMessage("body", {
		...data,
		offset: offset ?? 0
	}) : part === "header" ? outputMessage("header", {
		...data,
		name: name ?? ""
	}) : outputMessage("status", {
		...data,
		cgi: difference.cgi ?? "",
		found: difference.found ?? ""
	});
	return {
		target,
		run,
		...difference,
		message
	};
}
/** Offset of the first byte that is none of CGI's; null: all are. The bodies are bytes as characters. */
function firstDifference(expected, body) {
	const [first = "", ...others] = expected;
	if (expected.includes(body)) return null;
	if (others.every((other) => other === first)) return commonLength(first, body);
	for (const split of [words, lines]) {
		const variants = expected.map(split);
		const parts = split(body);
		if (variants.some(({ length }) => length !== variants[0]?.length)) continue;
		let offset = 0;
		for (const [index, part] of parts.entries()) {
			const wanted = new Set(variants.map((variant) => variant[index]));
			if (wanted.size === 1 && !wanted.has(part)) return offset + commonLength(variants[0]?.[index] ?? "", part);
			offset += part.length;
		}
		return parts.length < (variants[0]?.length ?? 0) ? offset : null;
	}
	return null;
}
var words = (body) => body.match(/[\w+/=-]+|[^\w+/=-]/g) ?? [];
var lines = (body) => body.split(/(?<=\n)/);
function commonLength(one, other) {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length++;
	return length;
}
var headerNames = (outputs) => [...new Set(outputs.flatMap(({ headers }) => headers.map(([name]) => name)))];
/** All values of the name; null: there is none. */
function headerOf({ headers }, name) {
	const values = headers.filter(([own]) => own === name).map(([, value]) => value);
	return values.length === 0 ? null : values.join(", ");
}
var statusText = ({ status }) => status === null ? "no response" : String(status);
var quoted = (text) => text === null ? "missing" : `“${text}”`;
var excerptBefore = 20;
var excerptLength = 60;
/** Around the offset, on one line. */
function excerpt(body, offset) {
	const from = Math.max(body.lastIndexOf("\n", offset - 1) + 1, offset - excerptBefore);
	return Buffer.from(body.slice(from, from + excerptLength), "latin1").toString("utf8").split("\n", 1)[0] ?? "";
}
// server/app/leaks/run-leaks.ts
/** Of the first process: enough repetitions to see that memory grows with each. */
var passes = [
	"cold",
	"warm",
	"warm",
	"warm",
	"shuffled"
];
var passesOfWatched = ["cold", "warm"];
var watchedProcesses = 2;
/** The workbench serves a folder. @throws the signal's reason */
async function runLeaks(workbench, options) {
	const { targets, mode, reportFile, onPass } = options;
	const asCgi = /* @__PURE__ */ new Map();
	onPass?.("cgi", null);
	for (const target of targets) asCgi.set(target, [await outputOf(workbench, options, target, "cgi"), await outputOf(workbench, options, target, "cgi")]);
	const outputs = [];
	const ends = [];
	for (const run of passes) {
		onPass?.(mode, run);
		for (const target of run === "shuffled" ? shuffled(targets) : targets) outputs.push({
			target,
			run,
			output: await outputOf(workbench, options, target, mode)
		});
		const last = (await reportsIn(reportFile)).at(-1);
		if (run !== "cold" && last) ends.push(last);
	}
	onPass?.("cgi", null);
	for (const target of targets) asCgi.get(target)?.push(await outputOf(workbench, options, target, "cgi"));
	const stateExamined = (await reportsIn(reportFile)).length > 0;
	for (let process = 0; stateExamined && process < watchedProcesses; process++) {
		await workbench.folder.start(0);
		for (const run of passesOfWatched) {
			onPass?.(mode, run);
			for (const target of targets) await outputOf(workbench, options, target, mode);
		}
	}
	const expected = new Map([...asCgi].map(([target, known]) => [target, new ExpectedOutput(known)]));
	const differences = outputs.flatMap(({ target, run, output }) => expected.get(target)?.differences(output).map((difference) => differenceOf(target, run, difference)) ?? []);
	const workspace = workbench.folder.workspace();
	const { leaks, putBack } = leaksOf(await reportsIn(reportFile), (file) => workspace.relative(file) ?? file);
	const memory = memoryLeak(ends);
	return {
		mode,
		targets: [...targets],
		leaks: memory === null ? leaks : [...leaks, memory],
		putBack,
		alike: differences.length === 0,
		differences: firstOfEach(differences),
		varies: [...expected].flatMap(([target, known]) => known.varies(target)),
		stateExamined
	};
}
async function outputOf(workbench, { request, signal }, target, mode) {
	const body = [];
	const reader = new ResponseReader(() => {}, (bytes) => body.push(bytes.slice()));
	const outgoing = {
		...request,
		target: utf8(target)
	};
	const onResponse = (bytes) => reader.push(bytes);
	const trace = await workbench.sender.deliver(outgoing, {
		from: "cli",
		mode
	}, {
		signal,
		onResponse
	});
	return {
		status: trace.response?.status ?? null,
		headers: (trace.script?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]),
		body: fromBytes(Buffer.concat(body))
	};
}
async function reportsIn(file) {
	return (await readFile(file, "utf8")).split("\n").filter((line) => line !== "").map((line) => agentReport.parse(JSON.parse(line)));
}
/** The last first, and the others from the middle: each follows another one than before. The same each time. */
function shuffled(targets) {
	const [last, ...others] = targets.toReversed();
	if (last === void 0) return [];
	const middle = Math.ceil(others.length / 2);
	return [
		last,
		...others.slice(middle),
		...others.slice(0, middle)
	];
}
/** One for each target, part and name: the later ones have the same cause. */
function firstOfEach(differences) {
	const seen = /* @__PURE__ */ new Map();
	for (const difference of differences) {
		const key = JSON.stringify([
			difference.target,
			difference.part,
			difference.name
		]);
		if (!seen.has(key)) seen.set(key, difference);
	}
	return [...seen.values()];
}
/** A GET without headers of its own. */
var plainGet = {
	method: byteString("GET"),
	headers: [],
	body: null
};
export { startupReport as a, leaksReport as i, runLeaks as n, savedContract as o, benchReport as r, plainGet as t };

//# sourceMappingURL=run-leaks-DNoGbi05.js.map