import { f as toDisplayText, u as fromBytesText } from "./script-head-messages-BLuPLnUQ.js";
import { a as ProblemError, i as version, t as terminalText } from "./terminal-text-C2cQ1erE.js";
import { r as latin1, t as byteString } from "./byte-string-DHgfSrmB.js";
import { _ as shellWord, g as quoted, h as fromBase64, i as placeStreams, m as pipeOf, n as capsuleOf, p as envCommand, s as exportMessage, v as plainText } from "./capsule-8nEl1xg-.js";
import { createHash } from "node:crypto";
// server/protocol/export/recorded-request.ts
/** Values of a header field, by its name in lower case. */
var valuesOf = (headers, name) => headers.flatMap(([given, value]) => given.toLowerCase() === name ? [value] : []);
// server/protocol/export/curl-command.ts
/** A longer word the system would not take (MAX_ARG_STRLEN is 128 KiB). */
var maxWordBytes = 1e5;
/** cURL announces bodies above a megabyte and waits. */
var maxUnannouncedBytes = 1 << 20;
/** cURL sends a path with these as it is; others it refuses, cuts ("#") or encodes. */
var asItIs = /^\/[A-Za-z0-9\-._~%!$&'()*+,;=:@/?[\]{}]*$/;
/** `origin`: where the server is, `http://127.0.0.1:8080`. */
function curlCommand(request, origin) {
	const { method, target, httpVersion, body } = request;
	const hasBody = body !== "" || valuesOf(request.headers, "content-length").length > 0;
	const text = plainText(body);
	const isPiped = body.length > maxWordBytes || text === null && body !== "";
	const options = [];
	const add = (option, value) => void options.push(`${option} ${shellWord(value)}`);
	if (httpVersion === "1.0") options.push("--http1.0");
	if (method === "HEAD" && !hasBody) options.push("--head");
	else if (method !== (hasBody ? "POST" : "GET")) add("-X", method);
	for (const line of headerLines(request, origin, hasBody)) add("-H", line);
	if (isPiped) options.push("--data-binary @-");
	else if (hasBody) options.push(`--data-raw ${text === null ? "''" : quoted(text)}`);
	const path = asItIs.test(target) ? target : null;
	if (path === null) add("--request-target", target);
	if (path !== null && /\/\.{1,2}(\/|\?|$)/.test(path)) options.push("--path-as-is");
	if (path !== null && /[[\]{}]/.test(path)) options.push("--globoff");
	const url = shellWord(byteString(origin + (path ?? "/")));
	return `${isPiped ? pipeOf(body) : ""}curl -i ${[url, ...options].join(" \\\n  ")}`;
}
function headerLines({ headers, body, httpVersion }, origin, hasBody) {
	const lines = [];
	const has = (name) => valuesOf(headers, name).length > 0;
	const [host, ...otherHosts] = valuesOf(headers, "host");
	if (host === void 0 && httpVersion === "1.0") lines.push(byteString("Host:"));
	const isGenerated = host !== void 0 && otherHosts.length === 0 && `http://${host}` === origin;
	const isLengthRight = valuesOf(headers, "content-length").every((value) => value === String(body.length));
	for (const [name, value] of headers) {
		const lower = name.toLowerCase();
		if (lower === "host" && isGenerated || lower === "content-length" && isLengthRight) continue;
		lines.push(byteString(value === "" ? `${name};` : `${name}: ${value}`));
	}
	const isAnnounced = hasBody && (body.length > maxUnannouncedBytes || has("transfer-encoding"));
	const unwanted = [
		"User-Agent",
		"Accept",
		...hasBody ? ["Content-Type"] : [],
		...isAnnounced ? ["Expect"] : []
	];
	for (const name of unwanted) if (!has(name.toLowerCase())) lines.push(byteString(`${name}:`));
	return lines;
}
// server/protocol/export/raw-http.ts
/** The same as bytes, whatever they are. */
var httpBytes = (head, request) => byteString(`${head === "" ? madeHead(request) : head}${request.body}`);
function madeHead({ method, target, httpVersion, headers }) {
	return [
		`${method} ${target} HTTP/${httpVersion}`,
		...headers.map(([name, value]) => `${name}: ${value}`),
		"",
		""
	].join("\r\n");
}
// server/trace/formats/har.ts
/** `masked`: names of the secrets whose values were replaced; null: nothing was. */
function harOf(traces, masked) {
	return { log: {
		version: "1.2",
		creator: {
			name: "CGI Workbench",
			version
		},
		entries: traces.map(entryOf),
		...masked && masked.length > 0 && {
			_masked: masked,
			comment: maskComment(masked)
		}
	} };
}
var maskComment = (names) => `Secrets are masked: each byte of the values of ${names.join(", ")} is replaced by an asterisk.`;
function entryOf(trace) {
	const { request, response, startedAt, connection, timing } = trace;
	const body = Buffer.from(request.body.base64, "base64");
	const content = Buffer.from(response?.body.base64 ?? "", "base64");
	const timings = timingsOf(timing);
	return {
		startedDateTime: startedAt,
		time: rounded(Math.max(0, timings.send) + timings.wait + timings.receive),
		request: {
			method: textOf(request.method),
			url: urlOf(request),
			httpVersion: `HTTP/${request.httpVersion}`,
			cookies: request.headers.flatMap(([name, value]) => isNamed(name, "cookie") ? cookiesOf(textOf(value)) : []),
			headers: request.headers.map(headerOf),
			queryString: queryOf(textOf(request.target)),
			...request.body.bytes > 0 && { postData: {
				mimeType: firstOf(request.headers, "content-type") ?? "",
				...inText(body, "_encoding")
			} },
			headersSize: fromBytesText(request.head).length || -1,
			bodySize: request.body.bytes
		},
		response: {
			status: response?.status ?? 0,
			statusText: response ? textOf(response.reason) : "",
			httpVersion: "HTTP/1.1",
			cookies: (response?.headers ?? []).flatMap(([name, value]) => isNamed(name, "set-cookie") ? [setCookieOf(textOf(value))] : []),
			headers: (response?.headers ?? []).map(headerOf),
			content: {
				size: response?.body.bytes ?? 0,
				mimeType: (response && firstOf(response.headers, "content-type")) ?? "x-unknown",
				...content.length > 0 && inText(content, "encoding")
			},
			redirectURL: (response && firstOf(response.headers, "location")) ?? "",
			headersSize: -1,
			bodySize: response?.body.bytes ?? -1
		},
		cache: {},
		timings,
		connection: String(connection.id),
		_cgiWorkbench: { trace: placeStreams(trace, {
			body,
			content
		}) }
	};
}
/** HAR's phases: the request comes in, the script works, the response goes out. */
function timingsOf({ headAt, headersAt, doneAt }) {
	const done = Math.max(0, doneAt ?? 0);
	const read = Math.min(Math.max(0, headAt ?? 0), done);
	const answered = Math.min(Math.max(read, headersAt ?? done), done);
	return {
		send: rounded(read),
		wait: rounded(answered - read),
		receive: rounded(done - answered)
	};
}
var rounded = (ms) => Math.round(ms * 1e3) / 1e3;
var strict = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** As text if it is UTF-8, else as base64, which the field `encoding` says. (HAR knows that for responses alone.) */
function inText(bytes, encoding) {
	try {
		return { text: strict.decode(bytes) };
	} catch {
		return {
			text: bytes.toString("base64"),
			[encoding]: "base64"
		};
	}
}
var textOf = (text) => typeof text === "string" ? text : toDisplayText(fromBytesText(text));
var headerOf = ([name, value]) => ({
	name: textOf(name),
	value: textOf(value)
});
var isNamed = (name, wanted) => textOf(name).toLowerCase() === wanted;
var firstOf = (headers, name) => {
	const found = headers.find(([given]) => isNamed(given, name));
	return found ? textOf(found[1]) : null;
};
function urlOf({ target, headers }) {
	const path = percentEncoded(fromBytesText(target));
	if (URL.canParse(path)) return path;
	const url = `http://${firstOf(headers, "host") ?? "localhost"}${path.startsWith("/") ? "" : "/"}${path}`;
	return URL.canParse(url) ? url : `http://invalid/${path.replace(/^\//, "")}`;
}
/** What no URI has (RFC 3986 §2), byte by byte. */
var percentEncoded = (bytes) => bytes.replace(/[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`);
function queryOf(target) {
	const question = target.indexOf("?");
	if (question < 0) return [];
	return [...new URLSearchParams(target.slice(question + 1))].map(([name, value]) => ({
		name,
		value
	}));
}
function cookiesOf(header) {
	return header.split(";").flatMap((pair) => {
		const text = pair.trim();
		const equals = text.indexOf("=");
		return text === "" ? [] : [{
			name: text.slice(0, Math.max(0, equals)),
			value: text.slice(equals + 1)
		}];
	});
}
function setCookieOf(header) {
	const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
	const equals = pair.indexOf("=");
	const valueNamed = (name) => attributes.find((attribute) => attribute.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
	const has = (name) => attributes.some((attribute) => attribute.toLowerCase() === name);
	const [path, domain, expires] = [
		valueNamed("path"),
		valueNamed("domain"),
		Date.parse(valueNamed("expires") ?? "")
	];
	return {
		name: pair.slice(0, Math.max(0, equals)),
		value: pair.slice(equals + 1),
		...path !== void 0 && { path },
		...domain !== void 0 && { domain },
		...!Number.isNaN(expires) && { expires: new Date(expires).toISOString() },
		httpOnly: has("httponly"),
		secure: has("secure")
	};
}
// server/trace/formats/shown-trace.ts
/** Of each stream; a report is read, not replayed. */
var maxShownBytes = 65536;
/** `masked`: names of the secrets whose values were replaced; null: nothing was. */
function shownTrace(trace, masked) {
	const { request, response, route, process, timing } = trace;
	const status = response ? `${response.status} ${lineOf(response.reason)}`.trim() : "no response";
	const secrets = masked && masked.length > 0 ? masked.join(", ") : null;
	const facts = [
		["Started", trace.startedAt],
		["Took", timing.doneAt === null ? null : `${timing.doneAt.toFixed(1)} ms`],
		["Outcome", trace.detail === null ? trace.outcome : `${trace.outcome}. ${terminalText(trace.detail)}`],
		["Script", route.file === null ? null : lineOf(route.file)],
		["Mode", route.mode],
		["Command", trace.argv?.map(lineOf).join(" ") ?? null],
		["Directory", trace.cwd === null ? null : lineOf(trace.cwd)],
		["Exit", exitOf(process)],
		["Trace", trace.id],
		["Masked", secrets === null ? null : `Each byte of the values of ${secrets} is replaced by an asterisk.`]
	];
	return {
		title: `${lineOf(request.method)} ${lineOf(request.target)}: ${status}`,
		facts: facts.flatMap(([name, value]) => value === null || value === "" ? [] : [[name, value]]),
		findings: trace.findings.map(({ severity, title, detail }) => ({
			severity,
			title: terminalText(title),
			detail: terminalText(detail)
		})),
		parts: partsOf$1(trace)
	};
}
function partsOf$1({ request, response, env, stdout, stderr }) {
	const text = (name, lines) => lines.length === 0 ? [] : [{
		name,
		text: lines.join("\n"),
		note: null
	}];
	const bytes = (name, stream) => stream && stream.bytes > 0 ? [{
		name,
		...shownBytes(stream)
	}] : [];
	return [
		...text("Request headers", headLines(request)),
		...bytes("Request body", request.body),
		...text("Environment", (env ?? []).map(({ name, value }) => `${lineOf(name)}=${lineOf(value)}`)),
		...bytes("Standard output", stdout),
		...bytes("Standard error", stderr),
		...text("Response headers", response ? [`HTTP/1.1 ${response.status} ${lineOf(response.reason)}`, ...response.headers.map(headerLine)] : []),
		...bytes("Response body", stdout && stdout.bytes > 0 ? null : response?.body)
	];
}
var headerLine = ([name, value]) => `${lineOf(name)}: ${lineOf(value)}`;
var headLines = ({ head, method, target, httpVersion, headers }) => head === "" ? [`${lineOf(method)} ${lineOf(target)} HTTP/${httpVersion}`, ...headers.map(headerLine)] : [terminalText(toDisplayText(fromBytesText(head)).replace(/\r\n/g, "\n").trimEnd())];
function exitOf(process) {
	if (!process) return null;
	if (process.errno !== null) return process.errno;
	return process.signal ?? (process.exitCode === null ? null : String(process.exitCode));
}
/** On one line, without control characters. */
var lineOf = (text) => terminalText(toDisplayText(fromBytesText(text))).replace(/[\t\n]/g, (sign) => sign === "\n" ? "\\n" : "\\t");
/** Text if it is UTF-8; else every byte that is not printable ASCII as an escape. */
function shownBytes({ bytes, captured, base64 }) {
	const kept = Buffer.from(base64, "base64");
	const shown = kept.subarray(0, maxShownBytes);
	const notes = [...captured < bytes ? [`${captured} of ${bytes} bytes were kept`] : [], ...shown.length < kept.length ? [`the first ${shown.length} of ${kept.length} bytes are shown`] : []];
	let text = null;
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(shown, { stream: shown.length < kept.length });
	} catch {
		notes.push("bytes that are not text are shown as escapes");
	}
	return {
		text: text === null ? shown.toString("latin1").replace(/[^\t\n\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`) : terminalText(text.replace(/\r\n/g, "\n")),
		note: notes.length === 0 ? null : `${notes.join("; ")}.`
	};
}
// server/trace/formats/html-page.ts
var style = `
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --quiet: #57606a; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #161b22; --quiet: #9198a1; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font: 600 1.25rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.75rem 0 0.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.25rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { font: 13px/1.5 ui-monospace, monospace; background: var(--soft); border: 1px solid var(--line);
  border-radius: 6px; padding: 0.75rem 1rem; margin: 0; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
p { margin: 0 0 0.5rem; color: var(--quiet); }
li { margin-bottom: 0.5rem; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 0.5rem; color: var(--quiet); }
`;
/** The page needs its own style and nothing else. */
var policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;
/** `masked`: names of the secrets whose values were replaced; null: nothing was. */
function htmlPageOf(trace, masked) {
	const { title, facts, findings, parts } = shownTrace(trace, masked);
	const list = facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join("\n");
	const found = findings.map(({ severity, title: what, detail }) => `<li><strong>${escaped(severity)}: ${sentence$1(what)}</strong><br>${sentence$1(detail)}</li>`);
	const sections = parts.map(({ name, text, note }) => `<section>\n<h2>${escaped(name)}</h2>\n${note === null ? "" : `<p>${escaped(note)}</p>\n`}<pre>\n${escaped(text)}</pre>\n</section>`);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<dl>
${list}
</dl>
${found.length === 0 ? "" : `<section>\n<h2>Findings</h2>\n<ul>\n${found.join("\n")}\n</ul>\n</section>\n`}${sections.join("\n")}
<footer>Recorded by CGI Workbench.</footer>
</body>
</html>
`;
}
var entities = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
var escaped = (text) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
/** With what is marked as code. */
var sentence$1 = (text) => escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>");
// server/trace/formats/markdown.ts
/** `masked`: names of the secrets whose values were replaced; null: nothing was. */
function markdownOf(trace, masked) {
	const { title, facts, findings, parts } = shownTrace(trace, masked);
	const lines = [
		`# ${code(title)}`,
		"",
		...facts.map(([name, value]) => `- ${name}: ${value.endsWith(".") ? plain(value) : code(value)}`),
		""
	];
	if (findings.length > 0) {
		lines.push("## Findings", "");
		for (const { severity, title: what, detail } of findings) lines.push(`- **${severity}: ${plain(what)}** ${plain(detail)}`);
		lines.push("");
	}
	for (const { name, text, note } of parts) {
		const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
		lines.push(`## ${name}`, "", ...note === null ? [] : [`(${note})`, ""], fence, text.replace(/\n$/, ""), fence, "");
	}
	return lines.join("\n");
}
/** A code span: nothing in it is Markdown or HTML. */
function code(text) {
	const line = text.replace(/\s+/g, " ").trim();
	const ticks = "`".repeat(longestRun(line) + 1);
	const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
	return `${ticks}${pad}${line}${pad}${ticks}`;
}
/** A sentence, in which nothing is Markdown or HTML but what is marked as code. */
var plain = (text) => text.replace(/\s+/g, " ").split(/`([^`]+)`/).map((part, index) => index % 2 === 1 ? code(part) : part.replace(/[\\`*_[\]<>&|~]/g, "\\$&")).join("");
var longestRun = (text) => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
// server/trace/formats/secrets.ts
/** Headers whose values are secrets. */
var secretHeaders = [
	"Authorization",
	"Proxy-Authorization",
	"Cookie",
	"Set-Cookie"
];
/** Shorter values are masked where they are the header's or the variable's own, and not wherever else their few bytes appear. */
var minFoundBytes = 4;
/** `added`: further names of headers or variables that the user keeps secret. */
var SecretNames = class {
	#headers;
	#variables;
	constructor(added = []) {
		const names = [...secretHeaders, ...added];
		this.#headers = new Set(names.map((name) => name.toLowerCase()));
		this.#variables = /* @__PURE__ */ new Set([...added, ...names.map((name) => `HTTP_${name.toUpperCase().replaceAll("-", "_")}`)]);
	}
	hasHeader = (name) => this.#headers.has(name.toLowerCase());
	/** Also what a local redirect makes of it. */
	hasVariable = (name) => this.#variables.has(name.replace(/^(REDIRECT_)+/, ""));
};
/** The names of the secrets that are in the trace, each once, in the spelling that it has there. */
function secretsIn(trace, names) {
	return [...new Set(secretsOf(trace, names).flatMap(({ name, value }) => value === "" ? [] : [name]))];
}
/** The trace without the values of its secrets. */
function maskSecrets(trace, names) {
	const secrets = secretsOf(trace, names);
	if (secrets.length === 0) return trace;
	const mask = new Mask(secrets.flatMap(({ value }) => [value, ...partsOf(value)]));
	const own = (headers) => headers.map(([name, value]) => [name, names.hasHeader(String(name)) ? stars(fromBytesText(value)) : mask.in(value)]);
	const { request, route, env, script, response, stdout, fastcgi } = trace;
	const bodyAt = script?.spans.find(({ is }) => is === "body")?.from;
	return {
		...trace,
		...sentence(trace, mask),
		detail: mask.in(trace.detail),
		request: {
			...request,
			head: maskLines(mask.in(request.head), names),
			target: mask.in(request.target),
			headers: own(request.headers),
			body: mask.in(request.body)
		},
		route: {
			...route,
			pathInfo: mask.in(route.pathInfo)
		},
		argv: mask.in(trace.argv),
		env: env?.map((variable) => ({
			...variable,
			value: maskVariable(variable, mask, names)
		})) ?? null,
		stdin: mask.in(trace.stdin),
		stdout: stdout && {
			...stdout,
			base64: maskHead(mask.in(stdout).base64, bodyAt, names)
		},
		stderr: mask.in(trace.stderr),
		script: script && {
			...script,
			...sentence(script, mask),
			headers: own(script.headers),
			why: mask.in(script.why),
			reasons: script.reasons.map((reason) => ({
				...reason,
				...sentence(reason, mask),
				text: mask.in(reason.text)
			}))
		},
		response: response && {
			...response,
			headers: own(response.headers),
			body: mask.in(response.body)
		},
		findings: trace.findings.map((finding) => ({
			...finding,
			title: mask.in(finding.title),
			detail: mask.in(finding.detail),
			evidence: finding.evidence.map((evidence) => maskEvidence(evidence, mask, names))
		})),
		fastcgi: fastcgi && {
			...fastcgi,
			sent: mask.in(fastcgi.sent),
			received: mask.in(fastcgi.received)
		}
	};
}
var sentence = ({ data }, mask) => ({ data: mask.in(data) });
function maskVariable({ name, value }, mask, names) {
	return names.hasVariable(String(name)) ? stars(fromBytesText(value)) : mask.in(value);
}
function maskEvidence(evidence, mask, names) {
	if (evidence.kind === "quote") return {
		...evidence,
		text: mask.in(evidence.text)
	};
	if (evidence.kind !== "variable" || evidence.value === null) return evidence;
	const { name, value } = evidence;
	return {
		...evidence,
		value: names.hasVariable(name) ? stars(value) : mask.in(value)
	};
}
function secretsOf({ request, script, response, env }, names) {
	const headers = [
		...request.headers,
		...script?.headers ?? [],
		...response?.headers ?? []
	];
	const found = (pairs, isSecret) => pairs.flatMap(([name, value]) => typeof name === "string" && isSecret(name) ? [{
		name,
		value: fromBytesText(value)
	}] : []);
	const variables = (env ?? []).map(({ name, value }) => [name, value]);
	return [...found(headers, names.hasHeader), ...found(variables, names.hasVariable)];
}
/** What a script may print of a header: the values of its cookies, its credentials, the password in them. */
function partsOf(value) {
	const cookies = value.split(/;\s*/).flatMap((pair) => {
		const equals = pair.indexOf("=");
		return equals > 0 && !isAttribute.test(pair) ? [pair.slice(equals + 1).replace(/^"(.*)"$/, "$1")] : [];
	});
	const [, scheme = "", credentials = ""] = /^([A-Za-z]+) +([^ ;]+)$/.exec(value) ?? [];
	const pair = /^basic$/i.test(scheme) ? fromBase64(credentials) ?? "" : "";
	return [
		...cookies,
		credentials,
		pair,
		pair.slice(pair.indexOf(":") + 1)
	].map((part) => byteString(part));
}
/** Of Set-Cookie: no secret, and likely to be elsewhere in a page. */
var isAttribute = /^(path|domain|expires|max-age|samesite|priority|version)=/i;
var stars = (text) => "*".repeat(text.length);
/** Replaces values wherever they are in the JSON of a trace. */
var Mask = class {
	/** The longest first: one may be a part of another. */
	#values;
	#texts;
	constructor(values) {
		this.#values = [...new Set(values)].filter(({ length }) => length >= minFoundBytes).sort((one, other) => other.length - one.length);
		this.#texts = this.#values.map((value) => [Buffer.from(value, "latin1").toString("utf8"), stars(value)]);
	}
	in(value) {
		if (typeof value === "string") return this.#inText(value);
		if (Array.isArray(value)) return value.map((item) => this.in(item));
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === "base64" && typeof item === "string" ? this.#inBase64(item) : this.in(item)]));
	}
	#inText(text) {
		return this.#texts.reduce((masked, [secret, mask]) => masked.replaceAll(secret, mask), text);
	}
	#inBase64(base64) {
		const bytes = Buffer.from(base64, "base64");
		let isChanged = false;
		for (const value of this.#values) {
			const secret = Buffer.from(value, "latin1");
			for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + secret.length)) {
				bytes.fill("*", at, at + secret.length);
				isChanged = true;
			}
		}
		return isChanged ? bytes.toString("base64") : base64;
	}
};
/** The values in the lines of a request's head. */
function maskLines(head, names) {
	const bytes = fromBytesText(head);
	const masked = maskedLines(bytes, names);
	if (masked === bytes) return head;
	return typeof head === "string" ? Buffer.from(masked, "latin1").toString("utf8") : { base64: Buffer.from(masked, "latin1").toString("base64") };
}
/** The same in what a script wrote, up to its body. */
function maskHead(base64, bodyAt, names) {
	const bytes = Buffer.from(base64, "base64");
	const head = byteString(bytes.subarray(0, bodyAt ?? bytes.length).toString("latin1"));
	const masked = maskedLines(head, names);
	if (masked === head) return base64;
	bytes.write(masked, 0, "latin1");
	return bytes.toString("base64");
}
/** A line that begins with white space goes on with the field before (RFC 9112 §5.2). */
function maskedLines(head, names) {
	let isSecret = false;
	const lines = head.split(/(?<=\n)/).map((line) => {
		const [, name = "", value = "", end = ""] = /^([^:\s]*[ \t]*:[ \t]*|[ \t]+)([^\r\n]*)(\r?\n?)$/.exec(line) ?? [];
		if (!/^[ \t]+$/.test(name)) isSecret = names.hasHeader(name.replace(/[ \t]*:[ \t]*$/, ""));
		return isSecret && name !== "" ? `${name}${stars(value)}${end}` : line;
	});
	return byteString(lines.join(""));
}
// server/trace/formats/export-trace.ts
/** @throws ProblemError if the trace has no such form */
function exportTrace(trace, form, { isMasked, hidden = [] }) {
	const names = new SecretNames(hidden);
	const secrets = secretsIn(trace, names);
	return {
		bytes: bytesOf(isMasked ? maskSecrets(trace, names) : trace, form, secrets, isMasked),
		secrets,
		isMasked
	};
}
/** Several in one HAR file. */
function exportHar(traces, { isMasked, hidden = [] }) {
	const names = new SecretNames(hidden);
	const secrets = [...new Set(traces.flatMap((trace) => secretsIn(trace, names)))];
	return {
		bytes: harBytes(isMasked ? traces.map((trace) => maskSecrets(trace, names)) : traces, isMasked ? secrets : null),
		secrets,
		isMasked
	};
}
function bytesOf(trace, form, secrets, isMasked) {
	const masked = isMasked ? secrets : null;
	switch (form) {
		case "curl": return Buffer.from(`${curlOf(trace)}\n`);
		case "http": return Buffer.from(httpBytes(fromBytesText(trace.request.head), requestOf(trace)), "latin1");
		case "env": return Buffer.from(`${envOf(trace)}\n`);
		case "markdown": return Buffer.from(markdownOf(trace, masked));
		case "html": return Buffer.from(htmlPageOf(trace, masked));
		case "har": return harBytes([trace], masked);
		case "capsule": return Buffer.from(capsuleOf(trace, {
			secrets,
			isMasked
		}));
	}
}
var harBytes = (traces, masked) => Buffer.from(`${JSON.stringify(harOf(traces, masked))}\n`);
/** @throws ProblemError when only the beginning of the body was kept: what is made from it would be another request */
function requestOf({ id, request }) {
	const { bytes, captured } = request.body;
	if (captured < bytes) throw new ProblemError(exportMessage("body-cut", {
		trace: id,
		captured,
		bytes
	}));
	return {
		method: fromBytesText(request.method),
		target: fromBytesText(request.target),
		httpVersion: request.httpVersion === "" ? "1.1" : request.httpVersion,
		headers: request.headers.map(([name, value]) => [fromBytesText(name), fromBytesText(value)]),
		body: bodyOf(request.body)
	};
}
var bodyOf = ({ base64 }) => latin1(Buffer.from(base64, "base64").toString("latin1"));
function curlOf(trace) {
	const request = requestOf(trace);
	if (request.method === "" || request.target === "") throw new ProblemError(exportMessage("not-a-request", { trace: trace.id }));
	return curlCommand(request, `http://${request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "127.0.0.1"}`);
}
function envOf(trace) {
	const { id, argv, cwd, env, stdin, request } = trace;
	if (!argv || cwd === null || !env) throw new ProblemError(exportMessage("nothing-ran", { trace: id }));
	return envCommand({
		argv: argv.map(fromBytesText),
		cwd: fromBytesText(cwd),
		env: env.map(({ name, value }) => [fromBytesText(name), fromBytesText(value)]),
		stdin: stdin === null || request.body.bytes === 0 ? null : requestOf(trace).body
	});
}
export { secretsIn as i, exportTrace as n, SecretNames as r, exportHar as t };

//# sourceMappingURL=export-trace-BEa1KGh3.js.map