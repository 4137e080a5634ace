import { a as array, d as literal, g as string, n as _enum, p as object } from "./schemas-ALeHrJtO.js";
import { c as recordTypeName, f as toDisplayText, n as quoteBytes, t as scriptMessage } from "./script-head-messages-BLuPLnUQ.js";
import { n as diskPath, r as errorCode } from "./disk-DCvxDZJ3.js";
import { a as utf8, i as toBytes, n as fromBytes, t as byteString } from "./byte-string-DHgfSrmB.js";
import { a as parseShebang, n as languageOf } from "./language-Ea2h0r1q.js";
import { a as fastcgiNote, c as endedBadly, d as needsExplanation, m as percentDecode, t as notExportedMessage } from "./request-messages-BH13mnRT.js";
import { s as severity } from "./trace-D4ZZJJlK.js";
import { n as inTestWords, t as defineMessages } from "./message--K3iKRUD.js";
import { c as traitsOf, s as modeTraits } from "./modes-_bwrZvgN.js";
import { c as oc } from "./dist-B_O8FOSU.js";
import { basename, posix } from "node:path";
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs";
import { basename as basename$1 } from "node:path/posix";
import { isUtf8 } from "node:buffer";
// server/doctor/engine/rule.ts
/** For `logged`: the script ended with nothing but a message on stderr. Not tested against these servers. */
var onlyStderrLogged = [
	{
		server: "Apache",
		message: "AH01215: stderr from S: TEXT",
		response: "500 Internal Server Error",
		unproved: true
	},
	{
		server: "lighttpd",
		message: null,
		response: "500 Internal Server Error",
		unproved: true
	},
	{
		server: "nginx",
		message: "FastCGI sent in stderr: \"TEXT\"",
		response: "502 Bad Gateway",
		unproved: true
	}
];
/** For `logged`: no server complains. */
var passedOnByAll = [
	{
		server: "Apache",
		message: null,
		response: "200 OK, passed on"
	},
	{
		server: "lighttpd",
		message: null,
		response: "200 OK, passed on"
	},
	{
		server: "nginx",
		message: null,
		response: "200 OK, passed on"
	}
];
function toFinding(rule, { title = rule.title, detail, fixes, ...particulars }) {
	return {
		rule: rule.id,
		severity: rule.severity,
		title: inTestWords(title),
		detail: inTestWords(detail),
		stream: null,
		range: null,
		line: null,
		reference: rule.reference,
		evidence: [],
		...particulars,
		fixes: [...fixes ?? rule.fixes ?? []]
	};
}
/** A rule as the index of rules shows it. */
var ruleInfo$1 = ({ id, stage, severity, title, summary, explanation, reference, logged, fixes }) => ({
	id,
	stage,
	severity,
	title,
	summary,
	explanation,
	reference,
	logged: [...logged],
	fixes: [...fixes ?? []]
});
// server/doctor/evidence/output.ts
/** How much of the output the rules search for headers. */
var headBytes = 65536;
/** The script ran, and its output is not a response. */
function hasNoResponse({ outcome, script }) {
	return (outcome === "invalid-output" || outcome === "crashed") && (script === null || script.kind === "invalid");
}
/** The script ran, and stdout is empty. */
var wroteNothing = (facts) => hasNoResponse(facts) && (facts.stdout?.bytes ?? 0) === 0;
/** Output that is not a response; null if there is no output, or if it is one. */
function badOutput(facts) {
	const { stdout, script } = facts;
	if (!hasNoResponse(facts) || !stdout || stdout.captured === 0) return null;
	const head = fromBytes(stdout.read(0, headBytes));
	const from = Math.min(script?.stoppedAt ?? 0, head.length);
	const lineFeed = head.indexOf("\n", from);
	const to = lineFeed < 0 ? head.length : lineFeed;
	return {
		head,
		stopped: {
			text: byteString(head.slice(from, to).replace(/\r$/, "")),
			from,
			to
		},
		stdout
	};
}
/** The offset of the next line that can only be a CGI header (RFC 3875 §6.3). */
function cgiFieldAfter(head, from) {
	const match = /^(?:content-type|status|location)[ \t]*:/im.exec(head.slice(from));
	return match === null ? null : from + match.index;
}
/** A finding's range: at least one byte, within the stream. */
function rangeIn({ bytes }, from, to) {
	const start = Math.max(0, Math.min(from, bytes - 1));
	return [start, Math.max(start, Math.min(Math.max(to, start + 1), bytes))];
}
/** The range of the script's header number `index` in stdout, without its line ending. */
function fieldRange({ script }, index) {
	let names = 0;
	let from = null;
	let to = 0;
	for (const span of script?.spans ?? []) {
		if (span.is === "name") {
			if (from !== null) break;
			if (names++ === index) from = span.from;
		}
		if (from !== null && span.is !== "line-end" && span.is !== "empty-line") to = span.to;
	}
	return from === null ? null : [from, to];
}
/** The blank line that ends the headers; null if there is none. Its `to` is where the body begins. */
var blankLine = ({ script }) => script?.spans.findLast(({ is }) => is === "empty-line") ?? null;
var token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
var spaceBeforeColon = new RegExp(`^${token}[ \\t]+:`);
var validHeader = new RegExp(`^${token}:`);
/** Other rules explain folding, a space before the colon, stray carriage returns, byte order marks, UTF-16 and HTTP status lines. */
function hasOwnRule$1(line) {
	return /^[ \t]/.test(line) || line.startsWith("HTTP/") || /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(line) || spaceBeforeColon.test(line) || validHeader.test(line);
}
/** The author cannot have meant it as a header. */
var isNotHeader = (line) => !line.startsWith(":") && !validHeader.test(line);
// server/doctor/rules/body/body-not-allowed/rule.ts
var rule$148 = {
	severity: "warning",
	title: "This status allows no body, and the script wrote one",
	summary: "A 204 or 304 response has no body. Servers drop whatever follows the headers.",
	explanation: "Status 204 means “done, nothing to show”, and 304 means “your copy is still valid”. Neither response has a body, and every server drops what the script writes after the headers. If the body matters, respond with another status.",
	reference: "RFC 9110 §15.3.5",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "204 No Content, without the body"
		},
		{
			server: "lighttpd",
			message: null,
			response: "204 No Content, without the body"
		},
		{
			server: "nginx",
			message: "upstream sent more data than specified in \"Content-Length\" header while reading upstream",
			response: "204 No Content, without the body"
		}
	],
	when: "inline",
	check: (facts) => {
		const { script, stdout } = facts;
		if (!script || script.status !== 204 && script.status !== 304 || script.kind === "invalid" || !stdout) return null;
		const end = blankLine(facts)?.to ?? stdout.bytes;
		if (stdout.bytes <= end) return null;
		return {
			detail: `The server dropped ${stdout.bytes - end} bytes after the headers: a ${script.status} response has no body.`,
			stream: "stdout",
			range: rangeIn(stdout, end, stdout.bytes)
		};
	}
};
// server/protocol/utf8-validity.ts
/** Ranges `[from, to)` of bytes that are no part of a well-formed sequence, in order. `maxRanges` bounds the list. */
function invalidUtf8(bytes, maxRanges = Number.POSITIVE_INFINITY) {
	const ranges = [];
	let at = 0;
	while (at < bytes.length && ranges.length < maxRanges) {
		const length = sequenceLength(bytes[at] ?? 0);
		const end = at + wellFormedBytes(bytes, at, length);
		if (length === 0 || end < at + length) ranges.push([at, Math.max(end, at + 1)]);
		at = Math.max(end, at + 1);
	}
	return ranges;
}
/** Bytes of a sequence that begins so; 0 when none does. C0 and C1 could only begin an overlong form, F5 and above are past U+10FFFF. */
function sequenceLength(lead) {
	if (lead < 128) return 1;
	if (lead < 194) return 0;
	if (lead < 224) return 2;
	if (lead < 240) return 3;
	return lead < 245 ? 4 : 0;
}
/** How many bytes from `at` on agree with a well-formed sequence of `length` bytes. */
function wellFormedBytes(bytes, at, length) {
	if (length <= 1) return length;
	const lead = bytes[at];
	const low = lead === 224 ? 160 : lead === 240 ? 144 : 128;
	const high = lead === 237 ? 159 : lead === 244 ? 143 : 191;
	const second = bytes[at + 1] ?? 0;
	if (second < low || second > high) return 1;
	let good = 2;
	while (good < length && ((bytes[at + good] ?? 0) & 192) === 128) good++;
	return good;
}
// server/protocol/charset.ts
/** A parameter: token or quoted string (RFC 9110 §5.6.6). Blanks round "=" are wrong but common. */
var parameter = /;[ \t]*([^\s;="]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;
/** The charset parameter of a Content-Type value, lower-case; null when there is none. The first of several counts. */
function charsetOf(contentType) {
	for (const [, name = "", quoted, plain = ""] of contentType.matchAll(parameter)) {
		if (name.toLowerCase() !== "charset") continue;
		const charset = (quoted === void 0 ? plain : quoted.replace(/\\(.)/g, "$1")).trim().toLowerCase();
		return charset === "" ? null : charset;
	}
	return null;
}
/** Characters of windows-1252 where it differs from ISO-8859-1, 0x80 to 0x9F. Bytes it does not assign are controls, as in the Encoding Standard. */
var windows1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
/** The text alone, which is cheaper where much is invalid. */
function decodeText(bytes, charset) {
	const decoder = decoderFor(charset);
	return decoder.encoding === "windows-1252" ? decodeWindows1252(bytes) : decoder.decode(bytes);
}
function decoderFor(charset) {
	try {
		return new TextDecoder(charset, { ignoreBOM: true });
	} catch {
		return new TextDecoder("windows-1252");
	}
}
function decodeWindows1252(bytes) {
	return fromBytes(bytes).replace(/[\x80-\x9f]/g, (byte) => windows1252.charAt(byte.charCodeAt(0) - 128));
}
// server/protocol/encoding/browser-charset.ts
/** A browser looks for a <meta> in so many bytes. */
var prescanBytes = 1024;
/** The encoding that a label means to a browser; null for a name that it does not know. */
function encodingOf(label) {
	try {
		return new TextDecoder(label).encoding;
	} catch {
		return null;
	}
}
/** True for what a browser treats as text in some encoding. */
function isTextType(contentType) {
	const type = essence(contentType);
	return type.startsWith("text/") || isJson(type) || isXml(type) || /^application\/(?:x-)?(?:javascript|ecmascript)$/.test(type);
}
var essence = (contentType) => (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
var isJson = (type) => type === "application/json" || type === "text/json" || type.endsWith("+json");
var isXml = (type) => type === "application/xml" || type === "text/xml" || type.endsWith("+xml");
/** `contentType`: the field's value, "" when there is none. `body`: its beginning, 1024 bytes are enough. */
function browserCharset(contentType, body) {
	const type = essence(contentType);
	const label = charsetOf(contentType);
	const header = label === null ? null : {
		name: label,
		encoding: encodingOf(label),
		range: null
	};
	const inPage = isXml(type) ? xmlDeclaration(body) : type === "text/html" || type === "" ? metaCharset(body) : null;
	const bom = byteOrderMark(body);
	const known = {
		header,
		inPage,
		bom
	};
	if (bom !== null) return {
		encoding: bom,
		from: "bom",
		...known
	};
	if (isJson(type) || type === "text/event-stream") return {
		encoding: "utf-8",
		from: "type",
		...known
	};
	if (header?.encoding != null) return {
		encoding: header.encoding,
		from: "header",
		...known
	};
	if (inPage?.encoding != null) return {
		encoding: inPage.encoding,
		from: isXml(type) ? "xml-declaration" : "meta",
		...known
	};
	return {
		encoding: isXml(type) ? "utf-8" : "windows-1252",
		from: isXml(type) ? "type" : "default",
		...known
	};
}
function byteOrderMark(body) {
	if (body.startsWith("ï»¿")) return "utf-8";
	if (body.startsWith("ÿþ")) return "utf-16le";
	return body.startsWith("þÿ") ? "utf-16be" : null;
}
function xmlDeclaration(body) {
	const match = /^<\?xml[^>]{0,200}?encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][\w.-]*)\1/d.exec(body.slice(0, prescanBytes));
	const range = match?.indices?.[2];
	return match?.[2] === void 0 || range === void 0 ? null : {
		name: match[2].toLowerCase(),
		encoding: inPageEncoding(match[2]),
		range
	};
}
/** Comments are passed over. Of `http-equiv` the content counts, of others the attribute `charset`. */
function metaCharset(body) {
	const head = body.slice(0, prescanBytes).replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => " ".repeat(comment.length));
	for (const tag of head.matchAll(/<meta[\s/][^>]*>/gi)) {
		const attributes = tag[0];
		const direct = /[\s/"']charset\s*=\s*(?:"\s*([^"]*?)\s*"|'\s*([^']*?)\s*'|([^\s"'>]+))/di.exec(attributes);
		const found = (/http-equiv\s*=\s*["']?content-type/i.test(attributes) ? /content\s*=\s*(?:"[^"]*?|'[^']*?)charset\s*=\s*([^\s"';>]+)/di.exec(attributes) : null) ?? direct;
		if (found === null) continue;
		const group = [
			1,
			2,
			3
		].find((index) => found[index] !== void 0) ?? 0;
		const name = found[group] ?? "";
		const [from, to] = found.indices?.[group] ?? [0, 0];
		return {
			name: name.toLowerCase(),
			encoding: inPageEncoding(name),
			range: [tag.index + from, tag.index + to]
		};
	}
	return null;
}
/** A page whose declaration could be read as ASCII is not UTF-16: browsers take UTF-8 instead. */
function inPageEncoding(label) {
	const encoding = encodingOf(label);
	return encoding?.startsWith("utf-16") ? "utf-8" : encoding === "x-user-defined" ? "windows-1252" : encoding;
}
var byteOf1252 = new Map([..."€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"].map((character, index) => [character, 128 + index]));
/** The byte that windows-1252 has for a character, else Latin-1's; null when neither has one. */
function byteOfCharacter(character) {
	const special = byteOf1252.get(character);
	if (special !== void 0) return special;
	const code = character.codePointAt(0) ?? 0;
	return code <= 255 ? code : null;
}
new TextDecoder("utf-8", { ignoreBOM: true });
// server/protocol/encoding/mojibake.ts
/** Accidents do not produce more layers than this. */
var maxLayers = 4;
/** After so many places in a row the rest is left as it is. */
var maxPlaces$1 = 4e3;
/** `certain`: the caller knows that the bytes are UTF-8 read as something else, so that doubtful places count too. */
function findMojibake(text, certain = false) {
	const garbled = garbledPlaces(text, certain);
	const beyond = countBeyondAscii(text);
	if (garbled.length === 0) return {
		garbled,
		repaired: text,
		layers: 0,
		sound: beyond
	};
	let repaired = withRepairs(text, garbled);
	let layers = 1;
	for (; layers < maxLayers; layers++) {
		const again = garbledPlaces(repaired, false);
		if (again.length === 0) break;
		repaired = withRepairs(repaired, again);
	}
	return {
		garbled,
		repaired,
		layers,
		sound: beyond - garbled.reduce((sum, { from, to }) => sum + to - from, 0)
	};
}
function garbledPlaces(text, certain) {
	const candidates = [];
	const beyondAscii = /[\u00c2-\u00f4]/g;
	for (let match = beyondAscii.exec(text); match !== null && candidates.length < maxPlaces$1; match = beyondAscii.exec(text)) {
		const candidate = candidateAt(text, match.index);
		if (candidate === null) continue;
		candidates.push(candidate);
		beyondAscii.lastIndex = candidate.to;
	}
	if (certain) return candidates;
	const strong = new Set(candidates.filter((candidate, index) => isConvincing(candidate, candidates[index - 1], candidates[index + 1])));
	if (strong.size === 0) return [];
	return candidates.reduce((sum, { from, to }) => sum + to - from, 0) === countBeyondAscii(text) ? candidates : candidates.filter((candidate) => strong.has(candidate) || candidate.isLikely);
}
/** Sure by itself, or beside another one that is likely too: the letters of a word in Cyrillic. */
function isConvincing(candidate, before, after) {
	if (candidate.isSure) return true;
	const beside = [before?.to === candidate.from ? before : void 0, after?.from === candidate.to ? after : void 0];
	return candidate.isPlausible && beside.some((neighbour) => neighbour?.isPlausible === true);
}
function candidateAt(text, from) {
	const lead = text.charCodeAt(from);
	const length = lead < 224 ? 2 : lead < 240 ? 3 : 4;
	let bytes = String.fromCharCode(lead);
	for (let at = from + 1; at < from + length; at++) {
		const byte = at < text.length ? byteOfCharacter(text.charAt(at)) : null;
		if (byte === null || byte < 128 || byte > 191) return null;
		bytes += String.fromCharCode(byte);
	}
	const raw = toBytes(byteString(bytes));
	if (invalidUtf8(raw, 1).length > 0) return null;
	const repaired = utf8Decoder.decode(raw);
	const to = from + length;
	const code = repaired.codePointAt(0) ?? 0;
	const plausibleHere = isPlausible(code);
	return {
		from,
		to,
		repaired,
		isPlausible: plausibleHere,
		isSure: plausibleHere && isSure(text, from, to, code),
		isLikely: plausibleHere && code < 2048
	};
}
var utf8Decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** Blocks that people write in. A capital and a closing quote make a letter of some other block. */
var plausible = [
	[128, 383],
	[880, 1023],
	[1024, 1119],
	[1168, 1169],
	[1488, 1514],
	[1569, 1610],
	[2304, 3711],
	[7680, 7935],
	[8208, 8250],
	[8352, 8383],
	[8448, 8959],
	[9472, 10175],
	[12288, 12543],
	[13312, 40959],
	[44032, 55203],
	[65279, 65519],
	[126976, 129791]
];
var isPlausible = (code) => plausible.some(([from, to]) => code >= from && code <= to);
/** What may follow a capital letter in print: closing quotes, dashes, an ellipsis, a no-break space. */
var closing = /^[\u00a0\u00ab\u00bb‘’‚“”„‹›…–—•·]/;
var controls = /[\u0080-\u009f]/;
function isSure(text, from, to, code) {
	if (controls.test(text.slice(from + 1, to))) return true;
	if (code >= 126976 || code >= 8208 && code <= 10175 || code === 65279) return true;
	if (code >= 2048) return false;
	if (!closing.test(text.charAt(from + 1))) return code < 256 || /[†‡ˆ‰ŠŒŽšœžŸ˜ƒ¤¥¦¨¬¯´µ¶¸¼½¾¿¡§±£¢]/.test(text.charAt(from + 1));
	return /\p{L}/u.test(text.charAt(to)) && !/\p{Lu}/u.test(text.charAt(from - 1));
}
function withRepairs(text, garbled) {
	let out = "";
	let at = 0;
	for (const { from, to, repaired } of garbled) {
		out += text.slice(at, from) + repaired;
		at = to;
	}
	return out + text.slice(at);
}
function countBeyondAscii(text) {
	let count = 0;
	for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) count++;
	return count;
}
// server/protocol/encoding/text-offsets.ts
/** Byte offsets of ascending places (UTF-16 units) in what `decodeBytes` made of `bytes`. Only UTF-8 has more than one byte a character here. */
function byteOffsets(bytes, encoding, places) {
	if (encoding !== "utf-8") return [...places];
	const invalid = invalidUtf8(bytes);
	const offsets = [];
	let byte = 0;
	let unit = 0;
	let range = 0;
	for (const place of places) {
		while (unit < place && byte < bytes.length) {
			const bad = invalid[range];
			if (bad?.[0] === byte) {
				byte = bad[1];
				range++;
				unit++;
				continue;
			}
			const lead = bytes[byte] ?? 0;
			const length = lead < 128 ? 1 : lead < 224 ? 2 : lead < 240 ? 3 : 4;
			byte += length;
			unit += length === 4 ? 2 : 1;
		}
		offsets.push(byte);
	}
	return offsets;
}
// server/protocol/encoding/body-encoding.ts
var maxRanges = 100;
/** After so many places the rest is not looked at. */
var maxPlaces = 4e3;
var noExample = {
	example: null,
	layers: 0
};
/** null for what is no text. `isWhole`: the body ends where `body` does. */
function examineBody(contentType, body, isWhole) {
	if (contentType.trim() !== "" && !isTextType(contentType)) return null;
	const browser = browserCharset(contentType, fromBytes(body, 0, Math.min(prescanBytes, body.length)));
	const shown = decodeText(body, browser.encoding);
	if (shown.length === body.length && !beyondAscii(body)) return {
		browser,
		shown,
		meant: shown,
		problems: declarationProblems(browser, contentType, false)
	};
	const problems = [];
	let meant = shown;
	if (browser.encoding === "utf-8") {
		const twice = findMojibake(shown);
		meant = twice.repaired;
		if (twice.layers > 0) problems.push(ofMojibake("encoded-twice", body, shown, twice, "utf-8"));
		const invalid = utf8Problems(body, isWhole);
		problems.push(...invalid);
		if (invalid.some(({ kind }) => kind === "not-utf-8" || kind === "mixed")) meant = repairInvalid(body);
	} else if (!browser.encoding.startsWith("utf-16") && beyondAscii(body) && isUtf8WithMore(body)) {
		const certain = browser.encoding !== "windows-1252" || findMojibake(shown, true).sound === 0;
		const read = browser.encoding === "windows-1252" ? findMojibake(shown, certain) : null;
		if (read === null || read.layers > 0) {
			const right = decodeText(body, "utf-8");
			const twice = findMojibake(right);
			meant = twice.repaired;
			problems.push(misread(body, shown, right));
			if (twice.layers > 0) problems.push(ofMojibake("encoded-twice", body, right, twice, "utf-8"));
		}
	} else if (browser.encoding === "windows-1252") {
		const twice = findMojibake(shown);
		if (twice.layers > 0 && twice.garbled.length > 2) {
			meant = twice.repaired;
			problems.push(ofMojibake("mixed", body, shown, twice, "windows-1252"));
		}
	}
	problems.push(...markProblems(body, contentType), ...lostProblem(body));
	problems.push(...declarationProblems(browser, contentType, true));
	return {
		browser,
		shown,
		meant,
		problems
	};
}
var beyondAscii = (body) => body.some((byte) => byte > 127);
var isUtf8WithMore = (body) => {
	const [first] = invalidUtf8(body, 1);
	return first === void 0 || first[0] >= body.length - 3;
};
function ofMojibake(kind, body, shown, found, encoding) {
	const some = found.garbled.slice(0, maxRanges);
	const offsets = byteOffsets(body, encoding, some.flatMap(({ from, to }) => [from, to]));
	const ranges = some.map((_, index) => [offsets[index * 2] ?? 0, offsets[index * 2 + 1] ?? 0]);
	const [first] = found.garbled;
	const word = first === void 0 ? "" : wordAround(shown, first.from);
	const example = word === "" ? null : {
		shown: word,
		meant: findMojibake(word, true).repaired
	};
	return {
		kind,
		ranges: joined(ranges),
		count: found.garbled.length,
		example,
		layers: found.layers
	};
}
function misread(body, shown, right) {
	const ranges = [];
	let count = 0;
	for (let at = 0; at < body.length; at++) {
		if ((body[at] ?? 0) < 128) continue;
		const from = at;
		while (at < body.length && (body[at] ?? 0) > 127) if (((body[at++] ?? 0) & 192) !== 128) count++;
		if (ranges.length < maxRanges) ranges.push([from, at]);
	}
	const meant = wordAround(right, right.search(/[^\0-\x7f]/));
	const place = shown.search(/[^\0-\x7f]/);
	return {
		kind: "utf-8-misread",
		ranges,
		count,
		example: {
			shown: wordAround(shown, place),
			meant
		},
		layers: 0
	};
}
function utf8Problems(body, isWhole) {
	const invalid = invalidUtf8(body, maxPlaces);
	const last = invalid.at(-1);
	const problems = [];
	if (last !== void 0 && last[1] === body.length && isCutSequence(body, last[0])) {
		invalid.pop();
		if (isWhole) problems.push({
			kind: "cut-character",
			ranges: [last],
			count: 1,
			...noExample
		});
	}
	const halves = surrogateHalves(body, invalid);
	if (halves.length > 0) problems.push({
		kind: "surrogates",
		ranges: halves.slice(0, maxRanges),
		count: halves.length,
		...noExample
	});
	const rest = invalid.filter(([from]) => !halves.some(([start, end]) => from >= start && from < end));
	if (rest.length === 0) return problems;
	const kind = hasValidSequence(body, invalid) ? "mixed" : "not-utf-8";
	const [[from, to]] = [rest[0] ?? [0, 0]];
	const line = body.subarray(Math.max(0, from - 40), Math.min(body.length, to + 40));
	const shown = decodeText(line, "utf-8");
	const example = {
		shown: wordAround(shown, shown.indexOf("�")),
		meant: wordAtByte(repairInvalid(line), line, from - Math.max(0, from - 40))
	};
	problems.push({
		kind,
		ranges: rest.slice(0, maxRanges),
		count: rest.length,
		example: example.meant === "" ? null : example,
		layers: 0
	});
	return problems;
}
/** A lead byte and too few bytes after it, all of which fit. */
function isCutSequence(body, from) {
	const lead = body[from] ?? 0;
	const length = lead >= 240 && lead < 245 ? 4 : lead >= 224 && lead < 240 ? 3 : lead >= 194 && lead < 224 ? 2 : 1;
	return length > 1 && body.length - from > (length === 2 ? 0 : 1) && body.length - from < length;
}
function surrogateHalves(body, invalid) {
	return invalid.flatMap(([from]) => {
		const [lead, second = 0, third = 0] = body.subarray(from, from + 3);
		return lead === 237 && second >= 160 && second <= 191 && third >= 128 && third <= 191 ? [[from, from + 3]] : [];
	});
}
function hasValidSequence(body, invalid) {
	let next = 0;
	for (let at = 0; at < body.length; at++) {
		const range = invalid[next];
		if (range?.[0] === at) {
			at = range[1] - 1;
			next++;
		} else if ((body[at] ?? 0) > 127) return true;
	}
	return false;
}
/** What is UTF-8 stays, the rest is read as windows-1252. */
function repairInvalid(body) {
	let out = "";
	let at = 0;
	for (const [from, to] of invalidUtf8(body, maxPlaces)) {
		out += decodeText(body.subarray(at, from), "utf-8") + decodeText(body.subarray(from, to), "windows-1252");
		at = to;
	}
	return out + decodeText(body.subarray(at), "utf-8");
}
function markProblems(body, contentType) {
	const inside = [];
	for (let at = body.indexOf(239, 1); at > 0; at = body.indexOf(239, at + 1)) if (body[at + 1] === 187 && body[at + 2] === 191) inside.push([at, at + 3]);
	const problems = [];
	if (inside.length > 0) problems.push({
		kind: "bom-inside",
		ranges: inside.slice(0, maxRanges),
		count: inside.length,
		...noExample
	});
	if (/[/+]json\b/i.test(contentType) && body[0] === 239 && body[1] === 187 && body[2] === 191) problems.push({
		kind: "bom-before-json",
		ranges: [[0, 3]],
		count: 1,
		...noExample
	});
	return problems;
}
function lostProblem(body) {
	const ranges = [];
	for (let at = body.indexOf(239); at >= 0; at = body.indexOf(239, at + 1)) if (body[at + 1] === 191 && body[at + 2] === 189) ranges.push([at, at + 3]);
	return ranges.length === 0 ? [] : [{
		kind: "lost-before",
		ranges: ranges.slice(0, maxRanges),
		count: ranges.length,
		...noExample
	}];
}
function declarationProblems(browser, contentType, matters) {
	const { header, inPage, from, encoding } = browser;
	const problems = [];
	const isHtmlOrText = /^\s*text\/(?:html|plain)\b/i.test(contentType);
	if (header !== null && header.encoding === null) problems.push({
		kind: "unknown-charset",
		ranges: [],
		count: 1,
		...noExample
	});
	else if (matters && from === "default" && isHtmlOrText) problems.push({
		kind: "no-charset",
		ranges: [],
		count: 1,
		...noExample
	});
	const other = header?.encoding ?? (from === "bom" ? encoding : null);
	if (other !== null && inPage?.encoding != null && inPage.encoding !== other) problems.push({
		kind: "meta-contradicts",
		ranges: inPage.range === null ? [] : [inPage.range],
		count: 1,
		...noExample
	});
	return problems;
}
var wordCharacter = /[^\s<>"(){}[\]=/&;,]/;
/** The word that holds the character at `at`, 40 characters at most; "" when `at` is no place. */
function wordAround(text, at) {
	if (at < 0) return "";
	let from = at;
	let to = at;
	while (from > 0 && at - from < 20 && wordCharacter.test(text.charAt(from - 1))) from--;
	while (to < text.length && to - at < 20 && wordCharacter.test(text.charAt(to))) to++;
	return text.slice(from, Math.max(to, at + 1)).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
}
function wordAtByte(repaired, line, from) {
	return wordAround(repaired, decodeText(line.subarray(0, from), "utf-8").length);
}
/** Ranges that touch become one. */
function joined(ranges) {
	const out = [];
	for (const [from, to] of ranges) {
		const last = out.at(-1);
		if (last !== void 0 && last[1] === from) out[out.length - 1] = [last[0], to];
		else out.push([from, to]);
	}
	return out;
}
// server/doctor/evidence/page-encoding.ts
/** How much of a page is examined. */
var examinedBytes$2 = 524288;
var examined = /* @__PURE__ */ new WeakMap();
/** null if the body is missing, compressed or not text. */
function pageEncoding(facts) {
	const known = examined.get(facts);
	if (known !== void 0) return known;
	const fresh = examine(facts);
	examined.set(facts, fresh);
	return fresh;
}
function examine(facts) {
	const { script, stdout } = facts;
	const end = blankLine(facts);
	if (!script || script.kind === "invalid" || script.kind === "nph" || !stdout || end === null || stdout.bytes <= end.to) return null;
	const field = (name) => script.headers.findLast(([key]) => key.toLowerCase() === name)?.[1] ?? "";
	if (field("content-encoding") !== "") return null;
	const body = stdout.read(end.to, examinedBytes$2);
	const found = examineBody(field("content-type"), body, end.to + body.length === stdout.bytes && facts.outcome === "ok");
	return found === null ? null : {
		...found,
		from: end.to,
		stdout
	};
}
var findBodyProblem = (page, kind) => page?.problems.find((problem) => problem.kind === kind) ?? null;
/** The location of a finding: the first occurrence, or the first byte of the page. */
function problemLocation({ from, stdout }, { ranges }) {
	const [start, end] = ranges[0] ?? [0, 1];
	return {
		stream: "stdout",
		range: rangeIn(stdout, from + start, from + end)
	};
}
/** " Browsers show “GrÃ¼n” instead of “Grün”.", to append to a detail. */
var exampleSentence = ({ example }) => example === null || example.shown === example.meant ? "" : ` Browsers show “${example.shown}” instead of “${example.meant}”.`;
var places = (count) => count === 1 ? "One place" : `${count} places`;
var times = (count) => count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
/** The bytes of the first occurrence: "`c3 bc`". */
var firstBytes = (page, { ranges }) => `\`${hexOf(page, ranges[0] ?? [0, 1])}\``;
/** Up to eight bytes as "c3 bc". */
function hexOf({ stdout, from }, range) {
	return [...stdout.read(from + range[0], Math.min(8, range[1] - range[0]))].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
/** What declares the encoding, as a clause. */
function declarationClause({ browser }) {
	const { header, inPage } = browser;
	if (browser.from === "header" && header !== null) return `\`Content-Type\` declares ${header.name}`;
	if (browser.from === "meta" && inPage !== null) return `the page's \`<meta>\` declares ${inPage.name}`;
	if (browser.from === "xml-declaration" && inPage !== null) return `the XML declaration declares ${inPage.name}`;
	if (browser.from === "bom") return "the page begins with a byte order mark";
	if (browser.from === "type") return "this media type is always UTF-8";
	return "nothing declares an encoding";
}
// server/doctor/rules/body/byte-order-mark-before-json/rule.ts
var rule$147 = {
	severity: "warning",
	title: "A byte order mark comes before the JSON",
	summary: "JSON must not begin with a byte order mark.",
	explanation: "The response body begins with three invisible bytes, `ef bb bf`. An editor or `encoding=\"utf-8-sig\"` wrote them. JSON does not allow them: `JSON.parse` and most libraries fail at the first character, although everything looks right. Write plain UTF-8.",
	reference: "RFC 8259 §8.1",
	logged: passedOnByAll,
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "bom-before-json");
		if (page === null || problem === null) return null;
		return {
			detail: "The body begins with `ef bb bf`, which JSON does not allow. Many programs refuse to parse it.",
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/rules/body/byte-order-mark-in-page/rule.ts
var rule$146 = {
	severity: "hint",
	title: "A byte order mark is in the middle of the page",
	summary: "A file that was inserted into the page begins with an invisible mark.",
	explanation: "A template, an included file or a printed file was saved as “UTF-8 with BOM”. Its first three bytes, `ef bb bf`, are invisible and still have effects: a blank line at the top, a broken first column, a search that finds nothing. Save the file as “UTF-8 without BOM”, or read it with `encoding=\"utf-8-sig\"` in Python.",
	reference: "RFC 3629 §6",
	logged: passedOnByAll,
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "bom-inside");
		if (page === null || problem === null) return null;
		return {
			detail: `The bytes \`ef bb bf\` occur ${times(problem.count)} in the page.`,
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/rules/body/character-cut/rule.ts
var rule$145 = {
	severity: "warning",
	title: "The page ends in the middle of a character",
	summary: "The last character is incomplete: the text was cut at a byte, not at a character.",
	explanation: "In UTF-8 a letter such as “ü” has two bytes, “€” three, and an emoji four. The page ends between them. A `substr` or a database column that counts bytes, or a buffer of fixed size, cut it there. Cut text while it is still text, then encode it.",
	reference: "RFC 3629 §3",
	logged: passedOnByAll,
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "cut-character");
		if (page === null || problem === null) return null;
		return {
			detail: `The page ends with ${firstBytes(page, problem)}, the beginning of a character.`,
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/rules/body/charset-wrong/rule.ts
var rule$144 = {
	severity: "warning",
	title: "The page is UTF-8 but declares another encoding",
	summary: "The bytes are correct, but the declared encoding is wrong: “Ã¼” appears instead of “ü”.",
	explanation: "A browser decodes a page with the encoding that `Content-Type`, or a `<meta>` in the page, declares. In UTF-8 “ü” is two bytes, `c3 bc`. Decoded as Latin-1 they are two characters, “Ã” and “¼”. The bytes here are valid UTF-8, so it is enough to declare it: `Content-Type: text/html; charset=utf-8`.",
	reference: "RFC 9110 §8.3.2",
	logged: passedOnByAll,
	fixes: ["declare-charset"],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "utf-8-misread");
		if (page === null || problem === null || page.browser.from === "default") return null;
		return {
			detail: `The page is UTF-8, but ${declarationClause(page)}.${exampleSentence(problem)} Declare \`charset=utf-8\`.`,
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/evidence/header-fields.ts
/** Empty for output that is not a response, and for NPH scripts, which write HTTP. */
function scriptFields({ script, stdout }) {
	if (!script || !stdout || script.kind === "invalid" || script.kind === "nph") return [];
	if (lastRead?.script !== script) lastRead = {
		script,
		fields: readFields(script)
	};
	return lastRead.fields;
}
/** A dozen rules need the same fields one after the other, so only those of the last trace are kept. */
var lastRead = null;
function readFields(script) {
	const lines = [];
	for (const { is, from, to } of script.spans) {
		const last = lines.at(-1);
		if (is === "name") lines.push([from, to]);
		else if (last !== void 0 && (is === "colon" || is === "space" || is === "value")) last[1] = to;
	}
	return script.headers.map(([name, value], index) => ({
		name,
		key: name.toLowerCase(),
		value,
		range: lines[index] ?? [0, 0]
	}));
}
/** The location of a finding about a field. */
var fieldLocation = (facts, { range: [from, to] }) => ({
	stream: "stdout",
	range: rangeIn(facts.stdout ?? { bytes: 0 }, from, to)
});
// server/doctor/evidence/content-length.ts
/** null without a valid Content-Length, and for a response without a body (HEAD, 204, 304). */
function declaredLength(facts) {
	const { script, stdout, request } = facts;
	if (script === null || script.kind === "local-redirect" || script.status === 204 || script.status === 304 || request.method === "HEAD") return null;
	const field = scriptFields(facts).findLast(({ key }) => key === "content-length");
	const end = blankLine(facts);
	if (!field || !stdout || end === null || !/^\d{1,15}$/.test(field.value)) return null;
	const declared = Number(field.value);
	const actual = stdout.bytes - end.to;
	return {
		declared,
		actual,
		isInCharacters: declared < actual && stdout.captured === stdout.bytes && characters(stdout.read(end.to, actual)) === declared,
		field
	};
}
/** Counts every byte that does not continue a UTF-8 sequence. */
function characters(bytes) {
	let count = 0;
	for (const byte of bytes) if ((byte & 192) !== 128) count++;
	return count;
}
// server/doctor/rules/body/content-length-large/rule.ts
var rule$143 = {
	severity: "error",
	title: "Content-Length is larger than the body",
	summary: "The script announces more bytes than it writes, so the client waits for the rest.",
	explanation: "`Content-Length` counts bytes. Here it is larger than the body. The client waits for bytes that never arrive until the connection closes, and may discard the response as incomplete. Either the script counted line endings as two bytes and wrote one, or the body changed after it was counted, or the script failed halfway. Remove `Content-Length`, or count just before writing.",
	reference: "RFC 3875 §6.3.4, RFC 9110 §8.6",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK with a corrected length"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, closes the connection early"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading upstream",
			response: "200 OK, closes the connection early"
		}
	],
	fixes: ["remove-content-length"],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const length = declaredLength(facts);
		if (length === null || length.declared <= length.actual || facts.outcome === "client-gone" || facts.outcome === "stopped" || facts.outcome === "timeout") return null;
		const missing = length.declared - length.actual;
		return {
			detail: `\`Content-Length\` is ${length.declared}, and the body has ${length.actual} bytes: ${missing === 1 ? "1 byte is" : `${missing} bytes are`} missing.`,
			...fieldLocation(facts, length.field)
		};
	}
};
// server/doctor/rules/body/content-length-small/rule.ts
var rule$142 = {
	severity: "error",
	title: "Content-Length is smaller than the body",
	summary: "The script announces fewer bytes than it writes, so clients cut off the end of the body.",
	explanation: "`Content-Length` counts bytes. Here it is smaller than the body, and clients stop reading there, so the end of the body is missing. Usually the script counted characters instead of bytes: “ü” is one character and two bytes in UTF-8. Count the encoded text: `len(page.encode(\"utf-8\"))` in Python, `length(encode_utf8($page))` in Perl, `Buffer.byteLength(page)` in Node. Or remove `Content-Length`: the server adds it.",
	reference: "RFC 3875 §6.3.4, RFC 9110 §8.6",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK with the whole body and a corrected length"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, cut off"
		},
		{
			server: "nginx",
			message: "upstream sent more data than specified in \"Content-Length\" header while reading upstream",
			response: "200 OK, cut off"
		}
	],
	fixes: ["content-length-in-bytes", "remove-content-length"],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const length = declaredLength(facts);
		if (length === null || length.declared >= length.actual) return null;
		const lost = length.actual - length.declared;
		return {
			title: length.isInCharacters ? "Content-Length counts characters, not bytes" : rule$142.title,
			detail: `\`Content-Length\` is ${length.declared}, and the body has ${length.actual} bytes${length.isInCharacters ? ` (${length.declared} characters)` : ""}. Clients lose the last ${lost === 1 ? "byte" : `${lost} bytes`}.`,
			...fieldLocation(facts, length.field)
		};
	}
};
// server/doctor/rules/body/encoded-twice/rule.ts
var rule$141 = {
	severity: "warning",
	title: "The text was encoded twice",
	summary: "UTF-8 was decoded as Latin-1 and encoded again: the bytes themselves spell “Ã¼”.",
	explanation: "The declared encoding is correct here, but the bytes are wrong: the text was encoded twice. Some step took bytes that were already UTF-8 for Latin-1 text, and encoded them again. In Perl: `binmode STDOUT, \":utf8\"` without decoding the input, or without `use utf8`. In Python: reading with `encoding=\"latin-1\"`. In databases: a latin1 connection with UTF-8 data. Decode once when reading, encode once when writing.",
	reference: "RFC 9110 §8.3.2",
	logged: passedOnByAll,
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "encoded-twice");
		if (page === null || problem === null) return null;
		return {
			detail: `${places(problem.count)} in the page ${problem.count === 1 ? "was" : "were"} encoded ${problem.layers === 1 ? "twice" : `${problem.layers + 1} times`}.${exampleSentence(problem)} Find the step that decodes UTF-8 as Latin-1. Decode once when reading, encode once when writing.`,
			...problemLocation(page, problem)
		};
	}
};
// server/protocol/form-fields.ts
/** Every field of a form in the order of the body, whole and undecoded; null for what is no form of bytes. */
function rawFormFields(contentType, body) {
	const type = typeOf(contentType);
	if (type === "application/x-www-form-urlencoded") return {
		kind: "urlencoded",
		fields: urlencodedFields(fromBytes(body))
	};
	const boundary = type === "multipart/form-data" ? boundaryOf(contentType) : "";
	return boundary === "" ? null : {
		kind: "multipart",
		fields: multipartFields(fromBytes(body), boundary)
	};
}
var typeOf = (contentType) => contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
/** What a form's bytes are decoded as. */
function charsetFor(raw, declared) {
	if (declared !== null) return {
		charset: declared,
		reason: "declared"
	};
	return raw.every(({ name, value, file }) => [
		name,
		value,
		file?.name ?? byteString("")
	].every((bytes) => invalidUtf8(toBytes(bytes), 1).length === 0)) ? {
		charset: "utf-8",
		reason: "valid"
	} : {
		charset: "windows-1252",
		reason: "fallback"
	};
}
function urlencodedFields(body) {
	const unescaped = (text) => percentDecode(byteString(text.replaceAll("+", " "))).value;
	return body.split("&").filter((pair) => pair !== "").map((pair) => {
		const [name = "", value = ""] = pair.split(/=(.*)/s, 2);
		return {
			name: unescaped(name),
			value: unescaped(value),
			file: null
		};
	});
}
/** RFC 2046 §5.1.1, quoted or not; "" when there is none. */
function boundaryOf(contentType) {
	const [, quoted, plain = ""] = /;[ \t]*boundary=(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? [];
	return quoted ?? plain;
}
function multipartFields(body, boundary) {
	const fields = [];
	const parts = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1);
	for (const part of parts) {
		if (part.startsWith("--")) break;
		const end = part.indexOf("\r\n\r\n");
		if (end === -1) continue;
		const disposition = /^content-disposition:(.*)$/im.exec(part.slice(0, end))?.[1] ?? "";
		const name = parameterOf(disposition, "name");
		const file = parameterOf(disposition, "filename");
		const value = part.slice(end + 4);
		fields.push({
			name: byteString(name ?? ""),
			value: byteString(file === null ? value : ""),
			file: file === null ? null : {
				name: byteString(file),
				bytes: value.length
			}
		});
	}
	return fields;
}
/** Browsers write a quote within a name as %22, RFC 7578 §4.2 and the HTML Standard. */
function parameterOf(disposition, name) {
	const [, quoted, plain] = new RegExp(`;[ \\t]*${name}=(?:"([^"]*)"|([^\\s;"]+))`, "i").exec(disposition) ?? [];
	return (quoted ?? plain)?.replace(/%22/g, "\"").replace(/%0D/gi, "\r").replace(/%0A/gi, "\n") ?? null;
}
// server/doctor/evidence/posted-field.ts
var maxFormBytes = 65536;
var maxPageBytes = 524288;
/** " The field `name` is in the page with the bytes that the client sent, which are UTF-8.", to append to a detail; else "". */
function postedSentence({ request }, page) {
	const { body, headers } = request;
	if (body.bytes === 0) return "";
	const fields = rawFormFields(headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "", body.read(0, maxFormBytes))?.fields ?? [];
	const text = fromBytes(page.stdout.read(page.from, maxPageBytes));
	for (const { name, value } of fields) {
		if (!/[\x80-\xff]/.test(value) || !text.includes(value)) continue;
		const isUtf8 = invalidUtf8(toBytes(value), 1).length === 0;
		return ` ${/^[\x20-\x7e]+$/.test(name) ? `The field \`${name}\`` : "A field of the form"} is in the page with the bytes that the client sent, which are ${isUtf8 ? "UTF-8" : "not UTF-8"}. The rest comes from the script, or from what it read.`;
	}
	return "";
}
// server/doctor/rules/body/encodings-mixed/rule.ts
var rule$140 = {
	severity: "warning",
	title: "The page mixes two encodings",
	summary: "Some parts of the page are UTF-8 and some are Latin-1, so no declaration can be correct.",
	explanation: "Parts of the page come from different sources with different encodings: the script, a file, a form, a database. For example, a browser sends a form in UTF-8 and the script itself is saved as Latin-1. No charset makes such a page readable. Convert everything to UTF-8 on input: when you read a file, parse a form or query a database.",
	reference: "RFC 9110 §8.3.2",
	logged: passedOnByAll,
	fixes: ["convert-to-utf-8"],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "mixed");
		if (page === null || problem === null) return null;
		return {
			detail: `${places(problem.count)} ${problem.count === 1 ? "has" : "have"} another encoding than the rest. The first bytes are ${firstBytes(page, problem)}.${exampleSentence(problem)}${postedSentence(facts, page)}`,
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/rules/body/meta-contradicts-header/rule.ts
var rule$139 = {
	severity: "warning",
	title: "The page and its headers declare different encodings",
	summary: "`Content-Type` declares one encoding, and the page's own `<meta>` or XML declaration another. The header wins.",
	explanation: "A page can declare its encoding in two places: in the headers (`Content-Type: …; charset=…`) and in the page (`<meta charset=\"…\">`). If they differ, browsers use the header, and programs that have only the saved file use the page. Declare utf-8 in both.",
	reference: "RFC 9110 §8.3.2, HTML Standard §13.2.3",
	logged: passedOnByAll,
	fixes: ["declare-charset"],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "meta-contradicts");
		if (page === null || problem === null) return null;
		const { header, inPage, from } = page.browser;
		return {
			severity: findBodyProblem(page, "utf-8-misread") !== null || findBodyProblem(page, "not-utf-8") !== null ? "warning" : "hint",
			detail: `${from === "bom" ? "The byte order mark declares UTF" : `\`Content-Type\` declares ${header?.name ?? "nothing"}`}, and the page declares ${inPage?.name ?? "nothing"}. Browsers use the ${from === "bom" ? "mark" : "header"}.`,
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/rules/body/not-utf-8/rule.ts
var rule$138 = {
	severity: "warning",
	title: "The page declares UTF-8 but is not UTF-8",
	summary: "The declared encoding is UTF-8, but the bytes are Latin-1 or another encoding: “�” appears.",
	explanation: "The page declares UTF-8, but its bytes are not valid UTF-8. They are probably Latin-1 or windows-1252, where “ü” is the single byte `fc`. A browser shows a question mark in a black diamond, “�”, for each. Write UTF-8 in the script: `encode(\"utf-8\")` in Python, `binmode STDOUT, \":encoding(UTF-8)\"` in Perl. Save templates and data files as UTF-8.",
	reference: "RFC 9110 §8.3.2",
	logged: passedOnByAll,
	fixes: ["convert-to-utf-8", "declare-latin-1"],
	when: "deferred",
	on: "anything",
	before: ["meta-contradicts-header"],
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "not-utf-8");
		if (page === null || problem === null) return null;
		return {
			detail: `${places(problem.count)} in the page ${problem.count === 1 ? "is" : "are"} not valid UTF-8 (the first is ${firstBytes(page, problem)}), but ${declarationClause(page)}.${exampleSentence(problem)} Write UTF-8, or declare the real encoding.`,
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/rules/body/php-short-tags/rule.ts
var examinedBytes$1 = 65536;
/** Code, not an XML declaration or another processing instruction. */
var shortTag = /<\?\s[^>]{0,400}?[;({$]/;
var rule$137 = {
	severity: "warning",
	title: "PHP code is in the page: short tags are off",
	summary: "PHP sent code that begins with `<?` as text. It runs such code only if `short_open_tag` is on.",
	explanation: "PHP runs what is between `<?php` and `?>`. The short form `<?` works only with `short_open_tag = On` in `php.ini`, and PHP's own templates of that file switch it off. Everybody can then read the code in the page. Write `<?php` instead of `<?`; `<?=` for output always works.",
	reference: null,
	logged: [],
	when: "deferred",
	on: "anything",
	check: ({ route, stdout }) => {
		if (!stdout || traitsOf(route.mode)?.interpreter !== "php" && route.file?.endsWith(".php") !== true) return null;
		const match = shortTag.exec(fromBytes(stdout.read(0, examinedBytes$1)));
		if (match === null) return null;
		return {
			detail: "The page contains `<?` and the code that follows it. Write `<?php` there.",
			stream: "stdout",
			range: rangeIn(stdout, match.index, match.index + match[0].length)
		};
	}
};
// server/doctor/rules/body/surrogate-halves/rule.ts
var rule$136 = {
	severity: "warning",
	title: "Emoji were encoded in two halves",
	summary: "A character such as an emoji was written as two halves of three bytes each, which is not valid UTF-8.",
	explanation: "Characters beyond the first 65,536, most of them emoji, are two units in UTF-16 (Java, JavaScript, `\\ud83d\\ude00` in JSON) and four bytes in UTF-8. Here each unit was encoded by itself, as three bytes that begin with `ed`. Browsers show “�” for them. In Python avoid `surrogatepass`; in MySQL use `utf8mb4`; in Java write standard UTF-8, not modified UTF-8.",
	reference: "RFC 3629 §3",
	logged: passedOnByAll,
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "surrogates");
		if (page === null || problem === null) return null;
		return {
			detail: `${places(problem.count)} in the page, the first ${firstBytes(page, problem)}. Encode whole characters, which have four bytes each in UTF-8.`,
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/rules/body/text-lost-before/rule.ts
var rule$135 = {
	severity: "warning",
	title: "Characters were lost before the page was written",
	summary: "The bytes contain “�” itself: an earlier step decoded with the wrong encoding and discarded the original.",
	explanation: "“�” is in the page as a character of its own (`ef bf bd`). An earlier step decoded the original with the wrong encoding, and replaced it instead of reporting an error. The original cannot be recovered from the page. Check where the text comes from: the form and its charset, the file and the encoding used to open it, the database.",
	reference: "RFC 9110 §8.3.2",
	logged: passedOnByAll,
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const problem = findBodyProblem(page, "lost-before");
		if (page === null || problem === null) return null;
		return {
			detail: `The bytes \`ef bf bd\`, the sign for an undecodable character, occur ${times(problem.count)} in the page. The original was lost before the script wrote it.`,
			...problemLocation(page, problem)
		};
	}
};
// server/doctor/rules/elsewhere/condition-evaluated/rule.ts
var rule$134 = {
	severity: "hint",
	title: "Only Apache compares a script's ETag and Last-Modified with the request",
	summary: "The script sent a whole page. The server compared its `ETag` or `Last-Modified` with the conditions of the request and responded without the page.",
	explanation: "A browser that has a copy of a page asks with `If-None-Match` or `If-Modified-Since` whether it is still current. Apache answers for the script: it runs it, compares the script's `ETag` and `Last-Modified`, and sends 304 without the body (or 412, if another condition does not hold). lighttpd and nginx send what the script wrote. The script did all its work in both cases. To save the work, and to have the same response on every server, compare `HTTP_IF_NONE_MATCH` and `HTTP_IF_MODIFIED_SINCE` in the script and print `Status: 304 Not Modified` before the page is made. `policy.scriptConditions` sets what CGI Workbench does.",
	reference: "RFC 9110 §13.2.1",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "304 Not Modified or 412 Precondition Failed"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, the script's page"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK, the script's page"
		}
	],
	when: "inline",
	about: ["etag", "last-modified"],
	check: (facts) => {
		const { script, response } = facts;
		if (script?.kind !== "document" || script.status !== 200) return null;
		if (response?.status !== 304 && response?.status !== 412) return null;
		const at = script.headers.findIndex(([name]) => /^(etag|last-modified)$/i.test(name));
		return {
			detail: `The script's status was 200, and the client received ${response.status}. lighttpd and nginx would send the script's page.`,
			stream: "stdout",
			range: fieldRange(facts, at)
		};
	}
};
// server/routing/messages.ts
/** A system error about a path; completes a sentence that begins with the path. */
var stats = {
	"not-found": () => "does not exist",
	"broken-link": ({ target }) => `is a link to ${target}, which does not exist`,
	"not-searchable": () => "lies in a folder for which the workbench has no search permission",
	"circular-link": () => "is a link that leads in a circle",
	"stat-failed": ({ errno }) => `cannot be examined: ${errno}`,
	"not-a-file": () => "is not a file"
};
/** Why a handler's interpreter runs a script: completes "since …". */
var handlerReason = defineMessages({
	"no-shebang": "it has no shebang line",
	"byte-order-mark-first": "a byte order mark precedes its shebang line",
	"not-executable": "the file is not executable",
	"not-executable-no-shebang": "the file is not executable and has no shebang line",
	"not-executable-byte-order-mark": "the file is not executable and a byte order mark precedes its shebang line",
	"mode-needs-interpreter": ({ mode }) => `its mode is "${mode}"`
});
/** Why nothing is served at a path. */
var routeMessage = defineMessages({
	"not-a-path": "the target is not a path",
	"dot-segment": "the path has an empty or a dot segment",
	"not-found": ({ path }) => `${path} ${stats["not-found"]()}`,
	"broken-link": ({ path, target }) => `${path} ${stats["broken-link"]({ target })}`,
	"not-searchable": ({ path }) => `${path} ${stats["not-searchable"]()}`,
	"circular-link": ({ path }) => `${path} ${stats["circular-link"]()}`,
	"stat-failed": ({ path, errno }) => `${path} ${stats["stat-failed"]({ errno })}`,
	"not-a-file": ({ name }) => `${name} is neither a file nor a folder, and is not served`,
	"needs-slash": ({ path }) => `${path} is a folder, so its address ends in a slash`,
	"no-index": ({ path, names }) => `the folder ${path} has no index file: ${names.length === 0 ? "none is configured" : `looked for ${names.join(", ")}`}`,
	"path-below-file": ({ path }) => `${path} is a file, not a folder, so no path can lie below it`,
	"hidden-file": ({ name }) => `${name}: its name begins with a dot, and hidden files are never served`,
	"backup-file": ({ name }) => `${name}: it is a backup copy, and backup copies are never served`,
	"database-file": ({ name }) => `${name}: it is a database, and databases are never served`,
	"configuration-file": ({ name }) => `${name}: it is the workbench's configuration, which is never served`,
	"request-file": ({ name }) => `${name}: it holds requests or their variables, and is never served`,
	"password-file": ({ name }) => `${name}: it contains passwords and is never served`,
	"denied-by-route": ({ path, route }) => `${path}: the route ${route} denies it ("deny" in the configuration)`,
	"redirect-route": ({ route, location }) => `the route ${route} leads to ${location}`,
	"removed-meanwhile": ({ name }) => `${name}: it no longer exists`,
	"link-outside": ({ name, target }) => `${name}: it is a link that leads out of the folder, to ${target}; to allow it, list the target under "links" in the configuration`,
	"route-untrusted": ({ route }) => `the route ${route} leads elsewhere than to the folder's files, which waits until you trust the folder`,
	"handler-untrusted": ({ path }) => `the configuration names the program that runs ${path}, which waits until you trust the folder`,
	/** `problem`: a code of this table; `target` for "broken-link", `errno` for "stat-failed". */
	"routed-file-unusable": ({ route, file, ...stat }) => `the route ${route} names the file ${file}, which ${stats[stat.problem]({
		target: stat.target ?? "",
		errno: stat.errno ?? ""
	})}`,
	/** `program`: null when the configuration names none. */
	"interpreter-missing": ({ path, because, program }) => `${path} needs an interpreter, since ${because.text}; ${interpreterWords(program)}`,
	/** `why`: null when it is no script. */
	"action-unusable": ({ path, action, why }) => `the handler of ${path} passes it to the script ${action}; ${why === null ? `${action} is not a script` : why.text}`,
	/** `mode`: the only one in which it can be reached. */
	"external-only": ({ path, mode }) => `An external application responds at ${path}: a request can reach it only in the mode "${mode}".`,
	"no-agent": ({ path, mode }) => {
		const [runs, programs] = agentWords(modeTraits[mode].application);
		return `The mode "${mode}" runs ${runs}, and neither the first line nor the handler of ${path} names ${programs}. Choose the mode "cgi".`;
	},
	/** `extension`: of the scripts that the mode runs. */
	"mode-not-for-script": ({ path, mode, extension }) => `The mode "${mode}" runs ${extension} scripts, and ${path} is not one.`
});
function agentWords(application) {
	if (application === null) return ["Python, Perl and Ruby scripts", "python3, perl or ruby"];
	return application === "python" ? ["Python applications", "python3"] : ["Perl applications", "perl"];
}
function interpreterWords(program) {
	if (program === null) return "the configuration names none for its extension";
	return program.includes("/") ? `${program} does not exist or cannot be executed` : `${program} was not found along PATH`;
}
// server/doctor/rules/elsewhere/file-not-found/rule.ts
var rule$133 = {
	severity: "hint",
	title: "File not found",
	summary: "The path of the request leads to no file in this folder.",
	explanation: "No file in the document root has this path. One letter in the wrong case is enough, and so is a folder outside the document root. For a missing script Apache logs AH02811, and fcgiwrap responds 403.",
	reference: "RFC 3875 §3.2",
	logged: [
		{
			server: "Apache",
			message: "AH02811: stderr from S: script not found or unable to stat",
			response: "404 Not Found"
		},
		{
			server: "lighttpd",
			message: null,
			response: "404 Not Found"
		},
		{
			server: "nginx",
			message: null,
			response: "403 Forbidden"
		}
	],
	when: "inline",
	about: "no-script",
	check: ({ cause, request }) => {
		if (!cause || !routeMessage.is(cause, "not-found", "broken-link")) return null;
		if (/^\/(?:favicon\.ico|robots\.txt|apple-touch-icon|\.well-known\/)/.test(request.target)) return null;
		return { detail: `${cause.text}.` };
	}
};
// server/doctor/rules/elsewhere/folder-without-index/rule.ts
var rule$132 = {
	severity: "hint",
	title: "The URL leads to a folder",
	summary: "A folder has no page of its own unless it contains an index file.",
	explanation: "The path leads to a folder. If the folder has an index file, a server responds with it, after a redirect to the URL with a trailing slash. Apache does not run a folder as a script (AH02812).",
	reference: "RFC 3875 §3.2",
	logged: [
		{
			server: "Apache",
			message: "AH02812: stderr from S: attempt to invoke directory as script",
			response: "403 Forbidden"
		},
		{
			server: "lighttpd",
			message: null,
			response: "301 to the URL with a trailing slash"
		},
		{
			server: "fcgiwrap",
			message: null,
			response: "403 Forbidden"
		}
	],
	when: "inline",
	about: "no-script",
	check: ({ cause }) => cause && routeMessage.is(cause, "no-index", "needs-slash") ? { detail: `${cause.text}.` } : null
};
// server/doctor/rules/elsewhere/handler-used/rule.ts
var rule$131 = {
	severity: "hint",
	title: "Most servers would not run this script",
	summary: "The script ran here with the interpreter for its extension. Other servers need an execute bit and a `#!` line.",
	explanation: "CGI Workbench chooses the interpreter by the file's extension, so that a first script works at once. Apache, lighttpd and nginx execute the file itself. For them it needs its execute bit (`chmod +x`), and a first line that begins with `#!` and names the interpreter.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: Permission denied",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: null,
			response: "403 Forbidden"
		}
	],
	fixes: [
		"make-executable",
		"set-shebang",
		"remove-byte-order-mark"
	],
	when: "inline",
	check: ({ notes, route }) => notes.handlerBecause === null || traitsOf(route.mode)?.interpreter != null ? null : {
		title: `Most servers would not run this script: ${notes.handlerBecause.text}`,
		detail: "The script ran with the interpreter for its extension. Apache, lighttpd and nginx execute the file itself: it needs its execute bit and a first line that begins with `#!`.",
		line: 1,
		evidence: route.file === null ? [] : [{
			kind: "file",
			path: toDisplayText(route.file),
			line: 1
		}],
		fixes: fixesFor[notes.handlerBecause.code] ?? []
	}
};
/** By the code of `handlerReason`. */
var fixesFor = {
	"not-executable": ["make-executable"],
	"no-shebang": ["set-shebang"],
	"byte-order-mark-first": ["remove-byte-order-mark"],
	"not-executable-no-shebang": ["make-executable", "set-shebang"],
	"not-executable-byte-order-mark": ["make-executable", "remove-byte-order-mark"]
};
// server/doctor/rules/elsewhere/local-redirect-differs/rule.ts
var rule$130 = {
	severity: "hint",
	title: "nginx handles this local redirect differently",
	summary: "The server responded with the resource at that path, as RFC 3875 requires. nginx sends the browser there instead.",
	explanation: "`Location: /path` alone makes the server respond with the resource at that path, and the browser does not notice. Apache and lighttpd do so. nginx sends a 302 to the browser, so the URL in the address bar changes. In both cases a POST becomes a GET.",
	reference: "RFC 3875 §6.2.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK, the page at that path"
		},
		{
			server: "lighttpd",
			message: null,
			response: "302 Found to the client if the path is the script's own, otherwise the page at that path"
		},
		{
			server: "nginx",
			message: null,
			response: "302 Found to the client"
		}
	],
	when: "inline",
	check: (facts) => facts.script?.kind === "local-redirect" && facts.outcome === "ok" ? {
		detail: "nginx would respond 302, and the browser would send a second request.",
		stream: "stdout",
		range: fieldRange(facts, 0)
	} : null
};
// server/doctor/rules/elsewhere/nph-differs/rule.ts
var rule$129 = {
	severity: "hint",
	title: "Other servers parse the output of this nph- script",
	summary: "Only Apache and CGI Workbench pass the output of a script named `nph-…` to the client unparsed.",
	explanation: "The name begins with `nph-` (“no parsed headers”), so CGI Workbench and Apache pass the script's output to the client unchanged. lighttpd and nginx with fcgiwrap have no such rule, and parse the status line as a header. A script for every server writes CGI headers, with `Status:` where it needs one.",
	reference: "RFC 3875 §5",
	logged: [{
		server: "lighttpd",
		message: null,
		response: "the status that the script wrote"
	}, {
		server: "nginx",
		message: null,
		response: "200 OK: the status line is ignored"
	}],
	when: "inline",
	check: ({ script }) => script?.kind === "nph" ? {
		detail: "lighttpd and nginx with fcgiwrap parse its first line as a header. With a `Status` header the script works on every server.",
		line: 1
	} : null
};
// server/doctor/rules/elsewhere/request-not-served/rule.ts
var rule$128 = {
	severity: "error",
	title: "The server could not serve the request",
	summary: "The server, its configuration or another program caused the error, not the script.",
	explanation: "Something between the client and the script failed: a missing password file, an application with an invalid response, an error in the configuration. The finding says which.",
	reference: null,
	logged: [],
	when: "deferred",
	on: "fallback",
	withoutScript: true,
	check: (facts) => facts.outcome === "upstream-error" || isMisconfigured(facts) ? { detail: facts.cause?.text ?? rule$128.summary } : null
};
var isMisconfigured = ({ cause }) => cause !== null && routeMessage.is(cause, "interpreter-missing", "routed-file-unusable", "action-unusable");
// server/doctor/rules/elsewhere/source-sent/rule.ts
/** What Debian's Apache gives to PHP; and pages for its server-side includes. */
var run$1 = /\.(?:(?<php>ph(?:ar|p[3-8]?|tml?|ps))|(?<includes>shtml))$/i;
var rule$127 = {
	severity: "warning",
	title: "The client received the source of this file",
	summary: "The file has the extension of a program or of a page with server-side includes. The server sent it as it is, because nothing is set for this extension.",
	explanation: "Servers know what to run by a file's extension. Many run `.phtml` and `.phar` as PHP; here only `.php` is, until the configuration says more. Anyone can read a source that is sent, and the passwords in it. Add a handler to `cgi-workbench.json`, for example `\"handlers\": { \".phtml\": { \"mode\": \"php-cgi\" } }`.\n\nA `.shtml` page contains directives such as `<!--#include virtual=\"menu.html\" -->`, which Apache's mod_include and nginx's ssi module replace. CGI Workbench does not: the client receives the directives. Print the included part from a script instead.",
	reference: null,
	logged: [],
	when: "inline",
	about: "no-script",
	check: ({ route, response }) => {
		if (route.kind !== "static" || route.file === null || response?.status !== 200 && response?.status !== 206) return null;
		const found = run$1.exec(route.file);
		if (found === null) return null;
		const [extension] = found;
		return {
			detail: found.groups?.["php"] === void 0 ? "The file can contain server-side includes. The server sent them unchanged." : `Other servers run \`${extension}\` files as PHP. Add \`"${extension.toLowerCase()}": { "mode": "php-cgi" }\` to \`handlers\` in \`cgi-workbench.json\`.`,
			evidence: [{
				kind: "file",
				path: toDisplayText(route.file),
				line: 1
			}]
		};
	}
};
// server/doctor/rules/elsewhere/stderr-elsewhere/rule.ts
var rule$126 = {
	severity: "hint",
	title: "The script wrote to standard error",
	summary: "The response is fine. Visitors never see standard error, and servers log it in different places.",
	explanation: "Programs write warnings to standard error. Apache and nginx write it into their error logs (nginx in lines of 2 KiB), lighttpd only if `server.breakagelog` is set, and fcgiwrap passes it on only if started with `-f`. None of them records when it was written relative to the body. CGI Workbench shows both on one timeline.",
	reference: "RFC 3875 §6.1",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: TEXT",
			response: null
		},
		{
			server: "lighttpd",
			message: null,
			response: null
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"TEXT\"",
			response: null
		},
		{
			server: "fcgiwrap",
			message: null,
			response: null
		}
	],
	when: "inline",
	check: ({ outcome, stderr, script }) => outcome === "ok" && stderr && stderr.bytes > 0 && script !== null ? {
		detail: `The script wrote ${stderr.bytes} bytes in ${stderr.chunks.length} ${stderr.chunks.length === 1 ? "write" : "writes"}.`,
		stream: "stderr",
		range: [0, stderr.bytes]
	} : null
};
// server/doctor/evidence/process.ts
/** Signals that the system sends because of what the program itself did; all others come from outside. */
var crashSignals = /* @__PURE__ */ new Set([
	"SIGSEGV",
	"SIGBUS",
	"SIGABRT",
	"SIGILL",
	"SIGFPE",
	"SIGTRAP",
	"SIGSYS"
]);
/** The signal or the nonzero exit code; empty if the process succeeded. */
function processEvidence({ process }) {
	return process && endedBadly(process) ? [{
		kind: "process",
		exitCode: process.exitCode,
		signal: process.signal
	}] : [];
}
/** How a worker process ended. Its runner knows more than this trace: what it wrote during other requests, and when it restarts. */
var workerExit = ({ route, cause }) => traitsOf(route.mode)?.keepsProcesses ? cause?.text ?? null : null;
// server/doctor/evidence/stderr.ts
var lastLineBytes = 8192;
var matchBytes = 65536;
/** Indented, a version, the place in an interpreter's own code, a call: the end of a stack, not the error. */
var aside = /^(?:\s|Node\.js v\d|\[C\]|[\])}]+$|.* called at \S+ line \d+$)/;
/** The last line of stderr that is not blank; of several the last that is more than an aside. */
function lastStderrLine({ stderr, route }) {
	if (!stderr || stderr.captured === 0) return null;
	const from = Math.max(0, stderr.captured - lastLineBytes);
	const tail = fromBytes(stderr.read(from, lastLineBytes));
	const last = lineBefore(tail, tail.length);
	if (last === null) return null;
	let [start, end] = last;
	for (let line = last; line !== null; line = lineBefore(tail, line[0])) if (!aside.test(tail.slice(line[0], line[1]))) {
		[start, end] = line;
		break;
	}
	const text = toDisplayText(byteString(tail.slice(start, end))).trim();
	const line = route.file === null ? null : scriptLine(toDisplayText(tail), toDisplayText(route.file));
	return {
		text,
		range: [from + start, from + end],
		line
	};
}
/** The last line that is not blank, and ends before `before`. */
function lineBefore(text, before) {
	const end = text.slice(0, before).trimEnd().length;
	if (end === 0) return null;
	return [Math.max(text.lastIndexOf("\n", end - 1), text.lastIndexOf("\r", end - 1)) + 1, end];
}
/** " The last line on stderr: “…”", to append to a detail. */
var lastLineSentence = (line) => line === null ? "" : ` The last line on stderr: “${line.text}”`;
/** The last match within the last 64 KiB. */
function stderrMatch({ stderr, route }, pattern) {
	if (!stderr || stderr.captured === 0) return null;
	const from = Math.max(0, stderr.captured - matchBytes);
	const text = fromBytes(stderr.read(from, matchBytes));
	const match = [...text.matchAll(new RegExp(pattern, "g"))].at(-1);
	if (match === void 0) return null;
	const line = route.file === null ? null : scriptLine(text, route.file);
	return {
		groups: match.slice(1).map((group) => group ?? ""),
		location: {
			stream: "stderr",
			range: [from + match.index, from + match.index + match[0].length],
			line
		}
	};
}
/** The last line of `file` that the text names: Python's `File "x.py", line 3`, Perl's `at x.pl line 3.`, sh's `x.sh: 3:`, PHP's `in x.php on line 3`. */
function scriptLine(text, file) {
	const name = file.slice(file.lastIndexOf("/") + 1);
	let line = null;
	for (let at = text.indexOf(name); at >= 0 && name !== ""; at = text.indexOf(name, at + name.length)) {
		const number = /^(?:",? line | (?:on )?line |:(?: line)? ?)(\d{1,9})\b/.exec(text.slice(at + name.length, at + name.length + 24))?.[1];
		if (number !== void 0 && Number(number) > 0) line = Number(number);
	}
	return line;
}
// server/doctor/rules/end/crashed-after-header/rule.ts
var rule$125 = {
	severity: "warning",
	title: "A signal ended the script after its headers",
	summary: "The response may be truncated, and of the common servers only lighttpd logs it.",
	explanation: "A signal ended the script while it wrote the body: a fault in the program (`SIGSEGV`, `SIGABRT`), a limit, too little memory (`SIGKILL`), or a person. The server sent what the script had written, with the status from its headers. Whatever was still in the output buffer is lost. lighttpd logs the signal; Apache and nginx do not.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "lighttpd",
			message: "CGI pid n died with signal 11",
			response: "200 OK with a truncated body"
		},
		{
			server: "Apache",
			message: null,
			response: "200 OK with a truncated body"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK with a truncated body"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { process, script, outcome } = facts;
		if (!process || !script || script.kind === "invalid" || outcome === "timeout" || outcome === "client-gone" || outcome === "stopped") return null;
		if (process.signal === null || process.signal === "SIGPIPE") return null;
		const stderrLine = lastStderrLine(facts);
		return {
			title: `${process.signal} ended the script after its headers`,
			detail: `The server passed on what the script had written. The response is probably truncated.${lastLineSentence(stderrLine)}`,
			stream: stderrLine ? "stderr" : null,
			range: stderrLine?.range ?? null,
			line: stderrLine?.line ?? null,
			evidence: processEvidence(facts)
		};
	}
};
// server/http/exchange/messages.ts
var endWords = ({ exitCode, signal, appStatus }) => signal !== null ? `was ended by ${signal}` : exitCode !== null ? `ended with exit code ${exitCode}` : `ended the request with status ${appStatus}`;
var notCgi = (responder, problem) => `What the ${responder} wrote is not a CGI response: ${problem?.text ?? "its header could not be read."}`;
var seconds$1 = (ms) => `${ms / 1e3} s`;
var exchangeMessage = defineMessages({
	"no-output-written": ({ responder }) => `The ${responder} wrote nothing on stdout.`,
	"failed-without-output": ({ responder, ...end }) => `The ${responder} ${endWords(end)} and wrote nothing on stdout.`,
	/** `problem`: what is wrong with the head. */
	"not-a-cgi-response": ({ responder, problem }) => notCgi(responder, problem),
	"failed-in-header": ({ responder, problem, ...end }) => `The ${responder} ${endWords(end)}. ${notCgi(responder, problem)}`,
	"not-an-nph-response": ({ problem }) => problem?.text ?? "An NPH script begins with an HTTP status line.",
	"failed-after-header": ({ responder, ...end }) => `The ${responder} ${endWords(end)}, after its header.`,
	"body-too-short": ({ responder, missingBytes }) => `The ${responder} declared a Content-Length that is ${missingBytes} bytes more than it wrote, so the connection was cut.`,
	"total-timeout": ({ limitMs }) => `The request took longer than the total limit of ${seconds$1(limitMs)}.`,
	"silent-responder": ({ responder, limitMs }) => `The ${responder} wrote nothing and read nothing for ${seconds$1(limitMs)}.`,
	"silent-upload": ({ limitMs }) => `The client sent nothing of its request body for ${seconds$1(limitMs)}.`,
	"client-not-reading": ({ limitMs }) => `The client read nothing of the response for ${seconds$1(limitMs)}.`,
	"running-after-response": ({ responder, limitMs }) => `The response was complete, but the ${responder} kept running for ${seconds$1(limitMs)} after it and was stopped.`,
	"stopped-by-user": "Stopped by the user.",
	"server-stopped": "The server was stopped.",
	"client-gone": "The client closed the connection before it had the whole response.",
	"queue-full": "Too many scripts are running, and too many requests wait already (limits.concurrency and limits.queue in cgi-workbench.json).",
	"body-too-large": ({ limitBytes }) => `The request body is larger than the limit of ${limitBytes} bytes (limits.requestBodyBytes in cgi-workbench.json).`,
	/** `folder`: absolute. */
	"body-not-stored": ({ folder, errno }) => `${errno === "ENOSPC" || errno === "EDQUOT" ? `No space is left in ${folder}` : `${folder} cannot be written (${errno})`}. A large chunked request body is stored there before the script starts. Free some space, or start the workbench with another TMPDIR.`,
	"body-read-failed": ({ systemText }) => `The collected request body could not be read back: ${systemText}.`,
	"chunked-body-collected": ({ bytes }) => `The chunked request body was received whole (${bytes} bytes) before the script started, because the script needs CONTENT_LENGTH from its start.`,
	"too-many-local-redirects": ({ limit, location }) => `The request went through ${limit} local redirects and was sent on once more, to ${location}. That is probably a loop.`,
	"local-redirect-target-refused": ({ location, why }) => `The script redirected to ${location}, which cannot be served: ${why.text}`,
	"not-started": ({ why }) => `The script could not be started: ${why.text}`,
	"static-method": ({ method }) => `A static file accepts GET and HEAD, not ${method}.`,
	"static-forbidden": "The server has no permission to read the file.",
	"static-removed": "The file no longer exists.",
	"script-condition-failed": "A condition of the request does not hold for the script's response.",
	"static-condition-failed": "The file has changed: a condition of the request does not hold.",
	"static-range": "The file does not have the requested range of bytes.",
	"static-refused": "The file cannot be served.",
	"static-read-failed": ({ systemText }) => `The file could not be read to its end: ${systemText}.`,
	"internal-error": ({ systemText }) => `The workbench itself failed: ${systemText}`
});
// server/doctor/evidence/error-tail.ts
var tailBytes = 16384;
/** The end of what the script wrote; null if it wrote nothing there. */
function tailOf(facts, stream = "stderr") {
	const bytes = facts[stream];
	const { file } = facts.route;
	if (!bytes || bytes.captured === 0 || file === null) return null;
	const from = Math.max(0, bytes.captured - tailBytes);
	return {
		stream,
		text: fromBytes(bytes.read(from, tailBytes)),
		from,
		file: toDisplayText(file)
	};
}
function errorAt({ stream, text, from, file }, match, kind, message, line) {
	if (match?.index === void 0) return null;
	const end = match.index + match[0].length;
	return {
		kind,
		message: toDisplayText(byteString(message)).trim().slice(0, 300),
		stream,
		range: [from + match.index, from + end],
		line: line ?? scriptLine(toDisplayText(byteString(text.slice(0, end))), file)
	};
}
var last = (text, form) => [...text.matchAll(form)].at(-1);
// server/doctor/evidence/language-error.ts
/** The exception at the end of a traceback, or a syntax error, which has no traceback; or the traceback in the page of `cgitb`. */
var readPython = (facts) => pythonIn(tailOf(facts)) ?? pythonIn(tailOf(facts, "stdout"), "a description of an error in a Python program");
/** `after`: what must come before the traceback. */
function pythonIn(tail, after = "") {
	if (tail === null || !tail.text.includes(after)) return null;
	const syntax = last(tail.text, /^(SyntaxError|IndentationError|TabError): (.*)$/gm);
	const begins = tail.text.lastIndexOf("Traceback (most recent call last):");
	if (begins < 0 && syntax === void 0) return null;
	const thrown = last(tail.text, /^([A-Za-z_][\w.]*)(?:: (.*))?$/gm);
	const match = thrown?.index !== void 0 && begins >= 0 && thrown.index > begins ? thrown : syntax;
	return errorAt(tail, match, match?.[1] ?? "", match?.[2] ?? "");
}
function readRuby(facts) {
	const tail = tailOf(facts);
	if (tail === null) return null;
	const thrown = last(tail.text, /^(\S+):(\d+):in .*?: (.*) \(([A-Z]\w*(?:::\w+)*)\)$/gm);
	if (thrown) return errorAt(tail, thrown, thrown[4] ?? "", thrown[3] ?? "", scriptLine(tail.text, tail.file) ?? void 0);
	const syntax = last(tail.text, /^(\S+\.rb):(\d+): (syntax error.*)$/gm);
	return errorAt(tail, syntax, "SyntaxError", syntax?.[3] ?? "", Number(syntax?.[2]));
}
function readPhp(facts) {
	const tail = tailOf(facts);
	const match = tail === null ? void 0 : last(tail.text, /PHP ((?:Fatal|Parse|Recoverable fatal) error): +([^\n]*?) in ([^\n]+?)(?: on line |:)(\d+)/g);
	return tail === null ? null : errorAt(tail, match, match?.[1] ?? "", match?.[2] ?? "", Number(match?.[4]));
}
function readShell(facts) {
	const tail = tailOf(facts);
	const match = tail === null ? void 0 : last(tail.text, /^(\/\S+|\S*sh): (?:line )?(\d+): (.*)$/gm);
	if (match?.[1]?.includes("/") && !/sh$/.test(match[1]) && basename$1(match[1]) !== basename$1(tail?.file ?? "")) return null;
	return tail === null ? null : errorAt(tail, match, "", match?.[3] ?? "", Number(match?.[2]));
}
/** Other rules explain this Python exception. */
function hasOwnRule(error, { env }) {
	return isPython2(error) || isMissingModule(error) || /^Unicode(?:En|De)codeError$/.test(error.kind) || unsetVariable(error, env) !== null || relativePath(error) !== null || /^(?:SyntaxError|IndentationError|TabError|PermissionError)$/.test(error.kind);
}
var isMissingModule = ({ kind, message }) => /^(?:ModuleNotFoundError|ImportError)$/.test(kind) && message.startsWith("No module named");
var python2Modules = /^No module named '(?:urllib2|urlparse|StringIO|cStringIO|ConfigParser|Cookie|cookielib|httplib|BaseHTTPServer|HTMLParser|Queue|cPickle|commands)'/;
var python2Names = /^name '(?:raw_input|unicode|xrange|basestring|unichr|long|file|reduce)' is not defined/;
/** The errors of Python 3 for the most common features of Python 2. */
function isPython2({ kind, message }) {
	if (kind === "SyntaxError") return /^Missing parentheses in call to '(?:print|exec)'|^multiple exception types must be parenthesized|^leading zeros in decimal/.test(message);
	return kind === "ModuleNotFoundError" && python2Modules.test(message) || kind === "NameError" && python2Names.test(message);
}
/** The unset environment variable that the error is about; null for another error, or if the variable is set. */
function unsetVariable({ kind, message }, env) {
	const name = (kind === "KeyError" ? /^'([A-Z][A-Z0-9_]*)'$/ : /^([A-Za-z_]\w*): (?:parameter not set|unbound variable)$/).exec(message)?.[1];
	return name === void 0 || env?.some((variable) => variable.name === name) ? null : name;
}
/** The path, if the error is about a relative path that does not exist. */
function relativePath({ kind, message }) {
	return (kind === "FileNotFoundError" || kind === "" ? (kind === "FileNotFoundError" ? /No such file or directory: '([^/'][^']*)'$/ : /(?:cannot open |can't open )?'?([^/\s:'][^\s:']*)'?: No such file/).exec(message)?.[1] : void 0) ?? null;
}
/** "TypeError: unsupported operand", as the language prints it. */
function errorText({ kind, message }) {
	if (message === "") return kind;
	return message.startsWith(kind) ? message : `${kind}: ${message}`;
}
/** The finding about a language's error; by default its detail is the error itself. */
function errorOccurrence(facts, error, { title, detail } = {}) {
	const { outcome, response } = facts;
	const isFailure = hasNoResponse(facts) || outcome === "crashed" || (response?.status ?? 0) >= 500;
	return {
		...title === void 0 ? {} : { title },
		severity: isFailure ? "error" : "warning",
		detail: detail ?? `${errorText(error)}${error.line === null ? "" : `, on line ${error.line} of the script`}.`,
		stream: error.stream,
		range: error.range,
		line: error.line,
		evidence: [
			{
				kind: "quote",
				of: error.stream,
				text: errorText(error)
			},
			...facts.route.file === null || error.line === null ? [] : [{
				kind: "file",
				path: toDisplayText(facts.route.file),
				line: error.line
			}],
			...processEvidence(facts)
		]
	};
}
// server/doctor/evidence/perl-error.ts
/** CGI::Carp begins each line with the time and the script's name. */
var form$1 = /^(?:\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}\] \S+: )?(.*?) at (\S+) line (\d+)(?:, (?:near ".*|at EOF|<\w*> (?:line|chunk) \d+\.?))?[.,]?$/gm;
/** The calls that led there, as `confess` lists them. */
var call = /^\s| called$/;
/** What follows from an error in another file. */
var consequence = /^(?:Compilation failed in require|BEGIN failed--compilation aborted)/;
var warning = /^(?:Use of uninitialized value|Argument ".*" isn't numeric|Name ".*" used only once|Odd number of elements|Deep recursion on|Useless use of|Wide character in|Subroutine \S+ redefined|"my" variable|Possible |Statement unlikely|Unquoted string|print(?:f)? \(...\) interpreted|substr outside of string|Malformed UTF-8|.* is (?:deprecated|experimental)\b)/;
/** What Perl itself dies of. */
var death = /^(?:Can't |Undefined subroutine|Not an? .* reference|Illegal |Attempt to |Modification of |Unrecognized |Global symbol|syntax error|Bareword|Missing |Bad name|No such |panic|Out of memory|Operation not permitted)/;
function readPerl(facts) {
	const tail = tailOf(facts);
	if (tail === null) return null;
	const all = [...tail.text.matchAll(form$1)].filter(([, message = ""]) => !call.test(message) && !warning.test(message));
	const causes = all.filter(([, message = ""]) => !consequence.test(message));
	const match = causes.find(([, message = ""]) => /^(?:syntax error|Can't locate )/.test(message)) ?? causes.at(-1) ?? all[0];
	if (match === void 0 || isOnlyWarned(facts, match[1] ?? "")) return null;
	const ours = match[2]?.endsWith(tail.file.slice(tail.file.lastIndexOf("/") + 1)) === true;
	return errorAt(tail, match, match[1]?.startsWith("syntax error") === true ? "syntax error" : "", match[1] ?? "", ours ? Number(match[3]) : void 0);
}
/** `die` ends with the last error's number, else 255. After a response, 1 is an `exit 1`, and the message is from `warn`. */
var isOnlyWarned = (facts, message) => !hasNoResponse(facts) && facts.process?.exitCode === 1 && !death.test(message);
/** The file of `require "name.pl"` that is in no folder of @INC; null for modules. */
var missingFile = ({ message }) => /^Can't locate (\S+\.(?!pm\b)\w+) in @INC/.exec(message)?.[1] ?? /^do "(\S+)" failed, '\.' is no longer in @INC/.exec(message)?.[1] ?? null;
// server/doctor/evidence/other-languages.ts
var first = (text, form) => text.match(form) ?? void 0;
function readNode(facts) {
	const tail = tailOf(facts);
	if (tail === null || !/^Node\.js v\d|^ {4}at /m.test(tail.text)) return null;
	const match = first(tail.text, /^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception))(?: \[\w+\])?: (.*)$/m);
	const line = firstLine(tail.text, tail.file);
	return errorAt(tail, match, match?.[1] ?? "", match?.[2] ?? "", line ?? void 0);
}
function readLua(facts) {
	const tail = tailOf(facts);
	if (tail === null) return null;
	const match = first(tail.text, /^(?:\S*\/)?lua(?:jit)?[\d.]*: (?:\S+?:(\d+): )?(.*)$/m);
	const isOurs = match?.[0].includes(`${tail.file.slice(tail.file.lastIndexOf("/") + 1)}:`);
	return errorAt(tail, match, "", match?.[2] ?? "", isOurs ? Number(match?.[1]) : void 0);
}
function readTcl(facts) {
	const tail = tailOf(facts);
	if (tail === null) return null;
	const match = first(tail.text, /^(\S[^\n]*)(?=\n {4}(?:while executing|while compiling|invoked from within)$)/m);
	return errorAt(tail, match, "", match?.[1] ?? "", scriptLine(tail.text, tail.file) ?? void 0);
}
/** Octave alone says only “error: ”, as many programs do. */
function readOctave(facts) {
	const { shebang = null } = facts.file ?? {};
	const tail = tailOf(facts);
	if (tail === null || !/\/octave[^/]*$/.test(shebang?.searchedFor ?? shebang?.program ?? "")) return null;
	const match = first(tail.text, /^error: (.*)$/m);
	return errorAt(tail, match, "error", match?.[1] ?? "");
}
/** Stderr, or the page, holds an error of some language. */
var hasErrorText = (facts) => [
	readPython,
	readPerl,
	readRuby,
	readPhp,
	readShell,
	readNode,
	readLua,
	readTcl
].some((read) => read(facts) !== null) || readOctave(facts) !== null;
/** The line of the script that is named first: where the error was thrown. */
function firstLine(text, file) {
	const name = file.slice(file.lastIndexOf("/") + 1);
	for (let at = text.indexOf(`${name}:`); at >= 0; at = text.indexOf(`${name}:`, at + 1)) {
		const number = /^:(\d{1,9})\b/.exec(text.slice(at + name.length, at + name.length + 12))?.[1];
		if (number !== void 0) return Number(number);
	}
	return null;
}
// server/doctor/rules/end/ended-badly/rule.ts
var rule$124 = {
	severity: "warning",
	title: "The script failed after its headers",
	summary: "The server passed the response on, but the script's exit code is not 0.",
	explanation: "Every program ends with a number, its exit code, and 0 means success. This script had begun its response and then exited with another number. Neither browsers nor servers notice: the body was sent as far as it was written, with the status from the headers. Many programs end like this in ordinary use: `grep` when it finds nothing, others after an error page. So this is a hint, unless standard error reports an error, the body is empty, or it is shorter than its `Content-Length`. Then check whether the body is complete.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { process, script, outcome, cause } = facts;
		const status = cause && exchangeMessage.is(cause, "failed-after-header") ? cause.data?.["appStatus"] : null;
		if (cause && typeof status === "number") return {
			...severityFor(facts),
			title: "The application reported failure at the end of the request",
			detail: `${cause.text} Like an exit code, 0 means success. The server passed the response on; check whether it is complete.`,
			evidence: [{
				kind: "quote",
				of: "END_REQUEST",
				text: `application status ${status}`
			}]
		};
		if (!process || !script || script.kind === "invalid" || outcome === "timeout" || outcome === "client-gone" || outcome === "stopped") return null;
		if (process.signal !== null || (process.exitCode ?? 0) === 0) return null;
		const stderrLine = lastStderrLine(facts);
		return {
			...severityFor(facts),
			title: `The script ended with exit code ${process.exitCode} after its headers`,
			detail: `The server passed on what the script had written. Check whether the response is complete.${lastLineSentence(stderrLine)}`,
			stream: stderrLine ? "stderr" : null,
			range: stderrLine?.range ?? null,
			line: stderrLine?.line ?? null,
			evidence: processEvidence(facts)
		};
	}
};
/** No server reads the exit code, and a whole response with another one than 0 is ordinary. */
var severityFor = (facts) => isSuspect(facts) ? {} : { severity: "hint" };
function isSuspect(facts) {
	const length = declaredLength(facts);
	return hasErrorText(facts) || length !== null && length.declared > length.actual || hasEmptyBody(facts);
}
function hasEmptyBody(facts) {
	const { script, stdout, request } = facts;
	const end = blankLine(facts);
	if (script?.kind !== "document" || script.status === 204 || script.status === 304 || request.method === "HEAD") return false;
	return end !== null && stdout !== null && stdout.bytes <= end.to;
}
// server/doctor/evidence/record-location.ts
var headerBytes = 8;
/** Empty if the application sent nothing. */
function recordLocation({ fastcgi }) {
	if (fastcgi === null || fastcgi.received.bytes === 0) return [];
	const { received, records } = fastcgi;
	const endOf = ({ offset, contentLength, paddingLength }) => offset + headerBytes + contentLength + paddingLength;
	const complete = records.filter((record) => record.direction === "received" && endOf(record) <= received.bytes);
	const last = complete.at(-1);
	const from = last === void 0 ? 0 : endOf(last);
	const next = [...received.read(from, headerBytes)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
	return [{
		kind: "quote",
		of: "received from the application",
		text: `${last === void 0 ? "no complete record" : `record ${complete.length}, ${recordTypeName(last.type)} at 0x${last.offset.toString(16)}, is the last complete one`}; then ${next === "" ? `nothing after 0x${from.toString(16)}` : `${next} at 0x${from.toString(16)}`}`
	}];
}
// server/doctor/rules/end/fastcgi-died/rule.ts
var rule$123 = {
	severity: "error",
	title: "The FastCGI application ended in the middle of the request",
	summary: "The application closed the connection before its response was complete. It probably crashed.",
	explanation: "A FastCGI application ends each response with a record that marks it as complete. This application closed the connection before that: it crashed, was restarted, or reached a limit. Its own log has the reason. Another cause is a variable longer than 65,535 bytes, which must be split across records: `php-cgi` closes the connection then.",
	reference: "FastCGI §5.5",
	logged: [
		{
			server: "nginx",
			message: "upstream prematurely closed connection while reading response header from upstream",
			response: "502 Bad Gateway",
			unproved: true
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI request",
			response: "502 Bad Gateway",
			unproved: true
		},
		{
			server: "Apache",
			message: "AH01067: Failed to read FastCGI header",
			response: "503 Service Unavailable",
			unproved: true
		},
		{
			server: "lighttpd",
			message: "unexpected end-of-file (perhaps the fastcgi process died)",
			response: "502 Bad Gateway",
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { outcome, notes, cause } = facts;
		if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "died" || notes.failure === "EPIPE")) return null;
		const earlier = (facts.fastcgi?.notes ?? []).filter((note) => fastcgiNote.is(note, "kept-connection-closed", "refused-on-connection"));
		return {
			detail: [cause?.text ?? rule$123.summary, ...earlier.length > 0 ? ["This was not the first attempt.", ...earlier.map((note) => note.text)] : []].join(" "),
			evidence: [...notes.failure === "died" ? [] : [{
				kind: "errno",
				errno: notes.failure
			}], ...recordLocation(facts)]
		};
	}
};
// server/doctor/rules/end/output-held/rule.ts
var rule$122 = {
	severity: "warning",
	title: "A background process keeps the script's stdout open",
	summary: "The script started a process that has its output open, so servers wait for more of the body.",
	explanation: "A response ends when the script's standard output is closed. A process that the script started in the background has it open too, until that process exits, and servers keep the browser waiting. Redirect the output of background work, `command >/dev/null 2>&1 &`, or close standard output in it first.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK, and the connection waits"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, and the connection waits"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK, and the connection waits"
		}
	],
	when: "inline",
	check: ({ notes }) => notes.heldBy === null ? null : {
		detail: `The script exited, and 2 s later its stdout was still open${notes.heldBy.length > 0 ? ` (${notes.heldBy.join(", ")})` : ""}. The server ended the response then. Redirect the output of background work: \`command >/dev/null 2>&1 &\``,
		stream: "stdout"
	}
};
// server/doctor/rules/end/timeout/rule.ts
var rule$121 = {
	severity: "error",
	title: "The script took too long and was stopped",
	summary: "The script wrote nothing for longer than the server waits.",
	explanation: "A server waits only so long for a script, then stops it, so that a hung script does not hold a connection forever. Either the script computes or waits for something (a database, the network, a lock) longer than the limit, or it reads more from standard input than there is, or it never ends. The timing view shows what it did until then. If the work really takes that long, write output while it runs, or raise the limit.",
	reference: "RFC 3875 §6.1",
	logged: [
		{
			server: "Apache",
			message: "AH01220: Timeout waiting for output from CGI script S",
			response: "504 Gateway Timeout"
		},
		{
			server: "Apache",
			message: "Script timed out before returning headers: S",
			response: "504 Gateway Timeout"
		},
		{
			server: "lighttpd",
			message: "read timeout on CGI: S (pid: n)",
			response: "504 Gateway Timeout"
		},
		{
			server: "nginx",
			message: "upstream timed out (110: Connection timed out) while reading response header from upstream",
			response: "504 Gateway Time-out"
		}
	],
	when: "deferred",
	on: "failures",
	check: ({ outcome, cause, stdin, request, env, stdout, process, route, fastcgi }) => {
		if (outcome !== "timeout") return null;
		const promised = Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);
		if (process !== null && promised > request.body.bytes) return null;
		const waits = request.body.bytes > (stdin?.bytes ?? 0);
		const notAccepted = fastcgi?.notes.find((note) => fastcgiNote.is(note, "connection-not-accepted"));
		const deaf = notAccepted ? ` ${notAccepted.text} If it listens at its own address, add a route with that address.` : "";
		const { title, after } = wordsFor(route.mode, (stdout?.bytes ?? 0) > 0);
		return {
			title,
			detail: `${cause?.text ?? "The script wrote nothing within the limit."}${waits ? ` The script had received ${stdin?.bytes ?? 0} of ${request.body.bytes} bytes of the request body.` : ""}${after}${deaf} Change the limit in cgi-workbench.json under \`limits.silenceMs\`.`,
			evidence: [{
				kind: "quote",
				of: "stdout",
				text: `${stdout?.bytes ?? 0} bytes before the timeout`
			}]
		};
	}
};
/** A worker process outlives the request or is replaced after it. An external application is never stopped. */
function wordsFor(mode, hasBegun) {
	if (traitsOf(mode)?.isExternal) return {
		title: hasBegun ? "The application paused too long in the middle of its response" : "The application did not respond in time",
		after: " The server aborted the request (`FCGI_ABORT_REQUEST`) and closed the connection. The application keeps running and may still work on it. Read its log, and check whether all of its processes are busy."
	};
	if (traitsOf(mode)?.keepsProcesses) return {
		title: hasBegun ? "The application paused too long in the middle of its response" : "The application took too long",
		after: " The server told the process to abort the request (`FCGI_ABORT_REQUEST`) and replaces a process that does not."
	};
	return {
		title: hasBegun ? "The script paused too long in the middle of its response and was stopped" : rule$121.title,
		after: ""
	};
}
// server/doctor/rules/head/bad-status/rule.ts
var rule$120 = {
	severity: "error",
	title: "The Status header is not a valid status",
	summary: "`Status` must be three digits between 200 and 599, a space and a reason phrase.",
	explanation: "A script sets the HTTP status with the header `Status: 404 Not Found`. Its value must begin with three digits from 200 to 599, followed by a space and a reason phrase of your choice. This value does not, so the server has no status to send.",
	reference: "RFC 3875 §6.3.3",
	logged: [
		{
			server: "Apache",
			message: "Invalid status line from script 'S': abc",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "upstream sent invalid status \"abc\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "502 Bad Gateway"
		},
		{
			server: "Go",
			message: "cgi: bogus status: \"abc\"",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		const { script } = facts;
		if (!bad || !script || blankLine(facts) === null) return null;
		const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "status");
		const value = script.headers[index]?.[1];
		if (value === void 0 || /^[2-5]\d\d(?:[ \t]|$)/.test(value)) return null;
		return {
			detail: `${quoteBytes(value)} is not a valid status. Write three digits from 200 to 599, a space and a reason phrase, as in \`Status: 404 Not Found\`.`,
			stream: "stdout",
			range: fieldRange(facts, index),
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/head/byte-order-mark-in-output/rule.ts
var rule$119 = {
	severity: "error",
	title: "A byte order mark comes before the headers",
	summary: "The output begins with the bytes `ef bb bf`, an invisible mark that some editors write at the start of UTF-8 text.",
	explanation: "The output must begin with the name of the first header. Here three invisible bytes come first: a byte order mark, which an editor wrote at the start of the script or of a file that it prints. With it, the first line is not a valid header. Save the script and the files that it prints as “UTF-8 without BOM”. In Python write with `utf-8`, not `utf-8-sig`.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "AH02429: Response header name '\\xef\\xbb\\xbfContent-Type' contains invalid characters, aborting request",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, Content-Type is lost"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK, Content-Type is lost"
		}
	],
	fixes: ["remove-byte-order-mark"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (bad?.stopped.from !== 0 || !bad.head.startsWith("ï»¿")) return null;
		return {
			detail: "The output begins with `ef bb bf`, which cannot be part of a header.",
			stream: "stdout",
			range: rangeIn(bad.stdout, 0, 3)
		};
	}
};
// server/doctor/rules/head/caching-contradicts/rule.ts
var rule$118 = {
	severity: "warning",
	title: "The caching headers contradict each other",
	summary: "`Cache-Control`, `Expires` and `Pragma` give conflicting instructions.",
	explanation: "A cache follows the strictest instruction, or the newest header, so one of the two has no effect: the response is stored when it should not be, or never stored. `no-store` forbids storing it. `max-age` allows it for that many seconds. `private` allows only the user's own browser, `public` any cache. Keep one instruction.",
	reference: "RFC 9111 §5.2",
	logged: passedOnByAll,
	when: "inline",
	about: ["cache-control"],
	check: (facts) => {
		const fields = scriptFields(facts);
		const field = fields.find(({ key }) => key === "cache-control");
		if (!field) return null;
		const directives = new Map(fields.flatMap(({ key, value }) => key === "cache-control" ? value.toLowerCase().split(",") : []).map((part) => {
			const [name = "", value = ""] = part.trim().split("=");
			return [name, value.replaceAll("\"", "")];
		}));
		const keeps = Number(directives.get("max-age") ?? 0) > 0;
		const expires = fields.find(({ key }) => key === "expires");
		const pragma = fields.find(({ key, value }) => key === "pragma" && value.toLowerCase() === "no-cache");
		const isPragma = "`Pragma` is `no-cache`, and `Cache-Control` allows storing the response. Caches follow `Cache-Control`";
		const why = directives.has("public") && directives.has("private") ? "`public` and `private` exclude each other" : directives.has("no-store") && keeps ? `\`no-store\` forbids storing the response, and \`max-age=${directives.get("max-age") ?? ""}\` allows it` : directives.has("no-store") && directives.has("public") ? "`no-store` forbids storing the response, and `public` allows it for any cache" : directives.has("max-age") && !/^\d+$/.test(directives.get("max-age") ?? "") ? "`max-age` is not a number of seconds" : directives.has("no-store") && expires !== void 0 && Date.parse(expires.value) > Date.now() + 6e4 ? "`Expires` is in the future, and `no-store` forbids storing the response" : keeps && pragma !== void 0 ? isPragma : null;
		if (why === null) return null;
		return {
			...why === isPragma ? { severity: "hint" } : {},
			detail: `${why}.`,
			...fieldLocation(facts, field)
		};
	}
};
// server/doctor/rules/head/carriage-return-doubled/rule.ts
var rule$117 = {
	severity: "error",
	title: "Lines end in two carriage returns",
	summary: "The lines of the headers end in CR CR LF: the line endings were converted twice.",
	explanation: "The script writes `\\r\\n` itself, and then the language or the system converts each `\\n` to `\\r\\n` again. This happens when standard output is in text mode, mostly on Windows. It damages images and archives too. Write `\\n` alone, or set standard output to binary mode: `binmode(STDOUT)` in Perl, `sys.stdout.buffer` in Python, `_setmode(1, _O_BINARY)` in C.",
	reference: "RFC 3875 §7.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK, passed on with these line endings"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with the whole output as the body, or 500 Internal Server Error"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK, passed on with these line endings"
		}
	],
	fixes: ["binary-output"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		const twice = bad?.head.indexOf("\r\r\n", bad.stopped.from) ?? -1;
		if (!bad || twice < 0 || twice > bad.stopped.to) return null;
		return {
			detail: "The line ends in `0d 0d 0a` instead of `0a` or `0d 0a`. Standard output is in text mode; set it to binary mode.",
			stream: "stdout",
			range: rangeIn(bad.stdout, twice, twice + 3)
		};
	}
};
// server/doctor/rules/head/carriage-return-only/rule.ts
var rule$116 = {
	severity: "error",
	title: "Lines end in a carriage return alone",
	summary: "The lines of the headers end in CR without LF, so all of it is one line.",
	explanation: "A line ends in LF (`\\n`) or CRLF (`\\r\\n`). Here a carriage return is alone, as on Macs before 2001, so the server sees one endless line and no blank line. Write `\\n`. Within a value a carriage return is damage: remove Windows line endings from text before you put it into a header.",
	reference: "RFC 3875 §7.2",
	logged: [
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with the whole output as the body, or 500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (!bad) return null;
		const alone = bad.stopped.text.indexOf("\r");
		if (alone < 0 || !/^[\w-]+:/.test(bad.stopped.text) || bad.head.startsWith("\r\r\n", bad.stopped.from + alone)) return null;
		return {
			detail: "The line has a carriage return (`0d`) where a line feed (`0a`) is expected.",
			stream: "stdout",
			range: rangeIn(bad.stdout, bad.stopped.from + alone, bad.stopped.from + alone + 1)
		};
	}
};
// server/doctor/rules/head/cgi-field-missing/rule.ts
var rule$115 = {
	severity: "error",
	title: "The headers lack all three that CGI requires",
	summary: "One of `Content-Type`, `Location` and `Status` must be present. These headers have only others.",
	explanation: "A CGI response must have at least one of three headers: `Content-Type` for a body, `Location` for a redirect, `Status` for any other response. This response has only others, so its type is unknown: browsers guess from the first bytes, and Go's server responds 500, as CGI Workbench does where its policy says so. Add `Content-Type`.",
	reference: "RFC 3875 §6.3",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK without Content-Type"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK without Content-Type"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK without Content-Type"
		},
		{
			server: "Go",
			message: "cgi: missing required Content-Type in headers",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	fixes: ["add-content-type"],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const { script, stdout } = facts;
		const end = blankLine(facts);
		if (!script || !stdout || script.kind === "nph" || script.headers.length === 0 || end === null) return null;
		if (script.headers.some(([name]) => /^(?:content-type|location|status)$/i.test(name))) return null;
		return {
			severity: hasNoResponse(facts) ? "error" : "warning",
			detail: `The headers are ${script.headers.map(([name]) => name).slice(0, 5).join(", ")}. Add \`Content-Type\`, \`Location\` or \`Status\`.`,
			stream: "stdout",
			range: rangeIn(stdout, 0, end.from),
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/head/charset-missing/rule.ts
var rule$114 = {
	severity: "hint",
	title: "The page does not declare its encoding",
	summary: "The page has non-ASCII characters, and neither `Content-Type` nor the page declares an encoding, so the browser guesses.",
	explanation: "Bytes have no meaning by themselves: “ü” is `c3 bc` in UTF-8 and `fc` in Latin-1. If neither `Content-Type` nor a `<meta>` declares the encoding, browsers assume windows-1252 or guess from the user's language. UTF-8 then appears as “Ã¼”. Write UTF-8, and declare it: `Content-Type: text/html; charset=utf-8`.",
	reference: "RFC 9110 §8.3.2",
	logged: passedOnByAll,
	fixes: ["declare-charset"],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		if (page === null || page.browser.from !== "default") return null;
		const misread = findBodyProblem(page, "utf-8-misread");
		const problem = misread ?? findBodyProblem(page, "no-charset");
		if (problem === null) return null;
		return {
			title: misread === null ? rule$114.title : "The page is UTF-8 but does not declare it",
			severity: misread === null ? "hint" : "warning",
			detail: misread === null ? "The page has non-ASCII characters, and browsers assume windows-1252. Write UTF-8, and declare `charset=utf-8` in `Content-Type`." : `Browsers assume windows-1252.${exampleSentence(misread)} Add \`charset=utf-8\` to \`Content-Type\`.`,
			...problemLocation(page, problem),
			...misread === null && { fixes: [] }
		};
	}
};
// server/doctor/rules/head/charset-unknown/rule.ts
var rule$113 = {
	severity: "warning",
	title: "Content-Type names an encoding that browsers do not know",
	summary: "Browsers do not know the charset in `Content-Type`, so they ignore it.",
	explanation: "Encodings have registered names: `utf-8`, `iso-8859-1`, `windows-1252`. Names from databases (`utf8mb4`) or programming languages (`utf_8`; but `UTF8` is known) mean nothing to a browser, which then guesses. Write `charset=utf-8`.",
	reference: "Encoding Standard §4.2",
	logged: passedOnByAll,
	fixes: ["declare-charset"],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const page = pageEncoding(facts);
		const field = scriptFields(facts).findLast(({ key }) => key === "content-type");
		if (page === null || field === void 0 || findBodyProblem(page, "unknown-charset") === null) return null;
		return {
			detail: `Browsers do not know “${page.browser.header?.name ?? ""}” and use ${page.browser.encoding} instead.`,
			...fieldLocation(facts, field)
		};
	}
};
// server/doctor/rules/head/connection-field/rule.ts
var names$1 = [
	"connection",
	"keep-alive",
	"proxy-connection",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade"
];
var rule$112 = {
	severity: "hint",
	title: "The script sets a header that belongs to the server",
	summary: "`Transfer-Encoding`, `Connection` and similar headers describe the connection, which the server controls.",
	explanation: "The server decides how bytes travel between server and browser: in chunks or not, on a kept-alive connection or not. A script that sets `Transfer-Encoding: chunked` promises an encoding that it does not write, or it chunks its output a second time, and the reader sees numbers in the page. Write only the bytes of the body; the server does the rest. CGI Workbench drops such headers.",
	reference: "RFC 3875 §6.3.4, RFC 9110 §7.6.1",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK with chunks within chunks"
		},
		{
			server: "Apache",
			message: "AH10501: script sent Transfer-Encoding",
			response: "502 Bad Gateway, in versions after 2.4",
			unproved: true
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with the chunks decoded"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK with chunks within chunks"
		},
		{
			server: "nginx",
			message: "upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time",
			response: "502 Bad Gateway, when the script sends both",
			unproved: true
		}
	],
	fixes: ["remove-field"],
	when: "inline",
	about: names$1,
	check: (facts) => {
		return scriptFields(facts).filter(({ key }) => names$1.includes(key)).map((field) => ({
			title: `The script sets ${field.name}, a header that belongs to the server`,
			severity: field.key === "transfer-encoding" ? "warning" : "hint",
			detail: `\`${field.name}\` describes the connection between server and client, so CGI Workbench dropped it.${isInChunks(facts) ? " The body is chunked, and the chunk sizes are now part of it. Print the body without chunks." : ""}`,
			...isInChunks(facts) && { fixes: [] },
			...fieldLocation(facts, field)
		}));
	}
};
/** Whether the body begins like the chunked coding: a size in hexadecimal digits on a line of its own. */
function isInChunks(facts) {
	const from = blankLine(facts)?.to;
	return from !== void 0 && facts.stdout !== null && /^[0-9a-f]{1,8}\r\n/i.test(fromBytes(facts.stdout.read(from, 10)));
}
// server/doctor/rules/head/content-type-missing/rule.ts
var rule$111 = {
	severity: "warning",
	title: "The response has no Content-Type",
	summary: "The response has a body but does not declare its type, so the browser guesses.",
	explanation: "`Content-Type` declares what the body is: `text/html`, `image/png`, `application/json`. Without it a browser guesses from the first bytes. It may guess wrong, or differently from the next browser. Go's server refuses such a response.",
	reference: "RFC 3875 §6.2.1",
	logged: [
		{
			server: "Go",
			message: "cgi: missing required Content-Type in headers",
			response: "500 Internal Server Error",
			unproved: true
		},
		{
			server: "Apache",
			message: null,
			response: "200 OK without Content-Type"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK without Content-Type"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK without Content-Type"
		}
	],
	fixes: ["add-content-type"],
	when: "inline",
	check: (facts) => {
		const { script, stdout } = facts;
		if (script?.kind !== "document" || script.status === 204 || script.status === 304 || !stdout) return null;
		if (facts.request.method === "HEAD" || script.headers.some(([name, value]) => name.length === 12 && value !== "" && name.toLowerCase() === "content-type")) return null;
		if (!script.headers.some(([name]) => /^(?:location|status)$/i.test(name))) return null;
		const end = blankLine(facts);
		if (end === null || stdout.bytes <= end.to) return null;
		return {
			detail: "Add a header such as `Content-Type: text/html; charset=utf-8`.",
			stream: "stdout",
			range: rangeIn(stdout, 0, end.from)
		};
	}
};
// server/doctor/evidence/http-date.ts
var day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
var longDay = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day";
var month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
var time = "\\d{2}:\\d{2}:\\d{2}";
var forms = [
	new RegExp(`^${day}, \\d{2} ${month} \\d{4} ${time} GMT$`),
	new RegExp(`^${longDay}, \\d{2}-${month}-\\d{2} ${time} GMT$`),
	new RegExp(`^${day} ${month} [\\d ]\\d ${time} \\d{4}$`)
];
/** Why the value is not an HTTP date, as the end of a sentence; null if it is one. */
function httpDateProblem(value) {
	if (!forms.some((form) => form.test(value))) {
		if (/[+-]\d{4}$/.test(value)) return "it has a time zone, but HTTP dates are in GMT";
		if (/^\d+$/.test(value)) return "it is a number";
		if (/^\d{4}-\d{2}-\d{2}/.test(value)) return "it has the ISO 8601 form";
		return Number.isNaN(Date.parse(value)) ? "it is not a date" : "it does not have the form of an HTTP date";
	}
	const ms = Date.parse(value.replace(/^(\w+ \w+ +\d+ [\d:]+ \d{4})$/, "$1 GMT"));
	if (Number.isNaN(ms)) return "this day or time does not exist";
	const weekday = [
		"Sun",
		"Mon",
		"Tue",
		"Wed",
		"Thu",
		"Fri",
		"Sat"
	][new Date(ms).getUTCDay()] ?? "";
	return value.startsWith(weekday) ? null : `this day is a ${weekday}`;
}
// server/doctor/evidence/set-cookie.ts
function readSetCookie(text) {
	const [pair = "", ...rest] = text.split(";");
	const attributes = new Map(rest.map((part) => {
		const equals = part.indexOf("=");
		return equals < 0 ? [part.trim().toLowerCase(), ""] : [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()];
	}));
	const equals = pair.indexOf("=");
	return {
		name: equals < 0 ? null : pair.slice(0, equals).trim(),
		value: pair.slice(equals + 1).trim(),
		attributes
	};
}
/** Browsers accept the four parts of a cookie's date in any order. */
function isCookieDate(value) {
	const parts = value.split(/[\t -/;-@[-`{-~]+/);
	return parts.some((part) => /^\d{1,2}:\d{1,2}:\d{1,2}(?:\D|$)/.test(part)) && parts.some((part) => new RegExp(`^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)`, "i").test(part)) && parts.some((part) => /^\d{1,2}(?:\D|$)/.test(part)) && parts.some((part) => /^(?:\d{4}|\d{2})(?:\D|$)/.test(part));
}
/**
* A fixed date of years ago. Not the first day of a year, which is how scripts write a date that has passed for certain;
* and none of the last years, which may be the result of “a year ago”.
*/
function isLongPast(value) {
	const parts = value.split(/[\t -/;-@[-`{-~]+/);
	const year = parts.map((part) => /^(?:\d{4}|\d{2})$/.exec(part)?.[0] ?? "").findLast((part) => part !== "") ?? "";
	const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) >= 70 ? 1900 : 2e3);
	return !(/^0?1$/.test(parts.find((part) => /^\d{1,2}$/.test(part)) ?? "") && /\bJan/i.test(value)) && full > 1970 && full < 2020;
}
// server/doctor/rules/head/cookie-expired/rule.ts
/** What scripts write to delete a cookie: a value that is none. The date is then meant. */
var none$1 = /^"?(?:deleted?|expired?|none|null|nil|undefined|logged-?out|logout|[-0xX]?)"?$/i;
function isForgotten({ value, attributes }) {
	const expires = attributes.get("expires");
	return expires !== void 0 && !attributes.has("max-age") && !none$1.test(value) && isCookieDate(expires) && isLongPast(expires);
}
var rule$110 = {
	severity: "hint",
	title: "A cookie's date lies in the past",
	summary: "Browsers do not store a cookie whose `Expires` has passed. They delete one of this name that they have.",
	explanation: "`Expires` says until when a browser keeps a cookie. With a date in the past the browser deletes the cookie at once, and the script never gets it back. That is the way to delete a cookie. In old scripts the date is often a fixed one that was far in the future once: `31-Dec-99`. Compute it from the current time, or use `Max-Age` with a number of seconds.",
	reference: "RFC 6265 §5.3",
	logged: passedOnByAll,
	when: "inline",
	about: ["set-cookie"],
	check: (facts) => scriptFields(facts).flatMap((field) => field.key === "set-cookie" && isForgotten(readSetCookie(field.value)) ? [{
		detail: `${quoteBytes(field.value)}: this date has passed, so browsers do not store the cookie. If it is not meant to be deleted, compute the date, or use \`Max-Age\`.`,
		...fieldLocation(facts, field)
	}] : [])
};
// server/doctor/rules/head/cookie-malformed/rule.ts
function whyMalformed({ name, value, attributes }) {
	if (name === null) return "“=” is missing between name and value";
	if (name === "") return "the name is empty";
	if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return "the name has a character that is not allowed";
	if (/[\x80-\xff]/.test(value)) return "the value has non-ASCII letters; percent-encode it";
	if (/,\s*[\w-]+=/.test(value) || [...attributes].some(([key, text]) => key !== "expires" && /,\s*[\w-]+=/.test(text))) return "a comma seems to join two cookies; each needs its own `Set-Cookie` header";
	if (/[\s,\\]|.".|^"[^"]*$/.test(value.replace(/^"(.*)"$/, "$1"))) return "the value has a space, comma, quote or backslash; percent-encode it";
	const expires = attributes.get("expires");
	if (expires !== void 0 && !isCookieDate(expires)) return "`Expires` is not a valid date, so the cookie lasts only for the browser session";
	const age = attributes.get("max-age");
	return age !== void 0 && !/^-?\d+$/.test(age) ? "`Max-Age` is not a number of seconds, so browsers ignore it" : null;
}
var rule$109 = {
	severity: "warning",
	title: "A cookie is malformed",
	summary: "A cookie's name or value has a character that is not allowed, or its date is not valid.",
	explanation: "A cookie is `name=value`, followed by attributes that are separated by semicolons. A name has letters, digits and a few signs. A value must not have spaces, commas, quotes, backslashes or non-ASCII letters: browsers cut them off, or send them back in different ways. Percent-encode the value, or use base64. Each cookie needs its own `Set-Cookie` header; commas cannot join them.",
	reference: "RFC 6265 §4.1",
	logged: passedOnByAll,
	when: "inline",
	about: ["set-cookie"],
	check: (facts) => {
		return scriptFields(facts).flatMap((field) => {
			if (field.key !== "set-cookie") return [];
			const why = whyMalformed(readSetCookie(field.value));
			return why === null ? [] : [{
				detail: `${quoteBytes(field.value)}: ${why}.`,
				...fieldLocation(facts, field)
			}];
		});
	}
};
// server/doctor/rules/head/cookie-refused/rule.ts
function whyRefused({ name, value, attributes }, host) {
	const size = (name ?? "").length + value.length;
	if (size > 4096) return `name and value have ${size} bytes, and browsers accept 4096`;
	const isSecure = attributes.has("secure");
	if (attributes.get("samesite")?.toLowerCase() === "none" && !isSecure) return "`SameSite=None` needs `Secure`";
	if (attributes.has("partitioned") && !isSecure) return "`Partitioned` needs `Secure`";
	const prefix = /^__(secure|host)-/i.exec(name ?? "")?.[1]?.toLowerCase();
	if (prefix !== void 0 && !isSecure) return "its name needs `Secure`";
	if (prefix === "host" && (attributes.get("path") !== "/" || attributes.has("domain"))) return "a name that begins with `__Host-` needs `Path=/` and no `Domain`";
	const domain = attributes.get("domain")?.replace(/^\./, "").toLowerCase() ?? "";
	if (domain === "" || host === "" || host === domain) return null;
	return /^[\d.]+$|:/.test(host) || !host.endsWith(`.${domain}`) ? `its \`Domain\` is ${domain}, and the host of the URL is ${host}` : null;
}
var rule$108 = {
	severity: "warning",
	title: "Browsers will refuse this cookie",
	summary: "The cookie's attributes contradict each other or the URL, so browsers drop it without an error.",
	explanation: "Browsers refuse some cookies silently, and the script gets no cookie in the next request. `SameSite=None` needs `Secure`. A name that begins with `__Secure-` needs `Secure`; one that begins with `__Host-` needs `Secure`, `Path=/` and no `Domain`. `Domain` must be the host of the URL or a parent domain of it. Name and value together can have at most 4096 bytes.",
	reference: "RFC 6265 §5.3, RFC 6265bis §5.7",
	logged: passedOnByAll,
	when: "inline",
	about: ["set-cookie"],
	check: (facts) => {
		const cookies = scriptFields(facts).filter(({ key }) => key === "set-cookie");
		if (cookies.length === 0) return null;
		const host = (facts.request.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "").replace(/:\d*$/, "").toLowerCase();
		return cookies.flatMap((field) => {
			const why = whyRefused(readSetCookie(field.value), host);
			return why === null ? [] : [{
				detail: `${quoteBytes(field.value)}: ${why}.`,
				...fieldLocation(facts, field)
			}];
		});
	}
};
// server/doctor/rules/head/date-invalid/rule.ts
var rule$107 = {
	severity: "warning",
	title: "A date in the headers is not an HTTP date",
	summary: "A date in a header has one form: `Sun, 06 Nov 1994 08:49:37 GMT`.",
	explanation: "Clients ignore a date that they cannot parse: `Expires` then means “already stale”, and `Last-Modified` is lost. The form is always the same: weekday, day with two digits, month in English, year, time in GMT. In Python: `email.utils.formatdate(usegmt=True)`. In Perl: `HTTP::Date::time2str`. In PHP: `gmdate(\"D, d M Y H:i:s\") . \" GMT\"`. In a shell: `LC_ALL=C date -u \"+%a, %d %b %Y %H:%M:%S GMT\"`.",
	reference: "RFC 9110 §5.6.7",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK without the header"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, passed on"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK, passed on"
		}
	],
	when: "inline",
	about: [
		"last-modified",
		"expires",
		"sunset"
	],
	check: (facts) => {
		return scriptFields(facts).flatMap((field) => {
			if (field.key !== "last-modified" && field.key !== "expires" && field.key !== "sunset") return [];
			if (field.key === "expires" && /^-?\d{1,2}$/.test(field.value)) return [];
			const why = httpDateProblem(field.value);
			const isReadable = !Number.isNaN(Date.parse(field.value));
			return why === null ? [] : [{
				severity: isReadable ? "hint" : rule$107.severity,
				title: `${field.name} is not an HTTP date`,
				detail: `${quoteBytes(field.value)}: ${why}.`,
				...fieldLocation(facts, field)
			}];
		});
	}
};
// server/doctor/rules/head/empty-line-first/rule.ts
var rule$106 = {
	severity: "error",
	title: "A blank line comes before the headers",
	summary: "The first line is blank, which ends the headers before they begin. The headers become part of the body.",
	explanation: "A blank line ends the headers. If it comes first, there are no headers, and everything after it, including the intended headers, is the body. A `print` without arguments, a line break before the first header, or a blank line before `<?php` causes this.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK with the headers in the body"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with the headers in the body"
		},
		{
			server: "fcgiwrap",
			message: "An error occurred while parsing CGI reply",
			response: "502 Bad Gateway"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (!bad || (facts.script?.headers.length ?? 0) > 0 || !/^\r?\n/.test(bad.head)) return null;
		return {
			detail: "The output begins with a blank line, so it has no headers, and everything after it is the body. Print the headers first.",
			stream: "stdout",
			range: rangeIn(bad.stdout, 0, bad.head.indexOf("\n") + 1),
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/head/empty-line-missing/rule.ts
var rule$105 = {
	severity: "error",
	title: "The blank line after the headers is missing",
	summary: "A blank line must follow the headers. Here the body follows directly, or nothing.",
	explanation: "A CGI response is the headers, a blank line, and the body. The blank line marks the end of the headers. Here it is missing, so the server parses the body as more headers, or waits for more.\n\nUsually one line break is missing. In Python, `print(\"Content-Type: text/html\")` ends the header, and a second `print()` writes the blank line. In Perl and C it is `\\n\\n` after the last header.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "malformed header from script 'S': Bad header: TEXT",
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "Premature end of script headers: S",
			response: "500 Internal Server Error, in versions before 2.4",
			unproved: true
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with the headers in the body, or 500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway"
		},
		{
			server: "Go",
			message: "cgi: no headers",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	fixes: ["add-empty-line"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (!bad || (facts.script?.headers.length ?? 0) === 0 || hasOwnRule$1(bad.stopped.text) || blankLine(facts) !== null) return null;
		const atEnd = bad.stopped.from >= bad.stdout.captured;
		if (atEnd && processEvidence(facts).length > 0) return null;
		if (!atEnd && (cgiFieldAfter(bad.head, bad.stopped.to) !== null || !isNotHeader(bad.stopped.text))) return null;
		return {
			detail: atEnd ? "The output ended after the last header. Print a blank line there, then the body." : `${quoteBytes(bad.stopped.text)} comes straight after the headers. Print a blank line first.`,
			stream: "stdout",
			range: atEnd ? rangeIn(bad.stdout, bad.stdout.bytes - 1, bad.stdout.bytes) : rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/head/field-repeated/rule.ts
var single = /* @__PURE__ */ new Set([
	"access-control-allow-origin",
	"age",
	"content-disposition",
	"content-length",
	"content-location",
	"content-range",
	"content-type",
	"etag",
	"expires",
	"last-modified",
	"location",
	"retry-after",
	"status",
	"strict-transport-security",
	"x-frame-options"
]);
var rule$104 = {
	severity: "warning",
	title: "A header is repeated",
	summary: "HTTP allows this header once. Servers and clients disagree on which one counts.",
	explanation: "Some headers can be repeated (`Set-Cookie`, `Vary`). Others have a single value and must appear once. With two, Apache and nginx use the last, lighttpd sends both, and browsers differ. Often a library writes the header too: find out what else prints one.",
	reference: "RFC 9110 §5.3, RFC 3875 §6.3",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK with the last value"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with both values"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK with the last value"
		}
	],
	when: "inline",
	check: (facts) => {
		const fields = scriptFields(facts);
		if (fields.length < 2) return null;
		const seen = /* @__PURE__ */ new Set();
		return fields.filter(({ key }) => single.has(key) && (seen.has(key) || !seen.add(key))).map((field) => {
			const values = fields.filter(({ key }) => key === field.key).map(({ value }) => value);
			const count = values.length;
			return {
				severity: values.every((value) => value === field.value) ? "hint" : rule$104.severity,
				title: `${field.name} appears ${count === 2 ? "twice" : `${count} times`}`,
				detail: `Print \`${field.name}\` once. CGI Workbench uses the last value, ${field.value === "" ? "which is empty" : quoteBytes(field.value)}.`,
				...fieldLocation(facts, field)
			};
		});
	}
};
// server/doctor/rules/head/header-folded/rule.ts
var rule$103 = {
	severity: "error",
	title: "A header continues on the next line",
	summary: "A line of the headers begins with a space or a tab, as if it continued the previous one.",
	explanation: "E-mail allows a long header to continue on the next line, which then begins with a space. CGI does not: each header is one line. Often a value contains an unnoticed line break: text from a form, a wrapped cookie, a base64 value broken after 76 characters. Write the value on one line.",
	reference: "RFC 3875 §6.3",
	logged: [
		{
			server: "Apache",
			message: "malformed header from script 'S': Bad header:  b",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, the continuation is dropped"
		},
		{
			server: "nginx",
			message: "upstream sent invalid header: \"\\x20...\"",
			response: "502 Bad Gateway"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (!bad || bad.stopped.from === 0 || !/^[ \t]+\S/.test(bad.stopped.text)) return null;
		return {
			detail: `${quoteBytes(bad.stopped.text)} begins with white space. Append it to the previous line.`,
			stream: "stdout",
			range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to)
		};
	}
};
// server/doctor/rules/head/header-large/rule.ts
var rule$102 = {
	severity: "warning",
	title: "Other servers would refuse headers of this size",
	summary: "The headers are larger than nginx or Go accept.",
	explanation: "Every server limits the size of the headers: nginx to 4 or 8 KiB in total (`fastcgi_buffer_size`), Apache to 8 KiB per line, Go to 1 KiB per line. These headers are within the limit here, but not there. Large cookies and long lists of cache tags are the usual causes.",
	reference: "RFC 3875 §8.1",
	logged: [{
		server: "nginx",
		message: "upstream sent too big header while reading response header from upstream",
		response: "502 Bad Gateway"
	}, {
		server: "Go",
		message: "cgi: long header line from subprocess.",
		response: "500 Internal Server Error",
		unproved: true
	}],
	when: "inline",
	check: (facts) => {
		const { script, stdout } = facts;
		const end = blankLine(facts)?.to ?? 0;
		if (end <= 4096 || !script || script.kind === "invalid" || !stdout) return null;
		return {
			detail: `The headers have ${end} bytes. nginx accepts 4 or 8 KiB in total, Apache 8 KiB per line.`,
			stream: "stdout",
			range: rangeIn(stdout, 0, end),
			evidence: [{
				kind: "quote",
				of: "headers",
				text: `${end} bytes`
			}]
		};
	}
};
// server/doctor/rules/head/header-missing/rule.ts
var rule$101 = {
	severity: "error",
	title: "The script wrote a body without headers",
	summary: "A CGI response begins with headers and a blank line. This one begins with the body itself.",
	explanation: "A CGI script must write headers first: at least the line `Content-Type: text/html` (or another type), then a blank line. Only then comes the body. The headers tell the server and the browser what the body is. Without them a server cannot tell a page from an image or an error message. Apache and nginx refuse such output; lighttpd sends it and lets the browser guess.\n\nAny command that was not written for CGI causes this. Print the headers first.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "malformed header from script 'S': Bad header: hello",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with everything as the body, or 500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway"
		},
		{
			server: "nginx",
			message: "upstream sent invalid header: \"hello\\x20...\"",
			response: "502 Bad Gateway, when the text has spaces",
			unproved: true
		},
		{
			server: "Go",
			message: "cgi: bogus header line: hello",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	fixes: ["add-content-type"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (bad?.stopped.from !== 0 || cgiFieldAfter(bad.head, 0) !== null || hasOwnRule$1(bad.stopped.text)) return null;
		const binary = /[\0\x01-\x08\x0e-\x1a]/.test(bad.stopped.text);
		return {
			detail: `The output begins with ${quoteBytes(bad.stopped.text)}${binary ? ", which is binary data" : ""}. Print \`Content-Type: text/html\` and a blank line first.`,
			stream: "stdout",
			range: rangeIn(bad.stdout, 0, bad.stopped.to),
			line: lastStderrLine(facts)?.line ?? null,
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/head/header-not-ascii/rule.ts
var rule$100 = {
	severity: "warning",
	title: "A header value has non-ASCII characters",
	summary: "Bytes above `7f` in a header have no defined encoding.",
	explanation: "Only ASCII is safe in a header. The encoding of other bytes is undefined, and clients decode them as Latin-1 or UTF-8, or drop them. A file name in `Content-Disposition` has its own form: `filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt`. In `Location` and in cookies use percent-encoding.",
	reference: "RFC 9110 §5.5",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK, passed on; the browser shows Latin-1"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, passed on"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK, passed on"
		}
	],
	when: "inline",
	check: (facts) => {
		return scriptFields(facts).filter(({ key, value }) => key !== "set-cookie" && /[\x80-\xff]/.test(value)).map((field) => ({
			title: `${field.name} has non-ASCII characters`,
			detail: `Clients decode ${quoteBytes(field.value)} in different ways.${field.key === "content-disposition" ? " Write the file name as `filename*=UTF-8''…` with percent-encoding." : " Percent-encode these characters, or remove them."}`,
			...fieldLocation(facts, field)
		}));
	}
};
// server/doctor/rules/head/header-too-large/rule.ts
var rule$99 = {
	severity: "error",
	title: "The headers are too large",
	summary: "Servers limit the size of the headers. These exceed the limit, or never end.",
	explanation: "Every server limits the size of the headers: nginx to 4 or 8 KiB in total, Apache to 8 KiB per line, Go to 1 KiB per line, lighttpd to 64 KiB in total. It refuses anything larger. Large cookies, long lists of cache tags and warnings printed as headers are the usual causes. A script that writes a body without any blank line looks the same.",
	reference: "RFC 3875 §8.1",
	logged: [
		{
			server: "nginx",
			message: "upstream sent too big header while reading response header from upstream",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: "response headers too large for U",
			response: "502 Bad Gateway"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "Go",
			message: "cgi: long header line from subprocess.",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		const reason = facts.script?.reasons.find((one) => scriptMessage.is(one, "head-too-large", "too-many-fields"));
		if (!bad || !reason) return null;
		return {
			detail: `${reason.text} nginx accepts 4 or 8 KiB, Apache 8 KiB per line, lighttpd 64 KiB.`,
			stream: "stdout",
			range: rangeIn(bad.stdout, bad.stopped.from, Math.min(bad.stdout.bytes, 65536)),
			evidence: [{
				kind: "quote",
				of: "headers",
				text: `${bad.stdout.bytes} bytes without a blank line`
			}, ...processEvidence(facts)]
		};
	}
};
// server/doctor/rules/head/http-status-line/rule.ts
var rule$98 = {
	severity: "error",
	title: "The first line is an HTTP status line, not a CGI header",
	summary: "A CGI script writes `Status: 404 Not Found`. The line `HTTP/1.1 404 Not Found` is for scripts whose output the server does not parse.",
	explanation: "A server begins its response to a browser with a status line such as `HTTP/1.1 404 Not Found`. A CGI script does not write that line. It sets the header `Status: 404 Not Found`, and the server writes the status line. Only a script whose name begins with `nph-` (“no parsed headers”) writes it itself.",
	reference: "RFC 3875 §6.3.3",
	logged: [
		{
			server: "Apache",
			message: "malformed header from script 'S': Bad header: HTTP/1.1 404 Nope",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "404 Not Found, the status from the script"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK: ignores the line"
		}
	],
	fixes: ["use-status-field"],
	when: "deferred",
	on: "anything",
	before: ["cgi-field-missing"],
	check: (facts) => {
		const { script, stdout } = facts;
		if (!script || !stdout || script.kind === "nph" || stdout.captured === 0) return null;
		const first = script.spans[0];
		const isLine = first?.is === "status-line" || first?.is === "malformed" && fromBytes(stdout.read(0, 5)) === "HTTP/";
		if (!first || !isLine) return null;
		const line = fromBytes(stdout.read(0, Math.min(first.to, 200))).split(/\r?\n/, 1)[0] ?? "";
		return {
			severity: script.kind === "invalid" ? "error" : "warning",
			detail: `${quoteBytes(byteString(line))} is only for scripts named \`nph-…\`. Write \`Status: ${line.replace(/^\S+\s*/, "") || "200 OK"}\` instead.`,
			stream: "stdout",
			range: rangeIn(stdout, 0, line.length)
		};
	}
};
// server/doctor/rules/head/local-redirect-with-fields/rule.ts
var rule$97 = {
	severity: "warning",
	title: "Servers handle this redirect differently",
	summary: "`Location` has a path and other headers accompany it. CGI does not define such a response, and servers differ.",
	explanation: "CGI has two redirects. `Location: /path` alone makes the server respond with the resource at that path, unseen by the browser. A `Location` with an absolute URL (`http://…`) and a `Status` redirects the browser. This response mixes the two: a path, and other headers. Apache serves the path and drops the rest; lighttpd and nginx redirect the browser. Remove the other headers, or add `Status: 302 Found`.",
	reference: "RFC 3875 §6.2.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK, the page at that path"
		},
		{
			server: "lighttpd",
			message: null,
			response: "302 Found with the body"
		},
		{
			server: "nginx",
			message: null,
			response: "302 Found with the body"
		}
	],
	when: "inline",
	check: (facts) => {
		const { script } = facts;
		if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
		const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
		if (!script.headers[index]?.[1].startsWith("/")) return null;
		if (script.headers.length === 1 || script.headers.some(([name]) => name.toLowerCase() === "status")) return null;
		return {
			detail: `\`Location\` is accompanied by ${script.headers.filter((_, at) => at !== index).map(([name]) => name).slice(0, 5).join(", ")}. Remove the other headers, or add \`Status: 302 Found\`.`,
			stream: "stdout",
			range: fieldRange(facts, index)
		};
	}
};
// server/doctor/rules/head/location-relative/rule.ts
var rule$96 = {
	severity: "hint",
	title: "Location is neither an absolute URL nor an absolute path",
	summary: "The redirect names its target relative to the current URL.",
	explanation: "In a CGI script `Location` must be an absolute URL (`https://example.org/next`) or a path that begins with `/` (`/cgi-bin/next.py`). HTTP itself allows a relative one, so servers pass it on, and browsers resolve it against the URL of the request. The result depends on the path info and on a trailing slash, so it is sometimes right and sometimes not. Write the full path. `SCRIPT_NAME` has the path of the script itself.",
	reference: "RFC 3875 §6.3.2, RFC 9110 §10.2.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "302 Found, passed on"
		},
		{
			server: "lighttpd",
			message: null,
			response: "302 Found, passed on"
		},
		{
			server: "nginx",
			message: null,
			response: "302 Found, passed on"
		}
	],
	when: "inline",
	about: ["location"],
	check: (facts) => {
		const field = scriptFields(facts).find(({ key }) => key === "location");
		if (!field || field.value === "" || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(field.value)) return null;
		return {
			detail: `${quoteBytes(field.value)} does not begin with \`/\` and has no scheme such as \`https:\`.`,
			...fieldLocation(facts, field)
		};
	}
};
// server/doctor/rules/head/malformed-output/rule.ts
var rule$95 = {
	severity: "error",
	title: "The script's output is not a CGI response",
	summary: "The server could not parse the headers to their end.",
	explanation: "A CGI response is the headers, a blank line and the body. Each header is a name, a colon and a value on one line. The finding shows the byte where parsing stopped, and why.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "AH02428: Empty response header name, aborting request",
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "malformed header from script 'S': Bad header: TEXT",
			response: "500 Internal Server Error, for a line without a colon",
			unproved: true
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK without that line"
		},
		{
			server: "nginx",
			message: "upstream sent invalid header: \"TEXT...\"",
			response: "502 Bad Gateway"
		},
		{
			server: "Go",
			message: "cgi: bogus header line: TEXT",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	when: "deferred",
	on: "fallback",
	check: (facts) => {
		const bad = badOutput(facts);
		if (!bad) return null;
		const stderrLine = lastStderrLine(facts);
		return {
			detail: `${facts.script?.reasons[0]?.text ?? "The server could not parse the headers."}${lastLineSentence(stderrLine)}`,
			stream: "stdout",
			range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
			line: stderrLine?.line ?? null,
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/head/markup-before-header/rule.ts
var rule$94 = {
	severity: "error",
	title: "Markup was printed before the headers",
	summary: "HTML comes before the headers. `cgitb` and similar helpers print a comment before any header.",
	explanation: "The output begins with HTML, and the headers come only later. Python's `cgitb.enable()` causes this when an error happens before the headers are printed: it writes an HTML comment and its own headers. Print the headers before anything that may fail, or send errors to standard error.",
	reference: "RFC 3875 §6.3",
	logged: [
		{
			server: "Apache",
			message: "AH02429: Response header name '<!-- TEXT' contains invalid characters, aborting request",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with that line among the headers"
		},
		{
			server: "nginx",
			message: "upstream sent invalid header: \"<!--...\"",
			response: "502 Bad Gateway"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (!bad?.stopped.text.trimStart().startsWith("<")) return null;
		const field = cgiFieldAfter(bad.head, bad.stopped.to);
		if (field === null) return null;
		return {
			detail: `${quoteBytes(bad.stopped.text)} is markup. The headers ${bad.stopped.from === 0 ? "begin" : "continue"} ${field - bad.stopped.from} bytes later. Print the headers first.`,
			stream: "stdout",
			range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
			evidence: processEvidence(facts)
		};
	}
};
// server/protocol/http-glossary/browser-fields.ts
var fetchStandard = "Fetch Standard";
var html = "HTML Standard";
var hints = "Client Hints, RFC 8942";
var webdav = "RFC 4918";
var custom = "custom";
var browserFields = [
	[
		"Access-Control-Allow-Credentials",
		"true: a page of another origin may read the response to a request with cookies. Not together with Allow-Origin: *.",
		fetchStandard
	],
	[
		"Access-Control-Allow-Headers",
		"Which request fields a page of another origin may send.",
		fetchStandard
	],
	[
		"Access-Control-Allow-Methods",
		"Which methods a page of another origin may use.",
		fetchStandard
	],
	[
		"Access-Control-Allow-Origin",
		"Which origin's pages may read this response: one origin, or * for all.",
		fetchStandard
	],
	[
		"Access-Control-Expose-Headers",
		"Which response headers such a page may read.",
		fetchStandard
	],
	[
		"Access-Control-Max-Age",
		"Seconds for which the browser need not ask again.",
		fetchStandard
	],
	[
		"Access-Control-Request-Headers",
		"In the question before the request: which fields it would have.",
		fetchStandard
	],
	[
		"Access-Control-Request-Method",
		"In the question before the request (OPTIONS): which method it would use.",
		fetchStandard
	],
	[
		"Accept-CH",
		"Which client hints the server would like to get.",
		hints
	],
	[
		"Accept-Patch",
		"Which media types PATCH accepts here.",
		"RFC 5789 §3.1"
	],
	[
		"Accept-Post",
		"Which media types POST accepts here.",
		"W3C Linked Data Platform"
	],
	[
		"Accept-Query",
		"Which media types QUERY accepts here.",
		"HTTP QUERY method"
	],
	[
		"Content-Digest",
		"A checksum of the body as it is sent.",
		"RFC 9530"
	],
	[
		"Content-Security-Policy",
		"From where the page may load scripts, styles, frames and the rest. The best protection against injected scripts.",
		"W3C CSP 3"
	],
	[
		"Content-Security-Policy-Report-Only",
		"The same, but breaches are only reported.",
		"W3C CSP 3"
	],
	[
		"Cross-Origin-Embedder-Policy",
		"require-corp: the page takes in only what allows it. Needed for shared memory.",
		html
	],
	[
		"Cross-Origin-Opener-Policy",
		"Keeps windows of other origins apart from this page.",
		html
	],
	[
		"Cross-Origin-Resource-Policy",
		"Who may take this in: same-origin, same-site or cross-origin.",
		fetchStandard
	],
	[
		"DNT",
		"1: the reader does not want to be tracked. Out of use.",
		"W3C Tracking Preference Expression"
	],
	[
		"Device-Memory",
		"A hint: the device's memory in GiB.",
		hints
	],
	[
		"Downlink",
		"A hint: the connection's rate in Mbit/s.",
		hints
	],
	[
		"Early-Data",
		"1: sent before the connection was sure; it may be a repetition.",
		"RFC 8470"
	],
	[
		"ECT",
		"A hint: how fast the connection is, from slow-2g to 4g.",
		hints
	],
	[
		"Integrity-Policy",
		"Which resources must come with a checksum.",
		"W3C Subresource Integrity"
	],
	[
		"Last-Event-ID",
		"The last event a page got before its stream of events broke off. The script should go on from there.",
		html
	],
	[
		"NEL",
		"Asks the browser to report failed connections.",
		"W3C Network Error Logging"
	],
	[
		"Origin",
		"The origin of the page that sends the request. Check it before a POST changes anything.",
		"RFC 6454 §7"
	],
	[
		"Origin-Agent-Cluster",
		"?1: keep this origin's pages in a process of their own.",
		html
	],
	[
		"Permissions-Policy",
		"Which abilities the page and its frames may use: camera, location and so on.",
		"W3C Permissions Policy"
	],
	[
		"Ping-From",
		"The page on which a link with ping was followed.",
		html
	],
	[
		"Ping-To",
		"Where that link led.",
		html
	],
	[
		"Public-Key-Pins",
		"Out of use: it bound a site to certificates.",
		"RFC 7469"
	],
	[
		"Purpose",
		"prefetch: the browser only thinks that the page will be wanted. Now Sec-Purpose.",
		custom
	],
	[
		"Referrer-Policy",
		"How much of this page's address others get to see in Referer.",
		"W3C Referrer Policy"
	],
	[
		"Refresh",
		"Loads a page again, or another one, after some seconds. A redirect is better.",
		html
	],
	[
		"Report-To",
		"Where reports go. Now Reporting-Endpoints.",
		"W3C Reporting API"
	],
	[
		"Reporting-Endpoints",
		"Where the browser sends its reports.",
		"W3C Reporting API"
	],
	[
		"Repr-Digest",
		"A checksum of the whole resource.",
		"RFC 9530"
	],
	[
		"RTT",
		"A hint: the connection's round trip in ms.",
		hints
	],
	[
		"Save-Data",
		"on: the reader wants to save data.",
		"W3C Save Data API"
	],
	[
		"Sec-CH-UA",
		"A hint: the browser's name and version.",
		hints
	],
	[
		"Sec-CH-UA-Mobile",
		"A hint: ?1 on a phone.",
		hints
	],
	[
		"Sec-CH-UA-Platform",
		"A hint: the operating system.",
		hints
	],
	[
		"Sec-Fetch-Dest",
		"What the response is for: document, image, script… Set by the browser; a page cannot forge it.",
		"W3C Fetch Metadata"
	],
	[
		"Sec-Fetch-Mode",
		"How it is asked for: navigate, cors, no-cors…",
		"W3C Fetch Metadata"
	],
	[
		"Sec-Fetch-Site",
		"From where: same-origin, same-site, cross-site, or none when typed.",
		"W3C Fetch Metadata"
	],
	[
		"Sec-Fetch-User",
		"?1: the user clicked.",
		"W3C Fetch Metadata"
	],
	[
		"Sec-GPC",
		"1: the reader does not want data to be sold or shared.",
		"W3C Global Privacy Control"
	],
	[
		"Sec-Purpose",
		"prefetch: the browser only thinks that it will be wanted.",
		fetchStandard
	],
	[
		"Sec-WebSocket-Accept",
		"The server's proof that it meant to speak WebSocket.",
		"RFC 6455 §11.3.3"
	],
	[
		"Sec-WebSocket-Extensions",
		"WebSocket extensions, such as compression.",
		"RFC 6455 §11.3.2"
	],
	[
		"Sec-WebSocket-Key",
		"The client's challenge for a WebSocket.",
		"RFC 6455 §11.3.1"
	],
	[
		"Sec-WebSocket-Protocol",
		"What will be spoken over the WebSocket.",
		"RFC 6455 §11.3.4"
	],
	[
		"Sec-WebSocket-Version",
		"The WebSocket version: 13.",
		"RFC 6455 §11.3.5"
	],
	[
		"Server-Timing",
		"Times the server measured, for the browser's developer tools.",
		"W3C Server Timing"
	],
	[
		"Service-Worker",
		"script: the request is for a service worker.",
		"W3C Service Workers"
	],
	[
		"Service-Worker-Allowed",
		"How far a service worker may reach.",
		"W3C Service Workers"
	],
	[
		"SourceMap",
		"Where the source map of a script or style is.",
		"ECMA-426"
	],
	[
		"Speculation-Rules",
		"Which pages the browser may fetch in advance.",
		html
	],
	[
		"Strict-Transport-Security",
		"Come by https only, for so many seconds. Counts only when it came by https.",
		"RFC 6797 §6.1"
	],
	[
		"Timing-Allow-Origin",
		"Which origins may see this resource's timing.",
		"W3C Resource Timing"
	],
	[
		"Upgrade-Insecure-Requests",
		"1: the browser would rather have https.",
		"W3C Upgrade Insecure Requests"
	],
	[
		"Want-Content-Digest",
		"Which checksum of the body the client would like.",
		"RFC 9530"
	],
	[
		"Want-Repr-Digest",
		"Which checksum of the resource the client would like.",
		"RFC 9530"
	],
	[
		"X-Content-Type-Options",
		"nosniff: take Content-Type at its word and do not guess.",
		fetchStandard
	],
	[
		"X-DNS-Prefetch-Control",
		"Whether the browser looks up links' hosts in advance.",
		custom
	],
	[
		"X-Frame-Options",
		"DENY or SAMEORIGIN: who may show this page in a frame. Now frame-ancestors of Content-Security-Policy.",
		html
	],
	[
		"X-XSS-Protection",
		"A filter that browsers have removed. Leave it out.",
		custom
	],
	[
		"A-IM",
		"Which forms of a difference the client takes, instead of the whole.",
		"RFC 3229"
	],
	[
		"Accept-Datetime",
		"Asks for the resource as it was at some time.",
		"RFC 7089"
	],
	[
		"Accept-Signature",
		"Which signature the client would like.",
		"RFC 9421"
	],
	[
		"Alt-Used",
		"Which alternative service was used.",
		"RFC 7838 §5"
	],
	[
		"Deprecation",
		"Since when this resource should not be used any more.",
		"RFC 9745"
	],
	[
		"Digest",
		"A checksum; now Repr-Digest and Content-Digest.",
		"RFC 3230"
	],
	[
		"IM",
		"Which form of a difference the body is.",
		"RFC 3229"
	],
	[
		"Idempotency-Key",
		"Lets a server know a POST that is sent again.",
		"IETF draft idempotency-key"
	],
	[
		"Memento-Datetime",
		"The time of which this is a copy.",
		"RFC 7089"
	],
	[
		"Signature",
		"Signatures over parts of the message.",
		"RFC 9421"
	],
	[
		"Signature-Input",
		"What was signed, and how.",
		"RFC 9421"
	],
	[
		"Sunset",
		"When this resource will be gone.",
		"RFC 8594"
	],
	[
		"Trace-Id",
		"A number under which systems log one request.",
		custom
	],
	[
		"Traceparent",
		"Ties a request to the trace of a larger operation.",
		"W3C Trace Context"
	],
	[
		"Tracestate",
		"What tracing systems add to Traceparent.",
		"W3C Trace Context"
	],
	[
		"Baggage",
		"Values that go along with a distributed trace.",
		"W3C Baggage"
	],
	[
		"Depth",
		"WebDAV: how deep a method goes: 0, 1 or infinity.",
		webdav
	],
	[
		"Destination",
		"WebDAV: where COPY or MOVE put it.",
		webdav
	],
	[
		"DAV",
		"WebDAV: what the server is able to do.",
		webdav
	],
	[
		"If",
		"WebDAV: conditions, such as a lock that one holds.",
		webdav
	],
	[
		"Lock-Token",
		"WebDAV: the mark of a lock.",
		webdav
	],
	[
		"Overwrite",
		"WebDAV: whether COPY or MOVE may replace something.",
		webdav
	],
	[
		"Timeout",
		"WebDAV: how long a lock is wanted.",
		webdav
	],
	[
		"SOAPAction",
		"What a SOAP request is for.",
		"W3C SOAP 1.1"
	],
	[
		"Git-Protocol",
		"Which version of its protocol Git speaks. git http-backend reads it as HTTP_GIT_PROTOCOL.",
		"Git"
	],
	[
		"Proxy",
		"Not a field of HTTP. Servers drop it: as HTTP_PROXY, programs would take it for a proxy to use (httpoxy).",
		"CVE-2016-5385"
	],
	[
		"X-Accel-Buffering",
		"no: asks nginx to pass the response on at once instead of buffering it.",
		"nginx"
	],
	[
		"X-Accel-Redirect",
		"Asks nginx to send a file itself.",
		"nginx"
	],
	[
		"X-Forwarded-For",
		"Addresses of client and proxies. Any client can send it: trust only your own proxy's.",
		custom
	],
	[
		"X-Forwarded-Host",
		"The host the client asked the proxy for.",
		custom
	],
	[
		"X-Forwarded-Port",
		"The port the client asked the proxy at.",
		custom
	],
	[
		"X-Forwarded-Proto",
		"http or https, as the client asked the proxy.",
		custom
	],
	[
		"X-HTTP-Method-Override",
		"The method that is meant, where only POST gets through.",
		custom
	],
	[
		"X-Powered-By",
		"The software behind it. PHP writes it; switch it off with expose_php.",
		custom
	],
	[
		"X-Real-IP",
		"The client's address, as a proxy saw it.",
		custom
	],
	[
		"X-Request-ID",
		"A number under which systems log one request.",
		custom
	],
	[
		"X-Requested-With",
		"XMLHttpRequest: sent by a page's script. An old habit of libraries.",
		custom
	],
	[
		"X-Robots-Tag",
		"What search engines may do with it: noindex, nofollow.",
		custom
	],
	[
		"X-Sendfile",
		"Asks Apache or lighttpd to send a file itself.",
		custom
	],
	[
		"X-UA-Compatible",
		"For Internet Explorer. Leave it out.",
		custom
	]
];
// server/protocol/http-glossary/explanation.ts
var tableOf = (entries) => new Map(entries.map(([name, text, reference]) => [name.toLowerCase(), {
	name,
	text,
	reference
}]));
// server/protocol/http-glossary/general-fields.ts
var generalFields = [
	[
		"Accept",
		"The media types the client can use, the best first. The script reads it as HTTP_ACCEPT.",
		"RFC 9110 §12.5.1"
	],
	[
		"Accept-Charset",
		"The encodings the client can read. Browsers no longer send it, because every client reads UTF-8.",
		"RFC 9110 §12.5.2"
	],
	[
		"Accept-Encoding",
		"The compressions the client understands. The response need not be compressed.",
		"RFC 9110 §12.5.3"
	],
	[
		"Accept-Language",
		"The languages the reader prefers, the best first.",
		"RFC 9110 §12.5.4"
	],
	[
		"Accept-Ranges",
		"Says whether a part of this resource can be asked for: bytes, or none.",
		"RFC 9110 §14.3"
	],
	[
		"Age",
		"Seconds that this response has spent in caches.",
		"RFC 9111 §5.1"
	],
	[
		"Allow",
		"The methods this address understands. Part of a 405 response.",
		"RFC 9110 §10.2.1"
	],
	[
		"Alt-Svc",
		"Another place, or protocol, at which the same server answers; browsers learn of HTTP/3 from it.",
		"RFC 7838 §3"
	],
	[
		"Authentication-Info",
		"What the server adds after a successful sign-in, such as the next value to use.",
		"RFC 9110 §11.6.3"
	],
	[
		"Authorization",
		"Name and password, or a token. A CGI server keeps it from scripts unless asked to pass it on.",
		"RFC 9110 §11.6.2"
	],
	[
		"Cache-Control",
		"Who may keep a copy, and for how long. no-store: no cache; no-cache: ask before each use; max-age: so many seconds.",
		"RFC 9111 §5.2"
	],
	[
		"CDN-Cache-Control",
		"Cache-Control for content delivery networks alone.",
		"RFC 9213 §3.1"
	],
	[
		"Cache-Status",
		"How caches on the way treated the request, and why.",
		"RFC 9211"
	],
	[
		"Clear-Site-Data",
		"Asks the browser to forget what it keeps for this site: cache, cookies, storage.",
		"W3C Clear Site Data"
	],
	[
		"Connection",
		"About this connection alone: close, keep-alive, or names of fields that end here. The server's business, not a script's.",
		"RFC 9110 §7.6.1"
	],
	[
		"Content-Disposition",
		"attachment makes the browser save the body as a file; filename names it. In a form it names the field.",
		"RFC 6266"
	],
	[
		"Content-Encoding",
		"How the body was compressed. The client unpacks it before anything else.",
		"RFC 9110 §8.4"
	],
	[
		"Content-Language",
		"The language of the readers the body is meant for.",
		"RFC 9110 §8.5"
	],
	[
		"Content-Length",
		"The body's size in bytes, not characters. A script may leave it out: the server then sees to it.",
		"RFC 9110 §8.6, RFC 3875 §6.3"
	],
	[
		"Content-Location",
		"An address at which exactly this body can be had.",
		"RFC 9110 §8.7"
	],
	[
		"Content-Range",
		"Which part of the whole this body is.",
		"RFC 9110 §14.4"
	],
	[
		"Content-Type",
		"What the body is, and for text its encoding: text/html; charset=utf-8. One of the three fields a CGI script must choose from.",
		"RFC 9110 §8.3, RFC 3875 §6.3.1"
	],
	[
		"Cookie",
		"The cookies the browser has for this address: name=value pairs, separated by semicolons. The script reads it as HTTP_COOKIE.",
		"RFC 6265 §5.4"
	],
	[
		"Date",
		"When the response was made. The server adds it.",
		"RFC 9110 §6.6.1"
	],
	[
		"ETag",
		"A mark of this version of the body. Sent back in If-None-Match, it allows the short response 304.",
		"RFC 9110 §8.8.3"
	],
	[
		"Expect",
		"100-continue: the client waits for a go-ahead before it sends the body.",
		"RFC 9110 §10.1.1"
	],
	[
		"Expires",
		"The date after which a copy is stale. Cache-Control: max-age wins over it.",
		"RFC 9111 §5.3"
	],
	[
		"Forwarded",
		"What proxies knew of the client: its address, the host and scheme it asked for.",
		"RFC 7239"
	],
	[
		"From",
		"An e-mail address of whoever runs the client: robots say it.",
		"RFC 9110 §10.1.2"
	],
	[
		"Host",
		"The name and port the client asked for. The script reads SERVER_NAME and SERVER_PORT, or HTTP_HOST.",
		"RFC 9110 §7.2"
	],
	[
		"If-Match",
		"Do it only if the resource still has one of these ETags: prevents overwriting a change that another client made.",
		"RFC 9110 §13.1.1"
	],
	[
		"If-Modified-Since",
		"Send the body only if it changed since this date; otherwise the response is 304.",
		"RFC 9110 §13.1.3"
	],
	[
		"If-None-Match",
		"Send the body only if its ETag is none of these; otherwise the response is 304.",
		"RFC 9110 §13.1.2"
	],
	[
		"If-Range",
		"Send the part asked for if nothing changed; else send everything.",
		"RFC 9110 §13.1.5"
	],
	[
		"If-Unmodified-Since",
		"Do it only if nothing changed since this date.",
		"RFC 9110 §13.1.4"
	],
	[
		"Keep-Alive",
		"How long an idle connection is kept, and for how many requests.",
		"RFC 2068 §19.7.1"
	],
	[
		"Last-Modified",
		"When the body last changed. Sent back in If-Modified-Since.",
		"RFC 9110 §8.8.2"
	],
	[
		"Link",
		"Links that belong to the whole response: the next page, a style sheet to fetch early.",
		"RFC 8288 §3"
	],
	[
		"Location",
		"Where the client should go instead, or where the new thing is. From a CGI script a path alone is followed inside the server.",
		"RFC 9110 §10.2.2, RFC 3875 §6.3.2"
	],
	[
		"Max-Forwards",
		"How many proxies may pass on a TRACE or OPTIONS.",
		"RFC 9110 §7.6.2"
	],
	[
		"MIME-Version",
		"A leftover of e-mail; HTTP has no use for it.",
		"RFC 9112 §B.1"
	],
	[
		"Pragma",
		"no-cache, for caches of HTTP/1.0. Use Cache-Control.",
		"RFC 9111 §5.4"
	],
	[
		"Prefer",
		"How the client would like to be served: wait=10, return=minimal.",
		"RFC 7240"
	],
	[
		"Preference-Applied",
		"Which preferences of Prefer the server applied.",
		"RFC 7240 §3"
	],
	[
		"Priority",
		"How urgent the response is compared with others on the connection.",
		"RFC 9218"
	],
	[
		"Proxy-Authenticate",
		"How to sign in at the proxy.",
		"RFC 9110 §11.7.1"
	],
	[
		"Proxy-Authentication-Info",
		"What the proxy adds after a successful sign-in.",
		"RFC 9110 §11.7.3"
	],
	[
		"Proxy-Authorization",
		"The client's sign-in at the proxy.",
		"RFC 9110 §11.7.2"
	],
	[
		"Proxy-Status",
		"How proxies on the way dealt with the request.",
		"RFC 9209"
	],
	[
		"Range",
		"Asks for a part: bytes=0-99 is the first hundred bytes.",
		"RFC 9110 §14.2"
	],
	[
		"Referer",
		"The address of the page the request came from. Misspelt in 1996, and so it stayed.",
		"RFC 9110 §10.1.3"
	],
	[
		"Retry-After",
		"When to try again: seconds, or a date. Belongs to 503 and 429.",
		"RFC 9110 §10.2.3"
	],
	[
		"Server",
		"The server's software. It writes this itself.",
		"RFC 9110 §10.2.4"
	],
	[
		"Set-Cookie",
		"Asks the browser to keep a cookie. One field for each: they cannot be joined. HttpOnly, Secure and SameSite protect it.",
		"RFC 6265 §4.1"
	],
	[
		"Status",
		"CGI only: the status for the client, as 404 Not Found. The server makes its first line of it.",
		"RFC 3875 §6.3.3"
	],
	[
		"TE",
		"Which transfer codings the client accepts, and whether trailers.",
		"RFC 9110 §10.1.4"
	],
	[
		"Trailer",
		"Which fields come after the body.",
		"RFC 9110 §6.6.2"
	],
	[
		"Transfer-Encoding",
		"How the body is cut for this connection: chunked. The server's business; a script must not set it.",
		"RFC 9112 §6.1, RFC 3875 §6.3.4"
	],
	[
		"Upgrade",
		"Another protocol to change to on this connection, as websocket.",
		"RFC 9110 §7.8"
	],
	[
		"User-Agent",
		"The client's software, or what it wants to be taken for.",
		"RFC 9110 §10.1.5"
	],
	[
		"Vary",
		"Which request headers the response depends on: caches keep a copy for each value.",
		"RFC 9110 §12.5.5"
	],
	[
		"Via",
		"The proxies on the way.",
		"RFC 9110 §7.6.3"
	],
	[
		"Warning",
		"Remarks of caches. Out of use; in a script's output it mostly is a message printed by mistake.",
		"RFC 9111 §5.5"
	],
	[
		"WWW-Authenticate",
		"How to sign in: Basic realm=\"…\". Part of a 401 response.",
		"RFC 9110 §11.6.1"
	]
];
// server/protocol/http-glossary/statuses.ts
var statusTexts = [
	[
		"100 Continue",
		"The client can send the body. The response follows.",
		"RFC 9110 §15.2.1"
	],
	[
		"101 Switching Protocols",
		"From here on another protocol is spoken, as WebSocket.",
		"RFC 9110 §15.2.2"
	],
	[
		"102 Processing",
		"Work goes on; out of use.",
		"RFC 2518 §10.1"
	],
	[
		"103 Early Hints",
		"Headers that the response will have, so that the browser can begin to load.",
		"RFC 8297"
	],
	[
		"104 Upload Resumption Supported",
		"An upload that breaks off can be resumed.",
		"IETF draft resumable-upload"
	],
	[
		"200 OK",
		"It worked; the body is the result. What a script gets that says no Status.",
		"RFC 9110 §15.3.1"
	],
	[
		"201 Created",
		"Something new was made; Location says where.",
		"RFC 9110 §15.3.2"
	],
	[
		"202 Accepted",
		"Accepted, but not done yet.",
		"RFC 9110 §15.3.3"
	],
	[
		"203 Non-Authoritative Information",
		"It worked, but a proxy changed the response.",
		"RFC 9110 §15.3.4"
	],
	[
		"204 No Content",
		"It worked, and there is nothing to show: no body, no Content-Type.",
		"RFC 9110 §15.3.5"
	],
	[
		"205 Reset Content",
		"It worked; empty the form.",
		"RFC 9110 §15.3.6"
	],
	[
		"206 Partial Content",
		"The part that Range asked for.",
		"RFC 9110 §15.3.7"
	],
	[
		"207 Multi-Status",
		"WebDAV: several results in the body.",
		"RFC 4918 §13"
	],
	[
		"208 Already Reported",
		"WebDAV: listed before in the same response.",
		"RFC 5842 §7.1"
	],
	[
		"226 IM Used",
		"The difference to an earlier version.",
		"RFC 3229 §10.4.1"
	],
	[
		"300 Multiple Choices",
		"There are several forms of it; choose one.",
		"RFC 9110 §15.4.1"
	],
	[
		"301 Moved Permanently",
		"It has another address for ever, in Location. Browsers remember it, and may turn POST into GET.",
		"RFC 9110 §15.4.2"
	],
	[
		"302 Found",
		"Go to Location this time. Browsers turn POST into GET. What a CGI script's Location alone becomes.",
		"RFC 9110 §15.4.3"
	],
	[
		"303 See Other",
		"Done; look at Location with GET. Right after a form was posted.",
		"RFC 9110 §15.4.4"
	],
	[
		"304 Not Modified",
		"The client's copy is still good. No body.",
		"RFC 9110 §15.4.5"
	],
	[
		"305 Use Proxy",
		"Out of use.",
		"RFC 9110 §15.4.6"
	],
	[
		"306 (Unused)",
		"Reserved; no longer means anything.",
		"RFC 9110 §15.4.7"
	],
	[
		"307 Temporary Redirect",
		"Go to Location this time, with the same method and body.",
		"RFC 9110 §15.4.8"
	],
	[
		"308 Permanent Redirect",
		"Go to Location from now on, with the same method and body.",
		"RFC 9110 §15.4.9"
	],
	[
		"400 Bad Request",
		"The request itself is malformed, or its data makes no sense.",
		"RFC 9110 §15.5.1"
	],
	[
		"401 Unauthorized",
		"Sign in first; WWW-Authenticate says how.",
		"RFC 9110 §15.5.2"
	],
	[
		"402 Payment Required",
		"Reserved for payments.",
		"RFC 9110 §15.5.3"
	],
	[
		"403 Forbidden",
		"Understood and refused: signing in would not help. With CGI often a file that may not be executed.",
		"RFC 9110 §15.5.4"
	],
	[
		"404 Not Found",
		"There is nothing at this address.",
		"RFC 9110 §15.5.5"
	],
	[
		"405 Method Not Allowed",
		"Not with this method; Allow lists those that are.",
		"RFC 9110 §15.5.6"
	],
	[
		"406 Not Acceptable",
		"There is no form of it that the client accepts.",
		"RFC 9110 §15.5.7"
	],
	[
		"407 Proxy Authentication Required",
		"Sign in at the proxy first.",
		"RFC 9110 §15.5.8"
	],
	[
		"408 Request Timeout",
		"The request did not arrive in time.",
		"RFC 9110 §15.5.9"
	],
	[
		"409 Conflict",
		"It does not fit the present state, for example because another client has changed it since.",
		"RFC 9110 §15.5.10"
	],
	[
		"410 Gone",
		"It was here, and will not come back.",
		"RFC 9110 §15.5.11"
	],
	[
		"411 Length Required",
		"The server wants a Content-Length.",
		"RFC 9110 §15.5.12"
	],
	[
		"412 Precondition Failed",
		"What If-Match or a like field asked for is not so.",
		"RFC 9110 §15.5.13"
	],
	[
		"413 Content Too Large",
		"The body is larger than the server takes.",
		"RFC 9110 §15.5.14"
	],
	[
		"414 URI Too Long",
		"The address is longer than the server takes. Often a form sent with GET that should be POST.",
		"RFC 9110 §15.5.15"
	],
	[
		"415 Unsupported Media Type",
		"The server does not accept the body's Content-Type.",
		"RFC 9110 §15.5.16"
	],
	[
		"416 Range Not Satisfiable",
		"There is no such part.",
		"RFC 9110 §15.5.17"
	],
	[
		"417 Expectation Failed",
		"What Expect asked for cannot be had.",
		"RFC 9110 §15.5.18"
	],
	[
		"418 (Unused)",
		"Reserved, after a joke of 1998 about teapots.",
		"RFC 9110 §15.5.19"
	],
	[
		"421 Misdirected Request",
		"This server does not serve that host.",
		"RFC 9110 §15.5.20"
	],
	[
		"422 Unprocessable Content",
		"Well-formed, but the content makes no sense here.",
		"RFC 9110 §15.5.21"
	],
	[
		"423 Locked",
		"WebDAV: the resource is locked.",
		"RFC 4918 §11.3"
	],
	[
		"424 Failed Dependency",
		"WebDAV: something before it failed.",
		"RFC 4918 §11.4"
	],
	[
		"425 Too Early",
		"Might be a repetition; send it again when the connection is sure.",
		"RFC 8470 §5.2"
	],
	[
		"426 Upgrade Required",
		"Another protocol must be used; Upgrade says which.",
		"RFC 9110 §15.5.22"
	],
	[
		"428 Precondition Required",
		"Say with If-Match which version you mean to change.",
		"RFC 6585 §3"
	],
	[
		"429 Too Many Requests",
		"Slower, please; Retry-After says when.",
		"RFC 6585 §4"
	],
	[
		"431 Request Header Fields Too Large",
		"The header is larger than the server takes. Often too many cookies.",
		"RFC 6585 §5"
	],
	[
		"451 Unavailable For Legal Reasons",
		"The law forbids it.",
		"RFC 7725"
	],
	[
		"500 Internal Server Error",
		"Something broke on the server. With CGI mostly the script's output was no valid response, or it did not start.",
		"RFC 9110 §15.6.1"
	],
	[
		"501 Not Implemented",
		"The server does not know the method.",
		"RFC 9110 §15.6.2"
	],
	[
		"502 Bad Gateway",
		"A server behind this one sent no valid response.",
		"RFC 9110 §15.6.3"
	],
	[
		"503 Service Unavailable",
		"Too much to do, or out of service for now; Retry-After says when.",
		"RFC 9110 §15.6.4"
	],
	[
		"504 Gateway Timeout",
		"The script, or a server behind this one, took too long.",
		"RFC 9110 §15.6.5"
	],
	[
		"505 HTTP Version Not Supported",
		"Not in this version of HTTP.",
		"RFC 9110 §15.6.6"
	],
	[
		"506 Variant Also Negotiates",
		"The server's choice of forms is wrongly set up.",
		"RFC 2295 §8.1"
	],
	[
		"507 Insufficient Storage",
		"WebDAV: no room.",
		"RFC 4918 §11.5"
	],
	[
		"508 Loop Detected",
		"WebDAV: it goes round in circles.",
		"RFC 5842 §7.2"
	],
	[
		"510 Not Extended",
		"Out of use.",
		"RFC 2774 §7"
	],
	[
		"511 Network Authentication Required",
		"Sign in to the network first, as in a hotel.",
		"RFC 6585 §6"
	]
];
// server/protocol/http-glossary/explain-name.ts
var fields = tableOf([...generalFields, ...browserFields]);
new Map(statusTexts.map(([name, text, reference]) => [Number(name.slice(0, 3)), {
	name,
	text,
	reference
}]));
/** `name` in any case; null for one that is not in the table. */
var explainField = (name) => fields.get(name.toLowerCase()) ?? null;
// server/doctor/rules/head/message-as-header/rule.ts
var messageWords = /^(?:warning|notice|deprecated|error|debug|info|fatal|trace|traceback|exception|note|hint|usage|perl|sh|bash|php)$/;
var isOneWord = (key) => /^[a-z]+$/.test(key) && !key.startsWith("x-");
var rule$93 = {
	severity: "warning",
	title: "A message was printed and parsed as a header",
	summary: "A line such as `Warning: …` is among the headers. It has a colon, so servers parse it as a header.",
	explanation: "The script, or a command that it runs, printed a message before or among the headers. A colon follows its first word, so every server parses it as a header of that name and passes it on. The message is not on the page, and no error appears. Write messages to standard error: `>&2` in a shell script, `print(…, file=sys.stderr)` in Python, `warn` in Perl, `error_log` in PHP.",
	reference: "RFC 3875 §6.3",
	logged: passedOnByAll,
	when: "inline",
	check: (facts) => {
		return scriptFields(facts).filter(({ key, value }) => messageWords.test(key) && !/^\d{3} /.test(value) ? true : value.trim().split(/\s+/).length > 2 && isOneWord(key) && explainField(key) === null).map((field) => ({
			severity: messageWords.test(field.key) ? "warning" : "hint",
			detail: `${field.name}: ${quoteBytes(field.value)} looks like a message, not a header. The client received it as a header.`,
			...fieldLocation(facts, field)
		}));
	}
};
// server/doctor/rules/head/nph-status-line-missing/rule.ts
var rule$92 = {
	severity: "error",
	title: "The output of an nph- script does not begin with an HTTP status line",
	summary: "The server sends this output to the client unchanged, and it is not an HTTP response.",
	explanation: "The name of this script begins with `nph-` (“no parsed headers”), so the server passes its output to the browser unparsed. The output must then be a complete HTTP response that begins with a line such as `HTTP/1.1 200 OK`. This output does not. Rename the script, or write the status line.",
	reference: "RFC 3875 §5",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "the output unchanged"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK: has no nph scripts"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK: has no nph scripts"
		}
	],
	when: "deferred",
	on: "failures",
	check: ({ outcome, script, stdout }) => {
		if (outcome !== "invalid-output" || script?.kind !== "nph" || !stdout || stdout.bytes === 0) return null;
		return {
			detail: script.reasons[0]?.text ?? "The first line is not a status line such as `HTTP/1.1 200 OK`.",
			stream: "stdout",
			range: rangeIn(stdout, 0, Math.min(stdout.bytes, 60))
		};
	}
};
// server/doctor/rules/head/redirect-loop/rule.ts
var rule$91 = {
	severity: "error",
	title: "The local redirects form a loop",
	summary: "The script redirects to a path whose script redirects again, without end.",
	explanation: "A script that responds with nothing but `Location: /path` makes the server respond with the resource at that path, without telling the browser. If that path redirects back, the chain never ends, so the server stops it after a few redirects. End the chain with a page, or redirect the browser with `Status: 302 Found` and an absolute URL.",
	reference: "RFC 3875 §6.2.2",
	logged: [
		{
			server: "Apache",
			message: "AH00124: Request exceeded the limit of 10 internal redirects due to probable configuration error.",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "302 Found to the client"
		},
		{
			server: "lighttpd",
			message: "too many internal loops while processing request: U",
			response: null,
			unproved: true
		},
		{
			server: "nginx",
			message: null,
			response: "302 Found to the client"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { cause } = facts;
		if (!cause || !exchangeMessage.is(cause, "too-many-local-redirects")) return null;
		return {
			detail: cause.text,
			stream: "stdout",
			range: fieldRange(facts, 0)
		};
	}
};
// server/doctor/rules/head/redirect-path-with-status/rule.ts
var rule$90 = {
	severity: "hint",
	title: "The redirect has a path instead of an absolute URL",
	summary: "With a `Status`, this redirects the browser. RFC 3875 requires an absolute URL, but every browser accepts a path.",
	explanation: "Together with a `Status`, `Location` redirects the browser. RFC 3875 requires an absolute URL with `http://` there. HTTP itself has allowed a path since 2014, and all servers and browsers accept it. Nothing breaks, but this is not a local redirect: the browser sees it.",
	reference: "RFC 3875 §6.2.3",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "301, passed on"
		},
		{
			server: "lighttpd",
			message: null,
			response: "301, passed on"
		},
		{
			server: "nginx",
			message: null,
			response: "301, passed on"
		}
	],
	when: "inline",
	check: (facts) => {
		const { script } = facts;
		if (script?.kind !== "client-redirect" && script?.kind !== "client-redirect-document") return null;
		const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "location");
		if (!script.headers[index]?.[1].startsWith("/")) return null;
		if (!script.headers.some(([name]) => name.toLowerCase() === "status")) return null;
		return {
			detail: "The server redirects the browser. This is not a local redirect, because it has a `Status`.",
			stream: "stdout",
			range: fieldRange(facts, index)
		};
	}
};
// server/doctor/rules/head/redirect-target-missing/rule.ts
var rule$89 = {
	severity: "error",
	title: "The local redirect leads nowhere",
	summary: "The script redirects to a path that this server cannot serve.",
	explanation: "A script that responds with nothing but `Location: /path` makes the server respond with the resource at that path. This path cannot be served: it is malformed, or it contains something that servers refuse.",
	reference: "RFC 3875 §6.2.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "404 Not Found"
		},
		{
			server: "lighttpd",
			message: null,
			response: "404 Not Found"
		},
		{
			server: "nginx",
			message: null,
			response: "302 Found to the client"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { outcome, script, cause } = facts;
		if (outcome !== "invalid-output" || script?.kind !== "local-redirect" || cause === null) return null;
		if (exchangeMessage.is(cause, "too-many-local-redirects")) return null;
		return {
			detail: cause.text,
			stream: "stdout",
			range: fieldRange(facts, 0)
		};
	}
};
// server/doctor/rules/head/response-splitting/rule.ts
/** "name:value" of every line that follows a line break within a parameter. */
function injectedLines({ request, env, stdin }) {
	const query = env?.find(({ name }) => name === "QUERY_STRING")?.value ?? "";
	const body = stdin && stdin.captured > 0 ? fromBytes(stdin.read(0, 65536)) : "";
	const lines = /* @__PURE__ */ new Set();
	for (const part of [
		query,
		body,
		request.target
	]) {
		if (!/%0[ad]/i.test(part)) continue;
		for (const parameter of part.split(/[&?]/)) {
			const word = parameter.slice(parameter.indexOf("=") + 1);
			for (const line of percentDecode(byteString(word.replaceAll("+", " "))).value.split(/[\r\n]+/).slice(1)) {
				const colon = line.indexOf(":");
				if (colon > 0) lines.add(`${line.slice(0, colon)}:${line.slice(colon + 1).trim()}`);
			}
		}
	}
	return lines;
}
var rule$88 = {
	severity: "error",
	title: "The request injected a header into the response",
	summary: "The script put a value from the request, with its line breaks, into a header. Any client can write headers and pages this way.",
	explanation: "The script puts something from the request into a header without removing line breaks. A link with `%0D%0A` in it then ends the header and begins another one: a cookie for your site, another page, anything. This is called response splitting and is a security hole. Remove `\\r` and `\\n` from everything that goes into a header, or percent-encode it.",
	reference: "RFC 9110 §5.5, RFC 3875 §9",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK, passed on"
		},
		{
			server: "lighttpd",
			message: null,
			response: "400 Bad Request: rejects a URL with %0D"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK, passed on"
		}
	],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const fields = scriptFields(facts);
		const lines = injectedLines(facts);
		if (fields.length === 0 || lines.size === 0) return null;
		return fields.filter(({ name, value }) => lines.has(`${name}:${value}`)).map((field) => ({
			detail: `${quoteBytes(byteString(`${field.name}: ${field.value}`))} came from the request, after a line break, and became a header of the response.`,
			...fieldLocation(facts, field)
		}));
	}
};
// server/doctor/rules/head/space-before-colon/rule.ts
var rule$87 = {
	severity: "error",
	title: "A header name has a space before its colon",
	summary: "There is a space between the name of a header and its colon.",
	explanation: "A header is a name, a colon and a value, with nothing between name and colon: `Content-Type: text/html`, not `Content-Type : text/html`. Servers refuse the whole response or lose the header.",
	reference: "RFC 3875 §6.3, RFC 9112 §5.1",
	logged: [
		{
			server: "Apache",
			message: "AH02429: Response header name 'Content-Type ' contains invalid characters, aborting request",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK without the header"
		},
		{
			server: "nginx",
			message: "upstream sent invalid header: \"Content-Type\\x20...\"",
			response: "502 Bad Gateway"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		const spaces = bad && /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)([ \t]+):/.exec(bad.stopped.text);
		if (!bad || !spaces) return null;
		const from = bad.stopped.from + (spaces[1]?.length ?? 0);
		return {
			detail: `Write ${quoteBytes(byteString(`${spaces[1] ?? ""}:`))} without the space.`,
			stream: "stdout",
			range: rangeIn(bad.stdout, from, from + (spaces[2]?.length ?? 1))
		};
	}
};
// server/doctor/rules/head/text-before-header/rule.ts
var rule$86 = {
	severity: "error",
	title: "Something was printed before the headers",
	summary: "A debug message, a warning or other output comes before the headers.",
	explanation: "The headers are present, but something else was written before or among them: a debug message, a library's warning, the output of a command that the script runs. The headers must come first on standard output. Write everything else to standard error, which goes to the log: `print(…, file=sys.stderr)` in Python, `print STDERR` in Perl, `>&2` in a shell script.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "malformed header from script 'S': Bad header: TEXT",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with the text and the headers in the body"
		},
		{
			server: "nginx",
			message: "upstream sent invalid header: \"TEXT...\"",
			response: "502 Bad Gateway"
		},
		{
			server: "Go",
			message: "cgi: bogus header line: TEXT",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (!bad || hasOwnRule$1(bad.stopped.text) || bad.stopped.text.startsWith("<") || bad.stopped.text === "") return null;
		const field = cgiFieldAfter(bad.head, bad.stopped.to);
		if (field === null || bad.stopped.from > 0 && /\r?\n\r?\n/.test(bad.head.slice(bad.stopped.from, field))) return null;
		return {
			title: bad.stopped.from === 0 ? rule$86.title : "Something was printed among the headers",
			detail: `${quoteBytes(bad.stopped.text)} is not a header. The headers ${bad.stopped.from === 0 ? "begin" : "continue"} ${field - bad.stopped.from} bytes later. Write such messages to standard error.`,
			stream: "stdout",
			range: rangeIn(bad.stdout, bad.stopped.from, bad.stopped.to),
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/head/utf-16-output/rule.ts
var rule$85 = {
	severity: "error",
	title: "The output is UTF-16",
	summary: "The output has two bytes per character, so the server cannot parse any header.",
	explanation: "Headers are ASCII: one byte per character. This output is UTF-16, where every letter has a second byte, 00. PowerShell and some Windows programs write it. Make the script write UTF-8.",
	reference: "RFC 3875 §6.3",
	logged: [
		{
			server: "Apache",
			message: "malformed header from script 'S': Bad header: \\xff\\xfeC",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with everything as the body, or 500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "upstream sent invalid header: \"TEXT\\x00...\"",
			response: "502 Bad Gateway"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const bad = badOutput(facts);
		if (bad?.stopped.from !== 0 || !/^(?:\xff\xfe|\xfe\xff|(?:[A-Za-z-]\0){4}|(?:\0[A-Za-z-]){4})/.test(bad.head)) return null;
		return {
			detail: "Each letter has a second byte, `00`. Write UTF-8 instead.",
			stream: "stdout",
			range: rangeIn(bad.stdout, 0, 2)
		};
	}
};
// server/doctor/evidence/refused-request.ts
/** Longest part of a line that a finding quotes, in bytes. */
var maxQuotedBytes = 120;
/** An occurrence if the trace's cause is one of the table's codes. */
function refusalOf({ cause, request }, advice) {
	const fix = cause ? advice[cause.code] : void 0;
	if (!cause || fix === void 0) return null;
	const { from, to } = cause.data ?? {};
	if (typeof from !== "number" || typeof to !== "number") return {
		detail: `${cause.text} ${fix}`,
		stream: "request"
	};
	const line = lineAt(request.head, from);
	return {
		detail: `${cause.text} ${fix}`,
		stream: "request",
		range: [from, to],
		evidence: [{
			kind: "quote",
			of: `line ${line.number} of the request, byte ${from - line.from + 1} (offset 0x${from.toString(16)})`,
			text: line.text
		}]
	};
}
/** For causes in a chunked body: `from` is an offset in the body as it was sent, which is not kept. */
function bodyRefusalOf({ cause }, advice) {
	const fix = cause ? advice[cause.code] : void 0;
	if (!cause || fix === void 0) return null;
	const from = cause.data?.["from"];
	return {
		detail: `${cause.text} ${fix}`,
		stream: "request",
		evidence: typeof from === "number" ? [{
			kind: "quote",
			of: "request body as it was sent",
			text: `the byte at offset 0x${from.toString(16)}`
		}] : []
	};
}
function lineAt(head, offset) {
	const from = offset === 0 ? 0 : head.lastIndexOf("\n", offset - 1) + 1;
	const end = head.indexOf("\n", from);
	const text = head.slice(from, Math.min(end < 0 ? head.length : end, from + maxQuotedBytes));
	return {
		number: head.slice(0, from).split("\n").length,
		from,
		text: visible(text)
	};
}
/** Control bytes and bytes above 0x7f as \xNN. */
var visible = (text) => text.replace(/[^\x20-\x7e]/g, (character) => ({
	"\r": "\\r",
	"	": "\\t"
})[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
// server/doctor/rules/refusal/body-length-ambiguous/rule.ts
var advice$15 = {
	"content-length-invalid": "Write the number of bytes in decimal digits, without a sign.",
	"content-length-repeated": "Send Content-Length once.",
	"content-length-and-transfer-encoding": "Remove one of the two headers.",
	"transfer-encoding-in-http-1-0": "Send Content-Length, or use HTTP/1.1.",
	"transfer-encoding-not-chunked-last": "Let the header be `Transfer-Encoding: chunked`.",
	"transfer-encoding-unknown": "Let the header be `Transfer-Encoding: chunked`. For a compressed body use Content-Encoding."
};
var rule$84 = {
	severity: "error",
	title: "The length of the request body is not clear",
	summary: "The headers that say where the body ends contradict each other or are malformed.",
	explanation: "A request body ends after `Content-Length` bytes, or after its last chunk if the request has `Transfer-Encoding: chunked`. If both are there, if there are two lengths, or if the length is not a plain number, a proxy and a server behind it can choose different ends. The rest of the body then becomes the beginning of the next request, which nobody checked: request smuggling. That is why the request is refused instead of repaired.\n\nSet one of the two headers, once. HTTP libraries set the right one if the program does not set any.",
	reference: "RFC 9112 §6.3",
	logged: [
		{
			server: "Apache",
			message: "AH10242: client sent invalid Content-Length (TEXT): U",
			response: "400 Bad Request"
		},
		{
			server: "lighttpd",
			message: null,
			response: "400 Bad Request"
		},
		{
			server: "nginx",
			message: "client sent duplicate header line: TEXT",
			response: "400 Bad Request"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$15)
};
// server/doctor/rules/refusal/chunk-malformed/rule.ts
var advice$14 = {
	"chunk-size-invalid": "Write the size in hexadecimal digits, without a prefix.",
	"chunk-size-too-large": "Write the real size of the chunk.",
	"chunk-extension-invalid": "Remove the extension after the size.",
	"chunk-line-end-invalid": "End the line in CR LF.",
	"chunk-data-end-invalid": "Count the bytes of the chunk, not its characters, and write the size in hexadecimal.",
	"trailer-invalid": "Write trailers like headers, or remove them."
};
var rule$83 = {
	severity: "error",
	title: "The chunked request body is malformed",
	summary: "Each chunk is its size in hexadecimal, CR LF, that many bytes, and CR LF.",
	explanation: "With `Transfer-Encoding: chunked` the body consists of chunks. Each chunk begins with its size in hexadecimal digits on a line of its own, then come exactly that many bytes, then CR LF. A chunk of size 0 and a blank line end the body. Here a chunk breaks this pattern, so the server cannot tell data from sizes. Usually the size counts characters instead of bytes, is written in decimal, or a line ends in LF alone.",
	reference: "RFC 9112 §7.1",
	logged: [
		{
			server: "Apache",
			message: "AH01225: Error reading request entity data",
			response: "400 Bad Request"
		},
		{
			server: "lighttpd",
			message: "chunked data missing end CRLF -> 400",
			response: "400 Bad Request"
		},
		{
			server: "nginx",
			message: "client sent invalid chunked body",
			response: "400 Bad Request"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => bodyRefusalOf(facts, advice$14)
};
// server/doctor/rules/refusal/folder-not-trusted/rule.ts
var trust = "Read what the folder wants, then choose “Trust this folder” in the window.";
var advice$13 = {
	"folder-untrusted": trust,
	"route-untrusted": trust,
	"handler-untrusted": trust
};
var rule$82 = {
	severity: "error",
	title: "The folder is not trusted",
	summary: "Until you trust a folder, only the composer and the preview run its scripts, and some of its settings have no effect.",
	explanation: "A folder's configuration can name programs to start, addresses to listen on and places outside the folder. In a folder that you did not open before, or whose settings another program changed, these settings have no effect until you trust the folder. A request that needs one of them is refused, because another response would mislead. Other clients than the composer and the preview wait too.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$13)
};
// server/doctor/rules/refusal/header-line-malformed/rule.ts
var advice$12 = {
	"header-folded": "Write the value on one line, or set `policy.foldedRequestHeader` to `join`.",
	"header-folded-first": "Remove the space at the beginning of the line.",
	"header-without-colon": "Write a colon after the name. A blank line must come before the request body.",
	"header-name-empty": "Write a name before the colon, or remove the line.",
	"header-name-invalid-byte": "Remove the byte from the name; a hyphen can take the place of a space.",
	"header-space-before-colon": "Remove the space before the colon.",
	"header-value-invalid-byte": "Remove the control byte from the value, or percent-encode it."
};
var rule$81 = {
	severity: "error",
	title: "A request header is malformed",
	summary: "A header line is a name, a colon directly after it, and a value.",
	explanation: "A header name is a token: letters, digits and the characters `!#$%&'*+-.^_`|~`. It has no spaces, and the colon follows it directly. A value may hold any byte except control bytes; a tab is allowed. Servers read everything else in different ways. One that ignores a line with a space in its name, behind one that takes it, is how requests are smuggled past a filter, so servers refuse such requests.\n\nA header that continues on a second, indented line is obsolete. By default this server joins the lines as Apache and lighttpd do; `policy.foldedRequestHeader` can refuse them.",
	reference: "RFC 9112 §5",
	logged: [
		{
			server: "Apache",
			message: "AH02426: Request header field name is malformed: TEXT",
			response: "400 Bad Request"
		},
		{
			server: "lighttpd",
			message: null,
			response: "400 Bad Request"
		},
		{
			server: "nginx",
			message: "client sent invalid header line: TEXT",
			response: "400 Bad Request"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$12)
};
// server/doctor/rules/refusal/host-refused/rule.ts
var advice$11 = {
	"host-missing": "Send `Host: localhost`.",
	"host-repeated": "Send Host once.",
	"host-malformed": "Write a host name or address, and the port after a colon if it is not 80.",
	"host-not-served": "Use a loopback name in the address, or add the name to `server.hosts`."
};
var rule$80 = {
	severity: "error",
	title: "The Host header is missing, malformed or names another host",
	summary: "A page on the web could reach a local server under a name of its own, so the server answers only to names that it knows.",
	explanation: "The `Host` header carries the name and port that the client connected to. A web page from anywhere can make its own domain name point to your machine (DNS rebinding). The browser then lets that page read what this server answers. The name in `Host` gives such a request away, so the server accepts only the loopback names: `localhost`, names that end in `.localhost`, `127.0.0.1` and `[::1]`, and the names that you list under `server.hosts`.\n\nHTTP/1.1 requires exactly one `Host` header.",
	reference: "RFC 9110 §7.2",
	logged: [
		{
			server: "Apache",
			message: "AH00550: Client sent malformed Host header: TEXT",
			response: "400 Bad Request"
		},
		{
			server: "lighttpd",
			message: null,
			response: "400 Bad Request"
		},
		{
			server: "nginx",
			message: "client sent invalid host header",
			response: "400 Bad Request"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$11)
};
// server/doctor/rules/refusal/line-end-malformed/rule.ts
var advice$10 = {
	"line-feed-alone": "End the line in CR LF, or set `policy.bareLineFeed` to `accept`.",
	"carriage-return-alone": "End the line in CR LF, and remove the carriage return from values."
};
var rule$79 = {
	severity: "error",
	title: "A line of the request ends in the wrong characters",
	summary: "Each line before the request body ends in CR LF, the bytes 0d 0a.",
	explanation: "HTTP ends each line of a request with two bytes, carriage return and line feed. Most servers also accept a line feed alone; this server does too unless `policy.bareLineFeed` is set to `reject`. A carriage return alone is different: some programs read it as the end of a line and others as part of a value, so that two servers in a row can disagree about which headers a request has. It is always refused.\n\nIn a shell write `printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'`; `echo` writes a line feed alone.",
	reference: "RFC 9112 §2.2",
	logged: [
		{
			server: "Apache",
			message: "AH02427: Request header value is malformed: TEXT",
			response: "400 Bad Request"
		},
		{
			server: "lighttpd",
			message: null,
			response: "400 Bad Request"
		},
		{
			server: "nginx",
			message: "client sent invalid header line: TEXT",
			response: "400 Bad Request"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$10)
};
// server/doctor/rules/refusal/not-http/rule.ts
var advice$9 = {
	"not-http": "Check that the client uses http:// and this port.",
	"tls-hello": "Use http:// instead of https:// in the client, or set up a proxy that terminates TLS.",
	"http2-preface": "Let the client use HTTP/1.1. With curl: `--http1.1`.",
	"version-invalid": "End the request line in HTTP/1.1.",
	"version-unsupported": "End the request line in HTTP/1.1.",
	"method-connect": "The client is configured to use this server as a proxy. Remove that setting."
};
var rule$78 = {
	severity: "error",
	title: "The client does not speak HTTP/1.1 or HTTP/1.0",
	summary: "The first bytes on the connection are not an HTTP request that this server can read.",
	explanation: "An HTTP request begins with a method, a target and a version: `GET /path HTTP/1.1`. Other first bytes mean that the client speaks another protocol. The usual cause is an address that begins with https:// although the server speaks plain HTTP; the bytes 16 03 are the beginning of a TLS handshake. Clients that are configured for HTTP/2 without negotiation begin with `PRI * HTTP/2.0`.\n\nCheck the address, the scheme and the port in the client, or in the proxy in front of this server.",
	reference: "RFC 9112 §3",
	logged: [
		{
			server: "Apache",
			message: "AH00566: request failed: malformed request line",
			response: "400 Bad Request"
		},
		{
			server: "lighttpd",
			message: null,
			response: "400 Bad Request"
		},
		{
			server: "nginx",
			message: "client sent invalid method while reading client request line",
			response: "400 Bad Request"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$9)
};
// server/doctor/rules/refusal/origin-refused/rule.ts
var advice$8 = {
	"foreign-origin": "If the page is yours, add its origin to `server.allowedOrigins`.",
	"foreign-site": "If the page is yours, add its origin to `server.allowedOrigins`, and let it send `Origin` or `Referer`."
};
var rule$77 = {
	severity: "error",
	title: "A page of another site sent this request",
	summary: "The server refuses requests with an unsafe method, such as POST, from pages of other origins, and requests that they send in the background.",
	explanation: "Any page that you visit can send requests to programs on your machine: a form that posts to `http://localhost:8080/` needs no permission. Scripts that delete or change something must not trust such requests. The browser says in `Origin` which page sent the request, and in `Sec-Fetch-Site` and `Sec-Fetch-Mode` whether a page of another site fetched it in the background; the server refuses such requests of pages of other origins unless `server.allowedOrigins` lists them.",
	reference: "RFC 6454 §7",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$8)
};
// server/doctor/rules/refusal/other-user-refused/rule.ts
var advice$7 = { "other-user": "If other users may run these scripts with your rights, set `server.otherUsers` to true." };
var rule$76 = {
	severity: "error",
	title: "Another user of this machine sent this request",
	summary: "The server listens on a loopback address and serves only programs of its own user, and of root.",
	explanation: "Every user of a machine reaches its loopback addresses. A script runs with the rights of the user who started the workbench, so another user could read that user's files through it. On Linux the server asks the system whose process sent a request, and refuses those of other users unless `server.otherUsers` is true. That includes a proxy, such as nginx, that runs as a user of its own. A client that closes its connection before the server can ask is refused too.",
	reference: "Linux sock_diag(7)",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$7)
};
// server/doctor/rules/refusal/request-incomplete/rule.ts
var advice$6 = {
	"head-timeout": "End the headers in a blank line: CR LF twice in a row.",
	"head-incomplete": "End the headers in a blank line: CR LF twice in a row.",
	"closed-in-head": "End the headers in a blank line: CR LF twice in a row.",
	"body-incomplete": "Send as many bytes as Content-Length gives, or the last chunk of a chunked body.",
	"body-too-slow": "Send the request body faster, or when fewer requests wait."
};
var rule$75 = {
	severity: "error",
	title: "The request never arrived completely",
	summary: "The client stopped sending before the request was complete.",
	explanation: "The headers of a request end in a blank line, and the server cannot answer before it has read that line. A client that forgets it waits for the server while the server waits for the client. A request body ends after the number of bytes that `Content-Length` gives; a client that counts characters instead of bytes announces the wrong number. The connection may also have been cut.",
	reference: "RFC 9112 §8",
	logged: [],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$6)
};
// server/doctor/rules/refusal/request-line-malformed/rule.ts
var advice$5 = {
	"method-invalid": "Write the method as one word of letters, digits and the characters `!#$%&'*+-.^_`|~`.",
	"request-line-incomplete": "Write all three parts. HTTP/0.9, which had no version, is not supported.",
	"request-line-spaces": "Write one space between the parts, and `%20` for a space in the target.",
	"target-invalid-byte": "Write a space as `%20` and a control byte as `%` and two hexadecimal digits."
};
var rule$74 = {
	severity: "error",
	title: "The request line is malformed",
	summary: "The first line of a request consists of method, target and version, with one space between them.",
	explanation: "A request line is `METHOD target HTTP/1.1`: three parts, one space between them. Servers split the line at its spaces, so a space inside the target makes a fourth part, and different servers then see different targets. In a URL a space is written `%20` (or `+` in a query), a control character as `%` and two hexadecimal digits.\n\nClients that build the line from pieces should percent-encode each piece: `encodeURIComponent` in JavaScript, `urllib.parse.quote` in Python, `URI::Escape` in Perl.",
	reference: "RFC 9112 §3",
	logged: [
		{
			server: "Apache",
			message: "AH03448: HTTP Request Line; Excess whitespace (disallowed by HttpProtocolOptions Strict)",
			response: "400 Bad Request"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK: the space stays in the target"
		},
		{
			server: "nginx",
			message: "client sent invalid request while reading client request line",
			response: "400 Bad Request"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$5)
};
// server/doctor/rules/refusal/request-too-large/rule.ts
var advice$4 = {
	"request-line-too-large": "Send the data in a request body, with POST.",
	"request-head-too-large": "Remove or shorten headers. Large cookies are the usual cause.",
	"chunk-extensions-too-large": "Remove the chunk extensions.",
	"trailers-too-large": "Remove the trailers.",
	"body-too-large": "Send less, or raise the limit."
};
var rule$73 = {
	severity: "error",
	title: "The request is larger than the server allows",
	summary: "A size limit of the server was exceeded, so the request was refused.",
	explanation: "The server reads a request line and its headers into memory before it can decide anything, so their size is limited, as on every server. The usual cause is a large or growing cookie, or a form that was sent with GET: its fields then become part of the target. Send large forms with POST.\n\nThe limit of the request body is `limits.requestBodyBytes` in cgi-workbench.json.",
	reference: "RFC 9110 §15.5.14",
	logged: [
		{
			server: "Apache",
			message: "AH00561: Request header exceeds LimitRequestFieldSize: NAME",
			response: "400 Bad Request"
		},
		{
			server: "lighttpd",
			message: "oversized request-header -> sending Status 431",
			response: "431 Request Header Fields Too Large"
		},
		{
			server: "nginx",
			message: "client sent too long header line: TEXT",
			response: "400 Bad Request"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$4)
};
// server/doctor/rules/refusal/service-worker-refused/rule.ts
var advice$3 = { "service-worker-refused": "If the worker is what you test, set `server.serviceWorkers` to true." };
var rule$72 = {
	severity: "error",
	title: "A page registered this script as a service worker",
	summary: "The server refuses to send a script that a browser would install as a service worker.",
	explanation: "A service worker stays in the browser's profile and answers requests in place of the server, also after the workspace was closed. Every workspace that is opened later at the same address would get its answers from the worker of an earlier one. The browser says with `Service-Worker: script` that it fetches a worker; the server refuses such a request unless `server.serviceWorkers` is true.",
	reference: "W3C Service Workers §2.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK"
		}
	],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$3)
};
// server/doctor/rules/refusal/sign-in-impossible/rule.ts
var advice$2 = {
	"password-file-unusable": "Create the file, or correct its path in the configuration.",
	"password-hash-unusable": "Set the password again."
};
var rule$71 = {
	severity: "error",
	title: "Sign-in is impossible, because the password file cannot be used",
	summary: "The route is protected, but its password file is missing, unreadable or has an unsupported kind of hash.",
	explanation: "A protected path whose password file cannot be used stays closed: an open one would be the worse mistake. Create the file with `htpasswd -B -c FILE NAME`, and check its path in cgi-workbench.json.",
	reference: "RFC 7617 §2",
	logged: [],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$2)
};
// server/doctor/rules/refusal/sign-in-refused/rule.ts
var advice$1 = {
	"sign-in-needed": "Send an Authorization header; in the composer choose Basic authentication. With curl: `-u name:password`.",
	"credentials-malformed": "Send `Authorization: Basic` and the Base64 form of `name:password`.",
	"credentials-wrong": "Check the name and the password. `htpasswd -v FILE NAME` checks them against the file."
};
var rule$70 = {
	severity: "hint",
	title: "The path requires a user name and a password",
	summary: "The configuration protects this path with Basic authentication.",
	explanation: "The route has a password file in cgi-workbench.json. The server answers 401 with `WWW-Authenticate`, the browser asks for a user name and a password and repeats the request with an `Authorization` header. After that the script gets the name in `REMOTE_USER`. The first 401 is part of every sign-in and no error.",
	reference: "RFC 7617 §2",
	logged: [],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice$1)
};
// server/doctor/rules/refusal/too-much-held/rule.ts
var advice = { "too-much-held": "Close connections that are not used, send requests in one piece, and read responses." };
var rule$69 = {
	severity: "error",
	title: "Clients have too many unfinished requests open",
	summary: "The server limits the memory for bytes that wait between clients and scripts, and the limit is reached.",
	explanation: "The bytes of a request that has not arrived completely, and of a response that the client does not read, wait in memory. Many clients that send a part and stop fill that memory. The server then refuses the request that waits longest with 503, so that there is room for newer ones.",
	reference: "RFC 9110 §15.6.4",
	logged: [],
	when: "inline",
	about: "refused",
	check: (facts) => refusalOf(facts, advice)
};
// server/doctor/rules/request/authorization-hidden/rule.ts
var rule$68 = {
	severity: "hint",
	title: "The script does not receive the Authorization header",
	summary: "This is by design: the script learns the authenticated user from `REMOTE_USER`, and the password stays with the server.",
	explanation: "The `Authorization` header contains a password or a token. RFC 3875 §9.2 advises against passing it to scripts: the server verifies it and puts the user's name into `REMOTE_USER`. If a script has to verify tokens itself, set `passAuthorization` for the script or its route (Apache: `CGIPassAuth On`). Do not trust `REMOTE_USER` where the server did not verify it: nginx with its usual parameters sets it from the unverified header.",
	reference: "RFC 3875 §9.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "hidden; passed with CGIPassAuth On"
		},
		{
			server: "lighttpd",
			message: null,
			response: "HTTP_AUTHORIZATION passed"
		},
		{
			server: "nginx",
			message: null,
			response: "passed, and REMOTE_USER set without verification"
		}
	],
	when: "inline",
	about: "not-exported",
	check: ({ notExported, request }) => {
		const hidden = notExported.filter(([name]) => /^(?:proxy-)?authorization$/i.test(name));
		if (hidden.length === 0) return null;
		const at = request.head.indexOf(`\n${hidden[0]?.[0] ?? ""}`);
		return {
			detail: "Set `passAuthorization` for the script or the route to pass it on, or `auth` to let the server verify it.",
			stream: "request",
			range: at < 0 ? null : [at + 1, at + 1 + (hidden[0]?.[0].length ?? 0)]
		};
	}
};
// server/doctor/rules/request/body-incomplete/rule.ts
var rule$67 = {
	severity: "error",
	title: "The request body never arrived completely, and the script waited for it",
	summary: "`CONTENT_LENGTH` announced more bytes than the client sent.",
	explanation: "`Content-Length` announces how many bytes the request body has. A script that reads that many bytes waits until all of them arrive. Here fewer arrived, so the script waited until the time limit. The error is in the client: it counted characters instead of bytes, an upload broke off, or it never sent the body.",
	reference: "RFC 3875 §4.2",
	logged: [
		{
			server: "Apache",
			message: "AH01225: Error reading request entity data",
			response: "408 Request Timeout"
		},
		{
			server: "lighttpd",
			message: null,
			response: "closes the connection without a response"
		},
		{
			server: "nginx",
			message: null,
			response: "closes the connection without a response"
		}
	],
	when: "deferred",
	on: "failures",
	check: ({ outcome, env, request, process }) => {
		if (outcome !== "timeout" || process === null) return null;
		const announced = Number(env?.find(({ name }) => name === "CONTENT_LENGTH")?.value ?? 0);
		if (!(announced > request.body.bytes)) return null;
		return {
			detail: `The client announced ${announced} bytes and sent ${request.body.bytes}. The server stopped the script while it waited for the rest.`,
			stream: "request",
			evidence: [{
				kind: "variable",
				name: "CONTENT_LENGTH",
				value: String(announced)
			}, {
				kind: "quote",
				of: "request body",
				text: `${request.body.bytes} bytes arrived`
			}]
		};
	}
};
// server/doctor/rules/request/body-not-read/rule.ts
var rule$66 = {
	severity: "hint",
	title: "The script did not read the whole request body",
	summary: "The script responded before it had read everything. Some servers then reset the connection.",
	explanation: "The script exited, or closed its input, while part of the request body had not arrived yet. That is allowed. But some servers do not read the rest themselves, and a browser that is still sending may then see a broken connection instead of the response. If the script needs the data, read `CONTENT_LENGTH` bytes.",
	reference: "RFC 3875 §4.2",
	logged: [
		{
			server: "Apache",
			message: "AH02651: Error writing request body to script S",
			response: "200 OK"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK"
		},
		{
			server: "fcgiwrap",
			message: "An error occurred while reading the request",
			response: "502 Bad Gateway"
		},
		{
			server: "nginx",
			message: "writev() failed (32: Broken pipe) while sending request to upstream",
			response: null,
			unproved: true
		}
	],
	when: "inline",
	check: ({ request, stdin, outcome }) => {
		if (outcome !== "ok" || !stdin) return null;
		const announced = Number(request.headers.find(([name]) => name.toLowerCase() === "content-length")?.[1] ?? request.body.bytes);
		if (stdin.bytes >= announced) return null;
		return {
			detail: `The script received ${stdin.bytes} of ${announced} bytes before it exited.`,
			stream: "stdin",
			range: [Math.max(0, stdin.bytes - 1), stdin.bytes]
		};
	}
};
// server/doctor/rules/request/body-type-missing/rule.ts
var rule$65 = {
	severity: "hint",
	title: "The request has a body but no Content-Type",
	summary: "Without `Content-Type` a form library does not recognize the form, and the script gets an empty one.",
	explanation: "A form arrives with `Content-Type: application/x-www-form-urlencoded`, or `multipart/form-data` for uploads. Libraries that parse forms check this type, in `CONTENT_TYPE`, and read nothing without it. Let the client send the header.",
	reference: "RFC 3875 §4.1.3",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "CONTENT_TYPE unset or empty"
		},
		{
			server: "lighttpd",
			message: null,
			response: "CONTENT_TYPE unset or empty"
		},
		{
			server: "nginx",
			message: null,
			response: "CONTENT_TYPE unset or empty"
		}
	],
	when: "inline",
	check: ({ request }) => {
		if (request.body.bytes === 0 || request.headers.some(([name]) => name.length === 12 && name.toLowerCase() === "content-type")) return null;
		return {
			detail: `The body has ${request.body.bytes} bytes, and \`CONTENT_TYPE\` is not set.`,
			stream: "request",
			evidence: [{
				kind: "variable",
				name: "CONTENT_TYPE",
				value: null
			}]
		};
	}
};
// server/doctor/rules/request/chunked-body/rule.ts
var rule$64 = {
	severity: "hint",
	title: "The request body is chunked: Apache sets no CONTENT_LENGTH",
	summary: "CGI Workbench buffers the body and sets its length. Apache leaves `CONTENT_LENGTH` unset, and a script that relies on it gets an empty form.",
	explanation: "A client that does not know the length of its data sends it in chunks, without `Content-Length`. CGI has no such form. CGI Workbench, lighttpd and nginx buffer the whole body first and set its length. Apache starts the script at once and leaves `CONTENT_LENGTH` unset, so a script that reads that many bytes reads none. A script that has to work there must read to the end of standard input if the variable is missing.",
	reference: "RFC 3875 §4.1.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "CONTENT_LENGTH unset; the body ends at end of file"
		},
		{
			server: "lighttpd",
			message: null,
			response: "CONTENT_LENGTH set"
		},
		{
			server: "nginx",
			message: null,
			response: "CONTENT_LENGTH set"
		}
	],
	when: "inline",
	check: ({ request, client }) => {
		if (client.from === "cli") return null;
		if (request.headers.findIndex(([name, value]) => name.length === 17 && name.toLowerCase() === "transfer-encoding" && /chunked/i.test(value)) < 0) return null;
		return {
			detail: `The body arrived in chunks, ${request.body.bytes} bytes in total. Under Apache the script has no \`CONTENT_LENGTH\` and must read to the end of its input.`,
			stream: "request",
			evidence: [{
				kind: "variable",
				name: "CONTENT_LENGTH",
				value: String(request.body.bytes)
			}]
		};
	}
};
// server/doctor/rules/request/header-not-exported/rule.ts
var rule$63 = {
	severity: "hint",
	title: "The script does not receive one of the request's headers",
	summary: "A header name with an underscore or a dot would become the same meta-variable as another header, so servers drop it.",
	explanation: "A header reaches a script as a meta-variable: `X-User` becomes `HTTP_X_USER`. `X_User` and `X.User` would become the same variable, so a client could impersonate another user. Apache and nginx therefore drop names that contain anything but letters, digits and hyphens, without an error. Rename the header. `policy.underscoreHeader` sets what CGI Workbench does.",
	reference: "RFC 3875 §4.1.18",
	logged: [
		{
			server: "Apache",
			message: "Not exporting header with invalid name as envvar: NAME",
			response: "not passed on; logged only at LogLevel trace1"
		},
		{
			server: "lighttpd",
			message: null,
			response: "passed on as HTTP_X_USER"
		},
		{
			server: "nginx",
			message: "client sent invalid header line: \"X_User: ann\" while reading client request headers",
			response: "not passed on; logged at level info"
		}
	],
	when: "inline",
	about: "not-exported",
	check: ({ notExported, request }) => {
		const hidden = notExported.filter(([name]) => !/^[A-Za-z0-9-]+$/.test(name) && /^[^\s?=]+$/.test(name) && request.headers.some(([header]) => header === name));
		if (hidden.length === 0) return null;
		const at = request.head.indexOf(`\n${hidden[0]?.[0] ?? ""}`);
		return {
			detail: `${hidden.map(([name, why]) => `${name}: ${why.text}`).join("; ")}.`,
			stream: "request",
			range: at < 0 ? null : [at + 1, at + 1 + (hidden[0]?.[0].length ?? 0)]
		};
	}
};
// server/doctor/rules/request/path-changed/rule.ts
var rule$62 = {
	severity: "hint",
	title: "The path that reached the script differs from the URL",
	summary: "Servers normalize double slashes, dot segments and encoded slashes before the script receives the path, and not all do it the same way.",
	explanation: "Before a server looks for a script, it normalizes the path: `//` becomes `/`, `/a/../b` becomes `/b`, and `%41` becomes `A`. The script gets the normalized path in `PATH_INFO`. Apache rejects an encoded slash, `%2F`, with 404. lighttpd and nginx decode it, and the script cannot tell it from a real slash. To pass a value with slashes, put it into the query.",
	reference: "RFC 3875 §4.1.5",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "404 Not Found for %2F"
		},
		{
			server: "lighttpd",
			message: null,
			response: "%2F is a slash in PATH_INFO"
		},
		{
			server: "nginx",
			message: null,
			response: "%2F is a slash in PATH_INFO"
		}
	],
	when: "inline",
	check: ({ route, request, env }) => {
		const query = request.target.indexOf("?");
		const path = query < 0 ? request.target : request.target.slice(0, query);
		if (!/\/\/|%2[fF]|\/\.\.?(?:\/|$)|%2[eE]/.test(path.replace(/^https?:\/\//i, "")) || route.pathInfo === "") return null;
		const at = request.head.indexOf(path);
		return {
			detail: `The URL has “${path.slice(0, 200)}”; \`PATH_INFO\` is “${toDisplayText(route.pathInfo)}”.`,
			stream: "request",
			range: at < 0 ? null : [at, at + path.length],
			evidence: [{
				kind: "variable",
				name: "PATH_INFO",
				value: env === null ? null : toDisplayText(route.pathInfo)
			}]
		};
	}
};
// server/doctor/rules/request/proxy-header/rule.ts
var rule$61 = {
	severity: "hint",
	title: "The server withheld a Proxy header from the script",
	summary: "As the variable `HTTP_PROXY` it would make many programs send their requests through a proxy of the client's choice.",
	explanation: "Many programs read the variable `HTTP_PROXY` to find the proxy for their own requests. A request header named `Proxy` would become exactly that variable, so any visitor could redirect what the script fetches (“httpoxy”, CVE-2016-5385). CGI Workbench, Apache and lighttpd drop the header. nginx passes it by default.",
	reference: "RFC 3875 §4.1.18",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "dropped"
		},
		{
			server: "lighttpd",
			message: null,
			response: "dropped"
		},
		{
			server: "nginx",
			message: null,
			response: "HTTP_PROXY is set"
		}
	],
	when: "inline",
	about: "not-exported",
	check: ({ notExported, request }) => {
		const hidden = notExported.filter(([name]) => name.toLowerCase() === "proxy");
		if (hidden.length === 0) return null;
		const at = request.head.indexOf(`\n${hidden[0]?.[0] ?? ""}`);
		return {
			detail: "The client sent a `Proxy` header. No legitimate client does.",
			stream: "request",
			range: at < 0 ? null : [at + 1, at + 1 + (hidden[0]?.[0].length ?? 0)]
		};
	}
};
// server/doctor/rules/request/query-became-arguments/rule.ts
var rule$60 = {
	severity: "hint",
	title: "The query became command-line arguments",
	summary: "CGI Workbench and Apache pass a query without “=” to the script as arguments. Other servers do not.",
	explanation: "This is an old rule of CGI, from the time of `<isindex>`. The server takes a query without any “=” as search words, splits it at “+”, decodes it, and passes the words to the script as command-line arguments. lighttpd and nginx never do this. A script that reads `QUERY_STRING` is not affected. A script that reads its arguments may be surprised by a link such as `?logout`.",
	reference: "RFC 3875 §4.4",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "passed as arguments"
		},
		{
			server: "lighttpd",
			message: null,
			response: "no arguments"
		},
		{
			server: "nginx",
			message: null,
			response: "no arguments"
		}
	],
	when: "inline",
	check: ({ argv, route, request, env }) => {
		if (argv === null || argv.length < 2 || route.file === null) return null;
		const words = argv.slice(argv.indexOf(route.file) + 1);
		if (words.length === 0 || words.some((word) => word.startsWith("-"))) return null;
		const query = env?.find(({ name }) => name === "QUERY_STRING")?.value ?? null;
		const at = request.head.indexOf("?");
		return {
			detail: `The script was started with the arguments ${words.map((word) => `“${toDisplayText(word)}”`).slice(0, 5).join(", ")}.`,
			stream: "request",
			range: at < 0 ? null : [at + 1, at + 1 + (query?.length ?? 0)],
			evidence: [{
				kind: "variable",
				name: "QUERY_STRING",
				value: query
			}]
		};
	}
};
// server/doctor/rules/request/query-option-argument/rule.ts
var rule$59 = {
	severity: "hint",
	title: "The query looks like a command-line option",
	summary: "A query without “=” can become the script's arguments, and one that begins with a dash would be an option.",
	explanation: "This is an old rule of CGI, from the time of `<isindex>`. The server takes a query without any “=” as search words, splits it at “+”, decodes it, and passes the words to the script as command-line arguments. Here a word begins with a dash, so an interpreter or a program could take it as an option. This was a hole in `php-cgi` through which any visitor could run code (CVE-2012-1823). CGI Workbench does not pass such words; Apache does. Do not let a script act on its arguments.",
	reference: "RFC 3875 §4.4",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "passed as arguments"
		},
		{
			server: "lighttpd",
			message: null,
			response: "no arguments"
		},
		{
			server: "nginx",
			message: null,
			response: "no arguments"
		}
	],
	when: "inline",
	check: ({ notExported, request, env }) => {
		const query = notExported.find(([, why]) => notExportedMessage.is(why, "query-option"))?.[0];
		if (query === void 0) return null;
		const at = request.head.indexOf("?");
		return {
			detail: `The query ${quoteBytes(query)} did not become arguments here. Apache would pass them to the script.`,
			stream: "request",
			range: at < 0 ? null : [at + 1, at + 1 + query.length],
			evidence: [{
				kind: "variable",
				name: "QUERY_STRING",
				value: env?.find(({ name }) => name === "QUERY_STRING")?.value ?? null
			}]
		};
	}
};
// server/doctor/rules/request/shellshock/rule.ts
var form = /^\(\)\s*\{/;
var rule$58 = {
	severity: "hint",
	title: "A header has the form of a Shellshock attack",
	summary: "Its value begins with `() {`. A Bash from before September 2014 takes such a variable for a function and runs the commands after it.",
	explanation: "A request header becomes an environment variable. Bash used to read functions from variables whose values began with `() {`, and it ran whatever followed the function (“Shellshock”, CVE-2014-6271). The script need not be written in Bash: it is enough that it starts a command through a `/bin/sh` that is Bash. Every Bash since then is safe: `env x='() { :;}; echo unsafe' bash -c :` prints nothing. Clients that are no attack do not send such headers.",
	reference: "RFC 3875 §4.1.18",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "passed on to the script"
		},
		{
			server: "lighttpd",
			message: null,
			response: "passed on to the script"
		},
		{
			server: "nginx",
			message: null,
			response: "passed on to the script"
		}
	],
	when: "deferred",
	on: "anything",
	check: ({ request }) => {
		const found = request.headers.find(([, value]) => form.test(value));
		if (found === void 0) return null;
		const [name, value] = found;
		const at = request.head.indexOf(value);
		return {
			detail: `The client sent \`${name}: ${quoteBytes(value)}\`. The script got it as a variable. A Bash of today ignores it.`,
			stream: "request",
			range: at < 0 ? null : [at, at + value.length]
		};
	}
};
// server/doctor/rules/request/user-unchecked/rule.ts
/** Headers that a proxy sets. Without a proxy they come from the client. */
var names = /* @__PURE__ */ new Set([
	"HTTP_REMOTE_USER",
	"HTTP_X_REMOTE_USER",
	"HTTP_X_FORWARDED_USER",
	"HTTP_X_AUTHENTICATED_USER"
]);
var rule$57 = {
	severity: "hint",
	title: "The user name is unverified",
	summary: "The script may trust a user name that any client can send.",
	explanation: "`REMOTE_USER` means that the server verified a password and this is the user. That holds only where the server did verify it. A name from a passed-on `Authorization` header, a header such as `Remote-User` that a proxy is meant to set, or a fixed value in the configuration proves nothing. Let the server verify the user (`auth` on the route), or verify it in the script, and trust no other name.",
	reference: "RFC 3875 §4.1.11, §9.2",
	logged: [
		{
			server: "Apache",
			message: null,
			response: "hidden; with CGIPassAuth On passed without verification",
			unproved: true
		},
		{
			server: "lighttpd",
			message: null,
			response: "passed, and REMOTE_USER is not set"
		},
		{
			server: "nginx",
			message: null,
			response: "passed, and REMOTE_USER set without verification"
		}
	],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const user = facts.env?.find(({ name }) => name === "REMOTE_USER");
		if (user?.source === "config") return found("REMOTE_USER", user.value, "The configuration sets `REMOTE_USER`, so every visitor is this user, with any password or none.");
		if (user !== void 0) return null;
		const basic = passedOn(facts, ({ name, value }) => name === "HTTP_AUTHORIZATION" && /^basic /i.test(value));
		if (basic) return found(basic.name, null, "The script receives the client's name and password, and no server has verified them. The script must do it. nginx with its usual parameters sets `REMOTE_USER` from them without verification.");
		const named = passedOn(facts, ({ name }) => names.has(name));
		return named ? found(named.name, named.value, "The client sent it as a header. Behind a proxy that sets this header it comes from the proxy; without one, any client can send it.") : null;
	}
};
var passedOn = ({ env }, is) => env?.find((variable) => variable.source.startsWith("header:") && is(variable));
/** `value`: null where it is a password. */
var found = (name, value, detail) => ({
	title: `${name} is unverified`,
	detail,
	evidence: [value === null ? {
		kind: "quote",
		of: name,
		text: "Basic …"
	} : {
		kind: "variable",
		name,
		value
	}]
});
// server/doctor/evidence/application.ts
var definitions = {
	python: {
		mode: "wsgi",
		line: /^(?:(?:application|app)\s*=(?!=)|def\s+(?:application|app)\s*\(\s*\w+\s*,\s*\w+).*$/m
	},
	perl: {
		mode: "psgi",
		line: /^(?:(?:my|our)?\s*\$app\s*=|(?:return\s+)?sub\s*\{|builder\s*\{).*$/m
	}
};
/** Null in a mode that calls it, and where a program elsewhere responds. */
function uncalledApplication({ file, route }) {
	const traits = traitsOf(route.mode);
	if (!traits || traits.application !== null || traits.isExternal) return null;
	const language = file === null ? null : languageOf(file.path, file.source);
	if (file === null || language !== "python" && language !== "perl") return null;
	const { mode, line } = definitions[language];
	const found = line.exec(file.source);
	return found && {
		mode,
		text: found[0].trim(),
		line: file.source.slice(0, found.index).split("\n").length
	};
}
// server/doctor/rules/run/application-run-as-cgi/rule.ts
var rule$56 = {
	severity: "error",
	title: "An application is run as a CGI script",
	summary: "The file defines an application and exits. In this mode nothing calls the application.",
	explanation: "A WSGI file (Python) defines a callable named `application` or `app`, and the last value of a PSGI file (Perl) is a code reference. A server loads the file once and calls the application for each request. As a CGI script the file runs from its first line to its last, and defines the application without a call of it: stdout stays empty.\n\nRun it in the mode `wsgi` or `psgi`. To run it as CGI all the same, end a Python file with `wsgiref.handlers.CGIHandler().run(application)`; in Perl use `Plack::Handler::CGI`. `cgi-workbench wrap --cgi` prints such a file.",
	reference: "PEP 3333",
	logged: [
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway, for a FastCGI application",
			unproved: true
		}
	],
	fixes: ["run-as-wsgi", "run-as-psgi"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		if (!wroteNothing(facts) || facts.process === null || processEvidence(facts).length > 0) return null;
		const found = uncalledApplication(facts);
		if (found === null || facts.file === null) return null;
		return {
			detail: `The file defines an application (“${found.text}”) and wrote nothing. Run it in the mode \`${found.mode}\`.`,
			line: found.line,
			evidence: [{
				kind: "quote",
				of: facts.file.path,
				text: found.text
			}],
			fixes: [`run-as-${found.mode}`]
		};
	}
};
// server/doctor/rules/run/cgi-module-removed/rule.ts
var rule$55 = {
	severity: "error",
	title: "Python no longer has the cgi module",
	summary: "The script imports `cgi` or `cgitb`, which Python 3.13 removed.",
	explanation: "For thirty years Python included a module named `cgi`, which parsed forms for CGI scripts, and `cgitb`, which showed errors as pages. Python 3.13 (October 2024, PEP 594) removed both. Scripts that use them fail at the import.\n\nFor forms, pass the environment variable `QUERY_STRING` or standard input to `urllib.parse.parse_qs`. For uploads, use `email.message` or the package `multipart`. The package `legacy-cgi` restores the old module.",
	reference: "PEP 594",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: ModuleNotFoundError: No module named 'cgi'",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...ModuleNotFoundError: No module named 'cgi'\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	fixes: ["replace-field-storage"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPython(facts);
		const name = error && isMissingModule(error) ? /^No module named '(cgi|cgitb)'/.exec(error.message)?.[1] : void 0;
		if (!error || name === void 0) return null;
		return errorOccurrence(facts, error, { detail: `The script imports \`${name}\`, which this version of Python does not have. Use \`urllib.parse.parse_qs\` for forms, or install the package \`legacy-cgi\`.` });
	}
};
// server/doctor/rules/run/command-not-found/rule.ts
var rule$54 = {
	severity: "error",
	title: "A command that the script calls is not found",
	summary: "The shell searched the server's `PATH`, which differs from the `PATH` of your login, and found no such program.",
	explanation: "A shell searches for a command in the folders that the variable `PATH` lists. Servers give scripts a short `PATH` without the folders that your login adds (`~/bin`, `/usr/local/bin`, those of a version manager). A command that works in your terminal may therefore be missing here. Write its full path, or set `PATH` at the top of the script.",
	reference: "RFC 3875 §7.2",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: ...NAME: not found",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...NAME: not found\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "sh",
			message: "NAME: command not found",
			response: null,
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readShell(facts);
		const name = error && /^(?:.*: )?([^\s:]+): (?:command )?not found$/.exec(error.message)?.[1];
		if (!error || !name) return null;
		const found = errorOccurrence(facts, error, {
			title: `Command ${name} not found`,
			detail: `The shell found no \`${name}\` on the \`PATH\`. Write its full path, or set \`PATH\` at the top of the script.`
		});
		const path = facts.env?.find((variable) => variable.name === "PATH")?.value ?? null;
		return {
			...found,
			evidence: [...found.evidence ?? [], {
				kind: "variable",
				name: "PATH",
				value: path
			}]
		};
	}
};
// server/doctor/rules/run/crashed-before-output/rule.ts
var rule$53 = {
	severity: "error",
	title: "The script crashed before it wrote anything",
	summary: "The system ended the program because of a fault in it, such as an invalid memory access.",
	explanation: "The program did something that the system does not allow, and the system ended it at once. `SIGSEGV` is an access to memory that the program does not own, `SIGABRT` an assertion or a corrupted heap, `SIGFPE` a division by zero, `SIGILL` an instruction that this processor does not have. With a script the fault is usually in the interpreter or in one of its compiled modules. Whatever the program had in its output buffer is lost.\n\nMost servers do not log the signal (only lighttpd does). They report missing headers.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "CGI pid n died with signal 11",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "An error occurred while reading CGI reply (no response received)",
			response: "502 Bad Gateway"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway, for a FastCGI application",
			unproved: true
		}
	],
	when: "deferred",
	on: "fallback",
	check: (facts) => {
		const { process } = facts;
		if (!wroteNothing(facts) || !(process?.signal != null && crashSignals.has(process.signal))) return null;
		const stderrLine = lastStderrLine(facts);
		return {
			title: `The script crashed (${process.signal}) before it wrote anything`,
			detail: workerExit(facts) ?? `${process.signal} ended the script and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
			stream: stderrLine ? "stderr" : "stdout",
			range: stderrLine?.range ?? null,
			line: stderrLine?.line ?? null,
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/run/failed-before-output/rule.ts
var rule$52 = {
	severity: "error",
	title: "The script failed before it wrote anything",
	summary: "The script exited with a code that means failure, and stdout is empty.",
	explanation: "Every program ends with a number, its exit code. 0 means success, and any other number means failure. This script exited with another number before it wrote a response. The reason is usually on standard error. Servers write that into their error log, where it is easy to miss.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "An error occurred while reading CGI reply (no response received)",
			response: "502 Bad Gateway"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway, for a FastCGI application",
			unproved: true
		},
		{
			server: "Go",
			message: "cgi: no headers",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	when: "deferred",
	on: "fallback",
	check: (facts) => {
		const { process } = facts;
		if (!wroteNothing(facts) || !((process?.exitCode ?? 0) !== 0)) return null;
		const stderrLine = lastStderrLine(facts);
		return {
			title: "The script failed before it wrote anything",
			detail: workerExit(facts) ?? `The script ended with exit code ${process?.exitCode ?? "unknown"} and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
			stream: stderrLine ? "stderr" : "stdout",
			range: stderrLine?.range ?? null,
			line: stderrLine?.line ?? null,
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/run/file-not-permitted/rule.ts
var rule$51 = {
	severity: "error",
	title: "Permission denied for a file that the script opens",
	summary: "The user that the server runs as has no permission for a file or folder that the script uses.",
	explanation: "A script has the permissions of the user that the server runs as. On a production server this is often a special user (`www-data`, `nobody`, `apache`) who cannot read your files or write into your folders. Give that user permission for exactly this file or folder.",
	reference: "RFC 3875 §9.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: PermissionError: [Errno 13] Permission denied: 'PATH'",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...PermissionError: [Errno 13] Permission denied: 'PATH'\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPython(facts);
		if (error?.kind !== "PermissionError") return null;
		return errorOccurrence(facts, error, { detail: `${error.message}. The server's user needs permission for this file or folder.` });
	}
};
// server/doctor/rules/run/javascript-error/rule.ts
var rule$50 = {
	severity: "error",
	title: "A JavaScript error ended the script",
	summary: "The script did not catch an error. Its message is the first on standard error, before the calls that led there.",
	explanation: "Node prints the line that threw, then the error, then the calls that led there, and at the end its own version. The error is in the middle, and a log that shows only the last lines hides it.",
	reference: null,
	logged: onlyStderrLogged,
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readNode(facts);
		return error === null || processEvidence(facts).length === 0 ? null : errorOccurrence(facts, error);
	}
};
// server/doctor/rules/run/killed-before-output/rule.ts
var rule$49 = {
	severity: "error",
	title: "The script was killed before it wrote anything",
	summary: "Another program or a system limit ended the script.",
	explanation: "A signal from outside ended the script. `SIGKILL` often means that memory ran out and the system chose this process. `SIGXCPU` (processor time) and `SIGXFSZ` (file size) mean that a limit was reached. `SIGTERM`, `SIGHUP` and `SIGINT` come from a person or another program. The kernel's log (`dmesg`) records memory shortages.",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "CGI pid n died with signal 9",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "An error occurred while reading CGI reply (no response received)",
			response: "502 Bad Gateway"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway, for a FastCGI application",
			unproved: true
		}
	],
	when: "deferred",
	on: "fallback",
	check: (facts) => {
		const { process } = facts;
		if (!wroteNothing(facts) || !(process?.signal != null && !crashSignals.has(process.signal))) return null;
		const stderrLine = lastStderrLine(facts);
		return {
			title: `The script was killed (${process.signal}) before it wrote anything`,
			detail: workerExit(facts) ?? `${process.signal} from outside ended the script and stdout is empty, so there is no response.${lastLineSentence(stderrLine)}`,
			stream: stderrLine ? "stderr" : "stdout",
			range: stderrLine?.range ?? null,
			line: stderrLine?.line ?? null,
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/run/lua-error/rule.ts
var rule$48 = {
	severity: "error",
	title: "A Lua error ended the script",
	summary: "The script did not catch an error. Its message is the first on standard error, before the calls that led there.",
	explanation: "Lua prints the file, the line and the error first, and then the calls that led there, the last of which is its own: `[C]: in ?`.",
	reference: null,
	logged: onlyStderrLogged,
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readLua(facts);
		return error === null || processEvidence(facts).length === 0 ? null : errorOccurrence(facts, error);
	}
};
// server/doctor/rules/run/no-application/rule.ts
/** EX_CONFIG of sysexits.h, with which the agents end such a request. */
var noApplication = 78;
var wanted = {
	python: "a callable named `application` or `app` (PEP 3333)",
	perl: "a code reference as its last value (PSGI)"
};
var rule$47 = {
	severity: "error",
	title: "The file defines no application",
	summary: "The mode loads the file once and calls its application for each request. This file defines none.",
	explanation: "In the modes `wsgi` and `psgi` a file is loaded once. It defines an application, which is then called for each request. A Python file defines a callable named `application` or `app`. The last value of a Perl file is a code reference. A CGI script is another kind of program: it runs from its first line to its last for each request, reads the request from its environment and writes the response to standard output.\n\nRun a CGI script as CGI, or unmodified in the mode `prefork` or `persistent`. `cgi-workbench wrap` prints a file that makes an application of it.",
	reference: "PEP 3333",
	logged: [{
		server: "Apache",
		message: "Target WSGI script 'S' does not contain WSGI application 'application'.",
		response: "500 Internal Server Error, with mod_wsgi",
		unproved: true
	}],
	fixes: ["run-as-cgi"],
	before: ["python-error", "perl-error"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const application = traitsOf(facts.route.mode)?.application ?? null;
		if (application === null || !wroteNothing(facts) || facts.process?.exitCode !== noApplication) return null;
		return {
			detail: `The mode \`${facts.route.mode ?? ""}\` needs ${wanted[application]}, and the file defines none. Run a CGI script as CGI.`,
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/run/no-output/rule.ts
var rule$46 = {
	severity: "error",
	title: "The script wrote nothing",
	summary: "The script exited without an error, but stdout is empty, so there is no response.",
	explanation: "A CGI script responds by writing to standard output: the headers, a blank line, then the body. This script wrote nothing there and exited with code 0. Look for a branch that prints nothing, for output that goes to a file or to standard error, or for an exit that discards the output buffer (`os._exit` in Python, `exec` in Perl).",
	reference: "RFC 3875 §6.2",
	logged: [
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "An error occurred while reading CGI reply (no response received)",
			response: "502 Bad Gateway"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway, for a FastCGI application",
			unproved: true
		},
		{
			server: "Go",
			message: "cgi: no headers",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const isExternal = traitsOf(facts.route.mode)?.isExternal;
		if (!wroteNothing(facts) || facts.process === null && !isExternal || processEvidence(facts).length > 0) return null;
		if (facts.notes.failure === "cgi-program") return null;
		if (uncalledApplication(facts) !== null) return null;
		const stderrLine = lastStderrLine(facts);
		return {
			detail: `${(isExternal ? facts.cause?.text : workerExit(facts)) ?? "The script exited normally, but stdout is empty."} A response needs at least \`Content-Type: …\` and a blank line.${lastLineSentence(stderrLine)}`,
			stream: stderrLine ? "stderr" : "stdout",
			range: stderrLine?.range ?? null,
			line: stderrLine?.line ?? null
		};
	}
};
// server/doctor/rules/run/octave-error/rule.ts
var rule$45 = {
	severity: "error",
	title: "An Octave error ended the script",
	summary: "The script did not catch an error. Its message is the first on standard error, before the calls that led there.",
	explanation: "Octave prints the error first, after `error:`, and then the calls that led there.",
	reference: null,
	logged: onlyStderrLogged,
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readOctave(facts);
		return error === null || processEvidence(facts).length === 0 ? null : errorOccurrence(facts, error);
	}
};
// server/doctor/rules/run/output-held-back/rule.ts
/** Shorter runs are not worth a hint, ms. */
var longMs = 2e3;
/** Chunks closer together than this were written together, ms. */
var togetherMs = 100;
/** A script that uses the processor for more than this share of its time has no output yet; one that waits may have some. */
var busyShare = .2;
/** The buffer size of C and Perl. Python and Ruby flush at other places, so their blocks look like intended writes. */
var bufferBytes = 4096;
var rule$44 = {
	severity: "hint",
	title: "The output arrived late: it waited in a buffer",
	summary: "The script ran for more than two seconds, and its output arrived only when it exited, or 4 or 8 KiB at a time.",
	explanation: "Programs collect their output in a buffer of 4 or 8 KiB, and write it when the buffer is full or the program exits. In a terminal each line appears at once; in a server it does not. For a page that grows, or for server-sent events, the script must flush after each part: `print(…, flush=True)` or `python3 -u`, `$| = 1` in Perl, `fflush` in C. Servers buffer too: nginx does unless the response has the header `X-Accel-Buffering: no`.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: null,
			response: "200 OK, late"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK, late"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK, late"
		}
	],
	fixes: ["flush-output"],
	when: "inline",
	check: (facts) => {
		const { timing, stdout, outcome, script } = facts;
		const { spawnedAt, firstByteAt, lastByteAt, exitAt } = timing;
		if (outcome !== "ok" || spawnedAt === null || firstByteAt === null || lastByteAt === null || exitAt === null || !stdout) return null;
		if (exitAt - spawnedAt < longMs) return null;
		const isStream = script?.headers.some(([name, value]) => name.toLowerCase() === "content-type" && value.startsWith("text/event-stream")) === true;
		if (!isStream && isBusy(facts, exitAt - spawnedAt)) return null;
		const severity = isStream ? "warning" : "hint";
		if (firstByteAt - spawnedAt >= longMs && lastByteAt - firstByteAt <= togetherMs && stdout.bytes >= 40) return {
			severity,
			detail: `Nothing arrived for ${seconds(firstByteAt - spawnedAt)}, then ${stdout.bytes} bytes within ${Math.max(1, Math.round(lastByteAt - firstByteAt))} ms. If the script printed something earlier, it must flush its output.`,
			stream: "stdout",
			evidence: [{
				kind: "quote",
				of: "timing",
				text: `first byte after ${Math.round(firstByteAt - spawnedAt)} ms, end after ${Math.round(exitAt - spawnedAt)} ms`
			}]
		};
		const block = blockBytes(stdout.chunks);
		if (block === null) return null;
		return {
			title: `The output arrived in blocks of ${block / 1024} KiB`,
			severity,
			detail: `The script's output waited until ${block} bytes had collected, and the browser waited with it. To show each part at once, the script must flush its output.`,
			stream: "stdout",
			evidence: [{
				kind: "quote",
				of: "timing",
				text: `${Math.ceil(stdout.bytes / block)} blocks within ${seconds(lastByteAt - spawnedAt)}`
			}]
		};
	}
};
var seconds = (ms) => `${(ms / 1e3).toFixed(1)} s`;
function isBusy({ process }, tookMs) {
	return process !== null && process.userMs !== null && process.systemMs !== null && process.userMs + process.systemMs > busyShare * tookMs;
}
/** The block size, if every pause in the output follows a whole number of blocks; null otherwise, or without a pause. */
function blockBytes(chunks) {
	let block = null;
	for (const [index, { at, offset }] of chunks.entries()) {
		const before = chunks[index - 1];
		if (before === void 0 || at - before.at <= togetherMs) continue;
		if (offset % bufferBytes !== 0) return null;
		if (offset % (2 * bufferBytes) !== 0) block = bufferBytes;
		block ??= 2 * bufferBytes;
	}
	return block;
}
// server/doctor/rules/run/perl-error/rule.ts
var rule$43 = {
	severity: "error",
	title: "A Perl error ended the script",
	summary: "The script called `die`, or Perl could not parse it.",
	explanation: "Perl met an error and ended the script: a call of `die`, a method of an undefined value, or a syntax error. The message on standard error ends with the file and the line.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: TEXT at S line N.",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"TEXT at S line N\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPerl(facts);
		if (!error || processEvidence(facts).length === 0 || /^Can't locate \S+\.pm in @INC/.test(error.message)) return null;
		if (missingFile(error) !== null) return null;
		return errorOccurrence(facts, error, { title: error.kind === "" ? rule$43.title : "Perl cannot parse the script" });
	}
};
// server/doctor/rules/run/perl-file-missing/rule.ts
var rule$42 = {
	severity: "error",
	title: "Perl does not find a file that the script requires",
	summary: "`require` and `do` search the folders of `@INC`, and since Perl 5.26 the current folder is none of them.",
	explanation: "Perl searches a file without `/` before its name in the folders of `@INC`. Until Perl 5.24 the current folder, `.`, was the last of them; since 5.26 it is not, for security. So an old script that says `require \"cgi-lib.pl\"` no longer finds the file beside it. Write `./` before the name: a CGI script starts in its own folder.",
	reference: null,
	logged: onlyStderrLogged,
	fixes: ["require-from-folder"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPerl(facts);
		const name = error && missingFile(error);
		if (!error || !name || processEvidence(facts).length === 0) return null;
		const isBeside = facts.cwd !== null && existsSync(diskPath(byteString(`${facts.cwd}/${name}`)));
		return {
			...errorOccurrence(facts, error, {
				title: `Perl does not find ${name}`,
				detail: isBeside ? `${name} is in the script's folder, which Perl has not searched since version 5.26. Write \`require "./${name}"\`.` : `${name} is in none of the folders of \`@INC\`, and not in the script's folder.`
			}),
			fixes: isBeside ? ["require-from-folder"] : []
		};
	}
};
// server/doctor/rules/run/perl-module-missing/rule.ts
var rule$41 = {
	severity: "error",
	title: "A Perl module is not installed",
	summary: "The script uses a module that is in none of the folders that Perl searches.",
	explanation: "Perl searches for modules in a list of folders, `@INC`. The module that the script uses is in none of them: it is not installed, or it is in a folder of your own that only your login's `PERL5LIB` names. Install it (with `cpan`, or as a package of the distribution), or add its folder with `use lib`. Perl 5.22 and later do not include the module `CGI`. Since Perl 5.26 the current folder is not in `@INC`.",
	reference: "RFC 3875 §7.2",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: Can't locate NAME.pm in @INC",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"Can't locate NAME.pm in @INC",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPerl(facts);
		const name = error && /^Can't locate (\S+)\.pm in @INC/.exec(error.message)?.[1]?.replaceAll("/", "::");
		if (!error || !name) return null;
		return errorOccurrence(facts, error, {
			title: `Perl module ${name} not found`,
			detail: `Perl found no \`${name}\` in the folders of \`@INC\`. Install it, or add its folder with \`use lib\`.`
		});
	}
};
// server/doctor/rules/run/php-cgi-direct-access/rule.ts
var rule$40 = {
	severity: "error",
	title: "PHP refuses to run: REDIRECT_STATUS is missing",
	summary: "`php-cgi` runs a script only if `REDIRECT_STATUS` is set. Apache sets it; other servers need a setting for it.",
	explanation: "Visitors could once misuse `php-cgi` by requesting its own URL. To prevent that, it refuses to run (“Security Alert! The PHP CGI cannot be accessed directly.”) unless the variable `REDIRECT_STATUS` is set. Apache sets it when it passes a `.php` file to PHP. Configure any other server to set `REDIRECT_STATUS=200`.",
	reference: null,
	logged: [{
		server: "php",
		message: "Security Alert! The PHP CGI cannot be accessed directly.",
		response: "the alert as a page"
	}],
	when: "deferred",
	on: "anything",
	check: ({ stdout, env }) => {
		if (!stdout || stdout.bytes > 4096) return null;
		const match = /Security Alert!(?:<\/b>)? The PHP CGI cannot be accessed directly/.exec(fromBytes(stdout.read(0, 4096)));
		if (match === null) return null;
		const variable = env?.find(({ name }) => name === "REDIRECT_STATUS");
		return {
			detail: "`REDIRECT_STATUS` did not reach `php-cgi`. Set it to 200 where `php-cgi` is started.",
			stream: "stdout",
			range: rangeIn(stdout, match.index, match.index + match[0].length),
			evidence: [{
				kind: "variable",
				name: "REDIRECT_STATUS",
				value: variable === void 0 ? null : toDisplayText(variable.value)
			}]
		};
	}
};
// server/doctor/rules/run/php-error/rule.ts
var rule$39 = {
	severity: "error",
	title: "A PHP error ended the script",
	summary: "PHP met a fatal error, or could not parse the script.",
	explanation: "PHP stopped at an error from which it cannot continue: a call of something that does not exist, an uncaught exception, or a syntax error. On servers `display_errors` is usually off. Then the visitor gets an empty page with status 500, and the message goes to the log, which is standard error here.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: PHP Fatal error:  Uncaught Error: ...",
			response: "500 Internal Server Error",
			unproved: true
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"PHP message: PHP Fatal error:  ...\"",
			response: "500 Internal Server Error",
			unproved: true
		},
		{
			server: "php",
			message: "PHP Fatal error:  Uncaught Error: ... in S:3",
			response: "500 Internal Server Error",
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPhp(facts);
		if (!error) return null;
		return errorOccurrence(facts, error, { title: error.kind === "Parse error" ? "PHP cannot parse the script" : rule$39.title });
	}
};
// server/doctor/rules/run/php-no-input-file/rule.ts
var rule$38 = {
	severity: "error",
	title: "PHP cannot find the script that it should run",
	summary: "`SCRIPT_FILENAME` is missing, or names a file that PHP cannot access.",
	explanation: "`php-cgi` and `php-fpm` take the file to run from the variable `SCRIPT_FILENAME`. The variable may be missing, or the file may not exist for PHP: it is in another container or document root, or PHP's user cannot read it. Then `php-cgi` responds “No input file specified.”, and `php-fpm` responds “File not found.” and logs “Primary script unknown”. Compare the path with the files that PHP can access.",
	reference: "RFC 3875 §4.1",
	logged: [
		{
			server: "php",
			message: "No input file specified.",
			response: "404 Not Found"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"Primary script unknown\"",
			response: "404 File not found.",
			unproved: true
		},
		{
			server: "Apache",
			message: "AH01071: Got error 'Primary script unknown'",
			response: "404 File not found.",
			unproved: true
		}
	],
	when: "deferred",
	on: "anything",
	check: ({ stdout, env, response, route }) => {
		if (!stdout || stdout.bytes > 4096 || (response?.status ?? 200) < 400) return null;
		const match = /No input file specified\.|(?<=\n\r?\n)File not found\.\s*$/.exec(fromBytes(stdout.read(0, 4096)));
		if (match === null) return null;
		const variable = env?.find(({ name }) => name === "SCRIPT_FILENAME");
		const other = traitsOf(route.mode)?.sharesProcess && variable !== void 0 && variable.value !== route.file && route.file !== null ? ` The script is ${toDisplayText(route.file)}, but the configuration sets \`SCRIPT_FILENAME\` to another value. Remove that setting.` : "";
		return {
			detail: variable === void 0 ? "`SCRIPT_FILENAME` is not set, so PHP has no script to run." : `PHP did not find ${toDisplayText(variable.value)}.${other}`,
			stream: "stdout",
			range: rangeIn(stdout, match.index, match.index + match[0].length),
			evidence: [{
				kind: "variable",
				name: "SCRIPT_FILENAME",
				value: variable === void 0 ? null : toDisplayText(variable.value)
			}]
		};
	}
};
// server/doctor/rules/run/pipe-closed/rule.ts
var rule$37 = {
	severity: "error",
	title: "A program that the script wrote to has ended",
	summary: "The script wrote into a pipe that no program reads any more, and the system ended it with `SIGPIPE`.",
	explanation: "A script that sends mail or converts a picture starts another program and writes to it. If that program ends early, because it is missing a file or refuses its options, the next write ends the script itself, unless it ignores `SIGPIPE`. Nothing is wrong with the script: the cause is in the other program, whose message is usually on standard error.",
	reference: null,
	logged: onlyStderrLogged,
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { process, outcome } = facts;
		if (process?.signal !== "SIGPIPE" || outcome === "client-gone" || outcome === "stopped" || outcome === "timeout") return null;
		const stderrLine = lastStderrLine(facts);
		return {
			severity: hasNoResponse(facts) ? "error" : "warning",
			detail: `The script was ended by SIGPIPE while it wrote to a program that it had started. Find out why that program ended.${lastLineSentence(stderrLine)}`,
			stream: stderrLine ? "stderr" : null,
			range: stderrLine?.range ?? null,
			evidence: processEvidence(facts)
		};
	}
};
// server/doctor/rules/run/python-error/rule.ts
var rule$36 = {
	severity: "error",
	title: "A Python error ended the script",
	summary: "The script did not catch an exception. The traceback shows where it was raised.",
	explanation: "Python met an error while the script ran, and the script did not handle it. The traceback on standard error lists the calls that led there, the last one at the bottom, and ends with the error. In a server's log it is easy to miss; here it is next to the request that caused it.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: Traceback (most recent call last):",
			response: "200 OK with the page cut short; 500 Internal Server Error when the header had not come"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"Traceback (most recent call last):",
			response: "200 OK with the page cut short; 502 Bad Gateway when the header had not come"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with the page cut short; 500 Internal Server Error when the header had not come"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPython(facts);
		if (!error || hasOwnRule(error, facts) || processEvidence(facts).length === 0) return null;
		return errorOccurrence(facts, error, { title: `A Python error ended the script: ${error.kind}` });
	}
};
// server/doctor/rules/run/python-module-missing/rule.ts
var rule$35 = {
	severity: "error",
	title: "A Python module is not installed",
	summary: "The script imports a module that its Python interpreter does not have.",
	explanation: "The script imports a module that is not installed for the Python in its first line. It may be installed for another Python, or in a virtual environment that is active in your terminal but not in the server. Name the environment's interpreter in the first line (`#!/path/to/venv/bin/python`), or install the module for this one.",
	reference: "RFC 3875 §7.2",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: ModuleNotFoundError: No module named 'NAME'",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...ModuleNotFoundError: No module named 'NAME'\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPython(facts);
		if (!error || !isMissingModule(error) || isPython2(error) || /^No module named '(?:cgi|cgitb)'/.test(error.message)) return null;
		const name = /'([^']+)'/.exec(error.message)?.[1] ?? "the module";
		return errorOccurrence(facts, error, {
			title: `Python module ${name} not found`,
			detail: `${error.message}. Install ${name} for the Python in the script's first line, or name a Python there that has it.`
		});
	}
};
// server/doctor/rules/run/python-syntax-error/rule.ts
var rule$34 = {
	severity: "error",
	title: "Python cannot parse the script",
	summary: "The script has a syntax error. Python reports the line where it noticed the error.",
	explanation: "Before Python runs anything, it parses the whole script. Here it met something that is not valid Python: a missing bracket or colon, wrong indentation, or tabs mixed with spaces. The reported line is where Python noticed the error. The mistake itself may be on the line before.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: SyntaxError: TEXT",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...SyntaxError: TEXT\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPython(facts);
		if (!error || isPython2(error) || !/^(?:SyntaxError|IndentationError|TabError)$/.test(error.kind)) return null;
		return errorOccurrence(facts, error);
	}
};
// server/doctor/rules/run/python2-syntax/rule.ts
var rule$33 = {
	severity: "error",
	title: "The script was written for Python 2",
	summary: "The script uses something that Python 3 does not have, such as `print` without parentheses.",
	explanation: "Python 3 changed the language: `print` needs parentheses, `except Error, e` became `except Error as e`, `raw_input` is `input`, `urllib2` is `urllib.request`. Python 2 has not been maintained since 2020, and most systems no longer have it. The program `2to3` converts most scripts.",
	reference: "PEP 3105",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	fixes: ["print-function"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readPython(facts);
		if (!error || !isPython2(error)) return null;
		return errorOccurrence(facts, error, { detail: `Python 3 reports: ${error.message}. Convert the script to Python 3.` });
	}
};
// server/doctor/rules/run/relative-path-missing/rule.ts
var rule$32 = {
	severity: "error",
	title: "A file that the script opens does not exist",
	summary: "The path is relative. Servers start a script in its own folder, so the script searches there.",
	explanation: "A path that does not begin with `/` is relative to the working directory. In a terminal that is your current folder; a CGI script starts in the folder that contains it. A file that opens when you run the script from another folder is not found here. Build the path from the script's own location (in Python, `pathlib.Path(__file__).parent`), or write the full path.",
	reference: "RFC 3875 §7.2",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: FileNotFoundError: [Errno 2] No such file or directory: 'PATH'",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...FileNotFoundError: [Errno 2] No such file or directory: 'PATH'\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = [readPython(facts), readShell(facts)].find((one) => one && relativePath(one) !== null);
		const path = error && relativePath(error);
		if (!error || !path || processEvidence(facts).length === 0) return null;
		const cwd = facts.cwd === null ? "the script's folder" : toDisplayText(facts.cwd);
		const found = errorOccurrence(facts, error, { detail: `\`${path}\` does not exist in ${cwd}, the script's working directory.` });
		return {
			...found,
			evidence: [...found.evidence ?? [], {
				kind: "mode",
				path: `${cwd}/${path}`,
				mode: null
			}]
		};
	}
};
// server/doctor/rules/run/ruby-error/rule.ts
var rule$31 = {
	severity: "error",
	title: "A Ruby error ended the script",
	summary: "The script did not rescue an exception, or Ruby could not parse the script.",
	explanation: "Ruby met an error, and the script did not rescue it. The message on standard error begins with the file and the line, then names the error and lists the calls that led there.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: ...undefined local variable or method `NAME' for main:Object (NameError)",
			response: "200 OK with the page cut short; 500 Internal Server Error when the header had not come"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...undefined local variable or method `NAME' for main:Object (NameError)",
			response: "200 OK with the page cut short; 502 Bad Gateway when the header had not come"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with the page cut short; 500 Internal Server Error when the header had not come"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readRuby(facts);
		if (!error || processEvidence(facts).length === 0) return null;
		return errorOccurrence(facts, error, { title: `A Ruby error ended the script: ${error.kind}` });
	}
};
// server/doctor/rules/run/shell-error/rule.ts
var rule$30 = {
	severity: "error",
	title: "A shell error ended the script",
	summary: "The shell stopped at an error, or a command in the script failed and reported it.",
	explanation: "The shell that runs the script met an error from which it cannot continue, and reported it with the line on standard error: a syntax error, a missing file, or an unset variable under `set -u`.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: ...Syntax error: \"fi\" unexpected",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...Syntax error: \"fi\" unexpected\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		}
	],
	fixes: ["use-line-feeds"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readShell(facts);
		if (!error || processEvidence(facts).length === 0 || /not found$/.test(error.message)) return null;
		if (unsetVariable(error, facts.env) !== null || relativePath(error) !== null) return null;
		return errorOccurrence(facts, error);
	}
};
// server/doctor/evidence/shift-jis.ts
/** JIS X 0208 in two bytes, or a half-width katakana in one. */
var character = /[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\xa1-\xdf]/g;
/**
* The first character whose second byte is a backslash, or, with "any", a bracket or quote as well; comments aside. Null if there is
* none, or if the text is not certainly Shift_JIS.
*/
function shiftJisTrouble(text, signs) {
	if (!isShiftJis(text)) return null;
	const risky = signs === "any" ? /[\\{}[\]|`@]/ : /\\/;
	for (const [index, line] of text.split("\n").entries()) {
		if (/^\s*#/.test(line)) continue;
		for (const [pair] of line.matchAll(character)) {
			const sign = pair[1] ?? "";
			if (!risky.test(sign) || line.includes(`${pair}\\`)) continue;
			return {
				character: new TextDecoder("shift_jis").decode(Buffer.from(pair, "latin1")),
				sign,
				line: index + 1
			};
		}
	}
	return null;
}
/** Every byte above ASCII is part of a character, and most begin where kana and common kanji do: no Latin text looks so. */
function isShiftJis(text) {
	if (!/[\x81-\x9f]/.test(text) || isUtf8(toBytes(text))) return false;
	if (/[\x80-\xff]/.test(text.replace(character, ""))) return false;
	const pairs = (text.match(character) ?? []).filter((pair) => pair.length === 2);
	const common = pairs.filter((pair) => pair.charCodeAt(0) < 160);
	return common.length >= 2 && common.length * 2 > pairs.length;
}
// server/doctor/rules/run/shift-jis-source/rule.ts
/** What Perl says when a string, a block or a name does not end where the author sees its end. */
var confusion = /^(?:Can't find string terminator|syntax error|Unmatched|Missing right|Unrecognized character|Global symbol|Bareword|Backslash found|Search pattern not terminated|Substitution)/;
var rule$29 = {
	severity: "error",
	title: "Perl takes half of a Shift_JIS character for a sign of its own",
	summary: "In Shift_JIS the second byte of some characters is a backslash, a bracket or `@`. Perl reads bytes, and the string does not end where it seems to end.",
	explanation: "In Shift_JIS most characters have two bytes, and the second one may be any sign from `@` to `~`. Perl reads the source byte by byte: in a string in double quotes, the second byte of “表” or “ソ” is a backslash, which hides the quote after it. Sometimes Perl reports an error, sometimes the page is damaged without a word. Save the script as UTF-8, and declare `charset=utf-8` in `Content-Type`; or put a backslash after such a character, as scripts did that could not be converted.",
	reference: null,
	logged: [],
	when: "deferred",
	on: "failures",
	before: ["perl-error"],
	check: (facts) => {
		const { file } = facts;
		if (file === null || languageOf(file.path, file.source) !== "perl") return null;
		const error = readPerl(facts);
		const trouble = error !== null && confusion.test(error.message) ? shiftJisTrouble(file.source, "any") : null;
		if (error === null || trouble === null) return null;
		return errorOccurrence(facts, {
			...error,
			line: trouble.line
		}, { detail: `The script is written in Shift_JIS, and the second byte of “${trouble.character}” on line ${trouble.line} is \`${trouble.sign}\`. Perl: ${error.message}. Save the script as UTF-8, and declare \`charset=utf-8\`.` });
	}
};
// server/doctor/rules/run/tcl-error/rule.ts
var rule$28 = {
	severity: "error",
	title: "A Tcl error ended the script",
	summary: "The script did not catch an error. Its message is the first on standard error, before the calls that led there.",
	explanation: "Tcl prints the error first, and then the commands that led there, from the innermost to the line of the script.",
	reference: null,
	logged: onlyStderrLogged,
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = readTcl(facts);
		return error === null || processEvidence(facts).length === 0 ? null : errorOccurrence(facts, error);
	}
};
// server/doctor/rules/run/unicode-decode-error/rule.ts
var rule$27 = {
	severity: "error",
	title: "Python could not decode its input",
	summary: "`UnicodeDecodeError`: the input is in another encoding than Python expected.",
	explanation: "The script decoded bytes as UTF-8, and they are not UTF-8: a form sent as Latin-1, a file in windows-1252, or binary data such as an uploaded image. Read bytes as bytes (`sys.stdin.buffer`, `open(…, \"rb\")`) and decode them where you know the encoding: `data.decode(\"windows-1252\")`. For forms, let the page declare `charset=utf-8` and the form `accept-charset=\"utf-8\"`.",
	reference: "RFC 3875 §4.2",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 1: invalid start byte",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 1: invalid start byte\"",
			response: "502 Bad Gateway"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "400 Bad Request: rejects a URL that is not UTF-8"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const match = stderrMatch(facts, /UnicodeDecodeError: '([\w-]+)' codec can't decode bytes? (0x[0-9a-f]+)?[^\r\n]*/);
		if (match === null) return null;
		const [codec = "", byte = ""] = match.groups;
		return {
			detail: `${byte === "" ? "Some bytes are" : `The byte ${byte} is`} not valid ${codec}. The input came from a form, a file or another program that uses another encoding.`,
			...match.location
		};
	}
};
// server/protocol/encoding/interpreter-text.ts
/** `version`: [3, 11]; null when unknown, which means a current one. A locale that the system does not have counts as C: the caller may know better than its name. */
function textHandling(language, variable, version = null) {
	if (language === "python") return python(variable, version ?? [3, 12]);
	if (language === "perl") return perl(variable);
	if (language === "node") return same(language, "utf-8", "replace", "Node reads the environment as UTF-8, whatever the locale; what is not UTF-8 becomes U+FFFD. It writes UTF-8.");
	if (language === "ruby") return ruby(variable);
	if (language === "tcl") {
		const codec = codecOfLocale(localeOf(variable)) ?? "latin-1";
		return same(language, codec === "ascii" ? "latin-1" : codec, "replace", `Tcl takes its encoding from the locale: ${saidLocale(variable)}.`);
	}
	return same(language, "bytes", "strict", {
		php: "PHP's strings are bytes: they go through unchanged, and strlen counts bytes. PHP says charset=UTF-8 in the header unless told otherwise.",
		shell: "The shell hands bytes on unchanged.",
		other: "Assumed to pass bytes on unchanged."
	}[language]);
}
function same(language, codec, errors, why) {
	const all = {
		codec,
		errors
	};
	return {
		language,
		variables: all,
		stdin: all,
		stdout: all,
		why
	};
}
var set = (value) => value === void 0 || value === "" ? null : value;
/** What decides over characters: LC_ALL, else LC_CTYPE, else LANG. "C" when none is set. */
var localeOf = (variable) => set(variable("LC_ALL")) ?? set(variable("LC_CTYPE")) ?? set(variable("LANG")) ?? "C";
function saidLocale(variable) {
	const name = [
		"LC_ALL",
		"LC_CTYPE",
		"LANG"
	].find((candidate) => set(variable(candidate)) !== null);
	return name === void 0 ? "none is set, so it is C" : `${name} is ${variable(name)}`;
}
/** null: an encoding that is not followed here. */
function codecOfLocale(locale) {
	if (locale === "C" || locale === "POSIX") return "ascii";
	const charset = /\.([^@]+)/.exec(locale)?.[1]?.toLowerCase().replace(/[-_]/g, "");
	if (charset === void 0) return "latin-1";
	return codecOfName(charset);
}
function codecOfName(name) {
	const plain = name.toLowerCase().replace(/[-_ ]/g, "");
	if ([
		"utf8",
		"u8",
		"utf",
		"cp65001"
	].includes(plain)) return "utf-8";
	if ([
		"iso88591",
		"latin1",
		"l1",
		"88591"
	].includes(plain)) return "latin-1";
	if ([
		"cp1252",
		"windows1252",
		"1252"
	].includes(plain)) return "windows-1252";
	return [
		"ascii",
		"usascii",
		"ansix3.41968",
		"646"
	].includes(plain) ? "ascii" : null;
}
var handlings = [
	"strict",
	"surrogateescape",
	"replace",
	"ignore",
	"backslashreplace",
	"xmlcharrefreplace"
];
/** PEP 538 (the C locale is coerced), PEP 540 (UTF-8 mode), PEP 383 (surrogateescape), PEP 686 (UTF-8 mode always, from 3.15 on). */
function python(variable, [major, minor]) {
	const locale = localeOf(variable);
	const isC = locale === "C" || locale === "POSIX";
	const isNew = major > 3 || major === 3 && minor >= 7;
	const mode = variable("PYTHONUTF8");
	const isUtf8Mode = isNew && (mode === "1" || mode !== "0" && (isC || major > 3 || minor >= 15));
	const isCoerced = isNew && isC && set(variable("LC_ALL")) === null && variable("PYTHONCOERCECLOCALE") !== "0";
	const base = isUtf8Mode || isCoerced ? "utf-8" : codecOfLocale(locale) ?? "utf-8";
	const isLenient = isC || isUtf8Mode || /^C\.utf-?8$/i.test(locale);
	const [encoding = "", wish = ""] = (variable("PYTHONIOENCODING") ?? "").split(":");
	const codec = encoding === "" ? base : codecOfName(encoding) ?? "utf-8";
	const errors = handlings.find((name) => name === wish) ?? (encoding !== "" || !isLenient ? "strict" : "surrogateescape");
	const shown = `Python reads stdin and writes stdout as ${codec}, because ${encoding !== "" ? `PYTHONIOENCODING is ${variable("PYTHONIOENCODING")}` : isUtf8Mode ? mode === "1" ? "PYTHONUTF8 is 1" : `Python is in UTF-8 mode (${saidLocale(variable)})` : isCoerced ? "Python takes the C locale for C.UTF-8" : saidLocale(variable)}. Bytes of the environment that do not fit are kept as lone surrogates (surrogateescape).`;
	return {
		language: "python",
		variables: {
			codec: base,
			errors: "surrogateescape"
		},
		stdin: {
			codec,
			errors
		},
		stdout: {
			codec,
			errors
		},
		why: errors === "strict" ? `${shown} A character that ${codec} does not have ends the script with UnicodeEncodeError.` : shown
	};
}
/** perlunicode, perlrun -C: bytes become characters of the same number, and characters below 256 become that byte. */
function perl(variable) {
	const flags = variable("PERL_UNICODE");
	const wants = (letter) => flags !== void 0 && (flags === "" || flags.includes(letter) || letter !== "A" && flags.includes("S"));
	const layer = (letter) => wants(letter) ? {
		codec: "utf-8",
		errors: "replace"
	} : {
		codec: "latin-1",
		errors: "strict"
	};
	return {
		language: "perl",
		variables: {
			codec: "latin-1",
			errors: "strict"
		},
		stdin: layer("I"),
		stdout: layer("O"),
		why: `Perl takes each byte for one character until it is told to decode, and writes characters below 256 as one byte${wants("O") ? "; PERL_UNICODE asks for UTF-8 on the standard streams" : ""}. Decode what comes in (decode("UTF-8", …)) and encode what goes out (binmode STDOUT, ":encoding(UTF-8)"): one alone encodes twice or not at all.`
	};
}
function ruby(variable) {
	return { ...same("ruby", "bytes", "strict", `Ruby marks what it reads with the locale's encoding (${codecOfLocale(localeOf(variable)) ?? "utf-8"}; ${saidLocale(variable)}) and writes the bytes unchanged.`) };
}
// server/doctor/rules/run/unicode-encode-error/rule.ts
var rule$26 = {
	severity: "error",
	title: "Python could not write a character in its output encoding",
	summary: "`UnicodeEncodeError`: standard output is ASCII or Latin-1 here, and the text contains other characters.",
	explanation: "Python chooses the encoding of `print()` from the environment: `PYTHONIOENCODING`, `PYTHONUTF8`, `LC_ALL`, `LC_CTYPE`, `LANG`. A server starts scripts with few or none of these, so a script that works in the terminal can fail here. ASCII has no “ü”, and Latin-1 has no “€”. The output ends at that character.\n\nSet UTF-8 in the script, independent of the environment: `sys.stdout.reconfigure(encoding=\"utf-8\")` before the first `print`. Or set `PYTHONUTF8=1` in the script's environment. In both cases declare `charset=utf-8` in `Content-Type`.",
	reference: "RFC 3875 §4.1, §7.2, PEP 540",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: UnicodeEncodeError: 'ascii' codec can't encode character '\\xfc' in position 2: ordinal not in range(128)",
			response: "200 OK with a truncated body, or 500",
			unproved: true
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK with a truncated body, or 500",
			unproved: true
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"UnicodeEncodeError: …\"",
			response: "200 OK with a truncated body, or 502",
			unproved: true
		}
	],
	fixes: ["set-encoding-environment"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const match = stderrMatch(facts, /UnicodeEncodeError: '([\w-]+)' codec can't encode characters? (?:(u?'[^']*') )?in position (\d+)[^\r\n]*/);
		if (match === null) return null;
		const [codec = "", character = ""] = match.groups;
		const value = (name) => facts.env?.find((variable) => variable.name === name)?.value;
		const isSurrogate = codec.startsWith("utf") || /\\ud[c-f]/.test(character);
		return {
			detail: isSurrogate ? "The text contains a lone surrogate: a byte that Python could not decode on input, for example in an environment variable or a file name. Decode the input with the right encoding." : `The encoding of standard output is ${codec}${character === "" ? "" : `, which has no ${character}`}. ${textHandling("python", value).why}`,
			title: isSurrogate ? "Python could not write text that it failed to decode" : `Python could not write a character: its output encoding is ${codec}`,
			...match.location,
			fixes: isSurrogate ? [] : ["set-encoding-environment"],
			evidence: [
				"PYTHONIOENCODING",
				"PYTHONUTF8",
				"LC_ALL",
				"LC_CTYPE",
				"LANG"
			].filter((name) => value(name) !== void 0 || name === "LANG" && localeOf(value) === "C").map((name) => ({
				kind: "variable",
				name,
				value: value(name) ?? null
			}))
		};
	}
};
// server/doctor/evidence/request-variables.ts
var setOnlyFor = /* @__PURE__ */ new Map([
	["CONTENT_LENGTH", "for a request with a body"],
	["CONTENT_TYPE", "for a request with the header Content-Type"],
	["PATH_INFO", "if the path in the URL continues after the script"],
	["PATH_TRANSLATED", "if the path in the URL continues after the script"],
	["REMOTE_USER", "after a sign-in"],
	["AUTH_TYPE", "after a sign-in"]
]);
/** "for a request with a body"; null for a variable that does not depend on the request. */
function whenSet(name) {
	const field = /^HTTP_([A-Z0-9_]+)$/.exec(name)?.[1];
	if (field === void 0) return setOnlyFor.get(name) ?? null;
	return `for a request with the header ${field.split("_").map((word) => word.slice(0, 1) + word.slice(1).toLowerCase()).join("-")}`;
}
var isSet = (name, env) => env?.some((variable) => variable.name === name) === true;
/** Those of the most common ones that a compiled program names and this request does not set. */
function namedButUnset({ file, env }) {
	if (file === null || file.program === null) return [];
	return [
		...setOnlyFor.keys(),
		"HTTP_COOKIE",
		"HTTP_REFERER"
	].filter((name) => file.source.includes(`\0${name}\0`) && !isSet(name, env));
}
// server/doctor/rules/run/variable-not-set/rule.ts
var rule$25 = {
	severity: "error",
	title: "The script needs a variable that servers do not set",
	summary: "A login sets the variable in a terminal. A server does not, so the script fails here.",
	explanation: "A terminal has dozens of environment variables from your login: `HOME`, `USER`, `LANG` and your own. A server starts a script with the CGI variables and few others. A script that relies on another variable works in a terminal and fails here. Give the variable a default value in the script, or set it in the configuration (`variables` in cgi-workbench.json; `SetEnv` in Apache).",
	reference: "RFC 3875 §7.2",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: KeyError: 'NAME'",
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"...KeyError: 'NAME'\"",
			response: "502 Bad Gateway"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "sh",
			message: "S: 2: HOME: parameter not set",
			response: null,
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const error = [readPython(facts), readShell(facts)].find((one) => one && unsetVariable(one, facts.env) !== null);
		const name = error && unsetVariable(error, facts.env);
		if (!error || !name || whenSet(name) !== null || processEvidence(facts).length === 0) return null;
		const found = errorOccurrence(facts, error, {
			title: `Variable ${name} is not set`,
			detail: `The script needs \`${name}\`, which this server does not set. Set it under \`variables\` in cgi-workbench.json, or change the script to work without it.`
		});
		return {
			...found,
			evidence: [{
				kind: "variable",
				name,
				value: null
			}, ...found.evidence ?? []]
		};
	}
};
// server/doctor/rules/run/variable-unset-for-request/rule.ts
var rule$24 = {
	severity: "error",
	title: "The script needs a variable that this request does not set",
	summary: "Servers set some variables for certain requests only. The script takes for granted that it is always there.",
	explanation: "Most CGI variables are always set, but some depend on the request: `CONTENT_LENGTH` and `CONTENT_TYPE` on its body, `PATH_INFO` on its path, `REMOTE_USER` on a sign-in, and each `HTTP_` variable on a header. A script that was written for a form that is sent by POST reads `CONTENT_LENGTH`, and fails when somebody opens its URL with GET.\n\nIn Python and with `set -u` in a shell the message names the variable. In C `getenv` returns a null pointer, and to use it without a check ends in `SIGSEGV`. Other servers set some of these variables to an empty string or to 0, so the script may work there. Check whether the variable is there before you use it.",
	reference: "RFC 3875 §4.1.2",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: KeyError: 'NAME'",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK: CONTENT_LENGTH is 0"
		},
		{
			server: "nginx",
			message: null,
			response: "200 OK: CONTENT_LENGTH is empty"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { request, process } = facts;
		if (processEvidence(facts).length === 0) return null;
		const error = [readPython(facts), readShell(facts)].find((one) => one && unsetVariable(one, facts.env) !== null);
		const name = (error && unsetVariable(error, facts.env)) ?? "";
		const when = whenSet(name);
		if (error && when !== null) {
			const found = errorOccurrence(facts, error, {
				title: titleOf([name], request.method),
				detail: `The script needs \`${name}\`. Servers set it only ${when}, so it is not set for this ${request.method}. Check whether it is there before you use it.`
			});
			return {
				...found,
				evidence: [{
					kind: "variable",
					name,
					value: null
				}, ...found.evidence ?? []]
			};
		}
		const unset = process?.signal === "SIGSEGV" && wroteNothing(facts) ? namedButUnset(facts) : [];
		if (unset.length === 0) return null;
		return {
			severity: "warning",
			title: titleOf(unset, request.method),
			detail: `The program reads ${unset.map((one) => `\`${one}\` (set only ${whenSet(one)})`).join(", ")}. \`getenv\` returns a null pointer for it, and to use that without a check ends in SIGSEGV.`,
			evidence: [...unset.map((one) => ({
				kind: "variable",
				name: one,
				value: null
			})), ...processEvidence(facts)]
		};
	}
};
var titleOf = (names, method) => `${names.length === 1 ? "Variable" : "Variables"} ${names.join(", ")} ${names.length === 1 ? "is" : "are"} not set for this ${method}`;
// server/doctor/rules/run/wide-character/rule.ts
var rule$23 = {
	severity: "warning",
	title: "Perl wrote a character that does not fit into a byte",
	summary: "“Wide character in print”: the script does not set an output encoding.",
	explanation: "Perl writes characters below 256 as one byte each, unless the script sets an output encoding. When a string contains a character that does not fit, such as “€”, Perl writes that whole string in UTF-8 and prints this warning. Other strings of the same page stay Latin-1, so the page mixes two encodings. Set the encoding once, at the top: `binmode STDOUT, \":encoding(UTF-8)\";`. Decode the input too.",
	reference: null,
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: Wide character in print at S line N.",
			response: "200 OK"
		},
		{
			server: "nginx",
			message: "FastCGI sent in stderr: \"Wide character in print at S line N\"",
			response: "200 OK"
		},
		{
			server: "lighttpd",
			message: null,
			response: "200 OK"
		}
	],
	when: "deferred",
	on: "anything",
	check: (facts) => {
		const match = stderrMatch(facts, /Wide character in (print|say|printf|syswrite|send)\b[^\r\n]*/);
		return match === null ? null : {
			detail: "Add `binmode STDOUT, \":encoding(UTF-8)\";` before the first `print`.",
			...match.location
		};
	}
};
// server/doctor/evidence/data-file.ts
var parts = /^\.(?:conf|cfg|cnf|ini|pm|ph|c|cc|cpp|h|hpp|o|a|so|mk|in|lock|log)$/;
var data = /^\.(?:gif|png|jpe?g|webp|avif|ico|svg|bmp|css|js|map|html?|xhtml|txt|md|csv|tsv|json|xml|xsl|dtd|ya?ml|pdf|woff2?|ttf|otf|eot|mp[34]|og[gv]|wav|webm|zip|t?gz|tar|bz2|xz)$/;
/** `text`: of a file that is no compiled program and does not begin with `#!`. Null: it may be a script. */
function dataFile(path, text) {
	const extension = posix.extname(path).toLowerCase();
	if (parts.test(extension)) return "part";
	return data.test(extension) || isBinary(text) ? "data" : null;
}
/** A NUL is in no script's text. */
var isBinary = (text) => text.includes("\0");
// server/doctor/evidence/start-failure.ts
/** The system refused to start the script's file itself; null if it started, or if the server started a handler's interpreter. */
function refusedStart({ outcome, process, file, argv, route }) {
	if (outcome !== "spawn-error" || file === null || process?.errno == null) return null;
	if (argv !== null && argv[0] !== route.file) return null;
	return {
		file,
		errno: process.errno,
		evidence: {
			kind: "errno",
			errno: process.errno
		}
	};
}
var fileEvidence = ({ path }, line) => ({
	kind: "file",
	path,
	line
});
var modeEvidence = ({ path, mode }) => ({
	kind: "mode",
	path,
	mode: mode === null ? null : octal(mode)
});
var octal = (mode) => `0${(mode & 4095).toString(8).padStart(3, "0")}`;
/** The system was asked to start a picture, a page or other data. */
var isDataAmongScripts = ({ file: { path, source, shebang, program } }) => shebang === null && program === null && dataFile(path, source) !== null;
// server/doctor/rules/start/being-written/rule.ts
var rule$22 = {
	severity: "error",
	title: "The script file is still open for writing",
	summary: "Another program has the file open for writing, so the system does not start it (“Text file busy”).",
	explanation: "A compiler, an editor or a copy in progress still has the file open. Linux does not start a program while another process can change it. Wait until the file is written, then send the request again. If the error stays, find the writer with `fuser FILE` or `lsof FILE`.",
	reference: null,
	logged: [{
		server: "Apache",
		message: "AH01215: stderr from S: (26)Text file busy: exec of 'S' failed",
		response: "500 Internal Server Error"
	}],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (refused?.errno !== "ETXTBSY") return null;
		return {
			detail: `Another program has ${refused.file.path} open for writing, so the system does not start it.`,
			evidence: [refused.evidence]
		};
	}
};
// server/doctor/rules/start/byte-order-mark/rule.ts
var rule$21 = {
	severity: "error",
	title: "A byte order mark comes before #!",
	summary: "The file begins with the bytes `ef bb bf`, an invisible mark that some editors write at the start of UTF-8 text.",
	explanation: "Some editors, mostly on Windows, begin a UTF-8 file with three invisible bytes: the byte order mark (BOM). The system looks for `#!` at the very first byte and finds `ef bb bf` instead, so it does not know how to run the file (“Exec format error”). Save the file as “UTF-8 without BOM”.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (8)Exec format error: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: Exec format error",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "Cannot execute script (S)",
			response: "502 Bad Gateway"
		}
	],
	fixes: ["remove-byte-order-mark"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (refused?.errno !== "ENOEXEC" || !refused.file.source.startsWith("ï»¿")) return null;
		return {
			detail: "The file begins with `ef bb bf`, so the system does not find `#!` at the first byte. Save the file as UTF-8 without BOM.",
			line: 1,
			evidence: [refused.evidence, fileEvidence(refused.file, 1)]
		};
	}
};
// server/doctor/rules/start/cgi-run-as-fastcgi/rule.ts
var rule$20 = {
	severity: "error",
	title: "A CGI script is run as a FastCGI application",
	summary: "The process wrote a CGI response, or read the request from standard input, and exited. A FastCGI application keeps running and answers over a socket.",
	explanation: "A CGI script is started once per request. It finds the request in its environment and on standard input, writes the response to standard output and exits. A FastCGI application is started once for many requests. Its descriptor 0 is a listening socket, and requests and responses travel over it as records. CGI Workbench started this script the second way, and the script behaved the first way, so no response arrived.\n\nRun it as CGI. To gain the speed of FastCGI, wrap the script in a loop with a FastCGI library: `FCGI` for Perl, `libfcgi` for C, `fcgi` for Ruby.",
	reference: "FastCGI §2.2",
	logged: [
		{
			server: "Apache",
			message: "AH01075: Error dispatching request to : (reading input brigade)",
			response: "503 Service Unavailable",
			unproved: true
		},
		{
			server: "lighttpd",
			message: "fcgi-backend failed to start",
			response: "500 Internal Server Error",
			unproved: true
		},
		{
			server: "nginx",
			message: "connect() failed (111: Connection refused) while connecting to upstream",
			response: "502 Bad Gateway",
			unproved: true
		}
	],
	fixes: ["run-as-cgi"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		if (facts.notes.failure !== "cgi-program") return null;
		const header = stderrMatch(facts, /(?:[Cc]ontent-[Tt]ype|[Ss]tatus|[Ll]ocation)[ \t]*:[^\n]*/);
		return {
			detail: facts.cause?.text ?? rule$20.summary,
			evidence: processEvidence(facts),
			...header?.location
		};
	}
};
// server/doctor/rules/start/data-among-scripts/rule.ts
var rule$19 = {
	severity: "error",
	title: "The server tried to run a file that is no script",
	summary: "Every file in a folder for scripts is run, and this one holds data.",
	explanation: "In `cgi-bin`, and in any folder that a server takes for a folder of scripts, a request runs the file, whatever it holds. A picture, a style sheet or a page there is never sent: the system refuses to start it. An execute bit does not help. Move the file to a folder of ordinary files, and change the address in the pages that use it.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: Permission denied",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: null,
			response: "403 Forbidden"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (!refused || !isDataAmongScripts(refused)) return null;
		return {
			detail: `${basename(refused.file.path)} is no program and no script, and everything in its folder is run. Keep it in another folder.`,
			evidence: [refused.evidence, modeEvidence(refused.file)]
		};
	}
};
// server/doctor/rules/start/environment-too-large/rule.ts
var rule$18 = {
	severity: "error",
	title: "The environment is too large",
	summary: "Linux limits a single environment variable or argument to 128 KiB, and a very long query or header exceeds it.",
	explanation: "A CGI script gets the request's headers and query as environment variables, and the system limits their size: on Linux 128 KiB each and a few MiB together. Send large data in the body of a POST request. The script reads it from standard input, which has no such limit.",
	reference: "RFC 3875 §8.1",
	logged: [{
		server: "Apache",
		message: "AH01215: stderr from S: (7)Argument list too long: exec of 'S' failed",
		response: "500 Internal Server Error",
		unproved: true
	}],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (refused?.errno !== "E2BIG") return null;
		const largest = facts.env?.reduce((a, b) => b.value.length > a.value.length ? b : a);
		return {
			detail: `A single variable or argument is limited to 128 KiB. A very long query string or header exceeds that.${largest ? ` The longest variable is \`${largest.name}\` with ${largest.value.length} bytes.` : ""}`,
			evidence: [refused.evidence, ...largest ? [{
				kind: "variable",
				name: largest.name,
				value: null
			}] : []]
		};
	}
};
// server/doctor/rules/start/fastcgi-not-there/rule.ts
var rule$17 = {
	severity: "error",
	title: "No FastCGI application listens at this address",
	summary: "The route names an address on which no process listens: the application is not started, has exited or uses another address.",
	explanation: "A FastCGI application runs all the time and waits for requests on a port or a socket file. Nothing listens at the address of this route. The application was not started, has exited (by default `php-cgi` exits after 500 requests), listens at another address, or was killed and left its socket file behind. Start the application, or correct the address.",
	reference: "FastCGI §7",
	logged: [
		{
			server: "nginx",
			message: "connect() failed (111: Connection refused) while connecting to upstream",
			response: "502 Bad Gateway",
			unproved: true
		},
		{
			server: "lighttpd",
			message: "all handlers for U are down.",
			response: "503 Service Unavailable",
			unproved: true
		},
		{
			server: "lighttpd",
			message: "unexpected close of gw connection for U (no gw process on socket: S)",
			response: "502 Bad Gateway",
			unproved: true
		},
		{
			server: "Apache",
			message: "AH00957: FCGI: attempt to connect to 127.0.0.1:9000 failed",
			response: "503 Service Unavailable",
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	check: ({ outcome, notes, cause }) => {
		if (outcome !== "upstream-error" || notes.failure === null || ![
			"ECONNREFUSED",
			"ENOENT",
			"ENOTSOCK",
			"EPROTOTYPE",
			"ENOTFOUND",
			"EAI_AGAIN",
			"ETIMEDOUT",
			"EHOSTUNREACH",
			"ENETUNREACH",
			"ECONNRESET",
			"path-too-long"
		].includes(notes.failure)) return null;
		return {
			detail: cause?.text ?? rule$17.summary,
			evidence: [{
				kind: "errno",
				errno: notes.failure
			}]
		};
	}
};
// server/doctor/rules/start/fastcgi-overloaded/rule.ts
var rule$16 = {
	severity: "error",
	title: "The FastCGI application is overloaded",
	summary: "The application refused the request, or too many connections already wait for it.",
	explanation: "An application serves a limited number of requests at once, and all its slots are taken. Either it refused the request (`FCGI_OVERLOADED` or `FCGI_CANT_MPX_CONN`), or the system refused the connection because the queue of waiting connections is full. Start more workers, or find out what keeps them busy.",
	reference: "FastCGI §5.5",
	logged: [{
		server: "nginx",
		message: "connect() to unix:S failed (11: Resource temporarily unavailable) while connecting to upstream",
		response: "502 Bad Gateway",
		unproved: true
	}, {
		server: "Apache",
		message: null,
		response: "503 Service Unavailable",
		unproved: true
	}],
	when: "deferred",
	on: "failures",
	check: ({ outcome, notes, cause }) => {
		if (outcome !== "upstream-error" || notes.failure === null || ![
			"overloaded",
			"busy",
			"EAGAIN"
		].includes(notes.failure)) return null;
		const protocolStatus = notes.failure === "busy" ? "CANT_MPX_CONN" : "OVERLOADED";
		const evidence = notes.failure === "EAGAIN" ? {
			kind: "errno",
			errno: "EAGAIN"
		} : {
			kind: "quote",
			of: "END_REQUEST",
			text: protocolStatus
		};
		return {
			detail: cause?.text ?? rule$16.summary,
			evidence: [evidence]
		};
	}
};
// server/doctor/rules/start/fastcgi-refused/rule.ts
var rule$15 = {
	severity: "error",
	title: "The FastCGI application refuses the request",
	summary: "The application was written for another role, or its library has a bug.",
	explanation: "FastCGI has three roles: a responder answers requests, an authorizer decides who has access, and a filter processes files. This application replied that it does not support the responder role, or it ended the request with a protocol status that FastCGI does not define.",
	reference: "FastCGI §6",
	logged: [{
		server: "nginx",
		message: "upstream sent unexpected FastCGI record: 3 while reading response header from upstream",
		response: "502 Bad Gateway",
		unproved: true
	}],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { outcome, notes, cause } = facts;
		if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "refused-role" || notes.failure === "refused")) return null;
		return {
			detail: cause?.text ?? rule$15.summary,
			evidence: recordLocation(facts)
		};
	}
};
// server/doctor/rules/start/fastcgi-run-as-cgi/rule.ts
/** The error for accept() on a descriptor that is not a socket. */
var noSocket = /[^\n]*(?:[Ss]ocket operation on non-socket|ENOTSOCK|not a socket)[^\n]*/;
/** A FastCGI library in a program's imports, or in a script's source. */
var library = /libfcgi(?:\+\+)?\.so|\bFCGX_Accept|^\s*use FCGI\b|\brequire ['"]fcgi['"]|^\s*(?:import|from) (?:flup|fcgi)\b|\bFCGI_LISTENSOCK/m;
var rule$14 = {
	severity: "error",
	title: "A FastCGI application is run as a CGI script",
	summary: "The program accepts connections on its descriptor 0. Under CGI, descriptor 0 is the request body and not a socket.",
	explanation: "A FastCGI application is started once. Its descriptor 0 is a listening socket, and many requests arrive over it. Under CGI, descriptor 0 is the request body: the program cannot accept a connection on it and exits without a response. Some libraries notice this and answer a single request as CGI (`libfcgi` with `FCGI_Accept`, `FCGI` for Perl). Many programs do not.\n\nRun it as FastCGI. CGI Workbench then keeps its processes and passes each request to one of them. A program whose name ends in `.fcgi` is run this way by default.",
	reference: "FastCGI §2.2",
	logged: [
		{
			server: "Apache",
			message: "End of script output before headers: S",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: null,
			response: "500 Internal Server Error"
		},
		{
			server: "nginx",
			message: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
			response: "502 Bad Gateway"
		}
	],
	fixes: ["run-as-fastcgi"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { route, file } = facts;
		if (traitsOf(route.mode)?.speaksFastcgi !== false || !wroteNothing(facts)) return null;
		const message = stderrMatch(facts, noSocket);
		if (message) return {
			detail: `${rule$14.summary} On stderr the program reports that its descriptor is not a socket.`,
			...message.location
		};
		const imported = library.exec(file?.source ?? "")?.[0].trim();
		if (file === null || imported === void 0 || (facts.process?.exitCode ?? 0) !== 0) return null;
		return {
			detail: `The program exited without output, and it uses a FastCGI library (“${imported}”). Under CGI it has no socket to accept connections on.`,
			evidence: [{
				kind: "quote",
				of: file.path,
				text: imported
			}]
		};
	}
};
// server/doctor/rules/start/fastcgi-socket-permission/rule.ts
var rule$13 = {
	severity: "error",
	title: "Permission denied for the FastCGI application's socket",
	summary: "The server's user has no write permission for the socket file, or no search permission for a folder above it.",
	explanation: "To connect to a socket file, the server's user needs write permission for the file and the execute bit of every folder above it. php-fpm sets both with `listen.owner` and `listen.mode`; other applications use a umask. Check the socket with `ls -l`.",
	reference: null,
	logged: [{
		server: "nginx",
		message: "connect() to unix:S failed (13: Permission denied) while connecting to upstream",
		response: "502 Bad Gateway",
		unproved: true
	}, {
		server: "Apache",
		message: "AH02454: FCGI: attempt to connect to Unix domain socket S failed",
		response: "503 Service Unavailable",
		unproved: true
	}],
	when: "deferred",
	on: "failures",
	check: ({ outcome, notes, cause }) => {
		if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "EACCES" || notes.failure === "EPERM")) return null;
		return {
			detail: cause?.text ?? rule$13.summary,
			evidence: [{
				kind: "errno",
				errno: notes.failure
			}]
		};
	}
};
// server/doctor/rules/start/fastcgi-wrong-protocol/rule.ts
var rule$12 = {
	severity: "error",
	title: "The program at this address does not speak FastCGI",
	summary: "The first byte of a FastCGI response is 1. This response begins with another byte: HTTP, SCGI, TLS or text.",
	explanation: "FastCGI sends its response in records, and each record begins with the version number 1. This response has another byte there. 72 is an `H`: an HTTP server listens at the address, and the request needs a proxy instead. 83 is an `S`: an SCGI application, or a CGI program on a socket. 123 is `{`: JSON. A 0 in the middle of a response means that the application's library counted its padding wrong.",
	reference: "FastCGI §3.3",
	logged: [{
		server: "nginx",
		message: "upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream",
		response: "502 Bad Gateway",
		unproved: true
	}, {
		server: "Apache",
		message: "AH01068: Got bogus version 72",
		response: "502 Bad Gateway",
		unproved: true
	}],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { outcome, notes, cause } = facts;
		if (outcome !== "upstream-error" || notes.failure === null || !(notes.failure === "wrong-protocol")) return null;
		return {
			detail: cause?.text ?? rule$12.summary,
			evidence: recordLocation(facts)
		};
	}
};
// server/doctor/rules/start/folder-not-searchable/rule.ts
var rule$11 = {
	severity: "error",
	title: "Permission denied for a folder above the script",
	summary: "To reach a file, the server's user needs the execute bit of every folder above it.",
	explanation: "The execute bit of a folder is the permission to search it. To reach a script, the server's user needs that bit on every folder from the root down, and home folders are often closed to other users. The script's own permissions may be correct. Grant the permission with `chmod o+x` on the folder that lacks it. `namei -l PATH` lists all of them.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH00035: access to U denied (filesystem path 'S') because search permissions are missing on a component of the path",
			response: "403 Forbidden",
			unproved: true
		},
		{
			server: "lighttpd",
			message: null,
			response: "403 Forbidden",
			unproved: true
		},
		{
			server: "fcgiwrap",
			message: null,
			response: "403 Forbidden",
			unproved: true
		}
	],
	when: "inline",
	about: "no-script",
	check: ({ cause }) => cause && routeMessage.is(cause, "not-searchable") ? {
		detail: `${cause.text}. Give the server's user the execute bit of that folder: \`chmod o+x FOLDER\`.`,
		evidence: [{
			kind: "errno",
			errno: "EACCES"
		}]
	} : null
};
// server/doctor/rules/start/interpreter-missing/rule.ts
var rule$10 = {
	severity: "error",
	title: "The interpreter of the script does not exist",
	summary: "The first line names an interpreter that is not installed at that path.",
	explanation: "The first line of a script, `#!` and a path, names the program that runs it: its interpreter. No file exists at this path. Either the interpreter is not installed, or it has another path: `/usr/local/bin/python3` on one machine is `/usr/bin/python3` on another.\n\nServers log “No such file or directory” with the name of the script. The script exists; the missing file is the interpreter. Correct the path, or write `#!/usr/bin/env python3`: `env` searches the `PATH` that the server sets, which may be shorter than the `PATH` of your login.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (2)No such file or directory: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: No such file or directory",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "Cannot execute script (S)",
			response: "502 Bad Gateway"
		},
		{
			server: "sh",
			message: "/usr/bin/env: ‘python9’: No such file or directory",
			response: null,
			unproved: true
		}
	],
	fixes: ["set-shebang"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { file, process } = facts;
		const shebang = file?.shebang;
		if (!file || !shebang || shebang.carriageReturn || shebang.found !== null) return null;
		const refused = refusedStart(facts);
		if (refused?.errno === "ENOENT" && shebang.state === "missing") return {
			title: `The interpreter ${shebang.program} does not exist`,
			detail: `The script's first line names \`${shebang.program}\`, and no such file exists. Correct the path, or write \`#!/usr/bin/env NAME\` to search NAME on the \`PATH\`.`,
			line: 1,
			evidence: [
				refused.evidence,
				{
					kind: "mode",
					path: shebang.program,
					mode: null
				},
				fileEvidence(file, 1)
			]
		};
		if (process?.exitCode !== 127 || shebang.searchedFor === null) return null;
		const path = facts.env?.find(({ name }) => name === "PATH")?.value ?? null;
		return {
			title: `${shebang.searchedFor} is not on the PATH that scripts get`,
			detail: `The script's first line makes \`env\` search for \`${shebang.searchedFor}\`, and no folder of the \`PATH\` contains it. Install it, or write its full path after \`#!\`.`,
			line: 1,
			evidence: [{
				kind: "variable",
				name: "PATH",
				value: path
			}, fileEvidence(file, 1)]
		};
	}
};
// server/doctor/rules/start/interpreter-not-executable/rule.ts
var rule$9 = {
	severity: "error",
	title: "The interpreter of the script is not executable",
	summary: "The first line names a folder, or a file that is not an executable program.",
	explanation: "The first line of a script names its interpreter. Something exists at that path, but the system cannot run it: it is a folder, a file without the execute bit, or a file in a folder that you have no permission to search. The script's own permissions may be correct. Check the interpreter with `ls -l`.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: Permission denied",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "Cannot execute script (S)",
			response: "502 Bad Gateway"
		}
	],
	fixes: ["set-shebang"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		const shebang = facts.file?.shebang;
		if (refused?.errno !== "EACCES" || !shebang || shebang.state !== "not-executable" && shebang.closedFolder === null || ((refused.file.mode ?? 0) & 73) === 0) return null;
		if (shebang.closedFolder !== null) return {
			title: `The server may not search ${shebang.closedFolder.path}, the folder of the interpreter`,
			detail: `The script's first line names \`${shebang.program}\`. To reach it, this server's user needs the execute bit of every folder above it, and that of \`${shebang.closedFolder.path}\` is missing. Install the interpreter where every user may run it, or set the bit: \`chmod o+x ${shebang.closedFolder.path}\`.`,
			line: 1,
			fixes: [],
			evidence: [
				refused.evidence,
				modeEvidence(shebang.closedFolder),
				fileEvidence(refused.file, 1)
			]
		};
		return {
			title: `The interpreter ${shebang.program} is not executable`,
			detail: `The script's first line names \`${shebang.program}\`. It exists, but this server cannot run it.`,
			line: 1,
			evidence: [refused.evidence, fileEvidence(refused.file, 1)]
		};
	}
};
// server/doctor/rules/start/no-shebang/rule.ts
var rule$8 = {
	severity: "error",
	title: "The script does not name its interpreter",
	summary: "The file has no first line such as `#!/usr/bin/env python3` and is not a compiled program.",
	explanation: "A server asks the system to start the file. The system can start two kinds of files: compiled programs, and text whose first two bytes are `#!`, followed by the path of the interpreter (the “shebang” line). This file is neither (“Exec format error”). A blank line or a space before `#!` is enough to hide it.\n\nIn a terminal the same script may run, because a shell runs a file as a shell script when the system refuses it. Servers do not.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (8)Exec format error: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: Exec format error",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "Cannot execute script (S)",
			response: "502 Bad Gateway"
		}
	],
	fixes: ["set-shebang"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (refused?.errno !== "ENOEXEC") return null;
		const { source, shebang, program } = refused.file;
		if (shebang !== null || program !== null || source.startsWith("ï»¿")) return null;
		if (isDataAmongScripts(refused)) return null;
		return {
			detail: `The file is not a compiled program and does not begin with \`#!\` and an interpreter.${/^\s+#!/.test(source) ? " It contains `#!` further down, but these must be its first two bytes." : ""} Add a first line such as \`#!/usr/bin/env python3\`.`,
			line: 1,
			evidence: [refused.evidence, fileEvidence(refused.file, 1)]
		};
	}
};
// server/doctor/rules/start/not-executable/rule.ts
var rule$7 = {
	severity: "error",
	title: "The script is not executable",
	summary: "The file has no execute bit, so the system does not start it.",
	explanation: "On Linux and macOS each file records who can read, write and execute it. A server starts a CGI script as a program, so the script needs its execute bit. A new file, a download or a file from a Windows disk usually has none.\n\nSet it with `chmod +x` or `chmod 755`. The folders above the script need their execute bit too, as the permission to search them. If one is missing there, another finding names the folder.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: Permission denied",
			response: "500 Internal Server Error"
		},
		{
			server: "Apache",
			message: "file permissions deny server execution",
			response: "403 Forbidden, on Windows",
			unproved: true
		},
		{
			server: "fcgiwrap",
			message: "Cannot get script name, are DOCUMENT_ROOT and SCRIPT_NAME (or SCRIPT_FILENAME) set and is the script executable?",
			response: "403 Forbidden"
		}
	],
	fixes: ["make-executable"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (refused?.errno !== "EACCES" || refused.file.mode === null || (refused.file.mode & 73) !== 0) return null;
		if (isDataAmongScripts(refused)) return null;
		const { path } = refused.file;
		return {
			detail: `${path} has no execute bit. Set it: \`chmod +x ${path}\``,
			evidence: [refused.evidence, modeEvidence(refused.file)]
		};
	}
};
// server/doctor/rules/start/not-permitted/rule.ts
var rule$6 = {
	severity: "error",
	title: "The server has no permission to execute the script",
	summary: "The execute bit is set, but the system refuses: the bit is for other users, or the file system forbids it.",
	explanation: "The script has an execute bit, but not for the user that the server runs as; or the file system is mounted with `noexec`; or a security module forbids it. Compare the owner and mode of the file with the server's user. `chmod 755` allows every user to execute it.",
	reference: "RFC 3875 §3.4",
	logged: [{
		server: "Apache",
		message: "AH01215: stderr from S: (13)Permission denied: exec of 'S' failed",
		response: "500 Internal Server Error",
		unproved: true
	}, {
		server: "lighttpd",
		message: "S: Permission denied",
		response: "500 Internal Server Error",
		unproved: true
	}],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (refused?.errno !== "EACCES") return null;
		const { mode, shebang, folders, path } = refused.file;
		if (mode === null || (mode & 73) === 0 || shebang?.state === "not-executable" || shebang?.closedFolder || folders.some(({ searchable }) => !searchable)) return null;
		return {
			detail: `${path} has an execute bit, but the system refused to start it: the bit is not set for this server's user, or the file system is mounted with \`noexec\`.`,
			evidence: [refused.evidence, modeEvidence(refused.file)]
		};
	}
};
// server/doctor/rules/start/queue-full/rule.ts
var rule$5 = {
	severity: "error",
	title: "Too many requests waited at once",
	summary: "The limits for running scripts and for waiting requests are both reached, so the server refused this request.",
	explanation: "Each CGI request starts a process, and a machine can run only so many at once. The server runs up to `limits.concurrency` scripts, lets up to `limits.queue` requests wait, and answers 503 to any further request. Either requests arrive faster than the scripts can answer, or some scripts hang and occupy their slots.",
	reference: null,
	logged: [{
		server: "Apache",
		message: "AH00161: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting",
		response: null,
		unproved: true
	}, {
		server: "lighttpd",
		message: "[note] sockets disabled, out-of-fds",
		response: null,
		unproved: true
	}],
	when: "deferred",
	on: "failures",
	withoutScript: true,
	check: ({ outcome, cause }) => outcome === "queue-full" ? { detail: `${cause?.text ?? rule$5.summary} Change the limits in cgi-workbench.json under \`limits\`.` } : null
};
// server/doctor/rules/start/script-missing/rule.ts
var rule$4 = {
	severity: "error",
	title: "The script no longer exists",
	summary: "The file, or its folder, was removed before the server could start it.",
	explanation: "The script existed when the server received the request. When the system tried to start it, it was gone: deleted, renamed, or replaced by a tool that removes the old file first. Send the request again. If the error stays, find out what writes to the folder.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH02811: stderr from S: script not found or unable to stat",
			response: "404 Not Found"
		},
		{
			server: "lighttpd",
			message: null,
			response: "404 Not Found"
		},
		{
			server: "fcgiwrap",
			message: null,
			response: "403 Forbidden"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (refused?.errno !== "ENOENT" || refused.file.exists) return null;
		return {
			detail: `${refused.file.path}, or its folder, was removed before the script was started.`,
			evidence: [refused.evidence, modeEvidence(refused.file)]
		};
	}
};
// server/doctor/rules/start/server-settings/rule.ts
var rule$3 = {
	severity: "error",
	title: "Apache's settings keep the script from running",
	summary: "Apache runs CGI scripts only where its configuration allows it, and this location is not allowed.",
	explanation: "The script itself is fine: it runs here. Apache needs three things in its configuration. First, the folder must be a folder for scripts: by `ScriptAlias`, or by `Options +ExecCGI` together with `AddHandler cgi-script .cgi`. Second, the script gets the path after its name in the URL only if `AcceptPathInfo` is not off. Third, the URL must lead to a file: a folder or a missing file is not a script. Check the `<Directory>` block, and the `.htaccess` files in the folders above.",
	reference: "RFC 3875 §3.2",
	logged: [
		{
			server: "Apache",
			message: "AH02809: Options ExecCGI is off in this directory: S",
			response: "403 Forbidden",
			unproved: true
		},
		{
			server: "Apache",
			message: "AH02813: AcceptPathInfo off disallows user's path: S",
			response: "404 Not Found",
			unproved: true
		},
		{
			server: "Apache",
			message: "AH02811: script not found or unable to stat: S",
			response: "404 Not Found",
			unproved: true
		},
		{
			server: "Apache",
			message: "AH02812: attempt to invoke directory as script: S",
			response: "403 Forbidden",
			unproved: true
		}
	],
	when: "deferred",
	on: "failures",
	withoutScript: true,
	check: () => null
};
// server/doctor/rules/start/shebang-carriage-return/rule.ts
var rule$2 = {
	severity: "error",
	title: "The first line ends in a carriage return, so the interpreter is not found",
	summary: "The script has Windows line endings, and the system takes the carriage return as part of the interpreter's name.",
	explanation: "A text file marks the end of each line. Windows uses two bytes, carriage return and line feed (CRLF). Linux and macOS use the line feed alone (LF). When a script begins with `#!`, the system reads everything up to the line feed as the name of the interpreter. With Windows line endings that name ends in an invisible carriage return, and no such program exists.\n\nThis is why servers report a missing file although the script exists. Save the file with LF line endings. Every editor can do this, and version control tools can be configured to.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (2)No such file or directory: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: No such file or directory",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "Cannot execute script (S)",
			response: "502 Bad Gateway"
		},
		{
			server: "sh",
			message: "/usr/bin/env: ‘python3\\r’: No such file or directory",
			response: null,
			unproved: true
		},
		{
			server: "sh",
			message: "python3^M: bad interpreter: No such file or directory",
			response: null,
			unproved: true
		}
	],
	fixes: ["use-line-feeds"],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const { file, process } = facts;
		const shebang = file?.shebang;
		if (!file || !shebang?.carriageReturn) return null;
		const refused = refusedStart(facts);
		const byEnv = process?.exitCode === 127 && shebang.searchedFor !== null && (facts.stdout?.bytes ?? 0) === 0;
		if (refused?.errno !== "ENOENT" && !byEnv) return null;
		return {
			detail: `The script has Windows line endings. The system reads everything between \`#!\` and the line feed as the interpreter's name, and there is no program named “${(shebang.searchedFor ?? shebang.program).replace("\r", "")}\\r”. Save the file with LF line endings.`,
			line: 1,
			evidence: [...refused ? [refused.evidence] : [], fileEvidence(file, 1)]
		};
	}
};
// server/doctor/rules/start/start-failed/rule.ts
var rule$1 = {
	severity: "error",
	title: "The system could not start the script",
	summary: "The system returned an error that is not about the script itself, such as too many processes.",
	explanation: "A start can fail for reasons outside the script: too many processes or open files, or too little memory. The name of the error says which. `man 2 execve` explains each of them.",
	reference: "RFC 3875 §3.4",
	logged: [{
		server: "Apache",
		message: "AH01215: stderr from S: (N)REASON: exec of 'S' failed",
		response: "500 Internal Server Error",
		unproved: true
	}],
	when: "deferred",
	on: "fallback",
	check: ({ outcome, process, route }) => {
		if (outcome !== "spawn-error") return null;
		const errno = process?.errno ?? "unknown error";
		return {
			title: `The system could not start the script: ${errno}`,
			detail: `Starting ${route.file === null ? "the script" : toDisplayText(route.file)} failed: ${errno}.`,
			evidence: [{
				kind: "errno",
				errno
			}]
		};
	}
};
// server/doctor/rules/start/wrong-architecture/rule.ts
var rule = {
	severity: "error",
	title: "The program was built for another system",
	summary: "The file is a compiled program in a format that this system cannot start.",
	explanation: "The file is a compiled program, but for another operating system or another processor: built on a Mac and copied to Linux, or built for ARM and run on x86. Compile it on the machine that runs it, or for that machine.",
	reference: "RFC 3875 §3.4",
	logged: [
		{
			server: "Apache",
			message: "AH01215: stderr from S: (8)Exec format error: exec of 'S' failed",
			response: "500 Internal Server Error"
		},
		{
			server: "lighttpd",
			message: "S: Exec format error",
			response: "500 Internal Server Error"
		},
		{
			server: "fcgiwrap",
			message: "Cannot execute script (S)",
			response: "502 Bad Gateway"
		}
	],
	when: "deferred",
	on: "failures",
	check: (facts) => {
		const refused = refusedStart(facts);
		if (refused?.errno !== "ENOEXEC" || refused.file.program === null) return null;
		const { format, machine } = refused.file.program;
		return {
			detail: `The file is ${{
				elf: `a Linux program for processor type ${machine}`,
				"mach-o": "a macOS program",
				pe: "a Windows program"
			}[format]}, and this system cannot start it. Compile it for this machine.`,
			evidence: [refused.evidence, fileEvidence(refused.file, null)]
		};
	}
};
// server/contract/doctor-contract.ts
/**
* The stages in the order of rules and findings. "refusal": the server refused the request. How the process ended comes
* before its output, because it explains what the output lacks.
*/
var ruleStages = [
	"refusal",
	"start",
	"request",
	"run",
	"end",
	"head",
	"body",
	"elsewhere"
];
var ruleStage = _enum(ruleStages);
/** All fixes; a finding's `fixes` names those it offers. */
var fixId = _enum([
	"make-executable",
	"use-line-feeds",
	"set-shebang",
	"remove-byte-order-mark",
	"add-content-type",
	"add-empty-line",
	"use-status-field",
	"remove-field",
	"remove-content-length",
	"declare-charset",
	"convert-to-utf-8",
	"declare-latin-1",
	"set-encoding-environment",
	"flush-output",
	"binary-output",
	"replace-field-storage",
	"content-length-in-bytes",
	"print-function",
	"run-as-cgi",
	"run-as-fastcgi",
	"run-as-wsgi",
	"run-as-psgi",
	"require-from-folder"
]);
/**
* What another server does with the same script: its log message (null: it logs nothing), and what the client receives.
*/
var logged = object({
	server: _enum([
		"Apache",
		"lighttpd",
		"nginx",
		"fcgiwrap",
		"Go",
		"php",
		"sh"
	]),
	message: string().nullable(),
	response: string().nullable(),
	/** From the server's documentation or source, not tested. */
	unproved: literal(true).optional()
});
var ruleInfo = object({
	/** Public and stable. */
	id: string(),
	stage: ruleStage,
	severity,
	title: string(),
	/** One or two sentences on the cause. Here and in the explanation code is in backticks. */
	summary: string(),
	/** For a reader who has never met this failure. A blank line separates paragraphs. */
	explanation: string(),
	/** "RFC 3875 §6.2"; null if no document covers it. */
	reference: string().nullable(),
	logged: array(logged),
	fixes: array(fixId)
});
var doctorContract = { 
/** All rules, in their order. */
rules: oc.output(array(ruleInfo)) };
var rules = orderRules(Object.entries(/* @__PURE__ */ Object.assign({
	"../rules/body/body-not-allowed/rule.ts": rule$148,
	"../rules/body/byte-order-mark-before-json/rule.ts": rule$147,
	"../rules/body/byte-order-mark-in-page/rule.ts": rule$146,
	"../rules/body/character-cut/rule.ts": rule$145,
	"../rules/body/charset-wrong/rule.ts": rule$144,
	"../rules/body/content-length-large/rule.ts": rule$143,
	"../rules/body/content-length-small/rule.ts": rule$142,
	"../rules/body/encoded-twice/rule.ts": rule$141,
	"../rules/body/encodings-mixed/rule.ts": rule$140,
	"../rules/body/meta-contradicts-header/rule.ts": rule$139,
	"../rules/body/not-utf-8/rule.ts": rule$138,
	"../rules/body/php-short-tags/rule.ts": rule$137,
	"../rules/body/surrogate-halves/rule.ts": rule$136,
	"../rules/body/text-lost-before/rule.ts": rule$135,
	"../rules/elsewhere/condition-evaluated/rule.ts": rule$134,
	"../rules/elsewhere/file-not-found/rule.ts": rule$133,
	"../rules/elsewhere/folder-without-index/rule.ts": rule$132,
	"../rules/elsewhere/handler-used/rule.ts": rule$131,
	"../rules/elsewhere/local-redirect-differs/rule.ts": rule$130,
	"../rules/elsewhere/nph-differs/rule.ts": rule$129,
	"../rules/elsewhere/request-not-served/rule.ts": rule$128,
	"../rules/elsewhere/source-sent/rule.ts": rule$127,
	"../rules/elsewhere/stderr-elsewhere/rule.ts": rule$126,
	"../rules/end/crashed-after-header/rule.ts": rule$125,
	"../rules/end/ended-badly/rule.ts": rule$124,
	"../rules/end/fastcgi-died/rule.ts": rule$123,
	"../rules/end/output-held/rule.ts": rule$122,
	"../rules/end/timeout/rule.ts": rule$121,
	"../rules/head/bad-status/rule.ts": rule$120,
	"../rules/head/byte-order-mark-in-output/rule.ts": rule$119,
	"../rules/head/caching-contradicts/rule.ts": rule$118,
	"../rules/head/carriage-return-doubled/rule.ts": rule$117,
	"../rules/head/carriage-return-only/rule.ts": rule$116,
	"../rules/head/cgi-field-missing/rule.ts": rule$115,
	"../rules/head/charset-missing/rule.ts": rule$114,
	"../rules/head/charset-unknown/rule.ts": rule$113,
	"../rules/head/connection-field/rule.ts": rule$112,
	"../rules/head/content-type-missing/rule.ts": rule$111,
	"../rules/head/cookie-expired/rule.ts": rule$110,
	"../rules/head/cookie-malformed/rule.ts": rule$109,
	"../rules/head/cookie-refused/rule.ts": rule$108,
	"../rules/head/date-invalid/rule.ts": rule$107,
	"../rules/head/empty-line-first/rule.ts": rule$106,
	"../rules/head/empty-line-missing/rule.ts": rule$105,
	"../rules/head/field-repeated/rule.ts": rule$104,
	"../rules/head/header-folded/rule.ts": rule$103,
	"../rules/head/header-large/rule.ts": rule$102,
	"../rules/head/header-missing/rule.ts": rule$101,
	"../rules/head/header-not-ascii/rule.ts": rule$100,
	"../rules/head/header-too-large/rule.ts": rule$99,
	"../rules/head/http-status-line/rule.ts": rule$98,
	"../rules/head/local-redirect-with-fields/rule.ts": rule$97,
	"../rules/head/location-relative/rule.ts": rule$96,
	"../rules/head/malformed-output/rule.ts": rule$95,
	"../rules/head/markup-before-header/rule.ts": rule$94,
	"../rules/head/message-as-header/rule.ts": rule$93,
	"../rules/head/nph-status-line-missing/rule.ts": rule$92,
	"../rules/head/redirect-loop/rule.ts": rule$91,
	"../rules/head/redirect-path-with-status/rule.ts": rule$90,
	"../rules/head/redirect-target-missing/rule.ts": rule$89,
	"../rules/head/response-splitting/rule.ts": rule$88,
	"../rules/head/space-before-colon/rule.ts": rule$87,
	"../rules/head/text-before-header/rule.ts": rule$86,
	"../rules/head/utf-16-output/rule.ts": rule$85,
	"../rules/refusal/body-length-ambiguous/rule.ts": rule$84,
	"../rules/refusal/chunk-malformed/rule.ts": rule$83,
	"../rules/refusal/folder-not-trusted/rule.ts": rule$82,
	"../rules/refusal/header-line-malformed/rule.ts": rule$81,
	"../rules/refusal/host-refused/rule.ts": rule$80,
	"../rules/refusal/line-end-malformed/rule.ts": rule$79,
	"../rules/refusal/not-http/rule.ts": rule$78,
	"../rules/refusal/origin-refused/rule.ts": rule$77,
	"../rules/refusal/other-user-refused/rule.ts": rule$76,
	"../rules/refusal/request-incomplete/rule.ts": rule$75,
	"../rules/refusal/request-line-malformed/rule.ts": rule$74,
	"../rules/refusal/request-too-large/rule.ts": rule$73,
	"../rules/refusal/service-worker-refused/rule.ts": rule$72,
	"../rules/refusal/sign-in-impossible/rule.ts": rule$71,
	"../rules/refusal/sign-in-refused/rule.ts": rule$70,
	"../rules/refusal/too-much-held/rule.ts": rule$69,
	"../rules/request/authorization-hidden/rule.ts": rule$68,
	"../rules/request/body-incomplete/rule.ts": rule$67,
	"../rules/request/body-not-read/rule.ts": rule$66,
	"../rules/request/body-type-missing/rule.ts": rule$65,
	"../rules/request/chunked-body/rule.ts": rule$64,
	"../rules/request/header-not-exported/rule.ts": rule$63,
	"../rules/request/path-changed/rule.ts": rule$62,
	"../rules/request/proxy-header/rule.ts": rule$61,
	"../rules/request/query-became-arguments/rule.ts": rule$60,
	"../rules/request/query-option-argument/rule.ts": rule$59,
	"../rules/request/shellshock/rule.ts": rule$58,
	"../rules/request/user-unchecked/rule.ts": rule$57,
	"../rules/run/application-run-as-cgi/rule.ts": rule$56,
	"../rules/run/cgi-module-removed/rule.ts": rule$55,
	"../rules/run/command-not-found/rule.ts": rule$54,
	"../rules/run/crashed-before-output/rule.ts": rule$53,
	"../rules/run/failed-before-output/rule.ts": rule$52,
	"../rules/run/file-not-permitted/rule.ts": rule$51,
	"../rules/run/javascript-error/rule.ts": rule$50,
	"../rules/run/killed-before-output/rule.ts": rule$49,
	"../rules/run/lua-error/rule.ts": rule$48,
	"../rules/run/no-application/rule.ts": rule$47,
	"../rules/run/no-output/rule.ts": rule$46,
	"../rules/run/octave-error/rule.ts": rule$45,
	"../rules/run/output-held-back/rule.ts": rule$44,
	"../rules/run/perl-error/rule.ts": rule$43,
	"../rules/run/perl-file-missing/rule.ts": rule$42,
	"../rules/run/perl-module-missing/rule.ts": rule$41,
	"../rules/run/php-cgi-direct-access/rule.ts": rule$40,
	"../rules/run/php-error/rule.ts": rule$39,
	"../rules/run/php-no-input-file/rule.ts": rule$38,
	"../rules/run/pipe-closed/rule.ts": rule$37,
	"../rules/run/python-error/rule.ts": rule$36,
	"../rules/run/python-module-missing/rule.ts": rule$35,
	"../rules/run/python-syntax-error/rule.ts": rule$34,
	"../rules/run/python2-syntax/rule.ts": rule$33,
	"../rules/run/relative-path-missing/rule.ts": rule$32,
	"../rules/run/ruby-error/rule.ts": rule$31,
	"../rules/run/shell-error/rule.ts": rule$30,
	"../rules/run/shift-jis-source/rule.ts": rule$29,
	"../rules/run/tcl-error/rule.ts": rule$28,
	"../rules/run/unicode-decode-error/rule.ts": rule$27,
	"../rules/run/unicode-encode-error/rule.ts": rule$26,
	"../rules/run/variable-not-set/rule.ts": rule$25,
	"../rules/run/variable-unset-for-request/rule.ts": rule$24,
	"../rules/run/wide-character/rule.ts": rule$23,
	"../rules/start/being-written/rule.ts": rule$22,
	"../rules/start/byte-order-mark/rule.ts": rule$21,
	"../rules/start/cgi-run-as-fastcgi/rule.ts": rule$20,
	"../rules/start/data-among-scripts/rule.ts": rule$19,
	"../rules/start/environment-too-large/rule.ts": rule$18,
	"../rules/start/fastcgi-not-there/rule.ts": rule$17,
	"../rules/start/fastcgi-overloaded/rule.ts": rule$16,
	"../rules/start/fastcgi-refused/rule.ts": rule$15,
	"../rules/start/fastcgi-run-as-cgi/rule.ts": rule$14,
	"../rules/start/fastcgi-socket-permission/rule.ts": rule$13,
	"../rules/start/fastcgi-wrong-protocol/rule.ts": rule$12,
	"../rules/start/folder-not-searchable/rule.ts": rule$11,
	"../rules/start/interpreter-missing/rule.ts": rule$10,
	"../rules/start/interpreter-not-executable/rule.ts": rule$9,
	"../rules/start/no-shebang/rule.ts": rule$8,
	"../rules/start/not-executable/rule.ts": rule$7,
	"../rules/start/not-permitted/rule.ts": rule$6,
	"../rules/start/queue-full/rule.ts": rule$5,
	"../rules/start/script-missing/rule.ts": rule$4,
	"../rules/start/server-settings/rule.ts": rule$3,
	"../rules/start/shebang-carriage-return/rule.ts": rule$2,
	"../rules/start/start-failed/rule.ts": rule$1,
	"../rules/start/wrong-architecture/rule.ts": rule
})).map(([path, rule]) => {
	const [, , stage, id = ""] = path.split("/");
	return {
		id,
		stage: ruleStage.parse(stage),
		...rule
	};
}));
/** @throws Error when rules demand to come before each other */
function orderRules(unordered) {
	const waiting = [...unordered].sort((a, b) => ruleStages.indexOf(a.stage) - ruleStages.indexOf(b.stage) || (a.id < b.id ? -1 : 1));
	const ordered = [];
	while (waiting.length > 0) {
		const next = waiting.findIndex(({ id }) => !waiting.some(({ before }) => before?.includes(id)));
		if (next < 0) throw new Error(`These rules all come before each other: ${waiting.map(({ id }) => id).join(", ")}`);
		ordered.push(...waiting.splice(next, 1));
	}
	return ordered;
}
// server/doctor/evidence/script-file.ts
var sourceBytes = 262144;
var permissionBits = 4095;
/** `path`: the PATH of the script, which `env` searches. */
function readScriptFile(file, path) {
	const stats = unlessDenied(() => statSync(diskPath(file), { throwIfNoEntry: false })) ?? null;
	const source = stats?.isFile() ? readStart(file) : byteString("");
	return {
		path: toDisplayText(file),
		exists: stats !== null,
		mode: stats === null ? null : stats.mode & permissionBits,
		uid: stats?.uid ?? null,
		sizeBytes: stats?.size ?? 0,
		source,
		program: programFormat(source),
		shebang: shebangOf(source, path),
		folders: foldersAbove(file)
	};
}
/** Every folder from the root to the one that contains `file`. */
function foldersAbove(file) {
	const folders = [];
	for (let slash = file.indexOf("/"); slash >= 0; slash = file.indexOf("/", slash + 1)) {
		const folder = byteString(file.slice(0, slash) || "/");
		const stats = unlessDenied(() => statSync(diskPath(folder), { throwIfNoEntry: false })) ?? null;
		folders.push({
			path: toDisplayText(folder),
			mode: stats === null ? null : stats.mode & permissionBits,
			searchable: canExecute(folder)
		});
	}
	return folders;
}
/** The first folder above a file that exists and that the server's user may not search. */
var closedFolderAbove = (file) => foldersAbove(utf8(file)).find(({ searchable, mode }) => !searchable && mode !== null) ?? null;
function shebangOf(source, path) {
	const shebang = parseShebang(source);
	if (shebang === null) return null;
	const { line, program, searchedFor, carriageReturn } = shebang;
	const stats = unlessDenied(() => statSync(program, { throwIfNoEntry: false })) ?? null;
	const state = stats === null ? "missing" : stats.isFile() && canExecute(byteString(program)) ? "executable" : "not-executable";
	return {
		line,
		program,
		searchedFor,
		carriageReturn,
		state,
		found: state !== "executable" ? null : searchedFor === null ? program : findOnPath(searchedFor, path),
		closedFolder: state === "missing" ? closedFolderAbove(program) : null
	};
}
function findOnPath(name, path) {
	if (name.includes("/")) return canExecute(byteString(name)) ? name : null;
	for (const folder of path.split(":")) {
		const candidate = posix.join(folder || ".", name);
		if (unlessDenied(() => statSync(candidate, { throwIfNoEntry: false }))?.isFile() && canExecute(byteString(candidate))) return candidate;
	}
	return null;
}
function programFormat(source) {
	if (source.startsWith("ELF")) {
		const at = source.charCodeAt(5) === 2 ? [18, 19] : [19, 18];
		return {
			format: "elf",
			machine: source.charCodeAt(at[0] ?? 0) << 8 | source.charCodeAt(at[1] ?? 0)
		};
	}
	if (/^(?:[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe)/.test(source)) return {
		format: "mach-o",
		machine: null
	};
	return source.startsWith("MZ") ? {
		format: "pe",
		machine: null
	} : null;
}
function readStart(file) {
	const descriptor = unlessDenied(() => openSync(diskPath(file), "r"));
	if (descriptor === void 0) return byteString("");
	try {
		const bytes = Buffer.allocUnsafe(sourceBytes);
		return fromBytes(bytes, 0, readSync(descriptor, bytes, 0, sourceBytes, 0));
	} finally {
		closeSync(descriptor);
	}
}
function canExecute(path) {
	return unlessDenied(() => {
		accessSync(diskPath(path), constants.X_OK);
		return true;
	}) ?? false;
}
/** Undefined on a system error: that is a fact about the file. @throws any other error */
function unlessDenied(read) {
	try {
		return read();
	} catch (error) {
		if (errorCode(error) === "") throw error;
		return;
	}
}
// server/doctor/engine/examine.ts
var inlineRules = rules.filter((rule) => rule.when === "inline");
var deferredRules = rules.filter((rule) => rule.when === "deferred");
var rulesAbout = (what) => inlineRules.filter(({ about }) => about === what);
var forEveryScript = rulesAbout(void 0);
var forNotExported = rulesAbout("not-exported");
var forNoScript = rulesAbout("no-script");
var forRefused = rulesAbout("refused");
var forField = /* @__PURE__ */ new Map();
for (const rule of inlineRules) if (typeof rule.about === "object") for (const name of rule.about) forField.set(name, [...forField.get(name) ?? [], rule]);
/** Whether the rules about failures run: see `needsExplanation`. */
var isFailure = ({ outcome, process, response, script }) => needsExplanation({
	outcome,
	status: response?.status ?? null,
	process,
	isInvalid: script?.kind === "invalid"
});
/** Runs the inline rules. */
function examineInline(facts, off) {
	const findings = [];
	const runAll = (some) => {
		for (const rule of some) if (!off.has(rule.id)) run(rule, facts, findings);
	};
	if (facts.cause !== null) runAll(forRefused);
	if (facts.route.kind !== "script") {
		runAll(forNoScript);
		return findings;
	}
	runAll(forEveryScript);
	if (facts.notExported.length > 0) runAll(forNotExported);
	const forItsFields = [];
	for (const { key } of scriptFields(facts)) for (const rule of forField.get(key) ?? none) if (!forItsFields.includes(rule)) forItsFields.push(rule);
	runAll(forItsFields);
	return findings;
}
var none = [];
/** Runs the deferred rules; `inline`: the findings of the inline rules. */
function examineDeferred(facts, inline, off) {
	const failed = isFailure(facts);
	const findings = [];
	const runAll = (on) => {
		for (const rule of deferredRules) if (rule.on === on && (facts.route.kind === "script" || rule.withoutScript) && !off.has(rule.id)) run(rule, facts, findings);
	};
	runAll("anything");
	if (failed) runAll("failures");
	if (failed && ![...inline, ...findings].some(({ severity: level }) => level === "error")) runAll("fallback");
	return findings;
}
var order = new Map(rules.map(({ id }, index) => [id, index]));
/** Most severe first, then in the order of the rules, without duplicates: the same title on the same bytes. */
function sortFindings(findings) {
	const seen = /* @__PURE__ */ new Set();
	return findings.filter(({ title, stream, range, line }) => {
		const key = JSON.stringify([
			title,
			stream,
			range,
			line
		]);
		return !seen.has(key) && seen.add(key);
	}).sort((a, b) => severity.options.indexOf(a.severity) - severity.options.indexOf(b.severity) || (order.get(a.rule) ?? Infinity) - (order.get(b.rule) ?? Infinity));
}
function run(rule, facts, findings) {
	try {
		const result = rule.check(facts);
		if (result === null) return;
		for (const occurrence of isList(result) ? result : [result]) findings.push(toFinding(rule, occurrence));
	} catch (error) {
		findings.push(ruleFailed(`The doctor's rule ${rule.id} failed on this request`, error));
	}
}
/** Takes the place of the findings that the failed check would have made. */
function ruleFailed(title, error) {
	return {
		rule: "rule-failed",
		severity: "hint",
		title,
		detail: `This is a bug in CGI Workbench, so the request may have a problem that is not shown. ${error instanceof Error ? error.stack ?? error.message : String(error)}`,
		stream: null,
		range: null,
		line: null,
		reference: null,
		fixes: [],
		evidence: []
	};
}
var isList = (result) => Array.isArray(result);
// server/doctor/engine/worker-payload.ts
/** How much of a stream the rules examine: its beginning, or, for stderr and the received records, its end. */
var examinedBytes = 1 << 20;
/** `inline`: the findings of the inline rules. */
function copyTrace(trace, inline, off) {
	const { outcome, cause, client, parent, route, argv, cwd, env, notExported, script, process, timing, notes, request, response } = trace;
	const { body: requestBody, ...requestHead } = request;
	const { body: responseBody, ...responseHead } = response ?? { body: null };
	const fastcgi = outcome === "upstream-error" || outcome === "timeout" ? trace.fastcgi : null;
	return {
		facts: {
			outcome,
			cause,
			client,
			parent,
			route,
			argv,
			cwd,
			env,
			notExported,
			script,
			process,
			timing,
			notes,
			request: requestHead,
			response: "status" in responseHead ? responseHead : null,
			records: fastcgi?.records ?? null,
			fastcgiNotes: fastcgi?.notes ?? []
		},
		streams: {
			requestBody: copyStream(requestBody),
			responseBody: responseBody && {
				info: infoOf(responseBody),
				from: 0,
				data: /* @__PURE__ */ new Uint8Array(0)
			},
			stdin: trace.stdin && {
				info: infoOf(trace.stdin),
				from: 0,
				data: /* @__PURE__ */ new Uint8Array(0)
			},
			stdout: trace.stdout && copyStream(trace.stdout),
			stderr: trace.stderr && copyStream(trace.stderr, Math.max(0, trace.stderr.captured - examinedBytes)),
			received: fastcgi && copyStream(fastcgi.received, Math.max(0, fastcgi.received.captured - examinedBytes))
		},
		inline,
		off
	};
}
/** The buffers to transfer with the message. */
var transferableBuffers = ({ streams }) => Object.values(streams).flatMap((stream) => stream ? [stream.data.buffer] : []);
/** Runs the deferred rules on a copy. */
function examineCopy({ facts, streams, inline, off }) {
	const { request, response, records, fastcgiNotes, ...rest } = facts;
	const received = bytesOf(streams.received);
	return examineDeferred(withScriptFile({
		...rest,
		request: {
			...request,
			body: bytesOf(streams.requestBody) ?? noBytes
		},
		response: response && {
			...response,
			body: bytesOf(streams.responseBody) ?? noBytes
		},
		stdin: bytesOf(streams.stdin),
		stdout: bytesOf(streams.stdout),
		stderr: bytesOf(streams.stderr),
		fastcgi: records && received && {
			records,
			received,
			notes: fastcgiNotes
		}
	}), inline, off);
}
/** Adds the script's file, if the request failed. */
function withScriptFile(facts) {
	const { file } = facts.route;
	const path = facts.env?.find(({ name }) => name === "PATH")?.value ?? "";
	return {
		...facts,
		file: file !== null && facts.route.kind === "script" && isFailure(facts) ? readScriptFile(file, path) : null
	};
}
var noBytes = {
	bytes: 0,
	captured: 0,
	chunks: [],
	read: () => /* @__PURE__ */ new Uint8Array(0)
};
var infoOf = ({ bytes, captured, chunks }) => ({
	bytes,
	captured,
	chunks
});
var copyStream = (stream, from = 0) => ({
	info: infoOf(stream),
	from,
	data: new Uint8Array(stream.read(from, examinedBytes))
});
function bytesOf(stream) {
	if (stream === null) return null;
	const { info, from, data } = stream;
	return {
		...info,
		captured: from + data.length,
		read: (at, length) => data.subarray(Math.max(0, Math.min(at - from, data.length)), Math.max(0, Math.min(at + length - from, data.length)))
	};
}
export { invalidUtf8 as C, decodeText as S, routeMessage as _, isFailure as a, encodingOf as b, closedFolderAbove as c, fixId as d, dataFile as f, handlerReason as g, exchangeMessage as h, examineInline as i, rules as l, shiftJisTrouble as m, examineCopy as n, ruleFailed as o, isBinary as p, transferableBuffers as r, sortFindings as s, copyTrace as t, doctorContract as u, charsetFor as v, ruleInfo$1 as w, charsetOf as x, rawFormFields as y };

//# sourceMappingURL=worker-payload-D2BEtGP-.js.map