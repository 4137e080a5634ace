import { t as byteString } from "./byte-string-DHgfSrmB.js";
import { connect } from "node:net";
import { pipeline } from "node:stream/promises";
// server/protocol/missing-headers.ts
/** `bodyBytes`: null without a body, "unknown" when it is sent in chunks. */
function missingHeaders(given, host, bodyBytes) {
	const has = (name) => given.some(([other]) => other.toLowerCase() === name);
	const before = has("host") ? [] : [{
		name: "Host",
		value: host,
		why: "HTTP/1.1 requires it (RFC 9112 §3.2)"
	}];
	const after = [];
	if (bodyBytes !== null && !has("content-length") && !has("transfer-encoding")) {
		if (bodyBytes === "unknown") after.push({
			name: "Transfer-Encoding",
			value: "chunked",
			why: "the body’s length is not known before"
		});
		else after.push({
			name: "Content-Length",
			value: String(bodyBytes),
			why: "the body’s length in bytes"
		});
	}
	if (!has("connection")) after.push({
		name: "Connection",
		value: "close",
		why: "one request on a connection of its own"
	});
	return {
		before,
		after
	};
}
/** The Host field's value for an address. */
var hostField = (host, port) => `${host.includes(":") ? `[${host}]` : host}:${port}`;
// server/client/send-request.ts
/**
* Resolves with the trace of the (first) script run when the server has closed the connection, or rejects when it never became one:
* with the signal's reason when that aborted.
*/
async function sendRequest(to, request, override, { signal, onTrace, onResponse = () => {} } = {}) {
	signal?.throwIfAborted();
	const socket = await openSocket(to);
	let first = null;
	const release = claimSocket(socket, to, override, {
		signal,
		onTrace: (trace) => {
			first ??= trace;
			onTrace?.(trace);
		}
	});
	try {
		socket.on("data", (bytes) => onResponse(bytes, socket));
		const closed = new Promise((resolve, reject) => {
			socket.once("error", (error) => first ? resolve() : reject(error)).once("end", resolve).once("close", () => resolve());
		});
		socket.write(headOf(to, request), "latin1");
		writeBody(socket, request.body).catch((error) => socket.destroy(error instanceof Error ? error : new Error(String(error))));
		await closed;
	} finally {
		socket.destroy();
		release();
	}
	if (first !== null) return first;
	signal?.throwIfAborted();
	throw new Error("the server closed the connection without reading the request");
}
/** A request that was on its way when its sender aborted may still get a trace for this long, ms. */
var lateTraceMs = 1e3;
/**
* Requests on this socket are sent as `override` says until the returned function is called. When the signal aborts, those that have
* begun are ended and the connection is closed; one that begins after that is ended at once.
*/
function claimSocket(socket, { overrides, stop }, override, { signal, onTrace }) {
	const begun = [];
	const unregister = overrides.register(socket, {
		...override,
		onTrace: (trace) => {
			begun.push(trace);
			onTrace?.(trace);
			if (signal?.aborted) stop(trace.id);
		}
	});
	const abort = () => {
		for (const { id } of begun) stop(id);
		socket.destroy();
	};
	if (signal?.aborted) abort();
	else signal?.addEventListener("abort", abort, { once: true });
	return () => {
		signal?.removeEventListener("abort", abort);
		if (signal?.aborted) setTimeout(unregister, lateTraceMs).unref();
		else unregister();
	};
}
/** A connection whose writing end stays open when the server closes its own. */
function openSocket({ host, port }) {
	const socket = connect({
		host,
		port,
		noDelay: true,
		allowHalfOpen: true
	});
	return new Promise((resolve, reject) => {
		socket.once("error", reject).once("connect", () => {
			socket.off("error", reject);
			resolve(socket);
		});
	});
}
function headOf({ host, port }, { method, target, headers, body }) {
	const size = body === null ? null : "bytes" in body ? body.bytes.length : body.sizeBytes ?? "unknown";
	const { before, after } = missingHeaders(headers, hostField(host, port), size);
	const line = ({ name, value }) => `${name}: ${value}`;
	const lines = [
		`${method} ${target} HTTP/1.1`,
		...before.map(line),
		...headers.map(([name, value]) => `${name}: ${value}`),
		...after.map(line)
	];
	return byteString(`${lines.join("\r\n")}\r\n\r\n`);
}
async function writeBody(socket, body) {
	if (!body) return;
	if ("bytes" in body) socket.write(body.bytes);
	else if (body.sizeBytes !== null) await pipeline(body.stream, socket, { end: false });
	else {
		await pipeline(body.stream, chunked, socket, { end: false });
		socket.write("0\r\n\r\n");
	}
}
async function* chunked(source) {
	for await (const bytes of source) {
		if (bytes.length === 0) continue;
		yield `${bytes.length.toString(16)}\r\n`;
		yield bytes;
		yield "\r\n";
	}
}
export { hostField as i, openSocket as n, sendRequest as r, claimSocket as t };

//# sourceMappingURL=send-request-DIdgDFEL.js.map