import { u as isServerError } from "./request-messages-BH13mnRT.js";
import { a as utf8, i as toBytes, r as latin1, t as byteString } from "./byte-string-DHgfSrmB.js";
import { i as hostField } from "./send-request-DIdgDFEL.js";
import { t as Workbench } from "./workbench-NP38puFa.js";
import { n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { t as defaultPolicy } from "./policy-8ciovQ68.js";
import { t as tellProblems } from "./tell-problems-CI__jnj5.js";
import { n as usage, t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
// server/protocol/probes/probe.ts
var probeGroups = {
	plain: "Ordinary requests",
	encoding: "Encodings",
	slow: "Slow and in pieces",
	many: "Large and many",
	smuggling: "Request smuggling",
	malformed: "Malformed requests",
	cut: "Cut off"
};
var isProbeGroup = (name) => Object.hasOwn(probeGroups, name);
var served = { kind: "served" };
var refused = (status, code) => ({
	kind: "refused",
	status,
	code
});
/** What a probe must lead to, in a few words: "served, then refused with 400". */
function expectedText(probe, settings) {
	const texts = probe.expected(settings).map((one) => one.kind === "served" ? "served" : `refused with ${one.status} (${one.code})`);
	const [first = "", ...others] = texts;
	if (others.length === 0) return first;
	return texts.every((text) => text === first) ? `${texts.length} requests, each ${first}` : texts.join(", then ");
}
/** Whether the requests came to what they must. */
function isAsExpected(expected, outcomes) {
	return expected.length === outcomes.length && expected.every((one, i) => {
		const outcome = outcomes[i];
		if (outcome === void 0) return false;
		if (one.kind === "served") return !outcome.isRefused;
		return outcome.isRefused && outcome.status === one.status && outcome.code === one.code;
	});
}
/** A request to `aim`, complete and correct except for what `lines` say. */
function written(aim, lines = {}) {
	const { method = "GET", target = aim.target, version = "HTTP/1.1", host = aim.host, fields = [], body = "" } = lines;
	const head = [
		`${method} ${target} ${version}`,
		...host === null ? [] : [`Host: ${host}`],
		...fields
	];
	return byteString(`${head.join("\r\n")}\r\n\r\n${body}`);
}
/** The same path with this added to its query. */
var withQuery = ({ target }, query) => `${target}${target.includes("?") ? "&" : "?"}${query}`;
/** A POST whose Content-Length is that of `body` (one character, one byte). */
var posted = (aim, type, body, fields = []) => written(aim, {
	method: "POST",
	fields: [
		`Content-Type: ${type}`,
		`Content-Length: ${body.length}`,
		...fields
	],
	body
});
/** A group's probes; the bytes go out at once and the sending side is closed after them, unless a probe says otherwise. */
var groupOf = (group, probes) => probes.map((probe) => ({
	pacing: null,
	halfClose: true,
	...probe,
	group
}));
// server/app/run-probe.ts
/** Resolves when the connection is closed and the doctor has examined each request. @throws ProblemError while nothing is served */
async function runProbe({ folder, server, sender, doctor }, probe, target) {
	const { host, port } = server.servingAddress();
	const { policy, limits } = folder.workspace().config;
	const settings = {
		policy,
		requestBodyBytes: limits.requestBodyBytes
	};
	const bytes = toBytes(probe.bytes({
		target,
		host: hostField(host, port)
	}));
	const startedMs = performance.now();
	const ended = await sender.deliverRaw({
		bytes,
		halfClose: probe.halfClose,
		pacing: probe.pacing
	}, { from: "cli" });
	const tookMs = Math.round((performance.now() - startedMs) * 10) / 10;
	const requests = (await Promise.all(ended.map((trace) => doctor.examined(trace)))).map((trace) => ({
		isRefused: isRefused(trace),
		status: trace.response?.status ?? null,
		outcome: trace.outcome ?? "ok",
		cause: trace.cause,
		findings: [...trace.findings]
	}));
	const expected = [...probe.expected(settings)];
	const reached = requests.filter((request) => !request.isRefused);
	const passed = reached.every(({ status, findings }) => !isServerError(status) && findings.every(({ severity }) => severity !== "error"));
	return {
		id: probe.id,
		group: probe.group,
		title: probe.title,
		expected,
		asExpected: isAsExpected(expected, requests.map(({ cause, ...rest }) => ({
			...rest,
			code: cause?.code ?? null
		}))),
		scriptPassed: reached.length === 0 ? null : passed,
		tookMs,
		requests
	};
}
/** The gateway answered in the script's place. (What a static file refuses, like POST, is the file's own answer.) */
var isRefused = ({ outcome, route }) => outcome === "bad-request" && route.kind !== "static";
// server/protocol/probes/unwanted.ts
var form$1 = "application/x-www-form-urlencoded";
/** A request whose end two servers see in two places, and a second one that only one of them sees. */
var smuggled = (aim, fields, body, version = "HTTP/1.1") => latin1(written(aim, {
	method: "POST",
	version,
	fields,
	body
}) + written(aim, { fields: ["X-Smuggled: 1"] }));
var chunk = "5\r\nhello\r\n0\r\n\r\n";
var smugglingProbes = groupOf("smuggling", [
	{
		id: "length-and-chunked",
		title: "Content-Length and Transfer-Encoding",
		about: "One server goes by the length, another by the chunks: the rest of the body becomes a request.",
		bytes: (aim) => smuggled(aim, ["Content-Length: 4", "Transfer-Encoding: chunked"], chunk),
		expected: () => [refused(400, "content-length-and-transfer-encoding")]
	},
	{
		id: "two-lengths",
		title: "Two lengths that differ",
		about: "One server takes the first, another the last.",
		bytes: (aim) => smuggled(aim, ["Content-Length: 5", "Content-Length: 0"], "hello"),
		expected: () => [refused(400, "content-length-repeated")]
	},
	{
		id: "signed-length",
		title: "A length with a sign",
		about: "+5 is 5 for some number parsers and an error for others.",
		bytes: (aim) => smuggled(aim, ["Content-Length: +5"], "hello"),
		expected: () => [refused(400, "content-length-invalid")]
	},
	{
		id: "length-list",
		title: "A list of lengths",
		about: "Some servers take “5, 5” for 5, others refuse it.",
		bytes: (aim) => smuggled(aim, ["Content-Length: 5, 5"], "hello"),
		expected: () => [refused(400, "content-length-invalid")]
	},
	{
		id: "space-before-colon",
		title: "A space before the colon",
		about: "Some servers read Transfer-Encoding here, others an unknown header.",
		bytes: (aim) => smuggled(aim, ["Transfer-Encoding : chunked"], chunk),
		expected: () => [refused(400, "header-space-before-colon")]
	},
	{
		id: "unknown-coding",
		title: "A transfer coding that does not exist",
		about: "Where the body ends is not known.",
		bytes: (aim) => smuggled(aim, ["Transfer-Encoding: xchunked"], chunk),
		expected: () => [refused(501, "transfer-encoding-unknown")]
	},
	{
		id: "chunked-not-last",
		title: "Chunked, but not last",
		about: "The coding that frames the body must be the last one (RFC 9112 §6.1).",
		bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked, identity"], chunk),
		expected: () => [refused(400, "transfer-encoding-not-chunked-last")]
	},
	{
		id: "chunked-http-1-0",
		title: "Chunked in HTTP/1.0",
		about: "HTTP/1.0 does not know the coding; a proxy of that version passes the chunks on as text.",
		bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked"], chunk, "HTTP/1.0"),
		expected: () => [refused(400, "transfer-encoding-in-http-1-0")]
	},
	{
		id: "chunk-size-prefixed",
		title: "A chunk size with 0x",
		about: "0x5 is 5 for some number parsers and 0 for others, which ends the body.",
		bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked"], "0x5\r\nhello\r\n0\r\n\r\n"),
		expected: () => [refused(400, "chunk-size-invalid")]
	},
	{
		id: "chunk-size-huge",
		title: "A chunk size that overflows",
		about: "2^64 + 5 is 5 for a reader that counts in 64 bits.",
		bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked"], "10000000000000005\r\nhello\r\n0\r\n\r\n"),
		expected: () => [refused(400, "chunk-size-too-large")]
	},
	{
		id: "chunk-too-long",
		title: "A chunk that is longer than its size",
		about: "What follows the size must be CR LF.",
		bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked"], "3\r\nhello\r\n0\r\n\r\n"),
		expected: () => [refused(400, "chunk-data-end-invalid")]
	},
	{
		id: "carriage-return",
		title: "A carriage return inside a header",
		about: "Some servers end the line there, and see a header that others do not.",
		bytes: (aim) => smuggled(aim, ["X-Note: a\rTransfer-Encoding: chunked"], ""),
		expected: () => [refused(400, "carriage-return-alone")]
	},
	{
		id: "nul-in-header",
		title: "NUL in a header",
		about: "A C string ends there.",
		bytes: (aim) => smuggled(aim, ["X-Note: a\0b"], ""),
		expected: () => [refused(400, "header-value-invalid-byte")]
	}
]);
var malformedProbes = groupOf("malformed", [
	{
		id: "garbage",
		title: "Bytes that are not HTTP",
		about: "Control bytes where a method should be.",
		bytes: () => byteString("ÿ\r\n\r\n"),
		expected: () => [refused(400, "not-http")]
	},
	{
		id: "tls-hello",
		title: "A TLS handshake",
		about: "A browser that was given https:// instead of http://.",
		bytes: () => byteString("\0hello"),
		expected: () => [refused(400, "tls-hello")]
	},
	{
		id: "http-2",
		title: "HTTP/2 without negotiation",
		about: "The preface that curl --http2-prior-knowledge sends.",
		bytes: () => byteString("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
		expected: () => [refused(505, "http2-preface")]
	},
	{
		id: "no-version",
		title: "A request line without a version",
		about: "HTTP/0.9, as typed into a terminal.",
		bytes: ({ target }) => latin1(`GET ${target}\r\n`),
		expected: () => [refused(400, "request-line-incomplete")]
	},
	{
		id: "space-in-target",
		title: "A space in the target",
		about: "Without percent-encoding nobody knows where the target ends.",
		bytes: (aim) => written(aim, { target: `${aim.target} and more` }),
		expected: () => [refused(400, "target-invalid-byte")]
	},
	{
		id: "no-colon",
		title: "A header line without a colon",
		about: "RFC 9112 §5 knows no such line.",
		bytes: (aim) => written(aim, { fields: ["This is no header"] }),
		expected: () => [refused(400, "header-without-colon")]
	},
	{
		id: "no-host",
		title: "HTTP/1.1 without Host",
		about: "A server must refuse it (RFC 9112 §3.2).",
		bytes: (aim) => written(aim, { host: null }),
		expected: () => [refused(400, "host-missing")]
	},
	{
		id: "two-hosts",
		title: "Two Host headers",
		about: "A proxy goes by one of them, the server by the other.",
		bytes: (aim) => written(aim, { fields: ["Host: other.example"] }),
		expected: () => [refused(400, "host-repeated")]
	},
	{
		id: "folded-header",
		title: "A header that goes on in the next line",
		about: "policy.foldedRequestHeader decides: Apache and lighttpd join the lines, nginx refuses them.",
		bytes: (aim) => written(aim, { fields: ["X-Note: one", "	two"] }),
		expected: ({ policy }) => [policy.foldedRequestHeader === "join" ? served : refused(400, "header-folded")]
	},
	{
		id: "bare-line-feeds",
		title: "Lines that end in LF alone",
		about: "policy.bareLineFeed decides: Apache, lighttpd and nginx take them.",
		bytes: (aim) => latin1(written(aim).replaceAll("\r\n", "\n")),
		expected: ({ policy }) => [policy.bareLineFeed === "accept" ? served : refused(400, "line-feed-alone")]
	},
	{
		id: "garbage-behind",
		title: "Garbage behind a request",
		about: "The request is answered, and what follows is refused on its own.",
		bytes: (aim) => latin1(`${written(aim)}\x01\x02\r\n\r\n`),
		expected: () => [served, refused(400, "not-http")]
	}
]);
var cutProbes = groupOf("cut", [
	{
		id: "cut-head",
		title: "Cut off in the head",
		about: "The client stops in the middle of a header and closes its side.",
		bytes: (aim) => latin1(written(aim, { fields: ["X-Note: abc"] }).slice(0, -8)),
		expected: () => [refused(400, "head-incomplete")]
	},
	{
		id: "cut-body",
		title: "Cut off in the body",
		about: "The script runs and gets the end of its input before CONTENT_LENGTH bytes came. It must not wait for more.",
		bytes: (aim) => latin1(posted(aim, form$1, "name=value&more=1234567890").slice(0, -10)),
		expected: () => [refused(400, "body-incomplete")]
	},
	{
		id: "cut-chunk",
		title: "Cut off in a chunk",
		about: "The script has not started yet: its CONTENT_LENGTH was never known.",
		bytes: (aim) => written(aim, {
			method: "POST",
			fields: ["Transfer-Encoding: chunked"],
			body: "5\r\nhel"
		}),
		expected: () => [refused(400, "body-incomplete")]
	}
]);
// server/protocol/probes/wanted.ts
var form = "application/x-www-form-urlencoded";
var largeBytes = 262144;
var isServed = () => [served];
var plainProbes = groupOf("plain", [
	{
		id: "get",
		title: "GET",
		about: "The same request that a browser sends, without its headers. The others compare with it.",
		bytes: (aim) => written(aim),
		expected: isServed
	},
	{
		id: "head",
		title: "HEAD",
		about: "The response must have no body, whatever the script writes (RFC 9110 §9.3.2).",
		bytes: (aim) => written(aim, { method: "HEAD" }),
		expected: isServed
	},
	{
		id: "unknown-method",
		title: "A method that nobody knows",
		about: "Any token is a method (RFC 9110 §9.1). The script decides: 405 is a good answer, a crash is none.",
		bytes: (aim) => written(aim, { method: "M.x_y~1" }),
		expected: isServed
	},
	{
		id: "http-1-0",
		title: "HTTP/1.0 without Host",
		about: "Old clients name no host. SERVER_NAME must still have a value.",
		bytes: (aim) => written(aim, {
			version: "HTTP/1.0",
			host: null
		}),
		expected: isServed
	},
	{
		id: "absolute-target",
		title: "A whole URL as target",
		about: "The form that clients send to a proxy; servers must take it too (RFC 9112 §3.2.2).",
		bytes: (aim) => written(aim, { target: `http://${aim.host}${aim.target}` }),
		expected: isServed
	},
	{
		id: "post-form",
		title: "POST of a form",
		about: "Two fields, percent-encoded as browsers do it.",
		bytes: (aim) => posted(aim, form, "name=J%C3%BCrgen&note=a+b%26c"),
		expected: isServed
	},
	{
		id: "post-empty",
		title: "POST without a body",
		about: "Content-Length is 0. A script that waits for input here waits for ever.",
		bytes: (aim) => posted(aim, form, ""),
		expected: isServed
	},
	{
		id: "post-chunked",
		title: "POST in chunks, with trailers",
		about: "The client does not say the length in advance. The script must still get a CONTENT_LENGTH.",
		bytes: (aim) => written(aim, {
			method: "POST",
			fields: [`Content-Type: ${form}`, "Transfer-Encoding: chunked"],
			body: "4;part=1\r\nname\r\n7\r\n=J%C3%B\r\n6\r\nCrgen&\r\n0\r\nX-Checksum: none\r\n\r\n"
		}),
		expected: isServed
	},
	{
		id: "expect-continue",
		title: "Expect: 100-continue",
		about: "cURL asks so before a large body, and gets 100 Continue before the response.",
		bytes: (aim) => posted(aim, form, "name=value", ["Expect: 100-continue"]),
		expected: isServed
	},
	{
		id: "blank-lines-before",
		title: "Blank lines before the request",
		about: "Some old clients send one after a POST; servers skip them (RFC 9112 §2.2).",
		bytes: (aim) => latin1(`\r\n\r\n${written(aim)}`),
		expected: isServed
	}
]);
var encodingProbes = groupOf("encoding", [
	{
		id: "query-utf-8",
		title: "UTF-8 in the query, not encoded",
		about: "What curl 'http://…?name=Jürgen' sends on most systems.",
		bytes: (aim) => written(aim, { target: withQuery(aim, utf8("name=Jürgen")) }),
		expected: isServed
	},
	{
		id: "query-latin-1",
		title: "Latin-1 in the query, not encoded",
		about: "One byte above 0x7F that is not UTF-8. Python 3 scripts often fail on it.",
		bytes: (aim) => written(aim, { target: withQuery(aim, "name=Jürgen") }),
		expected: isServed
	},
	{
		id: "query-not-utf-8",
		title: "Percent-encoded bytes that are not UTF-8",
		about: "%FF%FE stands for two bytes that no UTF-8 text holds.",
		bytes: (aim) => written(aim, { target: withQuery(aim, "name=%FF%FE") }),
		expected: isServed
	},
	{
		id: "query-bad-escape",
		title: "% without two hexadecimal digits",
		about: "The query reaches the script as it is; a decoder must not fail on it.",
		bytes: (aim) => written(aim, { target: withQuery(aim, "name=100%&rate=5%zz") }),
		expected: isServed
	},
	{
		id: "query-nul",
		title: "%00 in the query",
		about: "A NUL byte in a value ends the text early in C programs and is refused by databases and file systems.",
		bytes: (aim) => written(aim, { target: withQuery(aim, "file=a.txt%00.png") }),
		expected: isServed
	},
	{
		id: "header-latin-1",
		title: "Latin-1 in a header",
		about: "Header values may hold bytes above 0x7F (RFC 9110 §5.5); the environment is bytes, too.",
		bytes: (aim) => written(aim, { fields: ["X-Name: Jürgen"] }),
		expected: isServed
	},
	{
		id: "form-not-utf-8",
		title: "A form that is not what its charset says",
		about: "The body declares UTF-8 and holds Latin-1.",
		bytes: (aim) => posted(aim, `${form}; charset=utf-8`, "name=Jürgen&other=%FC"),
		expected: isServed
	},
	{
		id: "multipart-unclosed",
		title: "A multipart form that never ends",
		about: "The closing boundary is missing, as after an upload that broke off in a proxy.",
		bytes: (aim) => posted(aim, "multipart/form-data; boundary=xyz", "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n"),
		expected: isServed
	},
	{
		id: "multipart-no-boundary",
		title: "A multipart form without a boundary",
		about: "The Content-Type does not say where the parts end.",
		bytes: (aim) => posted(aim, "multipart/form-data", "--xyz\r\n\r\nhello\r\n--xyz--\r\n"),
		expected: isServed
	},
	{
		id: "json-truncated",
		title: "JSON that is cut",
		about: "The length is right and the text is not JSON.",
		bytes: (aim) => posted(aim, "application/json", "{\"name\": \"J"),
		expected: isServed
	}
]);
var slowProbes = groupOf("slow", [
	{
		id: "byte-by-byte",
		title: "Byte by byte",
		about: "Head and body in pieces of one byte: a reader that needs more at once fails.",
		bytes: (aim) => posted(aim, form, "name=value"),
		pacing: {
			pieceBytes: 1,
			pauseMs: 1
		},
		expected: isServed
	},
	{
		id: "slow-head",
		title: "A slow head",
		about: "16 bytes every 100 ms.",
		bytes: (aim) => written(aim),
		pacing: {
			pieceBytes: 16,
			pauseMs: 100
		},
		expected: isServed
	},
	{
		id: "slow-body",
		title: "A slow body",
		about: "The script starts with the head and gets its input in pieces. It must read until CONTENT_LENGTH bytes came.",
		bytes: (aim) => posted(aim, form, `text=${"slow+".repeat(60)}`),
		pacing: {
			pieceBytes: 48,
			pauseMs: 100
		},
		expected: isServed
	},
	{
		id: "head-never-ends",
		title: "A head that never ends",
		about: "The client keeps the connection open and sends nothing more. The server gives up after 15 s.",
		bytes: (aim) => latin1(written(aim).slice(0, -2)),
		halfClose: false,
		expected: () => [refused(408, "head-timeout")]
	}
]);
var manyProbes = groupOf("many", [
	{
		id: "pipelined",
		title: "Ten requests at once",
		about: "Pipelining: each is answered in its turn, none is lost (RFC 9112 §9.3.2).",
		bytes: (aim) => latin1(written(aim).repeat(10)),
		expected: () => Array.from({ length: 10 }, () => served)
	},
	{
		id: "post-then-get",
		title: "A GET right behind a POST",
		about: "The GET must not reach the script as input.",
		bytes: (aim) => latin1(posted(aim, form, "name=value") + written(aim)),
		expected: () => [served, served]
	},
	{
		id: "many-headers",
		title: "A thousand headers",
		about: "Each becomes a variable of the script's environment.",
		bytes: (aim) => written(aim, { fields: Array.from({ length: 1e3 }, (_, i) => `X-Flood-${i}: ${i}`) }),
		expected: isServed
	},
	{
		id: "many-fields",
		title: "A form of ten thousand fields",
		about: "Each has another name. Decoders need a limit, and a good answer beyond it.",
		bytes: (aim) => posted(aim, form, Array.from({ length: 1e4 }, (_, i) => `f${i}=${i}`).join("&")),
		expected: isServed
	},
	{
		id: "large-body",
		title: "A body of 256 KiB",
		about: "More than a pipe holds: a script that does not read it all must not hold up the answer.",
		bytes: (aim) => posted(aim, "application/octet-stream", "x".repeat(largeBytes)),
		expected: ({ requestBodyBytes: limit }) => [limit !== null && limit < largeBytes ? refused(413, "body-too-large") : served]
	},
	{
		id: "long-query",
		title: "A query of 32 KiB",
		about: "It reaches the script as one variable.",
		bytes: (aim) => written(aim, { target: withQuery(aim, `text=${"x".repeat(32768)}`) }),
		expected: isServed
	},
	{
		id: "too-long-target",
		title: "A request line that is too large",
		about: "More than 64 KiB are refused with 414 before they are read to their end.",
		bytes: (aim) => written(aim, { target: withQuery(aim, `text=${"x".repeat(7e4)}`) }),
		expected: () => [refused(414, "request-line-too-large")]
	},
	{
		id: "too-large-head",
		title: "Headers that are too large",
		about: "Request line and headers together may take 64 KiB.",
		bytes: (aim) => written(aim, { fields: Array.from({ length: 70 }, (_, i) => `X-Large-${i}: ${"x".repeat(1e3)}`) }),
		expected: () => [refused(431, "request-head-too-large")]
	}
]);
// server/protocol/probes/library.ts
var probes = [
	...plainProbes,
	...encodingProbes,
	...slowProbes,
	...manyProbes,
	...smugglingProbes,
	...malformedProbes,
	...cutProbes
];
// server/cli/probe-report.ts
var idWidth = 22;
var titleWidth = 44;
var gatewayWidth = 26;
/** The library, with what each probe must lead to where no policy is configured. */
function listText(probes) {
	const lines = [];
	let group = "";
	for (const probe of probes) {
		if (probe.group !== group) lines.push(`${group === "" ? "" : "\n"}${probe.group}: ${probeGroups[probe.group]}`);
		group = probe.group;
		const expected = expectedText(probe, {
			policy: defaultPolicy,
			requestBodyBytes: null
		});
		lines.push(`  ${probe.id.padEnd(idWidth)}${probe.title}: ${expected}`, `  ${"".padEnd(idWidth)}${probe.about}`);
	}
	return `${lines.join("\n")}\n`;
}
var headingText = (target) => `${target}\n${"".padEnd(66)}${"gateway".padEnd(gatewayWidth)}script\n`;
function probedText(probed) {
	const { id, title, asExpected, scriptPassed } = probed;
	const gateway = `${asExpected ? "" : "UNEXPECTED: "}${answersText(probed)}`;
	const script = scriptPassed === null ? "not asked" : scriptPassed ? "passed" : "FAILED";
	return `${[
		`${id.padEnd(idWidth)}${title.padEnd(titleWidth)}${gateway.padEnd(gatewayWidth)}${script}`,
		...asExpected ? [] : [`  expected: ${wantedText(probed)}`],
		...findingLines(probed)
	].join("\n")}\n`;
}
/** The statuses of its requests, equal ones in a row counted. */
function answersText({ requests }) {
	const answers = [];
	for (const { isRefused, status } of requests) {
		const text = `${isRefused ? "refused " : ""}${status ?? "no response"}`;
		const last = answers.at(-1);
		if (last?.text === text) last.count++;
		else answers.push({
			text,
			count: 1
		});
	}
	return answers.map(({ text, count }) => count === 1 ? text : `${text} × ${count}`).join(", ") || "no answer";
}
var wantedText = ({ expected }) => expected.map((one) => one.kind === "served" ? "served" : `refused ${one.status} (${one.code})`).join(", ");
/** What the doctor has to say of requests that reached the script; refusals are expected, or said to be none. */
function findingLines({ requests }) {
	const errors = requests.flatMap(({ isRefused, findings }) => isRefused ? [] : findings).filter(({ severity }) => severity === "error");
	return [...new Set(errors.map(({ title }) => `  error: ${title}`))];
}
function totalText(probed) {
	const failed = probed.filter(({ scriptPassed }) => scriptPassed === false).length;
	const wrong = probed.filter(({ asExpected }) => !asExpected).length;
	const reached = probed.filter(({ scriptPassed }) => scriptPassed !== null).length;
	return `
${probed.length} probes. The gateway ${wrong === 0 ? "did what it must with all" : `did not do what it must with ${wrong}`}.
${reached} reached the script, which ${failed === 0 ? "passed all" : `failed ${failed}`}.
`;
}
// server/cli/probe.ts
async function probe(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			...configOption,
			only: { type: "string" },
			list: { type: "boolean" },
			json: { type: "boolean" },
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.probe);
		return 0;
	}
	const chosen = chosenProbes(values.only);
	if (values.list) {
		process.stdout.write(listText(chosen));
		return 0;
	}
	const [folder, target] = positionals.length === 2 ? positionals : [".", positionals[0]];
	if (folder === void 0 || target === void 0 || positionals.length > 2) throw new UsageError("probe takes [dir] TARGET; see cgi-workbench probe --help");
	if (!target.startsWith("/")) throw new UsageError(`the target must begin with "/": “${target}”`);
	const root = resolve(folder);
	const configFile = await configFileOf(values.config);
	const workbench = await Workbench.create();
	try {
		await workbench.folder.open(root, {
			configFile,
			port: 0,
			run: { host: null }
		});
		tellProblems(workbench.folder.workspace().problems);
		const report = {
			folder: root,
			target,
			probes: []
		};
		if (!values.json) writeWords(process.stdout, headingText(target));
		for (const each of chosen) {
			const done = await runProbe(workbench, each, utf8(target));
			report.probes.push(done);
			if (!values.json) writeWords(process.stdout, probedText(done));
		}
		process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : totalText(report.probes));
		return report.probes.every(({ asExpected, scriptPassed }) => asExpected && scriptPassed !== false) ? 0 : 1;
	} finally {
		await workbench.dispose();
	}
}
/** Those whose id or group is in the list. @throws UsageError for a name that is neither */
function chosenProbes(only) {
	if (only === void 0) return probes;
	const names = only.split(",").map((name) => name.trim());
	for (const name of names) if (!isProbeGroup(name) && !probes.some(({ id }) => id === name)) throw new UsageError(`no probe or group is called “${name}”; see cgi-workbench probe --list`);
	return probes.filter(({ id, group }) => names.includes(id) || names.includes(group));
}
export { probe };

//# sourceMappingURL=probe-2styldgz.js.map