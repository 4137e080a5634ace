import { a as array, c as discriminatedUnion, d as literal, f as number, g as string, l as int, n as _enum, p as object, s as boolean } from "./schemas-ALeHrJtO.js";
import { t as agentLanguages } from "./modes-_bwrZvgN.js";
import { i as mode, r as messageData } from "./trace-D4ZZJJlK.js";
// server/contract/charsets.ts
var unicode = [
	"utf-8",
	"utf-16le",
	"utf-16be"
];
var western = [
	"windows-1252",
	"iso-8859-15",
	"macintosh"
];
var charsets = Object.entries({
	Unicode: unicode,
	Western: western,
	"Central European": ["windows-1250", "iso-8859-2"],
	Romanian: ["iso-8859-16"],
	"South European": ["iso-8859-3"],
	Baltic: [
		"windows-1257",
		"iso-8859-13",
		"iso-8859-4"
	],
	Nordic: ["iso-8859-10"],
	Celtic: ["iso-8859-14"],
	Cyrillic: [
		"windows-1251",
		"koi8-r",
		"koi8-u",
		"iso-8859-5",
		"ibm866",
		"x-mac-cyrillic"
	],
	Greek: ["windows-1253", "iso-8859-7"],
	Turkish: ["windows-1254"],
	Hebrew: [
		"windows-1255",
		"iso-8859-8",
		"iso-8859-8-i"
	],
	Arabic: ["windows-1256", "iso-8859-6"],
	Vietnamese: ["windows-1258"],
	Thai: ["windows-874"],
	Japanese: [
		"shift_jis",
		"euc-jp",
		"iso-2022-jp"
	],
	Chinese: [
		"gb18030",
		"gbk",
		"big5"
	],
	Korean: ["euc-kr"]
}).flatMap(([of, names]) => names.map((name) => ({
	name,
	of
})));
/**
* What a file's text is read and saved as. "iso-8859-1" is ISO 8859-1 itself here, not the Encoding Standard's
* windows-1252: a file of it keeps within the characters that every reader of ISO 8859-1 knows.
*/
var fileEncodings = [
	...unicode,
	"iso-8859-1",
	...western,
	...charsets.map(({ name }) => name).filter((name) => ![
		...unicode,
		...western,
		"iso-8859-16",
		"iso-8859-8-i"
	].includes(name))
];
/** Text in them can be read and not written: what a byte means depends on the bytes of earlier lines. */
var isReadOnlyEncoding = (encoding) => encoding === "iso-2022-jp";
/** As people write it: "UTF-8", "ISO-8859-1", "windows-1252", "Shift_JIS". */
function encodingTitle(encoding) {
	if (encoding === "utf-16le" || encoding === "utf-16be") return `UTF-16 ${encoding.slice(-2).toUpperCase()}`;
	if (encoding === "shift_jis") return "Shift_JIS";
	if (encoding === "big5" || encoding === "macintosh") return `${encoding[0]?.toUpperCase()}${encoding.slice(1)}`;
	return encoding.startsWith("windows") || encoding.startsWith("x-") ? encoding : encoding.toUpperCase();
}
// server/contract/trust-contract.ts
/** A setting that waits for trust, as the configuration writes it. */
var trustedSetting = object({
	/** "handlers .php interpreter". */
	setting: string(),
	value: string()
});
var folderTrust = object({
	state: _enum([
		"trusted",
		"new",
		"changed"
	]),
	/** What the configuration asks for. */
	wants: array(trustedSetting),
	/** Of these settings: whoever trusts them names it, and so trusts nothing that came since. */
	fingerprint: string()
});
// server/contract/workspace.ts
/** A path inside the workspace, `/`-separated, without a leading slash and without `.` or `..` segments. */
var workspacePath = string().min(1).max(4096).refine((path) => !path.startsWith("/") && !path.includes("\0") && path.split("/").every((s) => s !== "" && s !== "." && s !== ".."), "must be a path inside the workspace");
var fileEntry = object({
	path: workspacePath,
	kind: _enum(["file", "folder"]),
	sizeBytes: number().int().nonnegative(),
	/** Unix time in ms. */
	modifiedAt: number(),
	executable: boolean(),
	/** How a request to it would run it; null for a static or hidden file. */
	mode: mode.nullable(),
	/** The language of the agent that can run it; null if none can. */
	agent: _enum(agentLanguages).nullable(),
	/** The request target that reaches it; null if it is never served. */
	target: string().nullable()
});
/** A path that leads to an external application, at an address. */
var applicationRoute = object({
	path: string(),
	address: string()
});
var fileList = object({
	/** For the next call: changes since this version. */
	version: string(),
	entries: array(fileEntry),
	/** What requests reach apart from files. */
	elsewhere: array(applicationRoute),
	/** True when the folder holds more than the list's bound. */ truncated: boolean(),
	maxEntries: number().int()
});
/**
* Compared with an earlier version: new and changed entries, in the list's order, and removed paths; or the whole list.
*/
var fileListChange = discriminatedUnion("kind", [fileList.extend({ kind: literal("all") }), object({
	kind: literal("some"),
	version: string(),
	entries: array(fileEntry),
	removed: array(workspacePath)
})]);
var fileEncoding = _enum(fileEncodings);
var fileContent = discriminatedUnion("kind", [
	object({
		kind: literal("text"),
		path: workspacePath,
		text: string(),
		/** SHA-256 of the bytes, hex. */ hash: string(),
		/** What the text was decoded with. */ encoding: fileEncoding,
		/** What the file's bytes are probably encoded in; null: they have a NUL, and were read as UTF-16 by choice. */
		detected: fileEncoding.nullable(),
		/** Numbers of the lines with bytes that the encoding cannot decode: U+FFFD in the text, kept by a save. */
		undecodable: array(number().int().positive()),
		bom: boolean(),
		lineEnd: _enum([
			"lf",
			"crlf",
			"mixed",
			"none"
		]),
		executable: boolean()
	}),
	object({
		kind: literal("binary"),
		path: workspacePath,
		sizeBytes: number(),
		hash: string(),
		/** Why it is not shown as text. */ why: string(),
		executable: boolean()
	}),
	object({
		kind: literal("too-large"),
		path: workspacePath,
		sizeBytes: number(),
		maxBytes: number(),
		executable: boolean()
	})
]);
var saved = discriminatedUnion("kind", [object({
	kind: literal("saved"),
	/** SHA-256 of the bytes, hex. */
	hash: string(),
	/** As the file list has them now. */
	sizeBytes: number().int(),
	modifiedAt: number(),
	executable: boolean()
}), object({
	kind: literal("conflict"),
	hash: string().nullable()
})]);
/** What happened and how to fix it. A problem in a file of the workspace has its place. */
var problem = object({
	code: string(),
	message: string(),
	fix: string().nullable(),
	/** What the message is made of; null if it is always the same. */
	data: messageData.optional(),
	file: workspacePath.optional(),
	/** Counted from 1. */
	line: int().positive().optional()
});
var interpreter = object({
	name: string(),
	path: string(),
	version: string().nullable()
});
/** The whole state apart from traces, counts and files; `rev` grows with each change. */
var workbenchState = object({
	rev: number().int().nonnegative(),
	/** New with each start of the server process: sequence numbers of another generation have no meaning. */
	generation: string(),
	pid: number().int(),
	version: string(),
	/** Of the server process, without the "v". */
	nodeVersion: string(),
	server: object({
		status: _enum([
			"stopped",
			"starting",
			"serving",
			"failed"
		]),
		url: string().nullable(),
		port: number().int().nullable(),
		/** Set if the requested port was in use and another one is used. */
		requestedPort: number().int().nullable(),
		problem: problem.nullable(),
		start: _enum(["native", "portable"]),
		/** Why scripts are started portably, and what that costs; null for the native start. */
		startWhy: string().nullable()
	}),
	workspace: object({
		root: string(),
		name: string(),
		/** Grows when something in the folder changed. */
		filesRev: number().int(),
		/** Configuration errors and the like; the last good configuration stays in force. */
		problems: array(problem),
		/** Another window of the same user owns the folder: edits are still compared by hash. */
		joined: boolean(),
		trust: folderTrust
	}).nullable(),
	interpreters: array(interpreter)
});
/** What changes with every request; apart from the state, which is larger and changes seldom. */
var workbenchCounts = object({
	rev: number().int().nonnegative(),
	generation: string(),
	/** Scripts running now. */
	running: number().int(),
	/** Requests that wait until another script is done. */
	queued: number().int(),
	traces: object({
		count: number().int(),
		bytes: number().int(),
		budgetBytes: number().int(),
		evicted: number().int(),
		/** Ended while the doctor had no time for them; each is examined when it is selected. */
		unexamined: number().int()
	})
});
/**
* Response times of the last `windowMs`; percentiles are null when there was no response in it. `total` counts since
* the server started.
*/
var latencySummary = object({
	total: number().int(),
	count: number().int(),
	windowMs: number(),
	p50Ms: number().nullable(),
	p95Ms: number().nullable(),
	p99Ms: number().nullable(),
	maxMs: number().nullable()
});
export { problem as a, workbenchState as c, fileEncodings as d, isReadOnlyEncoding as f, latencySummary as i, workspacePath as l, fileEncoding as n, saved as o, fileListChange as r, workbenchCounts as s, fileContent as t, encodingTitle as u };

//# sourceMappingURL=workspace-DLolHr0L.js.map