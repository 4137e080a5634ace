import { h as strictObject, n as _enum, s as boolean } from "./schemas-ALeHrJtO.js";
import { t as defineMessages } from "./message--K3iKRUD.js";
import { a as utf8, n as fromBytes, r as latin1, t as byteString } from "./byte-string-DHgfSrmB.js";
import { a as fastcgiNote, i as fastcgiMessage, m as percentDecode, n as targetMessage, p as percentByteAt, s as whoAt, t as notExportedMessage } from "./request-messages-BH13mnRT.js";
import { a as protocolStatus, c as recordTypeName, f as toDisplayText, i as maxContentBytes, l as role, n as quoteBytes, o as protocolStatusName, s as recordType } from "./script-head-messages-BLuPLnUQ.js";
import { c as headerAt, l as paddingFor, o as RecordReader, s as encodeHeader, u as putHeader } from "./script-head-DT0y9IbQ.js";
import { posix } from "node:path";
import { statSync } from "node:fs";
import { Socket } from "node:net";
// server/protocol/path-segments.ts
/** A ".." at the root stays at the root. A malformed "%" counts as itself. */
function normalPath(rawPath) {
	const segments = [];
	let folder = true;
	let text = "";
	const close = (rawEnd) => {
		folder = text === "" || text === "." || text === "..";
		if (text === "..") segments.pop();
		else if (!folder) segments.push({
			text,
			rawEnd
		});
		text = "";
	};
	for (let at = 0; at < rawPath.length;) {
		const decoded = percentByteAt(rawPath, at);
		const byte = decoded < 0 ? rawPath.charCodeAt(at) : decoded;
		const next = at + (decoded < 0 ? 1 : 3);
		if (byte === 47) close(at);
		else text += String.fromCharCode(byte);
		at = next;
	}
	close(rawPath.length);
	const joined = segments.map((segment) => segment.text).join("/");
	return {
		path: byteString(folder && joined !== "" ? `/${joined}/` : `/${joined}`),
		segments
	};
}
// server/protocol/target.ts
var notInTarget = /[\0-\x20\x7f]/;
var absoluteForm = /^https?:\/\/([^/?#]*)/i;
var hostAndPort = /^(?:\[[0-9a-f:.]+\]|[^\s:@[\]]+)(?::\d{0,5})?$/i;
var needsNormalising = /%|\/\/|\/\./;
var refuse = (status, why) => ({
	ok: false,
	status,
	why
});
/** Takes the target of any method but CONNECT apart. */
function parseTarget(raw, policy) {
	if (raw === "") return refuse(400, targetMessage("target-empty"));
	if (notInTarget.test(raw)) return refuse(400, targetMessage("target-control-byte"));
	if (raw === "*") return refuse(404, targetMessage("target-asterisk"));
	if (raw.includes("#")) return refuse(400, targetMessage("target-fragment"));
	let authority = null;
	let pathFrom = 0;
	if (!raw.startsWith("/")) {
		const absolute = absoluteForm.exec(raw);
		if (absolute === null) return refuse(400, targetMessage("target-not-http"));
		const [whole, host = ""] = absolute;
		if (host.includes("@")) return refuse(400, targetMessage("target-userinfo"));
		if (!hostAndPort.test(host)) return refuse(400, targetMessage("target-bad-host"));
		authority = latin1(host);
		pathFrom = whole.length;
	}
	const question = raw.indexOf("?", pathFrom);
	const pathTo = question < 0 ? raw.length : question;
	const rawPath = latin1(raw.slice(pathFrom, pathTo));
	const query = latin1(raw.slice(question < 0 ? raw.length : question + 1));
	const { value, malformedAt } = percentDecode(rawPath);
	const bad = malformedAt[0];
	if (bad !== void 0) return refuse(400, targetMessage("target-bad-percent", { at: pathFrom + bad }));
	if (value.includes("\0")) return refuse(400, targetMessage("target-nul"));
	if (policy.encodedSlash === "reject" && /%2f/i.test(rawPath)) return refuse(404, targetMessage("target-encoded-slash"));
	return {
		ok: true,
		target: {
			raw,
			rawPath,
			path: rawPath !== "" && !needsNormalising.test(rawPath) ? rawPath : normalPath(rawPath).path,
			query,
			authority
		}
	};
}
// server/base/remove-item.ts
/** Removes the item from the list, if it is there. */
function removeItem(list, item) {
	const at = list.indexOf(item);
	if (at >= 0) list.splice(at, 1);
	return at >= 0;
}
// server/base/slab.ts
var slabBytes = 32768;
var smallBytes = 4096;
/** The current piece. A weak reference: when the traces with bytes in it are evicted, the bytes are too. */
var Slab = class {
	#memory = null;
	#used = 0;
	/** A copy of the first `length` bytes of `scratch`. */
	copy(scratch, length) {
		const bytes = scratch.length === length ? scratch : scratch.subarray(0, length);
		const copy = length > smallBytes ? Buffer.allocUnsafeSlow(length) : this.#small(length);
		copy.set(bytes);
		return copy;
	}
	#small(length) {
		let memory = this.#memory?.deref();
		if (!memory || this.#used + length > slabBytes) {
			memory = Buffer.allocUnsafeSlow(slabBytes).buffer;
			this.#memory = new WeakRef(memory);
			this.#used = 0;
		}
		this.#used += length;
		return Buffer.from(memory, this.#used - length, length);
	}
};
// server/contract/policy.ts
var policy = strictObject({
	encodedSlash: _enum(["reject", "decode"]).default("reject").describe("%2F in the path (RFC 3875 §4.1.5 permits both): refused with 404 (as Apache does), or decoded (lighttpd, nginx)."),
	underscoreHeader: _enum(["drop", "map"]).default("drop").describe("A header name with characters other than letters, digits and \"-\": not exported (as Apache and nginx do), or exported with \"_\" (lighttpd) if no other header becomes the same variable."),
	passAuthorization: boolean().default(false).describe("Whether all scripts receive Authorization and Proxy-Authorization (RFC 3875 §9.2 advises against it). A route or a script can set this for itself."),
	searchWords: _enum(["pass", "ignore"]).default("pass").describe("A query without \"=\" becomes the script's arguments (RFC 3875 §4.4), as in Apache, or never does, as in lighttpd and nginx."),
	missingCgiField: _enum(["tolerate", "reject"]).default("tolerate").describe("A response without Content-Type, Location or Status, of which RFC 3875 §6.3 requires one: sent unchanged (as Apache, lighttpd and nginx do), or 500."),
	missingContentType: _enum(["tolerate", "reject"]).default("tolerate").describe("A document with a Status but without Content-Type (RFC 3875 §6.2.1 requires it). Git's own script sends its 404 like this, and all servers accept it."),
	httpStatusLine: _enum([
		"reject",
		"tolerate",
		"ignore"
	]).default("reject").describe("\"HTTP/1.1 404 Not Found\" as the first line of a script that is not NPH: 500 (as Apache does), used as the status (lighttpd), or ignored (nginx)."),
	repeatedCgiField: _enum(["tolerate", "reject"]).default("tolerate").describe("A CGI header that occurs twice (RFC 3875 §6.3 forbids it): the last one counts, or the response is invalid."),
	relativeLocation: _enum(["tolerate", "reject"]).default("tolerate").describe("\"Location: page\" (RFC 3875 §6.3.2 knows only absolute URIs and paths from the root, RFC 9110 §10.2.2 any reference): sent with 302, or invalid."),
	localRedirect: _enum(["serve", "send"]).default("serve").describe("\"Location: /path\" alone (RFC 3875 §6.2.2): the server responds with that path (as Apache and lighttpd do), or sends the client there with 302 (nginx)."),
	scriptConditions: _enum(["evaluate", "ignore"]).default("evaluate").describe("If-None-Match and the other conditions of a GET or HEAD (RFC 9110 §13), when the script sends ETag or Last-Modified with a status of 200: the server compares them and responds 304 or 412 (as Apache does), or sends the script's response (lighttpd, nginx)."),
	foldedRequestHeader: _enum(["join", "reject"]).default("join").describe("A request header that is continued on a line that begins with a space (RFC 9112 §5.2): joined with a space (as Apache and lighttpd do), or 400 (nginx)."),
	bareLineFeed: _enum(["accept", "reject"]).default("accept").describe("A line of a request's head that ends in LF alone (RFC 9112 §2.2): accepted (as nginx does), or 400 (as Apache and lighttpd do).")
});
// server/routing/fastcgi-address.ts
/** Null for any other text. A relative path is relative to `root`. */
function parseAddress(text, root) {
	const unix = /^unix:(.+)$/.exec(text)?.[1];
	if (unix !== void 0) return {
		kind: "unix",
		path: posix.resolve(root, unix)
	};
	const [, host, port] = /^tcp:(.+):(\d{1,5})$/.exec(text) ?? [];
	if (host === void 0 || port === void 0 || Number(port) > 65535 || Number(port) === 0) return null;
	return {
		kind: "tcp",
		host: host.replace(/^\[(.*)\]$/, "$1"),
		port: Number(port)
	};
}
/** As the configuration writes it. */
function addressText(address) {
	if (address.kind === "unix") return `unix:${address.path}`;
	return `tcp:${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
}
// server/protocol/header-variables.ts
/** Names that came before; more come only from clients that make them up. */
var known = /* @__PURE__ */ new Map();
var maxKnown = 512;
function named(header) {
	const before = known.get(header);
	if (before !== void 0) return before;
	const name = byteString(`HTTP_${header.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`);
	const own = [...header].join("");
	const made = {
		name,
		proper: /^[A-Za-z0-9-]+$/.test(own)
	};
	if (known.size < maxKnown) known.set(own, made);
	return made;
}
var ofTheConnection = notExportedMessage("connection-header");
var credentials = notExportedMessage("credentials");
var ambiguous = notExportedMessage("ambiguous-name");
/** By variable, not by header, so that no other spelling of the header gets there either. */
var hidden = new Map([
	["HTTP_PROXY", notExportedMessage("httpoxy")],
	["HTTP_CONTENT_TYPE", notExportedMessage("poses-as-content-type")],
	["HTTP_CONTENT_LENGTH", notExportedMessage("poses-as-content-length")],
	["HTTP_AUTHORIZATION", credentials],
	["HTTP_PROXY_AUTHORIZATION", credentials],
	...[
		"CONNECTION",
		"KEEP_ALIVE",
		"PROXY_CONNECTION",
		"TE",
		"TRAILER",
		"TRANSFER_ENCODING",
		"UPGRADE"
	].map((name) => [`HTTP_${name}`, ofTheConnection])
]);
/** Each variable once, in the order of the headers' first appearance. */
function headerVariables(headers, policy, notExported) {
	const values = [];
	for (const [header, value] of headers) {
		const { name, proper } = named(header);
		if (proper && (name === "HTTP_CONTENT_TYPE" || name === "HTTP_CONTENT_LENGTH")) continue;
		const why = reasonToHide(name, proper, headers, policy);
		const before = why === null ? values.find((other) => other.name === name) : void 0;
		if (why !== null) notExported.push([header, why]);
		else if (before === void 0) values.push({
			name,
			header,
			value
		});
		else before.value = latin1(before.value + (name === "HTTP_COOKIE" ? "; " : ", ") + value);
	}
	return values;
}
function reasonToHide(name, proper, headers, policy) {
	if (!proper && policy.underscoreHeader === "drop") return ambiguous;
	if (!proper && headers.some(([other]) => named(other).proper && named(other).name === name)) return notExportedMessage("poses-as-other-header", { variable: name });
	if (proper && policy.passAuthorization && (name === "HTTP_AUTHORIZATION" || name === "HTTP_PROXY_AUTHORIZATION")) return null;
	return hidden.get(name) ?? null;
}
// server/protocol/server-name.ts
var hostPart = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~%-]+)(?::\d*)?$/;
/** The host of a Host header or an authority, without the port; null when it is none. */
function hostOf(hostAndPort) {
	const host = hostPart.exec(hostAndPort)?.[1];
	return host === void 0 ? null : latin1(host);
}
/** A socket's address for a variable: "::ffff:127.0.0.1" is 127.0.0.1, and an interface's name after "%" is left out. */
function plainAddress(address) {
	if (address !== last.address) last = {
		address,
		plain: readAddress(address)
	};
	return last.plain;
}
/** Nearly all requests come from one. */
var last = {
	address: "",
	plain: utf8("")
};
function readAddress(address) {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	return utf8(mapped ?? address.replace(/%.*$/, ""));
}
/** An address where a host name could stand: IPv6 in brackets. */
function addressAsHost(address) {
	const plain = plainAddress(address);
	return plain.includes(":") ? byteString(`[${plain}]`) : plain;
}
// server/protocol/meta-variables.ts
/** RFC 3875's own first, in its order, then the headers', the customary ones, and what configuration, environment and composer add. */
function metaVariables(input) {
	const { request, target, route, connection, policy } = input;
	const notExported = [];
	const table = new VariableTable(notExported);
	/** `name` is one of ours, in capitals. */
	const set = (name, value, source) => table.add(latin1(name), latin1(value), source);
	if (input.auth !== null) set("AUTH_TYPE", input.auth.type, "server");
	if (input.contentLength !== null) set("CONTENT_LENGTH", String(input.contentLength), lengthSource(request.headers));
	let hasType = false;
	for (const [name, value] of request.headers) {
		if (name.length !== 12 || name.toLowerCase() !== "content-type") continue;
		if (hasType) notExported.push([name, notExportedMessage("repeated-content-type")]);
		else set("CONTENT_TYPE", value, headerSource(name));
		hasType = true;
	}
	set("GATEWAY_INTERFACE", "CGI/1.1", "server");
	if (route.pathInfo !== "") {
		set("PATH_INFO", route.pathInfo, "request-line");
		set("PATH_TRANSLATED", route.pathTranslated ?? route.documentRoot.replace(/\/$/, "") + route.pathInfo, "server");
	}
	set("QUERY_STRING", target.query, "request-line");
	const remote = plainAddress(connection.remoteAddress);
	set("REMOTE_ADDR", remote, "connection");
	set("REMOTE_HOST", remote, "connection");
	if (input.auth !== null) set("REMOTE_USER", input.auth.user, "server");
	set("REQUEST_METHOD", request.method, "request-line");
	set("SCRIPT_NAME", route.scriptName, "request-line");
	const [serverName, serverNameSource] = nameOfServer(input);
	set("SERVER_NAME", serverName, serverNameSource);
	set("SERVER_PORT", String(connection.localPort), "connection");
	set("SERVER_PROTOCOL", `HTTP/${request.httpVersion}`, "request-line");
	set("SERVER_SOFTWARE", input.serverSoftware, "server");
	const passAuthorization = policy.passAuthorization || route.passAuthorization;
	for (const { name, value, header } of headerVariables(request.headers, {
		underscoreHeader: policy.underscoreHeader,
		passAuthorization
	}, notExported)) table.add(name, value, headerSource(header));
	set("DOCUMENT_ROOT", route.documentRoot, "server");
	set("REDIRECT_STATUS", "200", "server");
	set("REMOTE_PORT", String(connection.remotePort), "connection");
	set("REQUEST_SCHEME", "http", "connection");
	set("REQUEST_URI", requestUri(target), "request-line");
	set("SCRIPT_FILENAME", route.file, "server");
	set("SERVER_ADDR", plainAddress(connection.localAddress), "connection");
	const admin = input.serverAdmin ?? null;
	if (admin !== null) {
		set("SERVER_ADMIN", admin, "server");
		set("SERVER_SIGNATURE", signature(input.serverSoftware, admin, serverName, connection.localPort), "server");
	}
	if (input.redirectedFrom) addRedirected(table, input.redirectedFrom, passAuthorization);
	if (route.actionUrl !== void 0) table.set(latin1("REDIRECT_URL"), route.actionUrl, "request-line");
	for (const [name, value] of input.inherited) if (!table.has(name)) table.set(name, value, "inherited");
	for (const [name, value] of route.variables) table.set(name, value, "config");
	for (const [name, value] of input.overrides) table.set(name, value, "composer");
	return {
		variables: table.list,
		notExported
	};
}
/** The line with which Apache ends its pages (`ServerSignature EMail`). */
function signature(software, admin, name, port) {
	return `<address>${software} Server at <a href="${/^[a-z][a-z0-9+.-]*:/i.test(admin) ? admin : `mailto:${admin}`}">${name}</a> Port ${port}</address>\n`;
}
var credentialVariables = /* @__PURE__ */ new Set(["HTTP_AUTHORIZATION", "HTTP_PROXY_AUTHORIZATION"]);
/**
* The variables of the script that redirected here, with REDIRECT_ before each name, and REDIRECT_URL: as Apache. Unlike
* there, credentials do not reach a script that may not have them.
*/
function addRedirected(table, { url, variables }, passAuthorization) {
	const wasRedirected = variables.some(({ name }) => name === "REDIRECT_URL");
	for (const { name, value } of variables) {
		const own = name.replace(/^(?:REDIRECT_)+/, "");
		if (name === "REDIRECT_STATUS" && !wasRedirected || !passAuthorization && credentialVariables.has(own)) continue;
		table.set(latin1(`REDIRECT_${name}`), value, "server");
	}
	table.set(latin1("REDIRECT_URL"), url, "server");
}
/** Variables by name without regard to case (RFC 3875 §4.1); the last value set counts, at the place of the first. */
var VariableTable = class {
	list = [];
	/** The names in capitals, in the same order. A few dozen: searched faster than a Map of them is made. */
	#keys = [];
	#notExported;
	constructor(notExported) {
		this.#notExported = notExported;
	}
	/** `name` is in capitals, fit for an environment, and new. */
	add(name, value, source) {
		if (value.includes("\0")) this.#notExported.push([name, notExportedMessage("nul-in-value")]);
		else {
			this.#keys.push(name);
			this.list.push({
				name,
				value,
				source
			});
		}
	}
	has(name) {
		return this.#keys.includes(name.toUpperCase());
	}
	set(name, value, source) {
		const key = name.toUpperCase();
		const at = this.#keys.indexOf(key);
		if (name === "" || name.includes("=") || name.includes("\0")) this.#notExported.push([name, notExportedMessage("bad-variable-name")]);
		else if (value.includes("\0")) this.#notExported.push([name, notExportedMessage("nul-in-value")]);
		else if (at >= 0) this.list[at] = {
			name,
			value,
			source
		};
		else {
			this.#keys.push(key);
			this.list.push({
				name,
				value,
				source
			});
		}
	}
};
var headerSource = (name) => `header:${name}`;
/** A chunked body has no Content-Length: the number was counted after decoding. */
function lengthSource(headers) {
	const field = headers.find(([name]) => /^content-length$/i.test(name)) ?? headers.find(([name]) => /^transfer-encoding$/i.test(name));
	return field === void 0 ? "server" : headerSource(field[0]);
}
/** §4.1.14: what the client called us; without a (proper) name, the address it reached. */
function nameOfServer({ request, target, connection }) {
	const fromTarget = target.authority === null ? null : hostOf(target.authority);
	if (fromTarget !== null) return [fromTarget, "request-line"];
	const field = request.headers.find(([name]) => name.length === 4 && name.toLowerCase() === "host");
	const fromHost = field === void 0 ? null : hostOf(field[1]);
	if (field !== void 0 && fromHost !== null) return [fromHost, headerSource(field[0])];
	return [addressAsHost(connection.localAddress), "connection"];
}
/** Path and query as sent; of an absolute-form target without scheme and host. */
function requestUri(target) {
	if (target.authority === null) return target.raw;
	const rest = target.raw.slice(target.raw.indexOf("//") + 2 + target.authority.length);
	return rest.startsWith("/") ? rest : `/${rest}`;
}
// server/runners/runner.ts
/** Why a script does not run, and what to do. */
var RunFailure = class extends Error {
	/** The errno's name, or a word of the protocol: the doctor's rules decide by it. */
	code;
	outcome;
	/** The status for the client. */
	status;
	why;
	/** What is known about the process that failed to start; null if there was none. */
	process;
	constructor({ code, why, outcome, status, process }) {
		super(why.text);
		this.name = "RunFailure";
		this.code = code;
		this.why = why;
		this.outcome = outcome;
		this.status = status;
		this.process = process;
	}
};
// server/runners/fastcgi/failures.ts
/**
* `code`: the errno's name, or one of ours: "wrong-protocol", "died", "overloaded", "refused-role", "busy",
* "path-too-long".
*/
var FastcgiFailure = class extends RunFailure {
	/** False: the application has certainly read nothing of the request, so it can be sent again. */
	begun;
	/** A kept connection was closed before any byte of a response: the request may go out once more while the process lives. */
	mayAskAgain;
	/** `why` without guesses, for callers that know the cause. */
	fact;
	constructor(code, why, { status = 502, begun = false, mayAskAgain = false, fact = why } = {}) {
		super({
			code,
			why,
			outcome: "upstream-error",
			status,
			process: null
		});
		this.name = "FastcgiFailure";
		this.begun = begun;
		this.mayAskAgain = mayAskAgain;
		this.fact = fact;
	}
};
/** The connection failed. `from`: what set the address. */
function unreachable(address, error, from) {
	const code = error.code ?? "unknown";
	const at = {
		address: addressText(address),
		from
	};
	const atPath = address.kind === "unix" ? {
		address: address.path,
		from
	} : at;
	switch (code) {
		case "ECONNREFUSED":
			if (address.kind === "tcp") return new FastcgiFailure(code, fastcgiMessage("connection-refused", at));
			return new FastcgiFailure(code, fastcgiMessage(isOtherFile(address.path) ? "not-a-socket" : "socket-left-behind", atPath));
		case "ENOENT": return new FastcgiFailure(code, fastcgiMessage("socket-missing", atPath));
		case "EACCES":
		case "EPERM": return new FastcgiFailure(code, fastcgiMessage("socket-permission", at));
		case "ENOTSOCK":
		case "EPROTOTYPE": return new FastcgiFailure(code, fastcgiMessage("not-a-stream-socket", at));
		case "ENOTFOUND":
		case "EAI_AGAIN": return new FastcgiFailure(code, fastcgiMessage("unknown-host", at));
		case "ETIMEDOUT":
		case "EHOSTUNREACH":
		case "ENETUNREACH": return new FastcgiFailure(code, fastcgiMessage("host-silent", {
			...at,
			errno: code
		}), { status: 504 });
		case "EAGAIN": return new FastcgiFailure(code, fastcgiMessage("backlog-full", at), { status: 503 });
		default: return new FastcgiFailure(code, fastcgiMessage("unreachable", {
			...at,
			errno: code,
			systemText: error.message
		}));
	}
}
/** The system reports the same error for it as for a socket on which no process listens. */
function isOtherFile(path) {
	try {
		return !statSync(path).isSocket();
	} catch {
		return false;
	}
}
function pathTooLong(path) {
	return new FastcgiFailure("path-too-long", fastcgiMessage("application-path-too-long", {
		path,
		bytes: Buffer.byteLength(path),
		limitBytes: 107
	}));
}
/** The peer's bytes are not FastCGI. */
var notFastcgi = (who, problem) => new FastcgiFailure("wrong-protocol", fastcgiMessage("not-fastcgi", {
	...who,
	problem
}), { begun: true });
/** The same for a probe. */
var listenerNotFastcgi = (address, problem) => new FastcgiFailure("wrong-protocol", fastcgiMessage("listener-not-fastcgi", {
	address,
	problem
}), { begun: true });
/** The connection ended in the middle of a request. */
function died(who, { code, stdoutBytes, missing, split, mayBeOther, mayAskAgain }) {
	const end = {
		...who,
		errno: code,
		record: missing?.record ? recordTypeName(missing.record.type) : null,
		inside: missing?.inside ?? null,
		haveBytes: missing?.have ?? null,
		needBytes: missing?.need ?? null
	};
	if (stdoutBytes > 0) {
		const fact = fastcgiMessage("ended-in-response", {
			...end,
			stdoutBytes
		});
		return new FastcgiFailure("died", fastcgiMessage("died-in-response", { fact }), {
			begun: true,
			fact
		});
	}
	const fact = fastcgiMessage("ended-unanswered", end);
	return split.length === 0 ? new FastcgiFailure("died", fastcgiMessage("died-unanswered", {
		fact,
		mayBeOther
	}), {
		begun: true,
		mayAskAgain,
		fact
	}) : new FastcgiFailure("died", fastcgiMessage("died-of-split-value", {
		fact,
		names: split
	}), { begun: true });
}
/** An END_REQUEST that refuses the request (§5.5). */
function refused(who, status) {
	switch (status) {
		case protocolStatus.overloaded: return new FastcgiFailure("overloaded", fastcgiMessage("overloaded", who), { status: 503 });
		case protocolStatus.unknownRole: return new FastcgiFailure("refused-role", fastcgiMessage("unknown-role", who));
		case protocolStatus.cannotMultiplex: return new FastcgiFailure("busy", fastcgiMessage("busy", who));
		default: return new FastcgiFailure("refused", fastcgiMessage("unknown-protocol-status", {
			...who,
			status: protocolStatusName(status)
		}));
	}
}
// server/protocol/fastcgi/encode-record.ts
/** One record. `paddingLength` (up to 255) only for tests of what others send. @throws RangeError for content above 65,535 bytes */
function encodeRecord(type, requestId, content, paddingLength = paddingFor(content.length)) {
	if (content.length > 65535) throw new RangeError(`a record holds at most ${maxContentBytes} bytes, not ${content.length}`);
	const bytes = new Uint8Array(8 + content.length + paddingLength);
	putHeader(bytes, 0, {
		type,
		requestId,
		contentLength: content.length,
		paddingLength
	});
	bytes.set(content, 8);
	return bytes;
}
/** §5.1. */
function encodeBeginRequest(requestId, { role, keepConnection }) {
	const flags = keepConnection ? 1 : 0;
	return encodeRecord(recordType.beginRequest, requestId, Uint8Array.of(role >> 8, role & 255, flags, 0, 0, 0, 0, 0));
}
/** What is missing of a body that is too short counts as 0: complete, with status 0. */
function decodeEndRequest(content) {
	const [a = 0, b = 0, c = 0, d = 0, status = protocolStatus.requestComplete] = content;
	return {
		appStatus: (a << 24 | b << 16 | c << 8 | d) >>> 0,
		protocolStatus: status
	};
}
/** §5.4. */
function encodeAbortRequest(requestId) {
	return encodeRecord(recordType.abortRequest, requestId, /* @__PURE__ */ new Uint8Array(0));
}
// server/protocol/fastcgi/name-values.ts
var longestShort = 127;
/** The largest length four bytes can say. */
var longest = 2147483647;
var lengthBytes = (length) => length > longestShort ? 4 : 1;
/** How long a pair is on the wire, bytes. */
function pairBytes([name, value]) {
	return lengthBytes(name.length) + lengthBytes(value.length) + name.length + value.length;
}
/** Writes a pair at `at` and gives the place after it. */
function putPair(into, at, [name, value]) {
	return putText(into, putText(into, putLength(into, putLength(into, at, name.length), value.length), name), value);
}
function encodePairs(pairs) {
	const bytes = new Uint8Array(pairs.reduce((sum, pair) => sum + pairBytes(pair), 0));
	let at = 0;
	for (const pair of pairs) at = putPair(bytes, at, pair);
	return bytes;
}
function putLength(into, at, length) {
	if (length <= longestShort) {
		into[at] = length;
		return at + 1;
	}
	if (length > longest) throw new RangeError(`a name or value of ${length} bytes is too long for FastCGI`);
	into[at] = length >>> 24 | 128;
	into[at + 1] = length >> 16 & 255;
	into[at + 2] = length >> 8 & 255;
	into[at + 3] = length & 255;
	return at + 4;
}
function putText(into, at, text) {
	for (let i = 0; i < text.length; i++) into[at + i] = text.charCodeAt(i);
	return at + text.length;
}
/** Reads pairs out of a stream that may be cut anywhere. Never throws; keeps only the pair that is not complete yet. */
var NameValueReader = class {
	#onPair;
	#pending = /* @__PURE__ */ new Uint8Array(0);
	/** Where `#pending` begins in the stream. */
	#offset = 0;
	/** `onPair` gets each pair and the offset of its first byte in the stream. */
	constructor(onPair) {
		this.#onPair = onPair;
	}
	push(bytes) {
		const all = this.#pending.length === 0 ? bytes : joined(this.#pending, bytes);
		let at = 0;
		for (;;) {
			const pair = readPair(all, at);
			if ("missing" in pair) break;
			this.#onPair([fromBytes(all, pair.name, pair.value), fromBytes(all, pair.value, pair.end)], this.#offset + at);
			at = pair.end;
		}
		this.#pending = at === all.length ? /* @__PURE__ */ new Uint8Array(0) : all.slice(at);
		this.#offset += at;
	}
	/** Null when the stream may end here, between two pairs. */
	missing() {
		if (this.#pending.length === 0) return null;
		const pair = readPair(this.#pending, 0);
		return "missing" in pair ? {
			...pair.missing,
			at: this.#offset + pair.missing.at
		} : null;
	}
};
/** All pairs of a whole stream, and what its end lacks. */
function decodePairs(bytes) {
	const pairs = [];
	const reader = new NameValueReader((pair) => pairs.push(pair));
	reader.push(bytes);
	return {
		pairs,
		missing: reader.missing()
	};
}
/** Places of name, value and end of the pair at `at`, or what is missing of it. */
function readPair(bytes, at) {
	const nameLength = readLength(bytes, at);
	if (nameLength === null) return { missing: missing(bytes, at, "name length", lengthNeeds(bytes, at)) };
	const valueLength = readLength(bytes, nameLength.end);
	if (valueLength === null) return { missing: missing(bytes, nameLength.end, "value length", lengthNeeds(bytes, nameLength.end)) };
	const name = valueLength.end;
	const value = name + nameLength.length;
	const end = value + valueLength.length;
	if (value > bytes.length) return { missing: missing(bytes, name, "name", nameLength.length) };
	if (end > bytes.length) return { missing: missing(bytes, value, "value", valueLength.length) };
	return {
		name,
		value,
		end
	};
}
var missing = (bytes, at, inside, need) => ({
	at,
	inside,
	need,
	have: Math.max(0, bytes.length - at)
});
var lengthNeeds = (bytes, at) => (bytes[at] ?? 0) > longestShort ? 4 : 1;
function readLength(bytes, at) {
	const first = bytes[at];
	if (first === void 0) return null;
	if (first <= longestShort) return {
		length: first,
		end: at + 1
	};
	const [second, third, fourth] = [
		bytes[at + 1],
		bytes[at + 2],
		bytes[at + 3]
	];
	if (second === void 0 || third === void 0 || fourth === void 0) return null;
	return {
		length: (first & 127) << 24 | second << 16 | third << 8 | fourth,
		end: at + 4
	};
}
function joined(a, b) {
	const both = new Uint8Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}
// server/protocol/fastcgi/messages.ts
var afterWords = ({ record, recordAt, contentBytes, paddingBytes }) => `After the ${record} record at byte ${recordAt}, which declared ${contentBytes} bytes of content and ${paddingBytes} of padding,`;
var mendRecords = "Fix how the application (or its FastCGI library) writes its records.";
var notFastcgiMessage = defineMessages({
	"speaks-http": ({ line }) => `An HTTP server answered there: it said ${line}. Give the port on which the application speaks FastCGI, not the one for browsers.`,
	"speaks-tls": "A TLS server answered there: it sent a TLS record. FastCGI is spoken without encryption: give the port of the application itself.",
	"speaks-scgi": ({ line }) => `An SCGI application (or a plain CGI program on a socket) answered there: it wrote its response, ${line}, without FastCGI records. Let the application speak FastCGI, or put a FastCGI wrapper before it.`,
	"speaks-json": ({ line }) => `Something that speaks JSON answered there: it said ${line}. Give the address on which the application speaks FastCGI.`,
	"speaks-text": ({ line }) => `Something else answered there, with text: ${line}. Give the address on which the application speaks FastCGI.`,
	"begins-with-zero": "What answered there began with a zero byte, where FastCGI begins with its version, 1. Give the address of a FastCGI application.",
	"other-fastcgi-version": ({ byte }) => `What answered there began with the byte ${byte}, where FastCGI begins with its version, 1. Give the address of an application that speaks FastCGI 1.0.`,
	"unknown-protocol": ({ byte }) => `What answered there is not FastCGI: it began with the byte ${byte}, where FastCGI begins with its version, 1. Give the address of a FastCGI application.`,
	"undeclared-padding": (after) => `${afterWords(after)} a zero byte was found at byte ${after.at} where the next record should begin: most likely more padding was sent than declared, or fewer bytes of content. ${mendRecords}`,
	/** `line`: null when what follows is no text. */
	"bytes-after-record": ({ byte, line, ...after }) => `${afterWords(after)} came the byte ${byte} at byte ${after.at}, where the next record should begin with 1${line === null ? "" : `, and then the text ${line}`}. Either the record is longer than it said, or something wrote to the connection without FastCGI records. ${mendRecords}`
});
/** `bytes`: from the wrong byte on, at least one, as many as came (the first 64 suffice). */
function wrongProtocol({ offset, byte, after }, bytes) {
	const text = fromBytes(bytes, 0, Math.min(bytes.length, 64));
	const isText = /^[\t\n\r\x20-\x7e]+$/.test(text);
	const line = quotedLine(text);
	if (after) {
		const record = {
			record: recordTypeName(after.type),
			recordAt: after.offset,
			contentBytes: after.contentLength,
			paddingBytes: after.paddingLength,
			at: offset
		};
		if (byte === 0) return notFastcgiMessage("undeclared-padding", record);
		return notFastcgiMessage("bytes-after-record", {
			...record,
			byte,
			line: isText ? line : null
		});
	}
	if (/^H(T(T(P(\/|$)|$)|$)|$)/.test(text)) return notFastcgiMessage("speaks-http", { line });
	if (byte === 21 || byte === 22) return notFastcgiMessage("speaks-tls");
	if (/^(S(t|$)|(Content-Type|Location|Set-Cookie|X-[\w-]+)[ \t]*:)/i.test(text)) return notFastcgiMessage("speaks-scgi", { line });
	if (/^[{[]/.test(text)) return notFastcgiMessage("speaks-json", { line });
	if (byte === 0) return notFastcgiMessage("begins-with-zero");
	if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return notFastcgiMessage("other-fastcgi-version", { byte });
	return isText ? notFastcgiMessage("speaks-text", { line }) : notFastcgiMessage("unknown-protocol", { byte });
}
/** The first line, quoted and bounded. */
function quotedLine(text) {
	const [first = ""] = text.split(/[\r\n]/, 1);
	return quoteBytes(byteString(first));
}
// server/runners/fastcgi/observed-socket.ts
var ObservedSocket = class extends Socket {
	/** Called with the errno's name, once: nothing is sent any more. */
	onRefused = () => {};
	/** The stream's own, the same for each write. */
	#written = () => {};
	#settle = (error) => {
		if (error) {
			this.onRefused(codeOf(error));
			return;
		}
		this.#written();
	};
	constructor(options) {
		super(options);
	}
	_write(chunk, encoding, written) {
		this.#written = written;
		super._write(chunk, encoding, this.#settle);
	}
	_writev(chunks, written) {
		this.#written = written;
		super._writev?.(chunks, this.#settle);
	}
};
/** The errno's name. */
var codeOf = (error) => "code" in error && typeof error.code === "string" ? error.code : "unknown";
var FastcgiConnection = class FastcgiConnection {
	#socket;
	#reader;
	#onFree;
	#user = null;
	#served = 0;
	/** The peer accepts no more bytes: the errno's name. */
	#refusal = null;
	#hasEnded = false;
	#isOpen = true;
	/** When the first response ended. */
	#keptAt = 0;
	#wasClosedAtOnce = false;
	constructor(socket, onFree) {
		this.#socket = socket;
		this.#onFree = onFree;
		this.#reader = new RecordReader({
			record: (record) => this.#user ? this.#user.record(record) : this.close(),
			content: (bytes, record) => this.#user?.content(bytes, record),
			contentEnd: (record) => this.#user?.contentEnd(record)
		});
		socket.onRefused = (code) => this.#refused(code);
		socket.on("drain", () => this.#user?.drained());
		socket.on("end", () => this.#ended());
		socket.on("error", (error) => this.#gone(this.#refusal ?? codeOf(error)));
		socket.on("close", () => this.#gone(this.#refusal));
	}
	/**
	* Calls `opened` or `failed`, once, and later `free` each time that a request or the connection has ended. `from`: what set
	* the address. `slab`: for the received bytes. Returns a function that cancels the attempt.
	*/
	static open(address, from, slab, told) {
		if (address.kind === "unix" && Buffer.byteLength(address.path) > 107) {
			const timer = setImmediate(() => told.failed(pathTooLong(address.path)));
			return () => clearImmediate(timer);
		}
		let socket = null;
		let retry = null;
		const until = performance.now() + fullQueueMs;
		const attempt = () => {
			retry = null;
			let connection = null;
			const own = new ObservedSocket({
				allowHalfOpen: true,
				onread: {
					buffer: scratch,
					callback: (length) => {
						if (connection) connection.#data(slab.copy(scratch, length));
						return true;
					}
				}
			});
			if (address.kind === "unix") own.connect({ path: address.path });
			else own.setNoDelay(true).connect({
				host: address.host,
				port: address.port
			});
			socket = own;
			const refused = (error) => {
				own.destroy();
				if (error.code === "EAGAIN" && performance.now() < until) retry = setTimeout(attempt, betweenTriesMs);
				else told.failed(unreachable(address, error, from));
			};
			own.once("error", refused).once("connect", () => {
				own.off("error", refused);
				connection = new FastcgiConnection(own, told.free);
				told.opened(connection);
			});
		};
		attempt();
		return () => {
			if (retry) clearTimeout(retry);
			socket?.destroy();
		};
	}
	/** Requests served so far, with the current one. */
	get served() {
		return this.#served;
	}
	/** The application closed it right after its first response. */
	get wasClosedAtOnce() {
		return this.#wasClosedAtOnce;
	}
	get isOpen() {
		return this.#isOpen;
	}
	/** The peer accepts no more bytes. */
	get isRefused() {
		return this.#refusal !== null;
	}
	/** Offset of the application's next byte in everything that it sent over this connection. */
	get receivedBytes() {
		return this.#reader.offset;
	}
	/** What an incomplete record lacks if nothing more arrives. */
	missing() {
		return this.#reader.missing();
	}
	/** Assigns the connection to a request. It must be free and open. */
	use(user) {
		this.#user = user;
		this.#served++;
		this.#socket.ref();
		this.#socket.resume();
	}
	/** False: wait for `drained`. */
	write(bytes) {
		return !this.#isOpen || this.#socket.write(bytes);
	}
	/** From now on, writes are sent together, after as many calls of `release`. */
	hold() {
		this.#socket.cork();
	}
	release() {
		this.#socket.uncork();
	}
	pause() {
		this.#socket.pause();
	}
	resume() {
		this.#socket.resume();
	}
	/** Closes the connection without an event for its user. */
	close() {
		this.#user = null;
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#socket.destroy();
		this.#onFree(this);
	}
	#data(bytes) {
		this.#user?.arrived(bytes, performance.now());
		const before = this.#reader.offset;
		this.#reader.push(bytes);
		const { fault } = this.#reader;
		const user = this.#user;
		if (fault) {
			this.close();
			user?.wrong(wrongProtocol(fault, bytes.subarray(fault.offset - before)));
		} else if (user?.settled()) {
			if (this.#refusal !== null) this.close();
			else this.#keep();
		}
	}
	/** Free for another request, with nothing left to read. */
	#keep() {
		this.#user = null;
		if (this.#served === 1) this.#keptAt = performance.now();
		this.#socket.unref();
		this.#socket.resume();
		this.#onFree(this);
	}
	/** What the peer sent before is still unread. */
	#refused(code) {
		this.#refusal = code;
		if (this.#hasEnded) this.#gone(code);
	}
	/**
	* End of file. A kept TCP connection may have been closed before the request arrived; the peer's system then has refused our bytes,
	* which another write reveals. (A UNIX socket reports it by itself.)
	*/
	#ended() {
		this.#hasEnded = true;
		if (this.#refusal !== null || !this.#user?.mayHaveMissed() || this.#socket.remoteAddress === void 0) this.#gone(this.#refusal);
		else this.#socket.write(encodeAbortRequest(1), () => this.#gone(null));
	}
	#gone(code) {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		const user = this.#user;
		this.#user = null;
		const responses = user ? this.#served - 1 : this.#served;
		this.#wasClosedAtOnce = responses === 1 && user?.mayHaveMissed() !== false && performance.now() - this.#keptAt < atOnceMs;
		this.#socket.destroy();
		this.#onFree(this);
		user?.gone(code);
	}
};
/** The receive buffer of all connections: data is copied out before the next read. */
var scratch = Buffer.allocUnsafeSlow(65536);
/** A full listen queue is retried for this long, ms. */
var fullQueueMs = 2e3;
var betweenTriesMs = 10;
/** An application that closes a connection this soon after its first response does not keep connections, ms. */
var atOnceMs = 1e3;
// server/protocol/fastcgi/encode-params.ts
/** `recordBytes`: most content of a record, for tests of applications that read short ones. */
function encodeParams(requestId, pairs, recordBytes = maxContentBytes) {
	const split = [];
	const groups = grouped(pairs, recordBytes, split);
	let size = 8;
	for (const { length } of groups) for (let left = length; left > 0; left -= recordBytes) {
		const content = Math.min(left, recordBytes);
		size += 8 + content + paddingFor(content);
	}
	const bytes = new Uint8Array(size);
	let at = 0;
	for (const { length, pairs: own } of groups) at = length <= recordBytes ? putRecord(bytes, at, requestId, length, own) : putSplit(bytes, at, requestId, length, own, recordBytes);
	putHeader(bytes, at, {
		type: recordType.params,
		requestId,
		contentLength: 0,
		paddingLength: 0
	});
	return {
		bytes,
		split
	};
}
/** Pairs that share a record; one too long for any is alone. */
function grouped(pairs, recordBytes, split) {
	const groups = [];
	let open = null;
	for (const pair of pairs) {
		const length = pairBytes(pair);
		if (length > recordBytes) {
			groups.push({
				length,
				pairs: [pair]
			});
			split.push(pair);
			open = null;
		} else if (open !== null && open.length + length <= recordBytes) {
			open.pairs.push(pair);
			open.length += length;
		} else {
			open = {
				length,
				pairs: [pair]
			};
			groups.push(open);
		}
	}
	return groups;
}
function putRecord(into, at, requestId, contentLength, pairs) {
	const paddingLength = paddingFor(contentLength);
	putHeader(into, at, {
		type: recordType.params,
		requestId,
		contentLength,
		paddingLength
	});
	let end = at + 8;
	for (const pair of pairs) end = putPair(into, end, pair);
	return end + paddingLength;
}
function putSplit(into, at, requestId, length, pairs, recordBytes) {
	const whole = new Uint8Array(length);
	let written = 0;
	for (const pair of pairs) written = putPair(whole, written, pair);
	let end = at;
	for (let from = 0; from < length; from += recordBytes) {
		const content = whole.subarray(from, from + recordBytes);
		const paddingLength = paddingFor(content.length);
		putHeader(into, end, {
			type: recordType.params,
			requestId,
			contentLength: content.length,
			paddingLength
		});
		into.set(content, end + 8);
		end += 8 + content.length + paddingLength;
	}
	return end;
}
// server/protocol/fastcgi/request-params.ts
/** Methods whose request may be served twice without harm (RFC 9110 §9.2.2). */
var idempotentMethods = /* @__PURE__ */ new Set([
	"GET",
	"HEAD",
	"OPTIONS",
	"TRACE",
	"PUT",
	"DELETE"
]);
var RequestParams = class {
	/** In the order in which they are sent. */
	pairs;
	#opening = null;
	#isIdempotent = null;
	constructor(pairs) {
		this.pairs = pairs;
	}
	/** By its REQUEST_METHOD. A gateway must not send any other request a second time by itself. */
	get isIdempotent() {
		this.#isIdempotent ??= idempotentMethods.has(this.pairs.find(([name]) => name === "REQUEST_METHOD")?.[1] ?? "");
		return this.#isIdempotent;
	}
	/** The bytes must not be changed. */
	opening({ requestId, role, keepConnection, endsInput }) {
		const last = this.#opening;
		if (last?.requestId === requestId && last.role === role && last.keepConnection === keepConnection && last.endsInput === endsInput) return last;
		const { bytes, split } = encodeOpening(this.pairs, {
			requestId,
			role,
			keepConnection,
			endsInput
		});
		this.#opening = {
			requestId,
			role,
			keepConnection,
			endsInput,
			bytes,
			split
		};
		return this.#opening;
	}
};
function encodeOpening(pairs, { requestId, role: name, keepConnection, endsInput }) {
	const begin = encodeBeginRequest(requestId, {
		role: role[name],
		keepConnection
	});
	const params = encodeParams(requestId, pairs);
	const end = endsInput ? encodeHeader({
		type: recordType.stdin,
		requestId,
		contentLength: 0,
		paddingLength: 0
	}) : /* @__PURE__ */ new Uint8Array(0);
	const bytes = new Uint8Array(begin.length + params.bytes.length + end.length);
	bytes.set(begin);
	bytes.set(params.bytes, begin.length);
	bytes.set(end, begin.length + params.bytes.length);
	return {
		bytes,
		split: params.split
	};
}
// server/runners/fastcgi/sent-request.ts
/** Most content of a record: half of what a socket delivers at once, so that no small rest remains, without padding. */
var pieceBytes = 32768;
var padding = /* @__PURE__ */ new Uint8Array(8);
var SentRequest = class {
	connection;
	#request;
	#events;
	#recorder;
	#bytes = 0;
	#isWhole = false;
	#split = [];
	constructor(connection, request, events, recorder) {
		this.connection = connection;
		this.#request = request;
		this.#events = events;
		this.#recorder = recorder;
	}
	/** Everything has been sent. */
	get isWhole() {
		return this.#isWhole;
	}
	/** Variables that had to be split over two PARAMS records. */
	get split() {
		return this.#split;
	}
	/**
	* Sends the head, and the body bytes that have arrived. With a body the connection is held: bytes that arrive before
	* `release` are sent together with the head.
	*/
	begin(keepConnection) {
		const { role, body, data } = this.#request;
		const params = data ? new RequestParams([...this.#request.params.pairs, ...dataParams(data)]) : this.#request.params;
		const endsInput = role !== "authorizer" && body === null;
		const opening = params.opening({
			requestId: 1,
			role,
			keepConnection,
			endsInput
		});
		this.#split = opening.split;
		this.#isWhole = body === null;
		if (body || data) this.connection.hold();
		this.#sendOpening(opening.bytes);
		if (body) this.#sendKept(body);
		else if (data) {
			this.#sendData(data);
			this.connection.release();
		}
	}
	/** Sends another piece of the body, which has it already. */
	write(bytes) {
		if (this.#isWhole) return true;
		this.connection.hold();
		this.#events.stdin(bytes, performance.now());
		const goesOn = this.#sendStream(recordType.stdin, bytes);
		this.endIfWhole();
		this.connection.release();
		return goesOn;
	}
	/** The empty record that ends STDIN, and for a filter all of DATA, once the body is complete. */
	endIfWhole() {
		const { body, data } = this.#request;
		if (this.#isWhole || !body?.isWhole) return;
		this.#isWhole = true;
		this.connection.hold();
		this.#sendRecord(recordType.stdin, null);
		if (data) this.#sendData(data);
		this.connection.release();
	}
	abort() {
		this.#sendRecord(recordType.abortRequest, null);
	}
	/** What was sent before over a broken connection, or arrived without one. */
	#sendKept(body) {
		let place = 0;
		for (const bytes of body.parts ?? []) {
			if (place >= body.sentBytes) this.#events.stdin(bytes, performance.now());
			this.#sendStream(recordType.stdin, bytes);
			place += bytes.length;
		}
		body.sent();
		this.endIfWhole();
	}
	#sendData({ bytes }) {
		this.#sendStream(recordType.data, bytes);
		this.#sendRecord(recordType.data, null);
	}
	#sendStream(type, bytes) {
		if (bytes.length <= pieceBytes) return this.#sendRecord(type, bytes);
		let goesOn = true;
		for (let from = 0; from < bytes.length; from += pieceBytes) goesOn = this.#sendRecord(type, bytes.subarray(from, from + pieceBytes));
		return goesOn;
	}
	#sendRecord(type, content) {
		const at = performance.now();
		const offset = this.#bytes;
		const contentLength = content?.length ?? 0;
		const paddingLength = paddingFor(contentLength);
		const header = {
			type,
			requestId: 1,
			contentLength,
			paddingLength
		};
		let goesOn = this.#send(encodeHeader(header), at);
		if (content) goesOn = this.#send(content, at);
		if (paddingLength > 0) goesOn = this.#send(padding.subarray(0, paddingLength), at);
		this.#recorder.record("sent", header, offset, at);
		return goesOn;
	}
	#send(bytes, at) {
		this.#bytes += bytes.length;
		this.#recorder.sent.add(bytes, this.#recorder.since(at));
		return this.connection.write(bytes);
	}
	/** Records that were encoded together. */
	#sendOpening(bytes) {
		const at = performance.now();
		this.#send(bytes, at);
		if (this.#recorder.sent.captured === this.#bytes) return;
		for (let place = 0; place < bytes.length;) {
			const header = headerAt(bytes, place);
			this.#recorder.record("sent", header, place, at);
			place += 8 + header.contentLength + header.paddingLength;
		}
	}
};
function dataParams({ bytes, lastModified }) {
	return [[byteString("FCGI_DATA_LAST_MOD"), byteString(String(lastModified))], [byteString("FCGI_DATA_LENGTH"), byteString(String(bytes.length))]];
}
// server/runners/fastcgi/exchange.ts
/** Time for the application to end the request after ABORT_REQUEST, ms; then the connection is closed. */
var abortGraceMs = 500;
/**
* How often a request gets another connection because a kept one was closed, or the application refused it there (§5.5,
* CANT_MPX_CONN).
*/
var maxAttempts = 3;
var noBytes = /* @__PURE__ */ new Uint8Array(0);
/** How a kept connection ends that the application has left: closed (null), or with the error of our own write. */
var unansweredCodes = /* @__PURE__ */ new Set([
	null,
	"ECONNRESET",
	"EPIPE"
]);
var FastcgiExchange = class FastcgiExchange {
	#host;
	#request;
	#events;
	#recorder;
	/** Null without a connection. */
	#sent = null;
	/** Offset of this request's first byte in everything received over the connection. */
	#receivedFrom = 0;
	#arrivedBytes = 0;
	#arrivedAt = 0;
	#stdoutBytes = 0;
	#stdoutEnded = false;
	#started = false;
	#stopped = false;
	#over = false;
	/** END_REQUEST's content, as far as it has arrived. */
	#end = null;
	#ended = null;
	#abortTimer = null;
	constructor(host, request, events, recorder) {
		this.#host = host;
		this.#request = request;
		this.#events = events;
		this.#recorder = recorder;
		recorder.role = request.role;
		recorder.startAgain();
		recorder.queuedAt ??= recorder.since(performance.now());
	}
	/** Begins on an open, free connection. */
	take(connection) {
		const since = this.#recorder.since(performance.now());
		this.#recorder.attempts++;
		this.#recorder.reused = connection.served > 0;
		this.#recorder.readyAt ??= since;
		this.#recorder.connectedAt = since;
		this.#receivedFrom = connection.receivedBytes;
		connection.use(this);
		const sent = new SentRequest(connection, this.#request, this.#events, this.#recorder);
		this.#sent = sent;
		sent.begin(this.#host.keepConnections);
		process.nextTick(FastcgiExchange.#begun, this, sent);
	}
	/** It need not wait any longer: a connection is being opened. */
	opening() {
		this.#recorder.readyAt ??= this.#recorder.since(performance.now());
	}
	/** The request cannot be served: there is no connection, or it broke. */
	fail(failure) {
		if (this.#over) return;
		this.#finish();
		if (this.#stopped) this.#tellEnd(performance.now());
		else this.#events.failed(failure);
	}
	write(bytes) {
		const { body } = this.#request;
		if (!body || this.#over || this.#stopped || this.#ended || bytes.length === 0) return true;
		body.add(bytes, this.#sent !== null);
		return this.#sent?.write(bytes) ?? false;
	}
	endInput() {
		const { body } = this.#request;
		if (!body || this.#stopped) return;
		body.hasEnded = true;
		this.#sent?.endIfWhole();
	}
	resume() {
		this.#sent?.connection.resume();
	}
	stop() {
		if (this.#over || this.#stopped) return;
		this.#stopped = true;
		if (this.#sent) {
			this.#sent.connection.resume();
			this.#sent.abort();
			this.#abortTimer = setTimeout(() => this.#giveUp(), abortGraceMs);
		} else {
			this.#host.abandon(this);
			this.#finish();
			this.#tellEnd(performance.now());
		}
	}
	arrived(bytes, at) {
		this.#arrivedAt = at;
		this.#arrivedBytes += bytes.length;
		this.#recorder.received.add(bytes, this.#recorder.since(at));
	}
	record(record) {
		this.#recorder.record("received", record, record.offset - this.#receivedFrom, this.#arrivedAt);
		const { type, requestId } = record;
		if (requestId !== 1 && requestId !== 0) this.#recorder.note(fastcgiNote("record-of-other-request", {
			record: recordTypeName(type),
			requestId,
			expected: 1
		}));
		else if (this.#ended) this.#recorder.note(fastcgiNote("record-after-end", { record: recordTypeName(type) }));
		else if (type === recordType.endRequest) this.#end = noBytes;
		else if (type === recordType.stdout && record.contentLength === 0) this.#stdoutEnded = true;
		else if (type === recordType.stdout && this.#stdoutEnded) this.#recorder.note(fastcgiNote("stdout-after-its-end"));
		else if (type !== recordType.stdout && type !== recordType.stderr) this.#recorder.note(fastcgiNote("unexpected-record", { record: recordTypeName(type) }));
	}
	content(bytes, { type, requestId }) {
		if (requestId !== 1 || this.#ended) return;
		if (type === recordType.endRequest) this.#end = this.#end?.length ? Buffer.concat([this.#end, bytes]) : bytes;
		else if (type === recordType.stderr) this.#events.stderr(bytes, this.#arrivedAt);
		else if (type === recordType.stdout) {
			this.#tellStarted();
			this.#stdoutBytes += bytes.length;
			if (!this.#events.stdout(bytes, this.#arrivedAt) && !this.#stopped) this.#sent?.connection.pause();
		}
	}
	contentEnd({ type, requestId, contentLength }) {
		if (type !== recordType.endRequest || requestId !== 1 || this.#ended || !this.#end) return;
		if (contentLength !== 8) this.#recorder.note(fastcgiNote("end-request-length", { bytes: contentLength }));
		this.#ended = decodeEndRequest(this.#end);
	}
	settled() {
		if (!this.#ended) return false;
		const sent = this.#sent;
		const again = this.#ended.protocolStatus === protocolStatus.cannotMultiplex && this.#canStartAgain;
		const reusable = this.#host.keepConnections && !again && sent?.isWhole === true;
		if (again) this.#startAgain(fastcgiNote("refused-on-connection"));
		else this.#endRequest(this.#ended);
		if (!reusable) sent?.connection.close();
		return reusable;
	}
	mayHaveMissed() {
		return this.#recorder.reused && this.#arrivedBytes === 0;
	}
	drained() {
		if (this.#started && !this.#stopped) this.#events.stdinDrain();
	}
	wrong(problem) {
		this.fail(notFastcgi(this.#host.who, problem));
	}
	gone(code) {
		const sent = this.#sent;
		if (!sent) return;
		const isUnanswered = this.mayHaveMissed() && this.#canStartAgain && unansweredCodes.has(code);
		if (isUnanswered && (code !== null || !this.#host.hasProcess)) this.#startAgain(fastcgiNote("kept-connection-closed", { errno: code }));
		else if (this.#stdoutEnded) {
			this.#recorder.note(fastcgiNote("no-end-request"));
			this.#complete(protocolStatus.requestComplete);
		} else {
			const mayBeOther = this.#arrivedBytes === 0 && !this.#recorder.reused && this.#host.mayBeOther;
			const split = sent.split.map(([name]) => toDisplayText(name));
			this.fail(died(this.#host.who, {
				code,
				stdoutBytes: this.#stdoutBytes,
				missing: sent.connection.missing(),
				split,
				mayBeOther,
				mayAskAgain: isUnanswered
			}));
		}
	}
	/** Body bytes that arrived, to be sent as soon as there is a connection. */
	get #hasBytes() {
		return this.#request.body?.isEmpty === false;
	}
	get #canStartAgain() {
		return !this.#stopped && this.#stdoutBytes === 0 && this.#recorder.attempts < maxAttempts && this.#request.body?.parts !== null;
	}
	/** Continues on another connection. `note`: why. */
	#startAgain(note) {
		this.#recorder.note(note);
		this.#sent = null;
		this.#ended = this.#end = null;
		this.#stdoutEnded = false;
		this.#arrivedBytes = 0;
		this.#recorder.startAgain();
		this.#host.acquire(this, true);
	}
	/** The application has the request's head, or receives it together with the body bytes of this turn and the next. */
	static #begun(exchange, sent) {
		if (exchange.#sent === sent && !sent.connection.isRefused) {
			const waited = exchange.#hasBytes;
			exchange.#tellStarted();
			if (waited) exchange.drained();
		}
		if (exchange.#request.body) process.nextTick(release, sent.connection);
	}
	#tellStarted() {
		if (this.#started) return;
		this.#started = true;
		this.#events.started(performance.now());
	}
	#endRequest({ protocolStatus: status, appStatus }) {
		this.#recorder.appStatus = appStatus;
		this.#recorder.protocolStatus = status;
		this.#complete(status);
	}
	/** END_REQUEST has arrived, or its equivalent. */
	#complete(status) {
		const at = this.#arrivedAt || performance.now();
		if (status === protocolStatus.requestComplete || this.#stopped) {
			if (!this.#stdoutEnded && !this.#stopped && this.#stdoutBytes > 0) this.#recorder.note(fastcgiNote("stdout-not-ended"));
			this.#tellStarted();
			this.#finish();
			this.#tellEnd(at);
		} else {
			this.#finish();
			this.#events.failed(refused(this.#host.who, status));
		}
	}
	/** No END_REQUEST after an abort: the application ignores it. */
	#giveUp() {
		const connection = this.#sent?.connection;
		this.#finish();
		connection?.close();
		this.#tellEnd(performance.now());
	}
	#tellEnd(at) {
		this.#events.outputEnd(at, null);
		this.#events.exit(null, at);
	}
	#finish() {
		this.#over = true;
		this.#sent = null;
		if (this.#abortTimer) clearTimeout(this.#abortTimer);
		this.#abortTimer = null;
	}
};
var release = (connection) => connection.release();
// server/runners/fastcgi/client.ts
/**
* An application may close a kept connection at the moment when a request is sent on it, and the client cannot know whether it had
* read part of it. So a request that must not or cannot be sent again gets an unused connection.
*/
var maySendTwice = ({ params, body }) => params.isIdempotent && body?.isLong !== true;
/** A kept connection that was unused for this long is closed, ms. */
var idleMs = 3e4;
var FastcgiClient = class {
	who;
	hasProcess;
	#address;
	#worker;
	#from;
	#slab = new Slab();
	#connections;
	/** The application closed a connection right after its first answer, whatever FCGI_KEEP_CONN says. */
	#closesItself = false;
	#busy = 0;
	#idle = [];
	#opening = [];
	#waiting = [];
	#idleTimer = null;
	#isClosed = false;
	constructor({ address, worker = addressText(address), who = whoAt(addressText(address)), from = "configuration", connections, hasProcess = false }) {
		this.hasProcess = hasProcess;
		this.#address = address;
		this.#worker = worker;
		this.#from = from;
		this.who = who;
		this.#connections = connections;
	}
	get mayBeOther() {
		return this.#address.kind !== "unix";
	}
	get keepConnections() {
		return this.#connections !== null && !this.#closesItself;
	}
	/** Another process serves from now on. */
	forget() {
		this.#closesItself = false;
	}
	/**
	* Number of connections, and so of requests, at once, each kept open; null: a new one for each request, without a limit.
	* A process that serves one connection cannot serve another while that one is open.
	*/
	keep(connections) {
		if (connections === this.#connections) return;
		this.#connections = connections;
		this.forget();
		this.#closeIdle();
		for (let waiting = this.#waiting.length; waiting > 0; waiting--) this.#next();
	}
	/** Requests with a connection, open or being opened. */
	get running() {
		return this.#busy + this.#opening.length;
	}
	/** Requests that wait for one. */
	get queued() {
		return this.#waiting.length;
	}
	/**
	* Serves a request as soon as a connection is free. No event comes before this has returned; writes are reported
	* later.
	*/
	run(request, events) {
		const recorder = events.recordFastcgi();
		recorder.worker = this.#worker;
		const exchange = new FastcgiExchange(this, request, events, recorder);
		this.acquire(exchange, !maySendTwice(request));
		return exchange;
	}
	/** Closes unused connections at once, and each other one after its request. */
	close() {
		this.#isClosed = true;
		this.#closeIdle();
	}
	acquire(exchange, fresh) {
		const kept = fresh ? void 0 : this.#idle.pop();
		if (kept) this.#give(kept, exchange);
		else if (this.running + this.#idle.length < this.#most) this.#open(exchange);
		else if (fresh && this.#idle.length > 0) {
			this.#waiting.unshift({
				exchange,
				fresh
			});
			this.#idle.at(-1)?.close();
		} else this.#waiting.push({
			exchange,
			fresh
		});
	}
	abandon(exchange) {
		const waits = this.#waiting.findIndex((one) => one.exchange === exchange);
		if (waits >= 0) this.#waiting.splice(waits, 1);
		const opening = this.#opening.find((one) => one.exchange === exchange);
		if (!opening) return;
		removeItem(this.#opening, opening);
		opening.giveUp();
		this.#next();
	}
	get #most() {
		return this.#connections ?? Number.POSITIVE_INFINITY;
	}
	#open(exchange) {
		exchange.opening();
		const opening = {
			exchange,
			giveUp: FastcgiConnection.open(this.#address, this.#from, this.#slab, {
				opened: (connection) => {
					removeItem(this.#opening, opening);
					this.#give(connection, exchange);
				},
				failed: (failure) => {
					removeItem(this.#opening, opening);
					this.forget();
					exchange.fail(failure);
					this.#next();
				},
				free: (connection) => this.#freed(connection)
			})
		};
		this.#opening.push(opening);
	}
	#give(connection, exchange) {
		this.#busy++;
		exchange.take(connection);
	}
	/** Its request has ended, or the connection has. */
	#freed(connection) {
		if (connection.isOpen && this.#isClosed) {
			connection.close();
			return;
		}
		if (connection.wasClosedAtOnce) this.#closesItself = true;
		if (!removeItem(this.#idle, connection)) this.#busy--;
		if (connection.isOpen) this.#idle.push(connection);
		this.#next();
		if (this.#idle.length > 0) this.#keepForAWhile();
	}
	#next() {
		if (this.#idle.length === 0 && this.running >= this.#most) return;
		const next = this.#waiting.shift();
		if (next) this.acquire(next.exchange, next.fresh);
	}
	#keepForAWhile() {
		if (this.#idleTimer) this.#idleTimer.refresh();
		else {
			this.#idleTimer = setTimeout(() => this.#closeIdle(), idleMs);
			this.#idleTimer.unref();
		}
	}
	#closeIdle() {
		if (this.#idleTimer) clearTimeout(this.#idleTimer);
		this.#idleTimer = null;
		for (const connection of [...this.#idle]) connection.close();
	}
};
// server/runners/fastcgi/replayable-body.ts
/** Longer bodies are not stored, so their requests get unused connections. */
var maxKeptBytes = 65536;
var ReplayableBody = class {
	/** No more bytes follow. */
	hasEnded = false;
	/** NaN if unknown: then only `end` marks the end. */
	#length;
	#bytes = 0;
	#sentBytes = 0;
	#parts = [];
	/** `params`: contain the length. */
	constructor(params) {
		const said = params.pairs.find(([name]) => name === "CONTENT_LENGTH")?.[1];
		this.#length = Number(said) || NaN;
	}
	/** Too long to be stored. */
	get isLong() {
		return this.#length > maxKeptBytes;
	}
	/** As many bytes arrived as announced, so the end is known before `end` is called. */
	get isWhole() {
		return this.hasEnded || this.#bytes >= this.#length;
	}
	get isEmpty() {
		return this.#bytes === 0;
	}
	/** All bytes that arrived, in their pieces; null if some were sent and not stored. */
	get parts() {
		return this.#parts;
	}
	/** How many bytes were sent, over whichever connection: bytes that are sent again are not in the trace twice. */
	get sentBytes() {
		return this.#sentBytes;
	}
	/** `isSent` false: there is no connection for it. */
	add(bytes, isSent) {
		this.#bytes += bytes.length;
		this.#parts?.push(bytes);
		if (isSent) this.sent();
	}
	/** Everything that arrived has been sent. */
	sent() {
		this.#sentBytes = this.#bytes;
		if (this.#bytes > maxKeptBytes) this.#parts = null;
	}
};
export { removeItem as _, decodePairs as a, FastcgiFailure as c, RunFailure as d, metaVariables as f, Slab as g, policy as h, FastcgiConnection as i, listenerNotFastcgi as l, parseAddress as m, FastcgiClient as n, encodePairs as o, addressText as p, RequestParams as r, encodeRecord as s, ReplayableBody as t, unreachable as u, parseTarget as v };

//# sourceMappingURL=replayable-body-BD_4lrx2.js.map