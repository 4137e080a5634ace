import { o as samplesFolder } from "./built-files-BwKU3mP-.js";
import { n as browsableOrigin } from "./script-address-DB2Oo9fW.js";
import { a as array, b as url, c as discriminatedUnion, d as literal, f as number, g as string, i as _null, l as int, m as record, n as _enum, p as object, s as boolean, v as tuple, x as uuid } from "./schemas-ALeHrJtO.js";
import { g as datetime, h as bytesText, i as mode, n as message, s as severity } from "./trace-D4ZZJJlK.js";
import { a as problem, c as workbenchState, i as latencySummary, l as workspacePath, n as fileEncoding, o as saved, r as fileListChange, s as workbenchCounts, t as fileContent } from "./workspace-DLolHr0L.js";
import { s as modeTraits } from "./modes-_bwrZvgN.js";
import { A as ORPC_NAME, B as overlayProxy, C as getFilenameFromContentDisposition, D as AsyncIdQueue, E as AbortError, F as intercept, G as runWithSpan, H as readAsBuffer, I as isAsyncIteratorObject, J as stringifyJSON, K as setSpanError, L as isObject, M as copyOnWrite, N as createLazyRegExp, O as AsyncIteratorClass, P as getGlobalOtelConfig, R as isTypescriptObject, S as getEventMeta, T as withEventMeta, U as resolveMaybeOptionalOptions, V as parseEmptyableJSON, W as runInSpanContext, X as value$1, Y as toArray, _ as toORPCError, a as mergePrefix, b as flattenHeader, c as oc, d as mergeErrorMap, f as validateORPCError, g as isORPCErrorJson, h as createORPCErrorFromJson, i as mergeMeta, j as asyncIteratorWithSpan, k as NullProtoObj, l as ValidationError, m as ORPCError, n as eventIterator, o as mergeRoute, p as mapEventIterator, q as startSpan, r as getContractRouter, s as mergeTags, t as enhanceRoute, u as isContractProcedure, v as ErrorEvent, w as isEventIteratorHeaders, x as generateContentDisposition, y as HibernationEventIterator, z as isValidRegExpFlags } from "./dist-B_O8FOSU.js";
import { t as defineMessages } from "./message--K3iKRUD.js";
import { d as fixId, l as rules, u as doctorContract, w as ruleInfo } from "./worker-payload-D2BEtGP-.js";
import { a as utf8, i as toBytes, n as fromBytes, r as latin1 } from "./byte-string-DHgfSrmB.js";
import { t as defineProblems } from "./problem-BYFI9xia.js";
import { i as readBounded, r as errorCode } from "./disk-DCvxDZJ3.js";
import { C as maxRangeBytes, T as maxSearchText, b as maxExchangedText, i as isTokenText, k as maxWindowMemory, w as maxScriptVersionsBytes, x as maxFileText, y as maxExaminedFiles } from "./script-head-DT0y9IbQ.js";
import { A as examineFile, B as logContract, D as planConversion, E as AtOnce, F as decodeLines, I as encodingOf, L as hasMark, M as undoStep, N as hashOf$1, O as conversionMessage, P as versionContent, R as joined, S as configFileName, _ as withoutNpm, a as askForProgram, b as Containment, c as saveFile, d as encodedFile$1, f as resolveNewEntry, g as configMessage, h as readConfig, i as findProgram, j as UndoLog, k as conversionProblem, l as absoluteFolder, m as parseConfig, n as withScriptMode, o as askForVersion, p as fileProblem, r as withScriptPreload, s as isShim, t as Workbench, u as foldersIn, v as fingerprintOf, y as trustedSettings, z as wantedLines } from "./workbench-NP38puFa.js";
import { a as startupReport, i as leaksReport, n as runLeaks, o as savedContract, r as benchReport, t as plainGet } from "./run-leaks-DNoGbi05.js";
import { a as tracesContract, o as requestsContract } from "./trace-store-Czwjiou-.js";
import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
import { i as secretsIn, n as exportTrace, r as SecretNames } from "./export-trace-BEa1KGh3.js";
import { s as exportMessage, v as plainText } from "./capsule-8nEl1xg-.js";
import { n as fromTraceJson, t as readTraces } from "./read-file-DzN9IRx2.js";
import { o as toTraceJson, s as toTraceView } from "./trace-json-C6yo9-kO.js";
import { n as userDataPath, t as replacePrivateFile } from "./user-data-BusAhU-k.js";
import { i as hostField } from "./send-request-DIdgDFEL.js";
import { c as verdictOf, i as usualModes, n as scriptAt, r as tryMode, t as runBench } from "./run-bench-uUotz1Xi.js";
import { n as runStartup, t as examinedLanguage } from "./run-startup-DPrNGKdP.js";
import { t as TrustedFolders } from "./trusted-folders-BJ4B-n5D.js";
import { C as targetOf, S as substitute, _ as writeAssertion, a as isRequestFile, b as offsetOfLine, c as mistakesOf, d as requestFiles, f as savedMessage, g as parseAssertion, h as parseHttpFile, i as environmentOf, l as requestFile, m as isSpecialInBody, n as RE2JS, o as listEnvironments, p as isBlank, r as RE2JSException, s as listSaved, t as runRequest, u as requestFileOf, v as writeCapture, x as requestAt, y as lineAndColumn } from "./run-requests-CR4Rt8cz.js";
import { t as parseTraceQuery } from "./trace-query-DunTzm3k.js";
import { basename, dirname, join, posix } from "node:path";
import { chmod, mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { createHash, randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { availableParallelism, homedir, tmpdir } from "node:os";
import { execFile } from "node:child_process";
// node_modules/@orpc/standard-server-peer/dist/index.mjs
var SHORTABLE_ORIGIN = "http://orpc";
var MessageType = /* @__PURE__ */ ((MessageType2) => {
	MessageType2[MessageType2["REQUEST"] = 1] = "REQUEST";
	MessageType2[MessageType2["RESPONSE"] = 2] = "RESPONSE";
	MessageType2[MessageType2["EVENT_ITERATOR"] = 3] = "EVENT_ITERATOR";
	MessageType2[MessageType2["ABORT_SIGNAL"] = 4] = "ABORT_SIGNAL";
	return MessageType2;
})(MessageType || {});
function deserializeRequestMessage(message) {
	const id = message.i;
	const type = message.t ?? 1;
	if (type === 3) {
		const payload2 = message.p;
		return [
			id,
			type,
			{
				event: payload2.e,
				data: payload2.d,
				meta: payload2.m
			}
		];
	}
	if (type === 4) return [
		id,
		type,
		message.p
	];
	const payload = message.p;
	return [
		id,
		1,
		{
			url: payload.u.startsWith("/") ? new URL(`${SHORTABLE_ORIGIN}${payload.u}`) : new URL(payload.u),
			headers: payload.h ?? {},
			method: payload.m ?? "POST",
			body: payload.b
		}
	];
}
function serializeResponseMessage(id, type, payload) {
	if (type === 3) {
		const eventPayload = payload;
		return {
			i: id,
			t: type,
			p: {
				e: eventPayload.event,
				d: eventPayload.data,
				m: eventPayload.meta
			}
		};
	}
	if (type === 4) return {
		i: id,
		t: type,
		p: void 0
	};
	const response = payload;
	return {
		i: id,
		p: {
			s: response.status === 200 ? void 0 : response.status,
			h: Object.keys(response.headers).length > 0 ? response.headers : void 0,
			b: response.body
		}
	};
}
async function decodeRequestMessage(raw) {
	const { json: message, buffer } = await decodeRawMessage(raw);
	const [id, type, payload] = deserializeRequestMessage(message);
	if (type === 3 || type === 4) return [
		id,
		type,
		payload
	];
	const request = payload;
	const body = await deserializeBody(request.headers, request.body, buffer);
	return [
		id,
		type,
		{
			...request,
			body
		}
	];
}
async function encodeResponseMessage(id, type, payload) {
	if (type === 3 || type === 4) return encodeRawMessage(serializeResponseMessage(id, type, payload));
	const response = payload;
	const { body: processedBody, headers: processedHeaders } = await serializeBodyAndHeaders(response.body, response.headers);
	const baseMessage = serializeResponseMessage(id, 2, {
		...response,
		body: processedBody instanceof Blob ? void 0 : processedBody,
		headers: processedHeaders
	});
	if (processedBody instanceof Blob) return encodeRawMessage(baseMessage, processedBody);
	return encodeRawMessage(baseMessage);
}
async function serializeBodyAndHeaders(body, originalHeaders) {
	const headers = { ...originalHeaders };
	const originalContentDisposition = headers["content-disposition"];
	delete headers["content-type"];
	delete headers["content-disposition"];
	if (body instanceof Blob) {
		headers["content-type"] = body.type;
		headers["content-disposition"] = originalContentDisposition ?? generateContentDisposition(body instanceof File ? body.name : "blob");
		return {
			body,
			headers
		};
	}
	if (body instanceof FormData) {
		const tempRes = new Response(body);
		headers["content-type"] = tempRes.headers.get("content-type");
		return {
			body: await tempRes.blob(),
			headers
		};
	}
	if (body instanceof URLSearchParams) {
		headers["content-type"] = "application/x-www-form-urlencoded";
		return {
			body: body.toString(),
			headers
		};
	}
	if (isAsyncIteratorObject(body)) {
		headers["content-type"] = "text/event-stream";
		return {
			body: void 0,
			headers
		};
	}
	return {
		body,
		headers
	};
}
async function deserializeBody(headers, body, buffer) {
	const contentType = flattenHeader(headers["content-type"]);
	const contentDisposition = flattenHeader(headers["content-disposition"]);
	if (typeof contentDisposition === "string") {
		const filename = getFilenameFromContentDisposition(contentDisposition) ?? "blob";
		return new File(buffer === void 0 ? [] : [buffer], filename, { type: contentType });
	}
	if (contentType?.startsWith("multipart/form-data")) return new Response(buffer, { headers: { "content-type": contentType } }).formData();
	if (contentType?.startsWith("application/x-www-form-urlencoded") && typeof body === "string") return new URLSearchParams(body);
	return body;
}
var JSON_AND_BINARY_DELIMITER = 255;
async function encodeRawMessage(data, blob) {
	const json = stringifyJSON(data);
	if (blob === void 0 || blob.size === 0) return json;
	return readAsBuffer(new Blob([
		new TextEncoder().encode(json),
		new Uint8Array([JSON_AND_BINARY_DELIMITER]),
		blob
	]));
}
async function decodeRawMessage(raw) {
	if (typeof raw === "string") return { json: JSON.parse(raw) };
	const buffer = raw instanceof Uint8Array ? raw : new Uint8Array(raw);
	const delimiterIndex = buffer.indexOf(JSON_AND_BINARY_DELIMITER);
	if (delimiterIndex === -1) {
		const jsonPart2 = new TextDecoder().decode(buffer);
		return { json: JSON.parse(jsonPart2) };
	}
	const jsonPart = new TextDecoder().decode(buffer.subarray(0, delimiterIndex));
	const bufferPart = buffer.subarray(delimiterIndex + 1);
	return {
		json: JSON.parse(jsonPart),
		buffer: bufferPart
	};
}
function toEventIterator(queue, id, cleanup, options = {}) {
	let span;
	return new AsyncIteratorClass(async () => {
		span ??= startSpan("consume_event_iterator_stream");
		try {
			const item = await runInSpanContext(span, () => queue.pull(id));
			switch (item.event) {
				case "message": {
					let data = item.data;
					if (item.meta && isTypescriptObject(data)) data = withEventMeta(data, item.meta);
					span?.addEvent("message");
					return {
						value: data,
						done: false
					};
				}
				case "error": {
					let error = new ErrorEvent({ data: item.data });
					if (item.meta) error = withEventMeta(error, item.meta);
					span?.addEvent("error");
					throw error;
				}
				case "done": {
					let data = item.data;
					if (item.meta && isTypescriptObject(data)) data = withEventMeta(data, item.meta);
					span?.addEvent("done");
					return {
						value: data,
						done: true
					};
				}
			}
		} catch (e) {
			if (!(e instanceof ErrorEvent)) setSpanError(span, e, options);
			throw e;
		}
	}, async (reason) => {
		try {
			if (reason !== "next") span?.addEvent("cancelled");
			await runInSpanContext(span, () => cleanup(reason));
		} catch (e) {
			setSpanError(span, e, options);
			throw e;
		} finally {
			span?.end();
		}
	});
}
function resolveEventIterator(iterator, callback) {
	return runWithSpan({ name: "stream_event_iterator" }, async (span) => {
		while (true) {
			const payload = await (async () => {
				try {
					const { value, done } = await iterator.next();
					if (done) {
						span?.addEvent("done");
						return {
							event: "done",
							data: value,
							meta: getEventMeta(value)
						};
					}
					span?.addEvent("message");
					return {
						event: "message",
						data: value,
						meta: getEventMeta(value)
					};
				} catch (err) {
					if (err instanceof ErrorEvent) {
						span?.addEvent("error");
						return {
							event: "error",
							data: err.data,
							meta: getEventMeta(err)
						};
					} else {
						try {
							await callback({
								event: "error",
								data: void 0
							});
						} catch (err2) {
							setSpanError(span, err);
							throw err2;
						}
						throw err;
					}
				}
			})();
			let isInvokeCleanupFn = false;
			try {
				const direction = await callback(payload);
				if (payload.event === "done" || payload.event === "error") return;
				if (direction === "abort") {
					isInvokeCleanupFn = true;
					await iterator.return?.();
					return;
				}
			} catch (err) {
				if (!isInvokeCleanupFn) try {
					await iterator.return?.();
				} catch (err2) {
					setSpanError(span, err);
					throw err2;
				}
				throw err;
			}
		}
	});
}
var ServerPeer = class {
	peer;
	constructor(send) {
		this.peer = new experimental_ServerPeerWithoutCodec(async ([id, type, payload]) => {
			await send(await encodeResponseMessage(id, type, payload));
		});
	}
	get length() {
		return this.peer.length;
	}
	open(id) {
		return this.peer.open(id);
	}
	/**
	* @todo This method will return Promise<void> in the next major version.
	*/
	async message(raw, handleRequest) {
		return this.peer.message(await decodeRequestMessage(raw), handleRequest);
	}
	/**
	* @deprecated Please pass the `handleRequest` (second arg) function to the `message` method instead.
	*/
	async response(id, response) {
		return this.peer.response(id, response);
	}
	close({ abort = true, ...options } = {}) {
		return this.peer.close({
			...options,
			abort
		});
	}
};
var experimental_ServerPeerWithoutCodec = class {
	/**
	* Queue of event iterator messages sent from client, awaiting consumption
	*/
	clientEventIteratorQueue = new AsyncIdQueue();
	/**
	* Map of active client request controllers, should be synced to request signal
	*/
	clientControllers = /* @__PURE__ */ new Map();
	send;
	constructor(send) {
		this.send = async (message) => {
			const id = message[0];
			if (this.clientControllers.has(id)) await send(message);
		};
	}
	get length() {
		return (this.clientEventIteratorQueue.length + this.clientControllers.size) / 2;
	}
	open(id) {
		this.clientEventIteratorQueue.open(id);
		const controller = new AbortController();
		this.clientControllers.set(id, controller);
		return controller;
	}
	/**
	* @todo This method will return Promise<void> in the next major version.
	*/
	async message([id, type, payload], handleRequest) {
		if (type === MessageType.ABORT_SIGNAL) {
			this.close({
				id,
				reason: new AbortError("Client aborted the request")
			});
			return [id, void 0];
		}
		if (type === MessageType.EVENT_ITERATOR) {
			if (this.clientEventIteratorQueue.isOpen(id)) this.clientEventIteratorQueue.push(id, payload);
			return [id, void 0];
		}
		if (this.clientControllers.has(id)) return [id, void 0];
		const signal = this.open(id).signal;
		const request = {
			...payload,
			signal,
			body: isEventIteratorHeaders(payload.headers) ? toEventIterator(this.clientEventIteratorQueue, id, async (reason) => {
				if (reason !== "next") await this.send([
					id,
					MessageType.ABORT_SIGNAL,
					void 0
				]);
			}, { signal }) : payload.body
		};
		if (handleRequest) {
			let context;
			const otelConfig = getGlobalOtelConfig();
			if (otelConfig) context = otelConfig.propagation.extract(otelConfig.context.active(), request.headers);
			await runWithSpan({
				name: "receive_peer_request",
				context
			}, async () => {
				const response = await runWithSpan({ name: "handle_request" }, async () => {
					try {
						return await handleRequest(request);
					} catch (reason) {
						this.close({
							id,
							reason,
							abort: false
						});
						throw reason;
					}
				});
				await runWithSpan({ name: "send_peer_response" }, () => this.response(id, response));
			});
		}
		return [id, request];
	}
	/**
	* @deprecated Please pass the `handleRequest` (second arg) function to the `message` method instead.
	*/
	async response(id, response) {
		const signal = this.clientControllers.get(id)?.signal;
		if (!signal || signal.aborted) return;
		try {
			await this.send([
				id,
				MessageType.RESPONSE,
				response
			]);
			if (!signal.aborted && isAsyncIteratorObject(response.body)) {
				if (response.body instanceof HibernationEventIterator) response.body.hibernationCallback?.(id);
				else {
					const iterator = response.body;
					await resolveEventIterator(iterator, async (payload) => {
						if (signal.aborted) return "abort";
						await this.send([
							id,
							MessageType.EVENT_ITERATOR,
							payload
						]);
						return "next";
					});
				}
			}
			this.close({
				id,
				abort: false
			});
		} catch (reason) {
			this.close({
				id,
				reason,
				abort: false
			});
			throw reason;
		}
	}
	close({ abort = true, ...options } = {}) {
		if (options.id === void 0) {
			if (abort) this.clientControllers.forEach((c) => c.abort(options.reason));
			this.clientControllers.clear();
		} else {
			if (abort) this.clientControllers.get(options.id)?.abort(options.reason);
			this.clientControllers.delete(options.id);
		}
		this.clientEventIteratorQueue.close(options);
	}
};
// node_modules/@orpc/client/dist/shared/client.taWlwxQ4.mjs
var STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES = {
	BIGINT: 0,
	DATE: 1,
	NAN: 2,
	UNDEFINED: 3,
	URL: 4,
	REGEXP: 5,
	SET: 6,
	MAP: 7
};
var BUILT_IN_TYPES = new Set(Object.values(STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES));
var SERIALIZED_REGEXP_FORMAT = /^\/(.*)\/([a-z]*)$/;
function invalidSerializedData(detail) {
	return /* @__PURE__ */ new TypeError(`Invalid RPC serialized data: ${detail}`);
}
function invalidSerializedType(type, name, expected) {
	return invalidSerializedData(`type ${type} (${name}) expects ${expected}.`);
}
var StandardRPCJsonSerializer = class {
	customSerializers;
	constructor(options = {}) {
		this.customSerializers = options.customJsonSerializers ?? [];
		if (this.customSerializers.length !== new Set(this.customSerializers.map((custom) => custom.type)).size) throw new Error("Custom serializer type must be unique.");
	}
	serialize(data, segments = [], meta = [], maps = [], blobs = []) {
		for (const custom of this.customSerializers) if (custom.condition(data)) {
			const result = this.serialize(custom.serialize(data), segments, meta, maps, blobs);
			meta.push([custom.type, ...segments]);
			return result;
		}
		if (data instanceof Blob) {
			maps.push(segments);
			blobs.push(data);
			return [
				data,
				meta,
				maps,
				blobs
			];
		}
		if (typeof data === "bigint") {
			meta.push([STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.BIGINT, ...segments]);
			return [
				data.toString(),
				meta,
				maps,
				blobs
			];
		}
		if (data instanceof Date) {
			meta.push([STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.DATE, ...segments]);
			if (Number.isNaN(data.getTime())) return [
				null,
				meta,
				maps,
				blobs
			];
			return [
				data.toISOString(),
				meta,
				maps,
				blobs
			];
		}
		if (Number.isNaN(data)) {
			meta.push([STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.NAN, ...segments]);
			return [
				null,
				meta,
				maps,
				blobs
			];
		}
		if (data instanceof URL) {
			meta.push([STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.URL, ...segments]);
			return [
				data.toString(),
				meta,
				maps,
				blobs
			];
		}
		if (data instanceof RegExp) {
			meta.push([STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.REGEXP, ...segments]);
			return [
				data.toString(),
				meta,
				maps,
				blobs
			];
		}
		if (data instanceof Set) {
			const result = this.serialize(Array.from(data), segments, meta, maps, blobs);
			meta.push([STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.SET, ...segments]);
			return result;
		}
		if (data instanceof Map) {
			const result = this.serialize(Array.from(data.entries()), segments, meta, maps, blobs);
			meta.push([STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.MAP, ...segments]);
			return result;
		}
		if (Array.isArray(data)) return [
			data.map((v, i) => {
				if (v === void 0) {
					meta.push([
						STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.UNDEFINED,
						...segments,
						i
					]);
					return null;
				}
				return this.serialize(v, [...segments, i], meta, maps, blobs)[0];
			}),
			meta,
			maps,
			blobs
		];
		if (isObject(data)) {
			const json = {};
			for (const k in data) {
				if (k === "toJSON" && typeof data[k] === "function") continue;
				json[k] = this.serialize(data[k], [...segments, k], meta, maps, blobs)[0];
			}
			return [
				json,
				meta,
				maps,
				blobs
			];
		}
		return [
			data,
			meta,
			maps,
			blobs
		];
	}
	deserialize(json, meta, maps, getBlob) {
		const ref = { data: json };
		const input = { data: json };
		if (maps && getBlob) maps.forEach((segments, i) => {
			let original = input;
			let currentRef = ref;
			let preSegment = "data";
			segments.forEach((segment) => {
				original = original[preSegment];
				currentRef = copyOnWrite(currentRef, preSegment, original);
				preSegment = segment;
				if (!Object.hasOwn(currentRef, preSegment)) throw invalidSerializedData(`segment "${preSegment}" does not exist.`);
			});
			currentRef[preSegment] = getBlob(i);
		});
		for (const item of meta) {
			const type = item[0];
			const custom = this.customSerializers.find((custom2) => custom2.type === type);
			if (custom === void 0 && !BUILT_IN_TYPES.has(type)) continue;
			let original = input;
			let currentRef = ref;
			let preSegment = "data";
			for (let i = 1; i < item.length; i++) {
				original = original[preSegment];
				currentRef = copyOnWrite(currentRef, preSegment, original);
				preSegment = item[i];
				if (!Object.hasOwn(currentRef, preSegment)) throw invalidSerializedData(`segment "${preSegment}" does not exist.`);
			}
			if (custom !== void 0) {
				currentRef[preSegment] = custom.deserialize(currentRef[preSegment]);
				continue;
			}
			const serialized = currentRef[preSegment];
			switch (type) {
				case STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.BIGINT:
					if (typeof serialized !== "string") throw invalidSerializedType(type, "bigint", "a string");
					currentRef[preSegment] = BigInt(serialized);
					break;
				case STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.DATE:
					if (typeof serialized !== "string" && serialized !== null) throw invalidSerializedType(type, "date", "a string or null");
					currentRef[preSegment] = new Date(serialized ?? NaN);
					break;
				case STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.NAN:
					if (serialized !== null) throw invalidSerializedType(type, "nan", "null");
					currentRef[preSegment] = NaN;
					break;
				case STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.UNDEFINED:
					if (serialized !== null) throw invalidSerializedType(type, "undefined", "null");
					currentRef[preSegment] = void 0;
					break;
				case STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.URL:
					if (typeof serialized !== "string") throw invalidSerializedType(type, "url", "a string");
					currentRef[preSegment] = new URL(serialized);
					break;
				case STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.REGEXP: {
					if (typeof serialized !== "string") throw invalidSerializedType(type, "regexp", "a string");
					const match = serialized.match(SERIALIZED_REGEXP_FORMAT);
					if (match === null || !isValidRegExpFlags(match[2])) throw invalidSerializedData(`type ${type} (regexp) expects a "/pattern/flags" string.`);
					currentRef[preSegment] = createLazyRegExp(match[1], match[2]);
					break;
				}
				case STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.SET:
					if (!Array.isArray(serialized)) throw invalidSerializedType(type, "set", "an array");
					currentRef[preSegment] = new Set(serialized);
					break;
				case STANDARD_RPC_JSON_SERIALIZER_BUILT_IN_TYPES.MAP:
					if (!Array.isArray(serialized)) throw invalidSerializedType(type, "map", "an array");
					currentRef[preSegment] = new Map(serialized);
			}
		}
		return ref.data;
	}
};
function toHttpPath(path) {
	return `/${path.map(encodeURIComponent).join("/")}`;
}
var StandardRPCSerializer = class {
	constructor(jsonSerializer) {
		this.jsonSerializer = jsonSerializer;
	}
	serialize(data) {
		if (isAsyncIteratorObject(data)) return mapEventIterator(data, {
			value: async (value) => this.#serialize(value, false),
			error: async (e) => {
				return new ErrorEvent({
					data: this.#serialize(toORPCError(e).toJSON(), false),
					cause: e
				});
			}
		});
		return this.#serialize(data, true);
	}
	#serialize(data, enableFormData) {
		const [json, meta_, maps, blobs] = this.jsonSerializer.serialize(data);
		const meta = meta_.length === 0 ? void 0 : meta_;
		if (!enableFormData || blobs.length === 0) return {
			json,
			meta
		};
		const form = new FormData();
		form.set("data", stringifyJSON({
			json,
			meta,
			maps
		}));
		blobs.forEach((blob, i) => {
			form.set(i.toString(), blob);
		});
		return form;
	}
	deserialize(data) {
		if (isAsyncIteratorObject(data)) return mapEventIterator(data, {
			value: async (value) => this.#deserialize(value),
			error: async (e) => {
				if (!(e instanceof ErrorEvent)) return e;
				const deserialized = this.#deserialize(e.data);
				if (isORPCErrorJson(deserialized)) return createORPCErrorFromJson(deserialized, { cause: e });
				return new ErrorEvent({
					data: deserialized,
					cause: e
				});
			}
		});
		return this.#deserialize(data);
	}
	#deserialize(data) {
		if (data === void 0) return;
		if (!(data instanceof FormData)) return this.jsonSerializer.deserialize(data.json, data.meta ?? []);
		const serialized = JSON.parse(data.get("data"));
		return this.jsonSerializer.deserialize(serialized.json, serialized.meta ?? [], serialized.maps, (i) => data.get(i.toString()));
	}
};
// node_modules/@orpc/server/dist/shared/server.DZ5BIITo.mjs
function resolveFriendlyStandardHandleOptions(options) {
	return {
		...options,
		context: options.context ?? {}
	};
}
// node_modules/@orpc/server/dist/adapters/standard-peer/index.mjs
function createServerPeerHandleRequestFn(handler, options) {
	return async (request) => {
		const { response } = await handler.handle({
			...request,
			body: () => Promise.resolve(request.body)
		}, resolveFriendlyStandardHandleOptions(options));
		return response ?? {
			status: 404,
			headers: {},
			body: "No procedure matched"
		};
	};
}
// node_modules/@orpc/server/dist/shared/server.DEBcqOjg.mjs
var LAZY_SYMBOL = Symbol("ORPC_LAZY_SYMBOL");
function lazy(loader, meta = {}) {
	return { [LAZY_SYMBOL]: {
		loader,
		meta
	} };
}
function isLazy(item) {
	return (typeof item === "object" || typeof item === "function") && item !== null && LAZY_SYMBOL in item;
}
function getLazyMeta(lazied) {
	return lazied[LAZY_SYMBOL].meta;
}
function unlazy(lazied) {
	return isLazy(lazied) ? lazied[LAZY_SYMBOL].loader() : Promise.resolve({ default: lazied });
}
function isStartWithMiddlewares(middlewares, compare) {
	if (compare.length > middlewares.length) return false;
	for (let i = 0; i < middlewares.length; i++) {
		if (compare[i] === void 0) return true;
		if (middlewares[i] !== compare[i]) return false;
	}
	return true;
}
function mergeMiddlewares(first, second, options) {
	if (options.dedupeLeading && isStartWithMiddlewares(second, first)) return second;
	return [...first, ...second];
}
function addMiddleware(middlewares, addition) {
	return [...middlewares, addition];
}
var Procedure = class {
	/**
	* This property holds the defined options.
	*/
	"~orpc";
	constructor(def) {
		this["~orpc"] = def;
	}
};
function isProcedure(item) {
	if (item instanceof Procedure) return true;
	return isContractProcedure(item) && "middlewares" in item["~orpc"] && "inputValidationIndex" in item["~orpc"] && "outputValidationIndex" in item["~orpc"] && "handler" in item["~orpc"];
}
function mergeCurrentContext(context, other) {
	return {
		...context,
		...other
	};
}
function createORPCErrorConstructorMap(errors) {
	return new Proxy(errors, { get(target, code) {
		if (typeof code !== "string") return Reflect.get(target, code);
		const item = (...rest) => {
			const options = resolveMaybeOptionalOptions(rest);
			const config = errors[code];
			return new ORPCError(code, {
				defined: Boolean(config),
				status: config?.status,
				message: options.message ?? config?.message,
				data: options.data,
				cause: options.cause
			});
		};
		return item;
	} });
}
function middlewareOutputFn(output) {
	return {
		output,
		context: {}
	};
}
function createProcedureClient(lazyableProcedure, ...rest) {
	const options = resolveMaybeOptionalOptions(rest);
	return async (...[input, callerOptions]) => {
		const path = toArray(options.path);
		const { default: procedure } = await unlazy(lazyableProcedure);
		const clientContext = callerOptions?.context ?? {};
		const context = await value$1(options.context ?? {}, clientContext);
		const errors = createORPCErrorConstructorMap(procedure["~orpc"].errorMap);
		const validateError = async (e) => {
			if (e instanceof ORPCError) return await validateORPCError(procedure["~orpc"].errorMap, e);
			return e;
		};
		try {
			const output = await runWithSpan({
				name: "call_procedure",
				signal: callerOptions?.signal
			}, (span) => {
				span?.setAttribute("procedure.path", [...path]);
				return intercept(toArray(options.interceptors), {
					context,
					input,
					errors,
					path,
					procedure,
					signal: callerOptions?.signal,
					lastEventId: callerOptions?.lastEventId
				}, (interceptorOptions) => executeProcedureInternal(interceptorOptions.procedure, interceptorOptions));
			});
			if (isAsyncIteratorObject(output)) {
				if (output instanceof HibernationEventIterator) return output;
				return overlayProxy(output, mapEventIterator(asyncIteratorWithSpan({
					name: "consume_event_iterator_output",
					signal: callerOptions?.signal
				}, output), {
					value: (v) => v,
					error: (e) => validateError(e)
				}));
			}
			return output;
		} catch (e) {
			throw await validateError(e);
		}
	};
}
async function validateInput(procedure, input) {
	const schema = procedure["~orpc"].inputSchema;
	if (!schema) return input;
	return runWithSpan({ name: "validate_input" }, async () => {
		const result = await schema["~standard"].validate(input);
		if (result.issues) throw new ORPCError("BAD_REQUEST", {
			message: "Input validation failed",
			data: { issues: result.issues },
			cause: new ValidationError({
				message: "Input validation failed",
				issues: result.issues,
				data: input
			})
		});
		return result.value;
	});
}
async function validateOutput(procedure, output) {
	const schema = procedure["~orpc"].outputSchema;
	if (!schema) return output;
	return runWithSpan({ name: "validate_output" }, async () => {
		const result = await schema["~standard"].validate(output);
		if (result.issues) throw new ORPCError("INTERNAL_SERVER_ERROR", {
			message: "Output validation failed",
			cause: new ValidationError({
				message: "Output validation failed",
				issues: result.issues,
				data: output
			})
		});
		return result.value;
	});
}
async function executeProcedureInternal(procedure, options) {
	const middlewares = procedure["~orpc"].middlewares;
	const inputValidationIndex = Math.min(Math.max(0, procedure["~orpc"].inputValidationIndex), middlewares.length);
	const outputValidationIndex = Math.min(Math.max(0, procedure["~orpc"].outputValidationIndex), middlewares.length);
	const next = async (index, context, input) => {
		let currentInput = input;
		if (index === inputValidationIndex) currentInput = await validateInput(procedure, currentInput);
		const mid = middlewares[index];
		const output = mid ? await runWithSpan({
			name: `middleware.${mid.name}`,
			signal: options.signal
		}, async (span) => {
			span?.setAttribute("middleware.index", index);
			span?.setAttribute("middleware.name", mid.name);
			return (await mid({
				...options,
				context,
				next: async (...[nextOptions]) => {
					const nextContext = nextOptions?.context ?? {};
					return {
						output: await next(index + 1, mergeCurrentContext(context, nextContext), currentInput),
						context: nextContext
					};
				}
			}, currentInput, middlewareOutputFn)).output;
		}) : await runWithSpan({
			name: "handler",
			signal: options.signal
		}, () => procedure["~orpc"].handler({
			...options,
			context,
			input: currentInput
		}));
		if (index === outputValidationIndex) return await validateOutput(procedure, output);
		return output;
	};
	return next(0, options.context, options.input);
}
var HIDDEN_ROUTER_CONTRACT_SYMBOL = Symbol("ORPC_HIDDEN_ROUTER_CONTRACT");
function setHiddenRouterContract(router, contract) {
	return new Proxy(router, { get(target, key) {
		if (key === HIDDEN_ROUTER_CONTRACT_SYMBOL) return contract;
		return Reflect.get(target, key);
	} });
}
function getHiddenRouterContract(router) {
	return router[HIDDEN_ROUTER_CONTRACT_SYMBOL];
}
function getRouter(router, path) {
	let current = router;
	for (let i = 0; i < path.length; i++) {
		const segment = path[i];
		if (!current) return;
		if (isProcedure(current)) return;
		if (!isTypescriptObject(current)) return;
		if (!isLazy(current)) {
			current = current[segment];
			continue;
		}
		const lazied = current;
		const rest = path.slice(i);
		return lazy(async () => {
			return unlazy(getRouter((await unlazy(lazied)).default, rest));
		}, getLazyMeta(lazied));
	}
	return current;
}
function createAccessibleLazyRouter(lazied) {
	return new Proxy(lazied, { get(target, key) {
		if (typeof key !== "string") return Reflect.get(target, key);
		return createAccessibleLazyRouter(getRouter(lazied, [key]));
	} });
}
function enhanceRouter(router, options) {
	if (isLazy(router)) {
		const laziedMeta = getLazyMeta(router);
		const enhancedPrefix = laziedMeta?.prefix ? mergePrefix(options.prefix, laziedMeta?.prefix) : options.prefix;
		return createAccessibleLazyRouter(lazy(async () => {
			const { default: unlaziedRouter } = await unlazy(router);
			return unlazy(enhanceRouter(unlaziedRouter, options));
		}, {
			...laziedMeta,
			prefix: enhancedPrefix
		}));
	}
	if (isProcedure(router)) {
		const newMiddlewares = mergeMiddlewares(options.middlewares, router["~orpc"].middlewares, { dedupeLeading: options.dedupeLeadingMiddlewares });
		const newMiddlewareAdded = newMiddlewares.length - router["~orpc"].middlewares.length;
		return new Procedure({
			...router["~orpc"],
			route: enhanceRoute(router["~orpc"].route, options),
			errorMap: mergeErrorMap(options.errorMap, router["~orpc"].errorMap),
			middlewares: newMiddlewares,
			inputValidationIndex: router["~orpc"].inputValidationIndex + newMiddlewareAdded,
			outputValidationIndex: router["~orpc"].outputValidationIndex + newMiddlewareAdded
		});
	}
	if (typeof router !== "object" || router === null) return router;
	const enhanced = {};
	for (const key in router) enhanced[key] = enhanceRouter(router[key], options);
	return enhanced;
}
function traverseContractProcedures(options, callback, lazyOptions = []) {
	let currentRouter = options.router;
	const hiddenContract = isTypescriptObject(options.router) ? getHiddenRouterContract(options.router) : void 0;
	if (hiddenContract !== void 0) currentRouter = hiddenContract;
	if (isLazy(currentRouter)) lazyOptions.push({
		router: currentRouter,
		path: options.path
	});
	else if (isContractProcedure(currentRouter)) callback({
		contract: currentRouter,
		path: options.path
	});
	else if (typeof currentRouter === "object" && currentRouter !== null) for (const key in currentRouter) traverseContractProcedures({
		router: currentRouter[key],
		path: [...options.path, key]
	}, callback, lazyOptions);
	return lazyOptions;
}
function createContractedProcedure(procedure, contract) {
	return new Procedure({
		...procedure["~orpc"],
		errorMap: contract["~orpc"].errorMap,
		route: contract["~orpc"].route,
		meta: contract["~orpc"].meta
	});
}
// node_modules/@orpc/server/dist/shared/server.CMf4nKky.mjs
var CompositeStandardHandlerPlugin = class {
	plugins;
	constructor(plugins = []) {
		this.plugins = [...plugins].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
	}
	init(options, router) {
		for (const plugin of this.plugins) plugin.init?.(options, router);
	}
};
var StandardHandler = class {
	constructor(router, matcher, codec, options) {
		this.matcher = matcher;
		this.codec = codec;
		new CompositeStandardHandlerPlugin(options.plugins).init(options, router);
		this.interceptors = toArray(options.interceptors);
		this.clientInterceptors = toArray(options.clientInterceptors);
		this.rootInterceptors = toArray(options.rootInterceptors);
		this.matcher.init(router);
	}
	interceptors;
	clientInterceptors;
	rootInterceptors;
	async handle(request, options) {
		const prefix = options.prefix?.replace(/\/$/, "") || void 0;
		if (prefix && !request.url.pathname.startsWith(`${prefix}/`) && request.url.pathname !== prefix) return {
			matched: false,
			response: void 0
		};
		return intercept(this.rootInterceptors, {
			...options,
			request,
			prefix
		}, async (interceptorOptions) => {
			return runWithSpan({ name: `${request.method} ${request.url.pathname}` }, async (span) => {
				let step;
				try {
					return await intercept(this.interceptors, interceptorOptions, async ({ request: request2, context, prefix: prefix2 }) => {
						const method = request2.method;
						const url = request2.url;
						const pathname = prefix2 ? url.pathname.replace(prefix2, "") : url.pathname;
						const match = await runWithSpan({ name: "find_procedure" }, () => this.matcher.match(method, `/${pathname.replace(/^\/|\/$/g, "")}`));
						if (!match) return {
							matched: false,
							response: void 0
						};
						span?.updateName(`${ORPC_NAME}.${match.path.join("/")}`);
						span?.setAttribute("rpc.system", ORPC_NAME);
						span?.setAttribute("rpc.method", match.path.join("."));
						step = "decode_input";
						let input = await runWithSpan({ name: "decode_input" }, () => this.codec.decode(request2, match.params, match.procedure));
						step = void 0;
						if (isAsyncIteratorObject(input)) input = asyncIteratorWithSpan({
							name: "consume_event_iterator_input",
							signal: request2.signal
						}, input);
						const client = createProcedureClient(match.procedure, {
							context,
							path: match.path,
							interceptors: this.clientInterceptors
						});
						step = "call_procedure";
						const output = await client(input, {
							signal: request2.signal,
							lastEventId: flattenHeader(request2.headers["last-event-id"])
						});
						step = void 0;
						return {
							matched: true,
							response: this.codec.encode(output, match.procedure)
						};
					});
				} catch (e) {
					if (step !== "call_procedure") setSpanError(span, e);
					const error = step === "decode_input" && !(e instanceof ORPCError) ? new ORPCError("BAD_REQUEST", {
						message: `Malformed request. Ensure the request body is properly formatted and the 'Content-Type' header is set correctly.`,
						cause: e
					}) : toORPCError(e);
					return {
						matched: true,
						response: this.codec.encodeError(error)
					};
				}
			});
		});
	}
};
var StandardRPCCodec = class {
	constructor(serializer) {
		this.serializer = serializer;
	}
	async decode(request, _params, _procedure) {
		const serialized = request.method === "GET" ? parseEmptyableJSON(request.url.searchParams.getAll("data").at(-1)) : await request.body();
		return this.serializer.deserialize(serialized);
	}
	encode(output, _procedure) {
		if (output instanceof ReadableStream) return {
			status: 200,
			headers: {},
			body: output
		};
		return {
			status: 200,
			headers: {},
			body: this.serializer.serialize(output)
		};
	}
	encodeError(error) {
		return {
			status: error.status,
			headers: {},
			body: this.serializer.serialize(error.toJSON())
		};
	}
};
var StandardRPCMatcher = class {
	filter;
	tree = new NullProtoObj();
	pendingRouters = [];
	constructor(options = {}) {
		this.filter = options.filter ?? true;
	}
	init(router, path = []) {
		const laziedOptions = traverseContractProcedures({
			router,
			path
		}, (traverseOptions) => {
			if (!value$1(this.filter, traverseOptions)) return;
			const { path: path2, contract } = traverseOptions;
			const httpPath = toHttpPath(path2);
			if (isProcedure(contract)) this.tree[httpPath] = {
				path: path2,
				contract,
				procedure: contract,
				router
			};
			else this.tree[httpPath] = {
				path: path2,
				contract,
				procedure: void 0,
				router
			};
		});
		this.pendingRouters.push(...laziedOptions.map((option) => ({
			...option,
			httpPathPrefix: toHttpPath(option.path)
		})));
	}
	async match(_method, pathname) {
		while (true) {
			const pendingRouter = this.pendingRouters.find((pendingRouter2) => pathname.startsWith(pendingRouter2.httpPathPrefix));
			if (!pendingRouter) break;
			pendingRouter.initPromise ??= unlazy(pendingRouter.router).then(({ default: router }) => {
				this.init(router, pendingRouter.path);
				this.pendingRouters.splice(this.pendingRouters.indexOf(pendingRouter), 1);
			}).catch((error) => {
				pendingRouter.initPromise = void 0;
				throw error;
			});
			await pendingRouter.initPromise;
		}
		const match = this.tree[pathname];
		if (!match) return;
		if (!match.procedure) {
			const { default: maybeProcedure } = await unlazy(getRouter(match.router, match.path));
			if (!isProcedure(maybeProcedure)) throw new Error(`
          [Contract-First] Missing or invalid implementation for procedure at path: ${toHttpPath(match.path)}.
          Ensure that the procedure is correctly defined and matches the expected contract.
        `);
			match.procedure = createContractedProcedure(maybeProcedure, match.contract);
		}
		return {
			path: match.path,
			procedure: match.procedure
		};
	}
};
var StandardRPCHandler = class extends StandardHandler {
	constructor(router, options = {}) {
		const serializer = new StandardRPCSerializer(new StandardRPCJsonSerializer(options));
		const matcher = new StandardRPCMatcher(options);
		const codec = new StandardRPCCodec(serializer);
		super(router, matcher, codec, options);
	}
};
// node_modules/@orpc/server/dist/index.mjs
var DEFAULT_CONFIG = {
	initialInputValidationIndex: 0,
	initialOutputValidationIndex: 0,
	dedupeLeadingMiddlewares: true
};
function fallbackConfig(key, value) {
	if (value === void 0) return DEFAULT_CONFIG[key];
	return value;
}
function decorateMiddleware(middleware) {
	const decorated = ((...args) => middleware(...args));
	decorated.mapInput = (mapInput) => {
		return decorateMiddleware((options, input, ...rest) => middleware(options, mapInput(input), ...rest));
	};
	decorated.concat = (concatMiddleware, mapInput) => {
		const mapped = mapInput ? decorateMiddleware(concatMiddleware).mapInput(mapInput) : concatMiddleware;
		return decorateMiddleware((options, input, output, ...rest) => {
			return middleware({
				...options,
				next: (...[nextOptions1]) => mapped({
					...options,
					context: {
						...options.context,
						...nextOptions1?.context
					},
					next: (...[nextOptions2]) => options.next({ context: {
						...nextOptions1?.context,
						...nextOptions2?.context
					} })
				}, input, output, ...rest)
			}, input, output, ...rest);
		});
	};
	return decorated;
}
function createActionableClient(client) {
	const action = async (input) => {
		try {
			return [null, await client(input)];
		} catch (error) {
			if (error instanceof Error && "digest" in error && typeof error.digest === "string" && error.digest.startsWith("NEXT_")) throw error;
			if (error instanceof Response && "options" in error && isObject(error.options) || isObject(error) && error.isNotFound === true) throw error;
			return [toORPCError(error).toJSON(), void 0];
		}
	};
	return action;
}
var DecoratedProcedure = class DecoratedProcedure extends Procedure {
	/**
	* Adds type-safe custom errors.
	* The provided errors are spared-merged with any existing errors.
	*
	* @see {@link https://orpc.dev/docs/error-handling#type%E2%80%90safe-error-handling Type-Safe Error Handling Docs}
	*/
	errors(errors) {
		return new DecoratedProcedure({
			...this["~orpc"],
			errorMap: mergeErrorMap(this["~orpc"].errorMap, errors)
		});
	}
	/**
	* Sets or updates the metadata.
	* The provided metadata is spared-merged with any existing metadata.
	*
	* @see {@link https://orpc.dev/docs/metadata Metadata Docs}
	*/
	meta(meta) {
		return new DecoratedProcedure({
			...this["~orpc"],
			meta: mergeMeta(this["~orpc"].meta, meta)
		});
	}
	/**
	* Sets or updates the route definition.
	* The provided route is spared-merged with any existing route.
	* This option is typically relevant when integrating with OpenAPI.
	*
	* @see {@link https://orpc.dev/docs/openapi/routing OpenAPI Routing Docs}
	* @see {@link https://orpc.dev/docs/openapi/input-output-structure OpenAPI Input/Output Structure Docs}
	*/
	route(route) {
		return new DecoratedProcedure({
			...this["~orpc"],
			route: mergeRoute(this["~orpc"].route, route)
		});
	}
	use(middleware, mapInput) {
		const mapped = mapInput ? decorateMiddleware(middleware).mapInput(mapInput) : middleware;
		return new DecoratedProcedure({
			...this["~orpc"],
			middlewares: addMiddleware(this["~orpc"].middlewares, mapped)
		});
	}
	/**
	* Make this procedure callable (works like a function while still being a procedure).
	*
	* @see {@link https://orpc.dev/docs/client/server-side Server-side Client Docs}
	*/
	callable(...rest) {
		const client = createProcedureClient(this, ...rest);
		return new Proxy(client, {
			get: (target, key) => {
				return Reflect.has(this, key) ? Reflect.get(this, key) : Reflect.get(target, key);
			},
			has: (target, key) => {
				return Reflect.has(this, key) || Reflect.has(target, key);
			}
		});
	}
	/**
	* Make this procedure compatible with server action.
	*
	* @see {@link https://orpc.dev/docs/server-action Server Action Docs}
	*/
	actionable(...rest) {
		const action = createActionableClient(createProcedureClient(this, ...rest));
		return new Proxy(action, {
			get: (target, key) => {
				return Reflect.has(this, key) ? Reflect.get(this, key) : Reflect.get(target, key);
			},
			has: (target, key) => {
				return Reflect.has(this, key) || Reflect.has(target, key);
			}
		});
	}
};
var Builder = class Builder {
	/**
	* This property holds the defined options.
	*/
	"~orpc";
	constructor(def) {
		this["~orpc"] = def;
	}
	/**
	* Sets or overrides the config.
	*
	* @see {@link https://orpc.dev/docs/client/server-side#middlewares-order Middlewares Order Docs}
	* @see {@link https://orpc.dev/docs/best-practices/dedupe-middleware#configuration Dedupe Middleware Docs}
	*/
	$config(config) {
		const inputValidationCount = this["~orpc"].inputValidationIndex - fallbackConfig("initialInputValidationIndex", this["~orpc"].config.initialInputValidationIndex);
		const outputValidationCount = this["~orpc"].outputValidationIndex - fallbackConfig("initialOutputValidationIndex", this["~orpc"].config.initialOutputValidationIndex);
		return new Builder({
			...this["~orpc"],
			config,
			dedupeLeadingMiddlewares: fallbackConfig("dedupeLeadingMiddlewares", config.dedupeLeadingMiddlewares),
			inputValidationIndex: fallbackConfig("initialInputValidationIndex", config.initialInputValidationIndex) + inputValidationCount,
			outputValidationIndex: fallbackConfig("initialOutputValidationIndex", config.initialOutputValidationIndex) + outputValidationCount
		});
	}
	/**
	* Set or override the initial context.
	*
	* @see {@link https://orpc.dev/docs/context Context Docs}
	*/
	$context() {
		return new Builder({
			...this["~orpc"],
			middlewares: [],
			inputValidationIndex: fallbackConfig("initialInputValidationIndex", this["~orpc"].config.initialInputValidationIndex),
			outputValidationIndex: fallbackConfig("initialOutputValidationIndex", this["~orpc"].config.initialOutputValidationIndex)
		});
	}
	/**
	* Sets or overrides the initial meta.
	*
	* @see {@link https://orpc.dev/docs/metadata Metadata Docs}
	*/
	$meta(initialMeta) {
		return new Builder({
			...this["~orpc"],
			meta: initialMeta
		});
	}
	/**
	* Sets or overrides the initial route.
	* This option is typically relevant when integrating with OpenAPI.
	*
	* @see {@link https://orpc.dev/docs/openapi/routing OpenAPI Routing Docs}
	* @see {@link https://orpc.dev/docs/openapi/input-output-structure OpenAPI Input/Output Structure Docs}
	*/
	$route(initialRoute) {
		return new Builder({
			...this["~orpc"],
			route: initialRoute
		});
	}
	/**
	* Sets or overrides the initial input schema.
	*
	* @see {@link https://orpc.dev/docs/procedure#initial-configuration Initial Procedure Configuration Docs}
	*/
	$input(initialInputSchema) {
		return new Builder({
			...this["~orpc"],
			inputSchema: initialInputSchema
		});
	}
	/**
	* Creates a middleware.
	*
	* @see {@link https://orpc.dev/docs/middleware Middleware Docs}
	*/
	middleware(middleware) {
		return decorateMiddleware(middleware);
	}
	/**
	* Adds type-safe custom errors.
	* The provided errors are spared-merged with any existing errors.
	*
	* @see {@link https://orpc.dev/docs/error-handling#type%E2%80%90safe-error-handling Type-Safe Error Handling Docs}
	*/
	errors(errors) {
		return new Builder({
			...this["~orpc"],
			errorMap: mergeErrorMap(this["~orpc"].errorMap, errors)
		});
	}
	use(middleware, mapInput) {
		const mapped = mapInput ? decorateMiddleware(middleware).mapInput(mapInput) : middleware;
		return new Builder({
			...this["~orpc"],
			middlewares: addMiddleware(this["~orpc"].middlewares, mapped)
		});
	}
	/**
	* Sets or updates the metadata.
	* The provided metadata is spared-merged with any existing metadata.
	*
	* @see {@link https://orpc.dev/docs/metadata Metadata Docs}
	*/
	meta(meta) {
		return new Builder({
			...this["~orpc"],
			meta: mergeMeta(this["~orpc"].meta, meta)
		});
	}
	/**
	* Sets or updates the route definition.
	* The provided route is spared-merged with any existing route.
	* This option is typically relevant when integrating with OpenAPI.
	*
	* @see {@link https://orpc.dev/docs/openapi/routing OpenAPI Routing Docs}
	* @see {@link https://orpc.dev/docs/openapi/input-output-structure OpenAPI Input/Output Structure Docs}
	*/
	route(route) {
		return new Builder({
			...this["~orpc"],
			route: mergeRoute(this["~orpc"].route, route)
		});
	}
	/**
	* Defines the input validation schema.
	*
	* @see {@link https://orpc.dev/docs/procedure#input-output-validation Input Validation Docs}
	*/
	input(schema) {
		return new Builder({
			...this["~orpc"],
			inputSchema: schema,
			inputValidationIndex: fallbackConfig("initialInputValidationIndex", this["~orpc"].config.initialInputValidationIndex) + this["~orpc"].middlewares.length
		});
	}
	/**
	* Defines the output validation schema.
	*
	* @see {@link https://orpc.dev/docs/procedure#input-output-validation Output Validation Docs}
	*/
	output(schema) {
		return new Builder({
			...this["~orpc"],
			outputSchema: schema,
			outputValidationIndex: fallbackConfig("initialOutputValidationIndex", this["~orpc"].config.initialOutputValidationIndex) + this["~orpc"].middlewares.length
		});
	}
	/**
	* Defines the handler of the procedure.
	*
	* @see {@link https://orpc.dev/docs/procedure Procedure Docs}
	*/
	handler(handler) {
		return new DecoratedProcedure({
			...this["~orpc"],
			handler
		});
	}
	/**
	* Prefixes all procedures in the router.
	* The provided prefix is post-appended to any existing router prefix.
	*
	* @note This option does not affect procedures that do not define a path in their route definition.
	*
	* @see {@link https://orpc.dev/docs/openapi/routing#route-prefixes OpenAPI Route Prefixes Docs}
	*/
	prefix(prefix) {
		return new Builder({
			...this["~orpc"],
			prefix: mergePrefix(this["~orpc"].prefix, prefix)
		});
	}
	/**
	* Adds tags to all procedures in the router.
	* This helpful when you want to group procedures together in the OpenAPI specification.
	*
	* @see {@link https://orpc.dev/docs/openapi/openapi-specification#operation-metadata OpenAPI Operation Metadata Docs}
	*/
	tag(...tags) {
		return new Builder({
			...this["~orpc"],
			tags: mergeTags(this["~orpc"].tags, tags)
		});
	}
	/**
	* Applies all of the previously defined options to the specified router.
	*
	* @see {@link https://orpc.dev/docs/router#extending-router Extending Router Docs}
	*/
	router(router) {
		return enhanceRouter(router, this["~orpc"]);
	}
	/**
	* Create a lazy router
	* And applies all of the previously defined options to the specified router.
	*
	* @see {@link https://orpc.dev/docs/router#extending-router Extending Router Docs}
	*/
	lazy(loader) {
		return enhanceRouter(lazy(loader), this["~orpc"]);
	}
};
new Builder({
	config: {},
	route: {},
	meta: {},
	errorMap: {},
	inputValidationIndex: fallbackConfig("initialInputValidationIndex"),
	outputValidationIndex: fallbackConfig("initialOutputValidationIndex"),
	middlewares: [],
	dedupeLeadingMiddlewares: true
});
function implementerInternal(contract, config, middlewares) {
	if (isContractProcedure(contract)) return new Builder({
		...contract["~orpc"],
		config,
		middlewares,
		inputValidationIndex: fallbackConfig("initialInputValidationIndex", config?.initialInputValidationIndex) + middlewares.length,
		outputValidationIndex: fallbackConfig("initialOutputValidationIndex", config?.initialOutputValidationIndex) + middlewares.length,
		dedupeLeadingMiddlewares: fallbackConfig("dedupeLeadingMiddlewares", config.dedupeLeadingMiddlewares)
	});
	return new Proxy(contract, { get: (target, key) => {
		if (typeof key !== "string") return Reflect.get(target, key);
		let method;
		if (key === "middleware") method = (mid) => decorateMiddleware(mid);
		else if (key === "use") method = (mid) => {
			return implementerInternal(contract, config, addMiddleware(middlewares, mid));
		};
		else if (key === "router") method = (router) => {
			return setHiddenRouterContract(enhanceRouter(router, {
				middlewares,
				errorMap: {},
				prefix: void 0,
				tags: void 0,
				dedupeLeadingMiddlewares: fallbackConfig("dedupeLeadingMiddlewares", config.dedupeLeadingMiddlewares)
			}), contract);
		};
		else if (key === "lazy") method = (loader) => {
			return setHiddenRouterContract(enhanceRouter(lazy(loader), {
				middlewares,
				errorMap: {},
				prefix: void 0,
				tags: void 0,
				dedupeLeadingMiddlewares: fallbackConfig("dedupeLeadingMiddlewares", config.dedupeLeadingMiddlewares)
			}), contract);
		};
		const next = getContractRouter(target, [key]);
		if (!next) return method ?? next;
		const nextImpl = implementerInternal(next, config, middlewares);
		if (method) return new Proxy(method, { get(_, key2) {
			return Reflect.get(nextImpl, key2);
		} });
		return nextImpl;
	} });
}
function implement(contract, config = {}) {
	const implInternal = implementerInternal(contract, config, []);
	const impl = new Proxy(implInternal, { get: (target, key) => {
		let method;
		if (key === "$context") method = () => impl;
		else if (key === "$config") method = (config2) => implement(contract, config2);
		const next = Reflect.get(target, key);
		if (!method || !next || typeof next !== "function" && typeof next !== "object") return method || next;
		return new Proxy(method, { get(_, key2) {
			return Reflect.get(next, key2);
		} });
	} });
	return impl;
}
// server/contract/cookies-contract.ts
var place = object({
	name: bytesText,
	domain: string().max(1024),
	path: string().max(4096)
});
var cookie = place.extend({
	value: bytesText,
	/** Sent to this host only, not to its subdomains. */
	hostOnly: boolean(),
	/** Unix time in ms; null: when the folder is closed. */
	expiresAt: number().nullable(),
	secure: boolean(),
	httpOnly: boolean(),
	sameSite: _enum([
		"strict",
		"lax",
		"none"
	]).nullable()
});
/** The jar as one request sees it. */
var cookieList = object({
	/** Grows with each change of the jar. */
	rev: number().int(),
	/** First the cookies that are sent, in that order. `withheld`: why a cookie is not sent; null if it is. */
	cookies: array(cookie.extend({ withheld: message.nullable() })),
	/** The value of the request's Cookie header; null if no cookie is sent. */
	header: bytesText.nullable()
});
var failures$10 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var cookiesContract = {
	/** For a request to `target`; `host` is the value of its Host header, null for the script origin's own. */
	list: oc.input(object({
		target: string().max(65536),
		host: string().max(1024).nullable()
	})).output(cookieList),
	/** Adds a cookie; if `replaces` is set, in place of that one. */
	set: oc.errors(failures$10).input(object({
		cookie,
		replaces: place.nullable()
	})).output(_null()),
	remove: oc.input(place).output(_null()),
	clear: oc.output(_null())
};
// server/contract/encodings-contract.ts
var failures$9 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var count$1 = number().int().nonnegative();
var line$1 = number().int().positive();
/** "mixed": one file has valid UTF-8 sequences and other bytes above 0x7F. */
var detectedEncoding = _enum([
	"ascii",
	"mixed",
	...fileEncoding.options
]);
/** A charset that a file names. `by`: a header that the script prints, a meta element, or the source about itself. */
var declaration = object({
	/** As the file writes it. */
	charset: string(),
	encoding: fileEncoding,
	by: _enum([
		"header",
		"meta",
		"source"
	]),
	line: line$1
});
/** A part of a line: text in ASCII, or the bytes of one character. */
var linePart = discriminatedUnion("kind", [object({
	kind: literal("text"),
	text: string()
}), object({
	kind: literal("bytes"),
	hex: string(),
	/** A valid UTF-8 sequence. */ utf8: boolean()
})]);
/** In the order in which they decide. */
var verdict = _enum([
	"mixed",
	"contradicts",
	"bom",
	"undeclared",
	"agrees"
]);
var encodedFile = object({
	path: workspacePath,
	detected: detectedEncoding,
	bom: boolean(),
	/** The declaration that contradicts, else the first one; null: none. */
	declared: declaration.nullable(),
	/** The first line with a byte above 0x7F, cut around that byte; null: the file is ASCII. */
	first: object({
		line: line$1,
		parts: array(linePart)
	}).nullable(),
	verdict,
	/** Whether a conversion to UTF-8 would change the file and lose nothing. */
	convertible: boolean()
});
var encodingReport = object({
	files: array(encodedFile),
	/** Files that are no text. */
	binary: count$1,
	/** Files that were not examined: too large, or not readable. */
	skipped: count$1,
	/** Which bound ended the examination; null: every file was examined. */
	bound: _enum([
		"files",
		"bytes",
		"time"
	]).nullable(),
	maxFiles: count$1,
	maxBytes: count$1,
	maxFileBytes: count$1,
	maxMs: count$1
});
/** What a conversion changes in one file. */
var conversion = object({
	path: workspacePath,
	/** SHA-256 of the bytes, hex. */
	hash: string(),
	from: fileEncoding,
	/** A byte order mark is removed. */
	mark: boolean(),
	/** Each character that gets other bytes, the most frequent first. */
	characters: array(object({
		character: string(),
		before: string(),
		after: string(),
		count: line$1
	})),
	/** How many further characters there are. */
	more: count$1,
	/** Declarations that will name UTF-8: the line before and after. */
	declarations: array(object({
		line: line$1,
		before: string(),
		after: string()
	}))
});
/** A file that stays as it is, and why. */
var leftOut = object({
	path: workspacePath,
	why: message
});
var paths = array(workspacePath).max(maxExaminedFiles);
var encodingsContract = {
	/** Examines the folder's text files, within bounds. */
	scan: oc.errors(failures$9).output(encodingReport),
	/**
	* What a conversion to UTF-8 would change; nothing is written. `encoding`: what the user reads the file as; null: it
	* is detected.
	*/
	preview: oc.errors(failures$9).input(object({ files: array(object({
		path: workspacePath,
		encoding: fileEncoding.nullable()
	})).max(maxExaminedFiles) })).output(object({
		files: array(conversion),
		left: array(leftOut)
	})),
	/** Converts files to UTF-8 that still have the hash of the preview. `token` undoes it; null: no file was converted. */
	convert: oc.errors(failures$9).input(object({ files: array(conversion.pick({
		path: true,
		hash: true,
		from: true
	})).max(maxExaminedFiles) })).output(object({
		token: uuid().nullable(),
		converted: paths,
		left: array(leftOut)
	})),
	/** Restores the bytes of all files that are as the conversion left them. */
	undo: oc.errors(failures$9).input(object({ token: uuid() })).output(object({
		restored: paths,
		left: array(leftOut)
	}))
};
// server/contract/saved-forms.ts
var savedForms = [
	"capsule",
	"har",
	"html"
];
// server/contract/exchange-contract.ts
var failures$8 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var traceId$1 = string().max(64);
var exchangeContract = {
	/** The names of the secrets that are in a trace. */
	secrets: oc.errors(failures$8).input(object({ id: traceId$1 })).output(array(string())),
	/** The text of the file. */
	export: oc.errors(failures$8).input(object({
		id: traceId$1,
		form: _enum(savedForms),
		isMasked: boolean()
	})).output(string()),
	/** Takes in the traces of a file; `name` is for messages. Answers with their ids, in the order of the file. */
	import: oc.errors(failures$8).input(object({
		name: string().max(1024),
		text: string().max(maxExchangedText)
	})).output(array(string()))
};
// server/contract/files-contract.ts
var failures$7 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var text$1 = string().max(maxFileText);
/** The text of a script as a trace ran it, without its byte order mark; or why it is not shown as text. */
var fileVersion = discriminatedUnion("kind", [object({
	kind: literal("text"),
	text: string(),
	bom: boolean()
}), object({
	kind: literal("binary"),
	sizeBytes: number().int(),
	why: string()
})]);
var filesContract = {
	/** `since`: the version of the list that the caller has; null: none. */
	list: oc.errors(failures$7).input(object({ since: string().max(100).nullable() })).output(fileListChange),
	/** Bytes of a file from an offset, fewer where it ends. For files that are no text. */
	range: oc.errors(failures$7).input(object({
		path: workspacePath,
		from: number().int().nonnegative(),
		length: number().int().min(0).max(maxRangeBytes)
	})).output(object({ base64: string() })),
	/** `encoding`: what its bytes are to be read as; null: it is detected. A file with a NUL is text in UTF-16 alone. */
	read: oc.errors(failures$7).input(object({
		path: workspacePath,
		encoding: fileEncoding.nullable().default(null)
	})).output(fileContent),
	/**
	* Writes atomically and keeps the mode, only if the file still has `expectedHash` (null: the file must not exist).
	* `readAs`: what the text was decoded with; null: it is new. Lines that are the same in the file keep their bytes if
	* `encoding` is the same. `lineEnds` "kept": they keep their line ends, too. Problems: "not-in-encoding",
	* "undecodable-line", "read-only-encoding".
	*/
	write: oc.errors(failures$7).input(object({
		path: workspacePath,
		text: text$1,
		encoding: fileEncoding.default("utf-8"),
		bom: boolean(),
		readAs: fileEncoding.nullable().default(null),
		lineEnds: _enum(["kept", "of-text"]).default("of-text"),
		expectedHash: string().nullable()
	})).output(saved),
	/**
	* Creates a file with its whole text and its mode, and missing folders above it. Problem "exists" if the name is
	* taken.
	*/
	create: oc.errors(failures$7).input(object({
		path: workspacePath,
		text: text$1,
		executable: boolean()
	})).output(_null()),
	/** Creates a folder, and missing folders above it. Problem "exists" if the name is taken. */
	createFolder: oc.errors(failures$7).input(object({ path: workspacePath })).output(_null()),
	/** Renames or moves a file or folder; of a link, the link itself. Problem "exists" if the new name is taken. */
	move: oc.errors(failures$7).input(object({
		from: workspacePath,
		to: workspacePath
	})).output(_null()),
	/**
	* Removes a file or folder; `token` restores it. Problem "too-large-to-keep" if it is too large for that, unless
	* `forGood`.
	*/
	remove: oc.errors(failures$7).input(object({
		path: workspacePath,
		forGood: boolean()
	})).output(object({ token: string().nullable() })),
	/** Restores what was removed, with its bytes, mode and path. Problem "exists" if that path is taken now. */
	restore: oc.errors(failures$7).input(object({ token: uuid() })).output(object({ path: workspacePath })),
	/** Sets the execute bit of everyone who has the read bit, or clears all execute bits. */
	setExecutable: oc.errors(failures$7).input(object({
		path: workspacePath,
		executable: boolean()
	})).output(_null()),
	/**
	* A script as a trace ran it, by the trace's `scriptHash`. The newest versions are kept, up to
	* `maxScriptVersionsBytes`.
	*/
	version: oc.errors(failures$7).input(object({ hash: string().regex(/^[0-9a-f]{64}$/) })).output(fileVersion)
};
// server/contract/measure-contract.ts
/** One mode of a measurement. */
var measuredMode = object({
	mode,
	/** Null: it was not measured, and `problem` says why. */
	figures: benchReport.shape.modes.element.nullable(),
	/** Compared with CGI; null: nothing to compare. */
	leaks: leaksReport.nullable(),
	problem: problem.nullable()
});
var measurement = object({
	path: workspacePath,
	target: string(),
	measuredAt: datetime({ precision: 3 }),
	/** SHA-256 of the script that was measured, hex. */
	scriptHash: string().nullable(),
	/** Processors of the machine. */
	cores: number().int().positive(),
	connections: number().int().positive(),
	/** Of each mode, all rounds together. */
	seconds: number(),
	modes: array(measuredMode),
	/** Which mode to choose, in sentences; `mode` null: none is recommended. `isProven`: the difference is real. */
	verdict: object({
		mode: mode.nullable(),
		isProven: boolean(),
		messages: array(message)
	}),
	/** Null: the script's language has no means to find out. */
	startup: startupReport.nullable()
});
/** What is going on. `done`: the part of the work that is over, from 0 to 1. */
var progress$1 = object({
	kind: literal("progress"),
	step: _enum([
		"outputs",
		"startup",
		"rounds"
	]),
	mode: mode.nullable(),
	round: number().int().nullable(),
	rounds: number().int(),
	done: number().min(0).max(1)
});
var failures$6 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var asked = object({
	path: workspacePath,
	/** A GET of it leads to the script. */
	target: string().min(1).max(65536),
	connections: number().int().min(1).max(256),
	seconds: number().min(.1).max(600)
});
var measureContract = {
	/** The last measurement of a script; null: none. `isStale`: the script is another one now. */
	last: oc.errors(failures$6).input(object({ path: workspacePath })).output(object({
		measurement: measurement.nullable(),
		isStale: boolean(),
		cores: number().int().positive()
	})),
	/** One at a time. It belongs to the call: when that is aborted, it ends. Its requests are in no trace list. */
	run: oc.errors(failures$6).input(asked).output(eventIterator(discriminatedUnion("kind", [progress$1, object({
		kind: literal("ended"),
		measurement
	})]))),
	/** Where the script's cold start goes; the script runs a few times. */
	startup: oc.errors(failures$6).input(object({ target: string().min(1).max(65536) })).output(startupReport)
};
// server/contract/preview-contract.ts
var traceId = string().max(64);
var openedPreview = object({
	/**
	* Valid for one navigation within some seconds: it redirects to the true target, which responds with the recording.
	*/
	url: url({ protocol: /^http$/ }),
	/** The recorded responses that the redirects lead to, in order. */
	hops: array(object({
		id: traceId,
		seq: number().int()
	})),
	/**
	* The target of the last redirect, if no request for it was recorded: showing the preview then sends one. Null: none.
	*/
	asksFor: string().nullable(),
	/** The names of the cookies that the browser receives with it. */
	cookiesSet: array(string()),
	/** Cookies that are left out because a newer trace has set them since; `seq` is the number of that trace. */
	cookiesKept: array(object({
		name: string(),
		seq: number().int()
	}))
});
/** One request of a page that moved on: a link, a form, or what a redirect led to. */
var previewStep = object({
	id: traceId,
	seq: number().int(),
	/** Token characters alone. */
	method: string(),
	/** Null: no response yet. */
	status: number().int().nullable()
});
var previewInput = object({
	id: traceId,
	/** Without the headers that forbid framing or cause a download. */
	relaxed: boolean(),
	/** The page's files are answered from their recordings, where there are any, so that showing it sends nothing. */
	quiet: boolean().optional(),
	/** The trace whose form fields are filled in on the page; null: the page as it was. */
	filledBy: traceId.nullable().optional()
});
/** The recorded page that a form was sent from, and how many of its controls the form's body fills in. */
var previewedForm = object({
	id: traceId,
	seq: number().int(),
	fields: number().int()
});
var failures$5 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var previewContract = {
	open: oc.errors(failures$5).input(previewInput).output(openedPreview),
	/** Null: the request holds no form, or the page it came from was not recorded. */
	sentFrom: oc.errors(failures$5).input(object({ id: traceId })).output(previewedForm.nullable()),
	/**
	* The requests that brought the shown page to where it is now, in order: the first navigation with a number above
	* `after`, and what its redirects led to. Empty: the page sent none. `seen` is the `after` of the next call. `byUser`:
	* only from a form or a click on, not from a frame inside the page.
	*/
	moved: oc.input(object({
		after: number().int().min(0),
		byUser: boolean()
	})).output(object({
		steps: array(previewStep),
		seen: number().int()
	}))
};
// server/contract/repair-contract.ts
var failures$4 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var text = string().max(maxFileText);
/** The editor's text if it differs from the file; null: use the file. */
var unsaved = object({
	text,
	bom: boolean(),
	encoding: fileEncoding.default("utf-8")
}).nullable();
/** A fix that would change something here. */
var fixOffer = object({
	id: fixId,
	title: string()
});
var position = int().positive();
/**
* A diagnostic at a place in a script. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive.
*/
var marker = object({
	rule: string(),
	severity,
	title: string(),
	detail: string(),
	line: position,
	column: position,
	endLine: position,
	endColumn: position,
	fixes: array(fixOffer)
});
var change$2 = discriminatedUnion("kind", [object({
	kind: literal("text"),
	path: workspacePath,
	/** Null: the file does not exist yet. */
	before: text.nullable(),
	after: text,
	bomBefore: boolean(),
	bomAfter: boolean(),
	/** If the file gets another one. */
	encoding: object({
		before: fileEncoding,
		after: fileEncoding
	}).optional(),
	/** SHA-256 of the file on disk, hex; null: it does not exist. */
	hash: string().nullable()
}), object({
	kind: literal("mode"),
	path: workspacePath,
	/** Permission bits. */ before: int(),
	after: int()
})]);
var repairContract = {
	/**
	* Checks a script without running it. `unchecked`: why its syntax was not checked, a sentence; `uncheckedWhy`: the
	* same with code and data.
	*/
	check: oc.errors(failures$4).input(object({
		path: workspacePath,
		unsaved
	})).output(object({
		markers: array(marker),
		unchecked: string().nullable(),
		uncheckedWhy: message.nullable()
	})),
	/** The folder's `.htaccess` files, which its list leaves out; `check` says what each of them asks for. */
	htaccess: oc.errors(failures$4).output(object({ paths: array(workspacePath) })),
	/**
	* The fixes for a trace's findings, in the order of the findings, once every rule has run; and the findings' places
	* in the script, valid while the file has `scriptHash`.
	*/
	remedies: oc.errors(failures$4).input(object({ traceId: string() })).output(object({
		path: workspacePath.nullable(),
		scriptHash: string().nullable(),
		/** Of each finding. */
		rules: array(string()),
		offers: array(array(fixOffer)),
		markers: array(marker)
	})),
	/** What a fix would change; nothing is written. Problem "nothing-to-change" if it changes nothing. */
	preview: oc.errors(failures$4).input(object({
		path: workspacePath,
		fix: fixId,
		unsaved
	})).output(object({
		title: string(),
		changes: array(change$2)
	})),
	/**
	* Applies a fix, if every file still has the hash from the preview; `leave`: files whose text the editor changes
	* itself.
	*/
	apply: oc.errors(failures$4).input(object({
		path: workspacePath,
		fix: fixId,
		expected: array(object({
			path: workspacePath,
			hash: string().nullable()
		})),
		leave: array(workspacePath)
	})).output(object({ /** For `undo`. */ token: uuid() })),
	/** Undoes an applied fix, if the files have not changed since. */
	undo: oc.errors(failures$4).input(object({ token: uuid() })).output(object({ paths: array(workspacePath) }))
};
var languageId = _enum([
	"python",
	"perl",
	"shell",
	"php",
	"ruby",
	"node",
	"lua",
	"tcl",
	"c"
]);
var language = object({
	id: languageId,
	title: string(),
	/** The program that runs (or compiles) it: a name for PATH. */
	program: string(),
	/** Absolute path; null if it is not installed. */
	path: string().nullable(),
	version: string().nullable(),
	/** How to install it: a command for this machine's package manager, or an address. */
	get: object({
		command: string().nullable(),
		address: string()
	}),
	/** The template of a new script. */
	template: object({
		text: string(),
		extension: string()
	})
});
/** A request that shows the example. */
var sampleRequest = object({
	title: string(),
	method: string(),
	target: string(),
	headers: array(tuple([string(), string()])),
	body: string()
});
var sample = object({
	id: string(),
	title: string(),
	/** What it teaches, a sentence. */
	teaches: string(),
	/** The script's (or the source's) path below the examples' folder. */
	file: workspacePath,
	language: languageId,
	/** The first one is sent when the user opens the example. */
	requests: array(sampleRequest).min(1)
});
var failures$3 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var folder = string().min(1).max(4096);
/** How a copy differs from the original examples. */
var sampleChanges$1 = object({
	/** Whether the open folder is a copy of the examples. */
	isSamples: boolean(),
	changed: array(workspacePath),
	missing: array(workspacePath),
	/** The scripts have stored something: guestbook entries, sessions. */
	hasData: boolean()
});
var samplesContract = {
	/** Searches for the languages' programs with each call. */
	overview: oc.output(object({
		suggestedFolder: string(),
		languages: array(language),
		samples: array(sample)
	})),
	/**
	* Copies the examples of the installed languages into a new or empty folder; a folder that has a copy already stays
	* unchanged.
	* `notCompiled`: why the C example was not compiled; null if it was, or if there is no compiler.
	*/
	copy: oc.errors(failures$3).input(object({ folder })).output(object({
		root: string(),
		isNew: boolean(),
		notCompiled: string().nullable()
	})),
	/** Creates a folder, and missing folders above it; returns its real path. */
	makeFolder: oc.errors(failures$3).input(object({ folder })).output(object({ root: string() })),
	/** Of the open folder. */
	changes: oc.errors(failures$3).output(sampleChanges$1),
	/**
	* Resets the open folder's examples: restores edited and removed ones, and deletes what the scripts stored. Other
	* files stay.
	*/
	reset: oc.errors(failures$3).output(object({ restored: number().int() })),
	/** Compiles a C source of the open folder into cgi-bin, under its name without the extension. */
	compile: oc.errors(failures$3).input(object({ path: workspacePath })).output(object({ program: workspacePath }))
};
// server/contract/search-contract.ts
var failures$2 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var count = number().int().nonnegative();
var line = number().int().positive();
var textQuery = object({
	kind: literal("text"),
	text: string().min(1).max(maxSearchText),
	matchesCase: boolean(),
	wholeWord: boolean(),
	/** The text is a regular expression in the syntax of RE2, which takes linear time. */
	isRegex: boolean()
});
/** Pairs of hex digits, and `??` for any byte. */
var bytesQuery = object({
	kind: literal("bytes"),
	hex: string().max(2 * maxSearchText).regex(/^(?:[0-9a-f]{2}|\?\?)+$/)
});
var query = discriminatedUnion("kind", [textQuery, bytesQuery]);
/** What the user reads a file as, apart from what is detected. */
var fileAs = object({
	path: workspacePath,
	encoding: fileEncoding.nullable()
});
/** Patterns of paths, separated by commas; an empty text: every file, or none. */
var patterns = string().max(maxSearchText);
var wanted = object({
	query,
	include: patterns,
	exclude: patterns,
	/** Files that the user reads as something else than what is detected. */
	readAs: array(fileAs).max(maxExaminedFiles)
});
/** A line with matches. `text` may be cut around the first one; `marks` are offsets in it, `[from, to)`. */
var foundLine = object({
	line,
	/** Of the first match, in UTF-16 units from 1; `length` likewise. */
	column: line,
	length: count,
	text: string(),
	marks: array(tuple([count, count]))
});
/** Bytes at an offset with those around them, in hex. `line` null: the file is no text. */
var foundBytes = object({
	offset: count,
	length: count,
	line: line.nullable(),
	before: string(),
	match: string(),
	after: string()
});
var foundFile = object({
	path: workspacePath,
	/** What it was read as; null: it is no text. */
	encoding: fileEncoding.nullable(),
	/** Matches, those that are not listed included. */
	matches: count,
	lines: array(foundLine),
	bytes: array(foundBytes)
});
var progress = object({
	/** Files searched so far, and files to search in all. */
	searched: count,
	files: count,
	/** Files without text, which a search for text leaves out. */
	binary: count,
	/** Files that were not searched: too large, or not readable. */
	skipped: count,
	matches: count,
	/** Work so far, ms. */
	ms: number(),
	/** Null: there is more to search. "list": the folder has more files than the list. */
	end: _enum([
		"all",
		"matches",
		"bytes",
		"time",
		"list"
	]).nullable(),
	maxMatches: count,
	maxBytes: count,
	maxFileBytes: count,
	maxMs: count
});
var batch = object({
	found: array(foundFile),
	progress
});
/** A stretch of a changed line. */
var changePart = object({
	kind: _enum([
		"same",
		"removed",
		"added"
	]),
	text: string()
});
var replacement = object({
	path: workspacePath,
	/** SHA-256 of the bytes, hex. */
	hash: string(),
	encoding: fileEncoding,
	matches: count,
	/** The first changed lines, and how many further ones there are. */
	lines: array(object({
		line,
		parts: array(changePart)
	})),
	more: count
});
var change$1 = object({
	query: textQuery,
	/** For a regular expression `$1` is its first group, `$&` the match and `$$` a dollar sign. */
	replacement: string().max(maxSearchText)
});
var searchContract = {
	/** Problem "bad-pattern": the regular expression is not valid, or not supported. */
	begin: oc.errors(failures$2).input(wanted).output(object({ id: uuid() })),
	/** What was found since the last call. Problem "not-found": the search is no longer kept. */
	next: oc.errors(failures$2).input(object({ id: uuid() })).output(batch),
	/** What a replacement would change; nothing is written. */
	preview: oc.errors(failures$2).input(change$1.extend({ files: array(fileAs).max(maxExaminedFiles) })).output(object({
		files: array(replacement),
		left: array(leftOut)
	})),
	/** Replaces in files that still have the hash of the preview. `token` undoes it; null: no file was changed. */
	replace: oc.errors(failures$2).input(change$1.extend({ files: array(replacement.pick({
		path: true,
		hash: true,
		encoding: true
	})).max(maxExaminedFiles) })).output(object({
		token: uuid().nullable(),
		replaced: array(workspacePath),
		matches: count,
		left: array(leftOut)
	})),
	/** Restores the bytes of all files that are as the replacement left them. */
	undo: oc.errors(failures$2).input(object({ token: uuid() })).output(object({
		restored: array(workspacePath),
		left: array(leftOut)
	}))
};
// server/contract/window-contract.ts
/** Names one state of the memory; null: none. Each change makes a new one. */
var revision = string().max(100).nullable();
var key = string().min(1).max(9e3);
var value = string().max(maxWindowMemory);
var windowContract = {
	/** An address that opens another window of this server, once within a minute; null in the desktop app. */
	link: oc.output(object({ url: string().nullable() })),
	/** `known`: the revision that the page has. `entries` null: the memory is at that revision. */
	recall: oc.input(object({ known: revision })).output(object({
		revision,
		entries: record(string(), string()).nullable()
	})),
	/**
	* Values by their keys; null removes one. The response's revision is null if the memory was not at `known`: another
	* window changed it, and this page has not seen how.
	*/
	remember: oc.errors({ NOT_POSSIBLE: { data: problem } }).input(object({
		known: revision,
		changes: record(key, value.nullable())
	})).output(object({ revision }))
};
var workerState = _enum([
	"starting",
	"idle",
	"busy",
	"backing-off",
	"ended"
]);
var worker = object({
	id: string(),
	pid: number().int().nullable(),
	state: workerState,
	/** Requests that this process received. */
	requests: number().int(),
	/** Unix time in ms. */
	startedAt: number().nullable(),
	/** Resident memory; null if the system does not report it. */
	memoryBytes: number().int().nullable(),
	/** How the previous process ended, if by itself; null otherwise. Unix time in ms. */
	lastExit: object({
		at: number(),
		exitCode: number().int().nullable(),
		signal: string().nullable()
	}).nullable(),
	/** While backing off: when it is restarted, Unix time in ms. */
	restartsAt: number().nullable(),
	/** The trace of the request it serves. */
	currentTrace: string().nullable()
});
var applicationState = object({
	/**
	* The script's path in the workspace, or an absolute one; for php-cgi, which runs all scripts, the program's path.
	*/
	script: string(),
	mode,
	/** The command with its arguments. */
	command: array(string()),
	/** Maximum number of processes. */
	count: number().int(),
	/** Requests that wait for a process. */
	queued: number().int(),
	/** Why it failed to start the last time; null after a successful start. */
	problem: string().nullable(),
	workers: array(worker)
});
/** An external application at an address: the results of requests to it, and of the last probe. */
var externalState = object({
	/** As in cgi-workbench.json, a socket's path made absolute. */
	address: string(),
	/**
	* The routes that lead to it, and the handlers as "*.php". `connections`: kept open; null: a new one for each
	* request.
	*/
	routes: array(object({
		path: string(),
		connections: number().int().nullable()
	})),
	/** Since the server was started: requests that ended, that run, and that wait for a connection. */
	requests: number().int(),
	running: number().int(),
	queued: number().int(),
	/**
	* When it last responded (Unix time in ms), whether it spoke FastCGI, and the values it reported; null: never yet.
	*/
	answer: object({
		at: number(),
		spoke: boolean(),
		says: message.nullable()
	}).nullable(),
	/** Why a request to it failed the last time, and how to fix it; null: never. */
	failure: object({
		at: number(),
		why: message,
		trace: string().nullable()
	}).nullable()
});
var workersState = object({
	rev: number().int().nonnegative(),
	generation: string(),
	applications: array(applicationState),
	external: array(externalState)
});
var failures$1 = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
var workersContract = {
	/** Once `rev` is above `since` (−1: at once). */
	next: oc.input(object({
		since: number().int().min(-1),
		generation: string().nullable()
	})).output(workersState),
	/**
	* Replaces worker processes, each after the request it serves. `script` and `worker` (its id): as listed; null: all.
	*/
	restart: oc.errors(failures$1).input(object({
		script: string().min(1).max(4096),
		worker: string().max(100).nullable().default(null)
	})).output(_null()),
	/**
	* Connects to an external application, as listed, and asks for its values; sends no request. The result is in the
	* state.
	*/
	ask: oc.errors(failures$1).input(object({ address: string().min(1).max(4200) })).output(externalState),
	/** Writes into cgi-workbench.json how a script runs; null removes the entry. Comments stay. */
	setMode: oc.errors(failures$1).input(object({
		script: workspacePath,
		mode: mode.nullable()
	})).output(_null()),
	/** The same for the modules that its agent loads before the first request; null removes the entry. The list before. */
	setPreload: oc.errors(failures$1).input(object({
		script: workspacePath,
		modules: array(string().min(1).max(255)).max(200).nullable()
	})).output(object({ before: array(string()).nullable() }))
};
// server/contract/rpc.ts
var failures = {
	NOT_FOUND: { data: problem },
	NOT_POSSIBLE: { data: problem }
};
/** What the window has: the `rev`, and its generation. */
var known = object({
	since: number().int().min(-1),
	generation: string().nullable()
});
// server/rpc/implementer.ts
var os = implement({
	state: {
		/** The state once its `rev` is above `since` (−1: at once). */
		next: oc.input(known).output(workbenchState),
		/** The counts, likewise. */
		counts: oc.input(known).output(workbenchCounts)
	},
	server: {
		/** `port` null: 8080 or the next free one. A number: this port or none. */
		start: oc.errors(failures).input(object({ port: number().int().min(0).max(65535).nullable() })).output(_null()),
		stop: oc.output(_null())
	},
	workspace: {
		/** Opens a folder by its absolute path (or one beginning with `~/`). */
		open: oc.errors(failures).input(object({ path: string().min(1).max(4096) })).output(_null()),
		close: oc.output(_null()),
		/** Trusts the open folder with the settings that the user saw, by their fingerprint. */
		trust: oc.errors(failures).input(object({
			root: string().min(1).max(4096),
			fingerprint: string().length(64)
		})).output(_null()),
		/** Ends the trust in the open folder. */
		endTrust: oc.errors(failures).input(object({ root: string().min(1).max(4096) })).output(_null()),
		/** The folders in `path`, for the folder chooser in a browser; `path` null: the home folder. */
		folders: oc.errors(failures).input(object({ path: string().max(4096).nullable() })).output(object({
			path: string(),
			parent: string().nullable(),
			folders: array(string()),
			truncated: boolean()
		}))
	},
	files: filesContract,
	encodings: encodingsContract,
	search: searchContract,
	requests: requestsContract,
	saved: savedContract,
	cookies: cookiesContract,
	measure: measureContract,
	preview: previewContract,
	doctor: {
		...doctorContract,
		...repairContract
	},
	log: logContract,
	samples: samplesContract,
	metrics: { 
	/** Of one script (named as in rows); null: of all. */
latency: oc.input(object({ file: string().min(1).max(4096).nullable() })).output(latencySummary) },
	traces: tracesContract,
	exchange: exchangeContract,
	window: windowContract,
	workers: workersContract
}).$context();
/** oRPC passes no signal to a call that cannot be aborted. */
var never = new AbortController().signal;
// server/rpc/refusal.ts
/** The same for what comes step by step. */
async function* refusingSteps(steps) {
	try {
		for (;;) {
			const next = await refusing(() => steps.next());
			if (next.done === true) return;
			yield next.value;
		}
	} finally {
		await steps.return(void 0);
	}
}
/** Runs `work`. A `ProblemError` becomes `NOT_POSSIBLE`, or `NOT_FOUND`, with the problem (code, message, fix, data) as its data. */
async function refusing(work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		const { problem } = error;
		throw new ORPCError(problem.code === "not-found" ? "NOT_FOUND" : "NOT_POSSIBLE", {
			defined: true,
			message: problem.message,
			data: problem,
			cause: error
		});
	}
}
// server/rpc/doctor-domain.ts
var doctorDomain = ({ scripts }) => ({
	rules: os.doctor.rules.handler(() => rules.map(ruleInfo)),
	check: os.doctor.check.handler(({ input: { path, unsaved } }) => refusing(() => scripts.check(path, unsaved))),
	htaccess: os.doctor.htaccess.handler(() => refusing(async () => ({ paths: await scripts.htaccessFiles() }))),
	remedies: os.doctor.remedies.handler(({ input }) => refusing(() => scripts.fixesOf(input.traceId))),
	preview: os.doctor.preview.handler(({ input: { path, fix, unsaved } }) => refusing(() => scripts.previewFix(path, fix, unsaved))),
	apply: os.doctor.apply.handler(({ input: { path, fix, expected, leave } }) => refusing(async () => ({ token: await scripts.applyFix(path, fix, expected, leave) }))),
	undo: os.doctor.undo.handler(({ input }) => refusing(async () => ({ paths: await scripts.undoFix(input.token) })))
});
// server/workspace/files/many-files.ts
/** One file after the other. `work` returns why the file stays as it is; null: it was changed. */
async function eachFile(files, work, failed) {
	const left = [];
	for (const file of files) {
		const why = await reasonOf(() => work(file), failed);
		if (why !== null) left.push({
			path: file.path,
			why
		});
	}
	return left;
}
/** Restores what the files had. `changedSince`: a file that is no longer as the change left it stays as it is. */
async function undoAll({ folder, steps }, changedSince, failed) {
	const restored = [];
	return {
		restored,
		left: await eachFile(steps, async (step) => {
			if (!await undoStep(folder, step)) return changedSince;
			restored.push(step.path);
			return null;
		}, failed)
	};
}
async function reasonOf(work, failed) {
	try {
		return await work();
	} catch (error) {
		if (error instanceof ProblemError) return failed(error.problem.message);
		throw error;
	}
}
// server/workspace/encodings/conversions.ts
/** Conversions that can be undone: each keeps the bytes of its files. */
var maxUndos$1 = 5;
var Conversions = class {
	#undos = new UndoLog(maxUndos$1);
	/** What would change; nothing is written. */
	async preview(folder, files) {
		const changes = [];
		return {
			files: changes,
			left: await eachFile(files, async (file) => {
				const { planned } = await planOf(folder, file);
				if (planned.kind === "leave") return planned.why;
				changes.push(planned.change);
				return null;
			}, failed$1)
		};
	}
	/** Files that differ from the preview stay as they are. `token` null: no file was converted. */
	async convert(folder, previewed) {
		const steps = [];
		const left = await eachFile(previewed, async ({ path, hash, from }) => {
			const { planned, bytes } = await planOf(folder, {
				path,
				encoding: from
			});
			if (bytes === null || hashOf$1(bytes) !== hash) return conversionMessage("changed");
			if (planned.kind === "leave") return planned.why;
			const { text, change } = planned;
			const saved = await folder.write(path, {
				text,
				encoding: "utf-8",
				bom: false,
				readAs: change.from,
				lineEnds: "kept",
				expectedHash: change.hash
			});
			if (saved.kind === "conflict") return conversionMessage("changed");
			steps.push({
				kind: "text",
				path,
				bytes,
				leftAs: saved.hash
			});
			return null;
		}, failed$1);
		return {
			token: steps.length === 0 ? null : this.#undos.keep(folder, steps),
			converted: steps.map(({ path }) => path),
			left
		};
	}
	/** Files that have changed since stay as they are. @throws ProblemError "not-found" */
	async undo(token) {
		const undo = this.#undos.get(token);
		if (!undo) throw new ProblemError(conversionProblem("conversion-not-kept"));
		this.#undos.forget(token);
		return undoAll(undo, conversionMessage("changed-since"), failed$1);
	}
};
async function planOf(folder, { path, encoding }) {
	const file = await folder.readBytes(path);
	if (file === null) return {
		planned: {
			kind: "leave",
			why: conversionMessage("gone")
		},
		bytes: null
	};
	return {
		planned: planConversion(path, file.bytes, encoding),
		bytes: file.bytes
	};
}
var failed$1 = (problem) => conversionMessage("failed", { problem });
// server/workspace/encodings/scan-folder.ts
/** A larger file is data rather than a page or a script. */
var scanBounds = {
	maxFiles: maxExaminedFiles,
	maxBytes: 256 << 20,
	maxFileBytes: 4 << 20,
	maxMs: 15e3
};
/** Work without a pause, ms: a request of a script waits no longer for the examination. */
var sliceMs$1 = 8;
/** `signal`: the caller no longer wants the report. @throws ProblemError, or the signal's reason */
async function scanFolder(folder, signal, bounds = scanBounds) {
	const { entries } = await folder.list();
	const report = {
		files: [],
		binary: 0,
		skipped: 0,
		bound: null,
		...bounds
	};
	const began = performance.now();
	let slice = began;
	let bytesRead = 0;
	let examined = 0;
	for (const { path, kind, sizeBytes } of entries) {
		if (kind !== "file") continue;
		signal.throwIfAborted();
		if (examined === bounds.maxFiles) report.bound = "files";
		else if (performance.now() - began > bounds.maxMs) report.bound = "time";
		else if (bytesRead + Math.min(sizeBytes, bounds.maxFileBytes) > bounds.maxBytes) report.bound = "bytes";
		if (report.bound !== null) break;
		examined += 1;
		const bytes = sizeBytes > bounds.maxFileBytes ? null : await readOrNull(folder, path);
		if (bytes === null || bytes.length > bounds.maxFileBytes) {
			report.skipped += 1;
			continue;
		}
		bytesRead += bytes.length;
		const row = examineFile(path, bytes);
		if (row === null) report.binary += 1;
		else report.files.push(row);
		if (performance.now() - slice < sliceMs$1) continue;
		await setImmediate();
		slice = performance.now();
	}
	report.files.sort((a, b) => a.path < b.path ? -1 : 1);
	return report;
}
/** Null: the file is no longer there, or not readable; the report counts it. */
async function readOrNull(folder, path) {
	try {
		return (await folder.readBytes(path))?.bytes ?? null;
	} catch (error) {
		if (error instanceof ProblemError) return null;
		throw error;
	}
}
// server/rpc/encodings-domain.ts
var encodingsDomain = ({ folder }) => {
	const conversions = new Conversions();
	return {
		scan: os.encodings.scan.handler(({ signal = never }) => refusing(() => scanFolder(folder.workspace(), signal))),
		preview: os.encodings.preview.handler(({ input }) => refusing(() => conversions.preview(folder.workspace(), input.files))),
		convert: os.encodings.convert.handler(({ input }) => refusing(() => conversions.convert(folder.workspace(), input.files))),
		undo: os.encodings.undo.handler(({ input }) => refusing(() => conversions.undo(input.token)))
	};
};
// server/rpc/messages.ts
var callMessage = defineProblems({
	"not-on-loopback": {
		message: ({ url }) => `The preview needs a loopback address, but scripts are served at ${url}.`,
		fix: "Open it in a browser."
	},
	"version-not-kept": {
		code: "not-found",
		message: "That version of the script is no longer kept.",
		fix: ({ maxBytes }) => `The workbench keeps the newest versions, up to ${maxBytes >> 20} MiB.`
	},
	"trace-not-kept": {
		code: "not-found",
		message: ({ trace }) => `The trace ${trace} is no longer kept.`,
		fix: "Newer traces replace older ones within the memory budget."
	},
	"request-ended": {
		code: "not-found",
		message: (_) => "This request has already ended."
	},
	"request-runs": {
		message: (_) => "This request has not ended yet.",
		fix: "Wait for its end, or stop it."
	},
	"file-too-large": {
		message: ({ maxMiB }) => `The file would be larger than ${maxMiB} MiB.`,
		fix: "Export the trace with the command line."
	},
	"store-not-settable": {
		message: "The command line decides whether traces are stored.",
		fix: "Start the server without --store, --no-store and --no-traces to use the settings."
	},
	"not-pinned-in-store": {
		message: ({ trace }) => `The stored trace ${trace} cannot be pinned while traces are not stored.`,
		fix: "Turn on “Store traces on disk” in the settings."
	},
	"too-many-pinned": {
		message: ({ maxPinned }) => `${maxPinned} traces are pinned already.`,
		fix: "Unpin one first."
	}
});
// server/rpc/exchange-domain.ts
var exchangeDomain = ({ traces }) => {
	const ended = (id) => {
		const trace = traces.get(id);
		if (!trace) throw new ProblemError(callMessage("trace-not-kept", { trace: id }));
		if (trace.outcome === null) throw new ProblemError(callMessage("request-runs", { trace: id }));
		return toTraceJson(trace);
	};
	return {
		secrets: os.exchange.secrets.handler(({ input }) => refusing(() => [...secretsIn(ended(input.id), new SecretNames())])),
		export: os.exchange.export.handler(({ input: { id, form, isMasked } }) => refusing(() => {
			const { bytes } = exportTrace(ended(id), form, { isMasked });
			if (bytes.length > 25165824) throw new ProblemError(callMessage("file-too-large", { maxMiB: maxExchangedText >> 20 }));
			return bytes.toString("utf8");
		})),
		import: os.exchange.import.handler(({ input: { name, text } }) => refusing(() => readTraces(name, Buffer.from(text)).map((trace) => traces.add(fromTraceJson(trace)).id)))
	};
};
// server/rpc/files-domain.ts
/** Files that are read at once. A page that asks for 256 large files would else get them all into memory. */
var maxReads = 4;
var filesDomain = ({ folder, versions }) => {
	const reads = new AtOnce(maxReads);
	const changes = () => folder.workspace().changes;
	/** A change without a result. */
	const doing = (work) => refusing(async () => {
		await work();
		return null;
	});
	return {
		list: os.files.list.handler(({ input }) => refusing(() => folder.workspace().listChanges(input.since))),
		read: os.files.read.handler(({ input, signal = never }) => refusing(() => reads.run(async () => {
			signal.throwIfAborted();
			return await folder.workspace().read(input.path, input.encoding);
		}))),
		range: os.files.range.handler(({ input }) => refusing(() => reads.run(async () => {
			return { base64: (await folder.workspace().readRange(input.path, input.from, input.length)).toString("base64") };
		}))),
		write: os.files.write.handler(({ input }) => refusing(() => folder.workspace().write(input.path, input))),
		create: os.files.create.handler(({ input }) => doing(() => changes().create(input.path, input))),
		createFolder: os.files.createFolder.handler(({ input }) => doing(() => changes().createFolder(input.path))),
		move: os.files.move.handler(({ input }) => doing(() => changes().move(input.from, input.to))),
		remove: os.files.remove.handler(({ input }) => refusing(async () => ({ token: await changes().remove(input.path, input.forGood) }))),
		restore: os.files.restore.handler(({ input }) => refusing(async () => ({ path: await changes().restore(input.token) }))),
		setExecutable: os.files.setExecutable.handler(({ input }) => doing(() => changes().setExecutable(input.path, input.executable))),
		version: os.files.version.handler(({ input }) => refusing(() => {
			const bytes = versions.get(input.hash);
			if (bytes === null) throw new ProblemError(callMessage("version-not-kept", { maxBytes: maxScriptVersionsBytes }));
			return versionContent(bytes);
		}))
	};
};
// server/rpc/log-domain.ts
var logDomain = ({ log, generation }) => ({ next: os.log.next.handler(async ({ input, signal }) => {
	const since = input.generation === generation ? input.since : 0;
	return {
		generation,
		...await log.next(since, signal ?? never)
	};
}) });
// server/app/measure/messages.ts
var measureProblem = defineProblems({
	"not-trusted": {
		message: (_) => "The folder is not trusted, so its scripts are not measured.",
		fix: "Trust the folder first."
	},
	"already-measuring": {
		message: "Another measurement is running. Two at once would disturb each other.",
		fix: "Wait until it has ended, or cancel it."
	},
	"other-script": {
		message: ({ path, target }) => `${target} does not lead to ${path}.`,
		fix: "Enter a target that leads to this script."
	},
	"measurement-not-kept": {
		message: ({ path, errno }) => `The measurement could not be written: ${path}, ${errno}.`,
		fix: "Check the file's permissions and the room on its disk."
	}
});
/** After the sentence of the benchmark, about modes that it did not compare; or in its place. */
var verdictMessage = defineMessages({
	/** In the words of the benchmark. */
	measured: ({ text }) => text,
	"left-out-leaks": ({ mode, leaks }) => `${mode} was left out: the script leaves ${leaks === 1 ? "something" : `${leaks} things`} behind for its next request. Correct that, then measure again.`,
	"left-out-differs": ({ mode }) => `${mode} was left out: its outputs are not those of CGI.`,
	"left-out-fails": ({ mode }) => `${mode} was left out: requests failed.`,
	"one-mode": ({ mode }) => `Choose ${mode}: in no other mode that was measured does the script work as it does as CGI.`,
	"no-mode": "No mode is recommended: in none of them did the script answer every request."
});
// server/app/measure/scratch.ts
/** The folder is trusted. Scripts that still run when `work` is over are ended. */
async function withScratch({ root, configFile }, options, work) {
	const workbench = await Workbench.create(options);
	try {
		await workbench.folder.open(root, {
			configFile,
			port: 0,
			run: { host: null }
		});
		return await work(workbench);
	} finally {
		await workbench.dispose();
	}
}
// server/app/measure/verdict.ts
function verdictOn(modes) {
	const judged = modes.map((each) => ({
		...each,
		why: whyLeftOut(each)
	}));
	const leftOut = judged.flatMap(({ why }) => why ?? []);
	const fit = judged.flatMap(({ why, figures }) => why === null && figures !== null ? figures : []);
	const [only] = fit;
	if (only === void 0) return {
		mode: null,
		isProven: false,
		messages: [verdictMessage("no-mode"), ...leftOut]
	};
	const compared = verdictOf(fit, false);
	if (compared === null) return {
		mode: only.mode,
		isProven: false,
		messages: [verdictMessage("one-mode", { mode: modeTraits[only.mode].label }), ...leftOut]
	};
	const { mode, isProven, text } = compared;
	return {
		mode,
		isProven,
		messages: [verdictMessage("measured", { text }), ...leftOut]
	};
}
/** Null: the script works in this mode as it does as CGI. */
function whyLeftOut({ mode: name, figures, leaks }) {
	const mode = modeTraits[name].label;
	if (figures === null || figures.errors > 0) return verdictMessage("left-out-fails", { mode });
	if (leaks === null) return null;
	if (leaks.leaks.length > 0) return verdictMessage("left-out-leaks", {
		mode,
		leaks: leaks.leaks.length
	});
	return leaks.alike ? null : verdictMessage("left-out-differs", { mode });
}
// server/app/measure/measure.ts
/** Rounds of each mode: enough to see a spread. */
var rounds = 5;
/** Of the whole work, before the rounds. */
var shares = {
	outputs: .25,
	startup: .1
};
/** @throws ProblemError, or the signal's reason */
async function measure(options) {
	const { folder, asked, startLoad, signal, onProgress } = options;
	const { path, target, connections, seconds } = asked;
	const report = (progress) => onProgress({
		kind: "progress",
		mode: null,
		round: null,
		rounds,
		...progress
	});
	const leaks = await leaksInModes(options, (mode, done) => report({
		step: "outputs",
		mode,
		done: done * shares.outputs
	}));
	return withScratch(folder, { startLoad }, async (workbench) => {
		const route = scriptOf(workbench, asked);
		const modes = usualModes(route);
		const failed = /* @__PURE__ */ new Map();
		for (const mode of modes) await orProblem(tryMode(workbench, mode, target, signal), (problem) => failed.set(mode, problem));
		report({
			step: "startup",
			done: shares.outputs
		});
		const startup = await startupOf(workbench, route, asked, signal);
		const timed = modes.filter((mode) => !failed.has(mode));
		const begun = shares.outputs + shares.startup;
		let turn = 0;
		const bench = timed.length === 0 ? null : await runBench(workbench, {
			target,
			modes: timed,
			connections,
			rate: null,
			rounds,
			signal,
			roundMs: seconds * 1e3 / rounds,
			onRound: (round, mode) => report({
				step: "rounds",
				mode,
				round,
				done: begun + (1 - begun) * turn++ / (rounds * timed.length)
			})
		});
		const measured = modes.map((mode) => {
			const compared = leaks.get(mode) ?? null;
			return {
				mode,
				figures: bench?.modes.find((each) => each.mode === mode) ?? null,
				leaks: compared !== null && "code" in compared ? null : compared,
				problem: failed.get(mode) ?? (compared !== null && "code" in compared ? compared : null)
			};
		});
		return {
			path,
			target,
			connections,
			seconds,
			startup,
			measuredAt: (/* @__PURE__ */ new Date()).toISOString(),
			scriptHash: route.scriptHash,
			cores: availableParallelism(),
			modes: measured,
			verdict: verdictOn(measured)
		};
	});
}
/** @throws ProblemError if the target leads to another script, or to none */
function scriptOf(workbench, { path, target }) {
	const route = scriptAt(workbench, target);
	const file = Buffer.from(toBytes(route.file)).toString();
	if (workbench.folder.workspace().relative(file) !== path) throw new ProblemError(measureProblem("other-script", {
		path,
		target
	}));
	return route;
}
/** Of each mode with an agent: what `leaks` finds, or why it could not. */
async function leaksInModes({ folder, asked, signal }, onMode) {
	const found = /* @__PURE__ */ new Map();
	const reports = await mkdtemp(join(tmpdir(), "cgi-workbench-leaks-"));
	const reportFile = join(reports, "reports");
	try {
		await withScratch(folder, { agentOverrides: { detect: reportFile } }, async (workbench) => {
			const modes = usualModes(scriptOf(workbench, asked)).filter((mode) => modeTraits[mode].usesAgent);
			for (const [index, mode] of modes.entries()) {
				onMode(mode, index / modes.length);
				await writeFile(reportFile, "");
				const options = {
					targets: [asked.target],
					request: plainGet,
					mode,
					reportFile,
					signal
				};
				await orProblem(runLeaks(workbench, options).then((report) => found.set(mode, report)), (problem) => found.set(mode, problem));
				signal.throwIfAborted();
			}
		});
	} finally {
		await rm(reports, {
			recursive: true,
			force: true
		});
	}
	return found;
}
/** Null: it cannot be examined, which is no reason to measure nothing. */
async function startupOf(workbench, route, { target }, signal) {
	if (examinedLanguage(route) === null) return null;
	let report = null;
	await orProblem(runStartup(workbench, route, target, signal).then((found) => {
		report = found;
	}), () => {});
	return report;
}
/** An expected failure of one mode does not end the others. */
async function orProblem(work, onProblem) {
	try {
		await work;
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		onProblem(error.problem);
	}
}
// server/app/measure/measurements.ts
var kept = object({
	version: literal(1),
	scripts: record(string(), measurement)
});
var Measurements = class {
	#parts;
	#isRunning = false;
	constructor(parts) {
		this.#parts = parts;
	}
	/** @throws ProblemError if no folder is open */
	async last(path) {
		const workspace = this.#parts.folder.workspace();
		const found = (await read(fileOf(workspace.root)))[path] ?? null;
		return {
			measurement: found,
			isStale: found !== null && await hashOf(workspace, path) !== found.scriptHash,
			cores: availableParallelism()
		};
	}
	/** @throws ProblemError, or the signal's reason */
	async run(asked, signal, onProgress) {
		return this.#alone(async (folder) => {
			const { startLoad } = this.#parts;
			const made = await measure({
				folder,
				asked,
				startLoad,
				signal,
				onProgress
			});
			await keep(fileOf(folder.root), made);
			return made;
		});
	}
	/** @throws ProblemError, or the signal's reason */
	async startup(target, signal) {
		return this.#alone((folder) => withScratch(folder, {}, (workbench) => runStartup(workbench, scriptAt(workbench, target), target, signal)));
	}
	async #alone(work) {
		const folder = this.#parts.folder.workspace();
		if (!folder.isTrusted) throw new ProblemError(measureProblem("not-trusted", { path: folder.root }));
		if (this.#isRunning) throw new ProblemError(measureProblem("already-measuring"));
		this.#isRunning = true;
		try {
			return await work(folder);
		} finally {
			this.#isRunning = false;
		}
	}
};
var fileOf = (root) => join(userDataPath(), "measurements", `${createHash("sha256").update(root).digest("hex").slice(0, 32)}.json`);
/** Null: the script is gone. */
async function hashOf(folder, path) {
	try {
		return createHash("sha256").update(await readFile(join(folder.root, path))).digest("hex");
	} catch (error) {
		if (errorCode(error) === "") throw error;
		return null;
	}
}
/** Nothing, if there is no file. One that cannot be read is set aside. */
async function read(file) {
	let text;
	try {
		text = await readFile(file, "utf8");
	} catch (error) {
		if (errorCode(error) !== "ENOENT") throw notKept(file, error);
		return {};
	}
	try {
		return kept.parse(JSON.parse(text)).scripts;
	} catch {
		await rename(file, `${file}.unreadable`);
		return {};
	}
}
async function keep(file, made) {
	const scripts = {
		...await read(file),
		[made.path]: made
	};
	await replacePrivateFile(file, JSON.stringify({
		version: 1,
		scripts
	})).catch((error) => {
		throw notKept(file, error);
	});
}
var notKept = (path, error) => new ProblemError(measureProblem("measurement-not-kept", {
	path,
	errno: errorCode(error)
}), { cause: error });
// server/rpc/measure-domain.ts
var measureDomain = (parts) => {
	const measurements = new Measurements(parts);
	return {
		last: os.measure.last.handler(({ input }) => refusing(() => measurements.last(input.path))),
		run: os.measure.run.handler(({ input, signal = never }) => progressOf((onProgress) => measurements.run(input, signal, onProgress))),
		startup: os.measure.startup.handler(({ input, signal = never }) => refusing(() => measurements.startup(input.target, signal)))
	};
};
/** What the work reports, as it comes; a page that is slow gets the newest alone. */
async function* progressOf(work) {
	const waiting = [];
	let wake = () => {};
	let isOver = false;
	const done = refusing(() => work((progress) => {
		waiting.push(progress);
		wake();
	})).finally(() => {
		isOver = true;
		wake();
	});
	done.catch(() => {});
	while (!isOver) {
		const newest = waiting.splice(0).at(-1);
		if (newest !== void 0) yield newest;
		else await new Promise((resolve) => {
			wake = resolve;
		});
	}
	yield {
		kind: "ended",
		measurement: await done
	};
}
// server/rpc/preview-domain.ts
var previewDomain = ({ server, previews }) => ({
	open: os.preview.open.handler(({ input }) => refusing(() => previews.open(input, originOf(server)))),
	sentFrom: os.preview.sentFrom.handler(({ input }) => refusing(() => previews.sentFrom(input, originOf(server)))),
	moved: os.preview.moved.handler(({ input }) => previews.moved(input))
});
function originOf(server) {
	const { url } = server.servingAddress();
	const origin = browsableOrigin(url);
	if (origin === null) throw new ProblemError(callMessage("not-on-loopback", { url }));
	return origin;
}
// server/app/saved/fill-composed.ts
function fillComposed(composed, values) {
	const fill = (text) => substitute(text, (name) => values.get(name) ?? null).text;
	const target = fill(composed.target);
	return {
		...composed,
		target: target === composed.target ? target : targetOf(target) ?? target,
		headers: composed.headers.map(([name, value]) => [name, fill(value)]),
		variables: composed.variables.map(([name, value]) => [name, fill(value)]),
		body: filledBody(composed.body, fill, values)
	};
}
function filledBody(body, fill, values) {
	if (body === null) return null;
	if ("text" in body) return { text: fill(body.text) };
	const bytes = fromBytes(Buffer.from(body.base64, "base64"));
	const { text } = substitute(bytes, (name) => {
		const value = values.get(name);
		return value === void 0 ? null : utf8(value);
	});
	return { base64: Buffer.from(text, "latin1").toString("base64") };
}
// server/rpc/requests-domain.ts
/** As the contract streams it: begun, then ended. */
async function* eventsOf({ id, done }, toEnded) {
	yield {
		kind: "begun",
		id
	};
	yield {
		...toEnded(await refusing(() => done)),
		kind: "ended"
	};
}
var requestsDomain = ({ sender, folder }) => ({
	send: os.requests.send.handler(async ({ input, signal = never }) => {
		const from = input.parent === null ? "composer" : "replay";
		return eventsOf(await refusing(async () => {
			if (input.environment === null) return sender.send(input, from, signal);
			const { values } = await environmentOf(folder.workspace(), input.environment);
			return sender.send(fillComposed(input, values), from, signal);
		}), (sent) => sent);
	}),
	sendRaw: os.requests.sendRaw.handler(async ({ input, signal = never }) => eventsOf(await refusing(() => sender.sendRaw(input, signal)), (ids) => ({ ids: [...ids] })))
});
var cookiesDomain = ({ cookies, server }) => {
	/** The address that it would have, if nothing is served. */
	const ownHost = () => {
		const address = server.address();
		return address ? hostField(address.host, address.port) : "127.0.0.1";
	};
	return {
		list: os.cookies.list.handler(({ input: { target, host } }) => cookies.list({
			target,
			host: host ?? ownHost()
		})),
		set: os.cookies.set.handler(({ input: { cookie, replaces } }) => refusing(async () => {
			await cookies.set(cookie, replaces);
			return null;
		})),
		remove: os.cookies.remove.handler(async ({ input }) => {
			await cookies.remove(input);
			return null;
		}),
		clear: os.cookies.clear.handler(() => {
			cookies.clear();
			return null;
		})
	};
};
// server/samples/messages.ts
var sampleMessage = defineProblems({
	"not-a-folder": {
		message: ({ path }) => `${path} is a file, not a folder.`,
		fix: "Choose another name."
	},
	"folder-not-empty": {
		message: ({ path }) => `${path} is not empty.`,
		fix: "Choose a new folder: the examples never replace other files."
	},
	"no-samples": {
		message: (_) => "The open folder is not a copy of the examples.",
		fix: "Open them first: Try the examples."
	},
	conflict: {
		message: ({ path }) => `Another program is changing ${path}.`,
		fix: "Try again."
	},
	"not-c": {
		message: ({ path }) => `${path} is not a C source file.`,
		fix: "Choose a file whose name ends in .c."
	},
	"no-compiler": {
		message: "There is no C compiler (cc) on this machine.",
		fix: "Install one, then compile again."
	},
	/** `output`: the compiler's messages. */
	"not-compiled": {
		message: ({ path, output }) => `${path} does not compile. ${output}`,
		fix: "Fix it and compile again."
	}
});
// server/samples/compile.ts
var timeoutMs = 3e4;
/** Lines of the compiler's messages that a failure has. */
var maxLines$1 = 6;
/** `source` and `program`: below `root`, where the compiler runs. @throws ProblemError "not-compiled" with the compiler's messages */
function compile(compiler, root, source, program, environment) {
	const env = Object.fromEntries([
		"PATH",
		"HOME",
		"TMPDIR",
		"LANG"
	].flatMap((name) => environment[name] === void 0 ? [] : [[name, environment[name]]]));
	return new Promise((resolve, reject) => {
		const args = [
			"-O2",
			"-Wall",
			"-o",
			`./${program}`,
			`./${source}`
		];
		execFile(compiler, args, {
			cwd: root,
			env,
			timeout: timeoutMs,
			killSignal: "SIGKILL",
			maxBuffer: 1 << 20
		}, (error, _stdout, stderr) => {
			if (!error) return resolve();
			const output = stderr.trim().split("\n").slice(0, maxLines$1).join("\n");
			reject(new ProblemError(sampleMessage("not-compiled", {
				path: source,
				output: output || error.message
			}), { cause: error }));
		});
	});
}
// server/samples/catalogue.ts
var get = (title, target, headers = []) => ({
	title,
	method: "GET",
	target,
	headers,
	body: ""
});
var form = ["Content-Type", "application/x-www-form-urlencoded"];
var post = (title, target, body) => ({
	title,
	method: "POST",
	target,
	headers: [[...form]],
	body
});
var boundary = "example-boundary";
var multipart = [
	`--${boundary}`,
	"Content-Disposition: form-data; name=\"title\"",
	"",
	"Größe zählt",
	`--${boundary}`,
	"Content-Disposition: form-data; name=\"file\"; filename=\"notes.txt\"",
	"Content-Type: text/plain",
	"",
	"A small file.",
	`--${boundary}--`,
	""
].join("\r\n");
/** The address of the first example, in whichever language it is available. */
var sumPath = "/sum";
/** The script behind `sumPath`: the first of these whose language is installed. The shell always is. */
var sumScripts = [
	{
		language: "python",
		file: "cgi-bin/sum.py"
	},
	{
		language: "perl",
		file: "cgi-bin/sum.pl"
	},
	{
		language: "shell",
		file: "cgi-bin/sum.sh"
	}
];
var sumScript = (isHere) => (sumScripts.find(({ language }) => isHere(language)) ?? { file: "cgi-bin/sum.sh" }).file;
var another = (language, title, file, target = `/${file}`) => ({
	id: `sum-${language}`,
	title: `Sum, in ${title}`,
	teaches: "The same in another language: compare the scripts, and how long they take to start.",
	file,
	language,
	requests: [get("1 + 2", `${target}?a=1&b=2`), get("Not a number", `${target}?a=one&b=2`)]
});
/** In the recommended order. */
var samples = [
	{
		id: "sum",
		title: "Sum",
		teaches: "A request becomes an environment, an output becomes a response.",
		file: "cgi-bin/sum.py",
		language: "python",
		requests: [
			get("1 + 2", `${sumPath}?a=1&b=2`),
			get("Not a number", `${sumPath}?a=one&b=2`),
			get("Nothing given", sumPath)
		]
	},
	{
		id: "environment",
		title: "Environment",
		teaches: "Everything a script is told about its request, and why it must be escaped.",
		file: "cgi-bin/environment.sh",
		language: "shell",
		requests: [get("With a path behind the script's name", "/cgi-bin/environment.sh/some/path?name=%3Cb%3EAda%3C%2Fb%3E", [["X-Own", "a header of mine"]]), post("With a body", "/cgi-bin/environment.sh", "on=stdin")]
	},
	{
		id: "guestbook",
		title: "Guestbook",
		teaches: "A form by POST, a redirect, a GET; umlauts on the way; storing text safely.",
		file: "cgi-bin/guestbook.py",
		language: "python",
		requests: [
			get("The page", "/cgi-bin/guestbook.py"),
			post("Sign it, with umlauts", "/cgi-bin/guestbook.py", "name=J%C3%BCrgen&message=Sch%C3%B6ne+Gr%C3%BC%C3%9Fe%21"),
			post("Something is missing", "/cgi-bin/guestbook.py", "name=&message=Hello")
		]
	},
	{
		id: "upload",
		title: "Upload",
		teaches: "A form with a file: multipart/form-data, read without the removed cgi module.",
		file: "cgi-bin/upload.py",
		language: "python",
		requests: [get("The form", "/cgi-bin/upload.py"), {
			title: "A field and a file",
			method: "POST",
			target: "/cgi-bin/upload.py",
			headers: [["Content-Type", `multipart/form-data; boundary=${boundary}`]],
			body: multipart
		}]
	},
	{
		id: "cookies",
		title: "Cookies",
		teaches: "A counter that the client carries: Set-Cookie, and Cookie in the next request.",
		file: "cgi-bin/cookies.php",
		language: "php",
		requests: [get("The first visit", "/cgi-bin/cookies.php"), get("With a cookie", "/cgi-bin/cookies.php", [["Cookie", "visits=41"]])]
	},
	{
		id: "login",
		title: "Login",
		teaches: "A session: a cookie nobody can guess, HttpOnly and SameSite=Lax; a password that is not stored.",
		file: "cgi-bin/login.py",
		language: "python",
		requests: [
			get("Who are you?", "/cgi-bin/login.py"),
			post("Log in", "/cgi-bin/login.py", "name=ada&password=engine&action=in"),
			post("A wrong password", "/cgi-bin/login.py", "name=ada&password=wrong&action=in")
		]
	},
	{
		id: "redirect",
		title: "Redirect",
		teaches: "Four ways to send a client elsewhere, of which it notices three.",
		file: "cgi-bin/redirect.pl",
		language: "perl",
		requests: [
			get("What there is", "/cgi-bin/redirect.pl"),
			get("Inside the server", "/cgi-bin/redirect.pl/local"),
			get("302, made by the server", "/cgi-bin/redirect.pl/client"),
			get("303, by the script", "/cgi-bin/redirect.pl/see-other"),
			get("308, for ever", "/cgi-bin/redirect.pl/permanent")
		]
	},
	{
		id: "slow",
		title: "Slow",
		teaches: "An answer that comes in pieces: every write is a tick in Timing; Stop ends it.",
		file: "cgi-bin/slow.sh",
		language: "shell",
		requests: [get("Three seconds", "/cgi-bin/slow.sh?seconds=3")]
	},
	{
		id: "events",
		title: "Server-sent events",
		teaches: "A response that stays open, and why each event has to be flushed.",
		file: "cgi-bin/events.py",
		language: "python",
		requests: [get("The stream", "/cgi-bin/events.py/stream"), get("A page that listens", "/cgi-bin/events.py")]
	},
	{
		id: "encoding",
		title: "The encoding trap",
		teaches: "The header says UTF-8, the bytes are Latin-1: where “J�rgen” comes from.",
		file: "cgi-bin/encoding.py",
		language: "python",
		requests: [get("The trap", "/cgi-bin/encoding.py"), get("Mended", "/cgi-bin/encoding.py?mended")]
	},
	{
		id: "broken",
		title: "Broken on purpose",
		teaches: "The most common mistake of all, with what the doctor says to it.",
		file: "cgi-bin/broken.pl",
		language: "perl",
		requests: [get("500, and why", "/cgi-bin/broken.pl")]
	},
	{
		id: "image",
		title: "Image",
		teaches: "A body that is no text: a PNG made byte by byte.",
		file: "cgi-bin/image.py",
		language: "python",
		requests: [get("Three waves", "/cgi-bin/image.py?waves=3")]
	},
	{
		id: "counter",
		title: "FastCGI",
		teaches: "A script that stays: one process for all requests, a counter in memory, and every record of it in Records.",
		file: "cgi-bin/counter.fcgi",
		language: "python",
		requests: [get("Count", "/cgi-bin/counter.fcgi"), post("With a body", "/cgi-bin/counter.fcgi", "again=yes")]
	},
	another("perl", "Perl", "cgi-bin/sum.pl"),
	another("shell", "shell", "cgi-bin/sum.sh"),
	another("php", "PHP", "cgi-bin/sum.php"),
	another("ruby", "Ruby", "cgi-bin/sum.rb"),
	another("node", "Node", "cgi-bin/sum.mjs"),
	another("lua", "Lua", "cgi-bin/sum.lua"),
	another("tcl", "Tcl", "cgi-bin/sum.tcl"),
	another("c", "C", "c/sum.c", "/cgi-bin/sum"),
	{
		id: "events-node",
		title: "Server-sent events, in Node",
		teaches: "The same stream, where nothing has to be flushed.",
		file: "cgi-bin/events.mjs",
		language: "node",
		requests: [get("The stream", "/cgi-bin/events.mjs")]
	},
	{
		id: "image-ruby",
		title: "Chart, in Ruby",
		teaches: "An SVG: an image that is text, so it has a charset and everything in it must be escaped.",
		file: "cgi-bin/image.rb",
		language: "ruby",
		requests: [get("A chart", "/cgi-bin/image.rb?values=3,1,4,1,5")]
	}
];
// server/samples/sample-files.ts
/** The folder that marks a copy of the examples; hidden, so it is neither listed nor served. */
var markName = ".cgi-workbench-examples";
/** Where the examples' scripts store data; also hidden. */
var dataFolder = ".data";
/** What the C example is compiled to. */
var compiledSum = {
	source: "c/sum.c",
	program: "cgi-bin/sum"
};
/** The examples with /sum in the first installed language. */
function samplesHere(isHere) {
	const file = sumScript(isHere);
	const language = samples.find((sample) => sample.file === file)?.language ?? "shell";
	return samples.map((sample) => sample.id === "sum" ? {
		...sample,
		file,
		language
	} : sample);
}
/** `folder`: the built examples (`samplesFolder` of built-files.ts). */
async function sampleFiles(folder, isHere) {
	const here = samples.filter(({ language }) => isHere(language));
	const scripts = await Promise.all([...new Set(here.map(({ file }) => file))].map(async (path) => ({
		path,
		bytes: new Uint8Array(await readFile(join(folder, "files", path))),
		executable: !path.endsWith(".c")
	})));
	const page = await readFile(join(folder, "files/index.html"), "utf8");
	const made = (path, text) => ({
		path,
		bytes: new TextEncoder().encode(text),
		executable: false
	});
	return [
		...scripts,
		made("index.html", page.replace("<!-- examples -->", links(here))),
		made(configFileName, configuration(sumScript(isHere)))
	];
}
var links = (here) => here.map(({ title, teaches, requests: [first] }) => `<dt><a href="${escaped(first?.target ?? "/")}">${escaped(title)}</a></dt>\n      <dd>${escaped(teaches)}</dd>`).join("\n      ");
var escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;");
var configuration = (file) => `{
  // Addresses that are not the scripts' own names: a request for ${sumPath} is answered by this script, with SCRIPT_NAME=${sumPath}.
  "routes": [{ "path": "${sumPath}", "file": "${file}" }]
}
`;
// server/samples/copy-samples.ts
/** Creates a folder and missing folders above it, if it does not exist. Returns its real path. @throws ProblemError */
async function makeFolder(path) {
	const folder = absoluteFolder(path);
	try {
		const isNew = await mkdir(folder, { recursive: true }) !== void 0;
		return {
			root: await realpath(folder),
			isNew
		};
	} catch (error) {
		if (errorCode(error) === "EEXIST") throw new ProblemError(sampleMessage("not-a-folder", { path: folder }), { cause: error });
		throw fileProblem(error, folder);
	}
}
/**
* Copies the examples into a new or empty folder. False if it has a copy already, which stays unchanged. @throws
* ProblemError
*/
async function copySamples(root, files) {
	try {
		const names = await readdir(root);
		if (names.includes(".cgi-workbench-examples")) return false;
		if (names.length > 0) throw new ProblemError(sampleMessage("folder-not-empty", { path: root }));
		for (const { path, bytes, executable } of files) {
			const file = join(root, path);
			await mkdir(dirname(file), { recursive: true });
			await writeFile(file, bytes, { flag: "wx" });
			if (executable) await chmod(file, 493);
		}
		await writeFile(join(root, markName), "This folder is a copy of the CGI Workbench's examples: they can be put back as they were.\n", { flag: "wx" });
		return true;
	} catch (error) {
		throw fileProblem(error, root);
	}
}
async function sampleChanges(root, files) {
	if (!await exists(join(root, ".cgi-workbench-examples"))) return {
		isSamples: false,
		changed: [],
		missing: [],
		hasData: false
	};
	const changed = [];
	const missing = [];
	for (const { path, bytes } of files) {
		const now = await hashNow(join(root, path));
		if (now === null) missing.push(path);
		else if (now !== hashOf$1(bytes)) changed.push(path);
	}
	return {
		isSamples: true,
		changed,
		missing,
		hasData: await exists(join(root, dataFolder))
	};
}
/**
* Returns how many files were restored. @throws ProblemError if the folder is not a copy, or a file cannot be written
*/
async function resetSamples(root, files) {
	const { isSamples, changed, missing } = await sampleChanges(root, files);
	if (!isSamples) throw new ProblemError(sampleMessage("no-samples", { path: root }));
	const wrong = /* @__PURE__ */ new Set([...changed, ...missing]);
	const containment = new Containment(root, []);
	for (const { path, bytes, executable } of files) try {
		const place = await resolveNewEntry(root, path, containment);
		if (wrong.has(path) && (await saveFile(place, bytes, await hashNow(place))).kind === "conflict") throw new ProblemError(sampleMessage("conflict", { path }));
		if (executable) await chmod(place, 493);
	} catch (error) {
		throw fileProblem(error, path);
	}
	await rm(join(root, dataFolder), {
		recursive: true,
		force: true
	});
	return wrong.size;
}
/** Null if it does not exist; anything but a regular file counts as different. */
async function hashNow(file) {
	try {
		const read = await readBounded(file, 1 << 20);
		return read.kind === "read" ? hashOf$1(read.bytes) : "larger than any example";
	} catch (error) {
		const code = errorCode(error);
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		if (code === "") throw error;
		return `not to be read: ${code}`;
	}
}
async function exists(path) {
	try {
		await stat(path);
		return true;
	} catch (error) {
		if (errorCode(error) === "ENOENT") return false;
		throw error;
	}
}
// server/samples/languages.ts
var languages = [
	{
		id: "python",
		title: "Python",
		program: "python3",
		extension: ".py",
		packages: {
			"apt-get": "python3",
			dnf: "python3",
			pacman: "python",
			brew: "python"
		},
		address: "https://www.python.org/downloads/"
	},
	{
		id: "perl",
		title: "Perl",
		program: "perl",
		extension: ".pl",
		packages: {
			"apt-get": "perl",
			dnf: "perl",
			pacman: "perl",
			brew: "perl"
		},
		address: "https://www.perl.org/get.html"
	},
	{
		id: "shell",
		title: "Shell",
		program: "sh",
		extension: ".sh",
		packages: {
			"apt-get": "dash",
			dnf: "bash",
			pacman: "bash",
			brew: "dash"
		},
		address: "https://www.gnu.org/software/bash/"
	},
	{
		id: "php",
		title: "PHP",
		program: "php-cgi",
		extension: ".php",
		packages: {
			"apt-get": "php-cgi",
			dnf: "php-cli",
			pacman: "php-cgi",
			brew: "php"
		},
		address: "https://www.php.net/downloads"
	},
	{
		id: "ruby",
		title: "Ruby",
		program: "ruby",
		extension: ".rb",
		packages: {
			"apt-get": "ruby",
			dnf: "ruby",
			pacman: "ruby",
			brew: "ruby"
		},
		address: "https://www.ruby-lang.org/en/downloads/"
	},
	{
		id: "node",
		title: "Node",
		program: "node",
		extension: ".mjs",
		packages: {
			"apt-get": "nodejs",
			dnf: "nodejs",
			pacman: "nodejs",
			brew: "node"
		},
		address: "https://nodejs.org/en/download"
	},
	{
		id: "lua",
		title: "Lua",
		program: "lua",
		extension: ".lua",
		packages: {
			"apt-get": "lua5.4",
			dnf: "lua",
			pacman: "lua",
			brew: "lua"
		},
		address: "https://www.lua.org/download.html"
	},
	{
		id: "tcl",
		title: "Tcl",
		program: "tclsh",
		extension: ".tcl",
		packages: {
			"apt-get": "tcl",
			dnf: "tcl",
			pacman: "tcl",
			brew: "tcl-tk"
		},
		address: "https://www.tcl-lang.org/software/tcltk/"
	},
	{
		id: "c",
		title: "C",
		program: "cc",
		extension: ".c",
		packages: {
			"apt-get": "gcc libc6-dev",
			dnf: "gcc",
			pacman: "gcc",
			brew: "gcc"
		},
		address: "https://gcc.gnu.org/install/"
	}
];
var installing = {
	"apt-get": "sudo apt-get install",
	dnf: "sudo dnf install",
	pacman: "sudo pacman -S",
	brew: "brew install"
};
var managers = [
	"apt-get",
	"dnf",
	"pacman",
	"brew"
];
/** Searches along PATH. `known` caches results by path. */
async function findLanguage({ program }, known, circumstances) {
	const found = findProgram(program, circumstances.environment["PATH"] ?? "");
	if (found === null) return {
		path: null,
		version: null
	};
	const before = known.get(found);
	if (before) return before;
	const path = isShim(found) ? await askForProgram(program, found, circumstances) ?? found : found;
	const answer = {
		path,
		version: await askForVersion(program, path, circumstances)
	};
	known.set(found, answer);
	return answer;
}
/** How to install a language on this machine. */
function howToGet({ packages, address }, searchPath) {
	const manager = managers.find((name) => findProgram(name, searchPath) !== null);
	return {
		command: manager === void 0 ? null : `${installing[manager]} ${packages[manager]}`,
		address
	};
}
// server/samples/samples.ts
var Samples = class {
	#folder;
	#environment;
	#known = /* @__PURE__ */ new Map();
	#finding = null;
	constructor({ folder = samplesFolder(), environment = withoutNpm(process.env) } = {}) {
		this.#folder = folder;
		this.#environment = environment;
	}
	async overview() {
		const found = await this.#find();
		const searchPath = this.#environment["PATH"] ?? "";
		return {
			suggestedFolder: join(homedir(), "cgi-examples"),
			languages: await Promise.all(found.map(async ({ facts, path, version }) => ({
				id: facts.id,
				title: facts.title,
				program: facts.program,
				path,
				version,
				get: howToGet(facts, searchPath),
				template: {
					text: await readFile(join(this.#folder, "templates", `hello${facts.extension}`), "utf8"),
					extension: facts.extension
				}
			}))),
			samples: [...samplesHere(isIn(found))]
		};
	}
	/** @throws ProblemError if the folder has other files or cannot be written */
	async copy(path) {
		const { root } = await makeFolder(path);
		const files = await this.#files();
		const isNew = await copySamples(root, files);
		return {
			root,
			isNew,
			notCompiled: isNew ? await this.#compileSum(root, files) : null
		};
	}
	makeFolder(path) {
		return makeFolder(path);
	}
	async changes(root) {
		return sampleChanges(root, await this.#files());
	}
	/** Returns how many files were restored. @throws ProblemError */
	async reset(root) {
		const files = await this.#files();
		const restored = await resetSamples(root, files);
		await this.#compileSum(root, files);
		return restored;
	}
	/** Compiles `source` (in `root`) into cgi-bin; returns the program's path in `root`. @throws ProblemError */
	async compile(root, source) {
		if (!source.endsWith(".c")) throw new ProblemError(sampleMessage("not-c", { path: source }));
		const program = `cgi-bin/${basename(source, ".c")}`;
		await mkdir(join(root, "cgi-bin"), { recursive: true });
		await compile(await this.#compiler(), root, source, program, this.#environment);
		return program;
	}
	async #compileSum(root, files) {
		if (!files.some(({ path }) => path === compiledSum.source)) return null;
		try {
			await compile(await this.#compiler(), root, compiledSum.source, compiledSum.program, this.#environment);
			return null;
		} catch (error) {
			if (error instanceof ProblemError) return error.message;
			throw error;
		}
	}
	async #compiler() {
		const compiler = (await this.#find()).find(({ facts }) => facts.id === "c")?.path ?? null;
		if (compiler === null) throw new ProblemError(sampleMessage("no-compiler"));
		return compiler;
	}
	async #files() {
		return sampleFiles(this.#folder, isIn(await this.#find()));
	}
	/** Searches along PATH, once for all concurrent callers. Each question has a time limit of its own. */
	#find() {
		this.#finding ??= Promise.all(languages.map(async (facts) => {
			const circumstances = {
				cwd: homedir(),
				environment: this.#environment,
				signal: new AbortController().signal
			};
			return {
				facts,
				...await findLanguage(facts, this.#known, circumstances)
			};
		})).finally(() => {
			this.#finding = null;
		});
		return this.#finding;
	}
};
var isIn = (found) => (id) => found.some(({ facts, path }) => facts.id === id && path !== null);
// server/rpc/samples-domain.ts
/** Of a folder that the workbench has just made: it holds nothing but its own files. */
async function ownFingerprint(root) {
	const read = await readConfig({
		root,
		ruleIds: null
	});
	return fingerprintOf(read.ok ? trustedSettings(read.config) : []);
}
var trustOwn = async (root) => new TrustedFolders().grant(root, await ownFingerprint(root));
var samplesDomain = ({ folder }) => {
	const samples = new Samples();
	return {
		overview: os.samples.overview.handler(() => samples.overview()),
		copy: os.samples.copy.handler(({ input }) => refusing(async () => {
			const copied = await samples.copy(input.folder);
			if (copied.isNew) await trustOwn(copied.root);
			return copied;
		})),
		makeFolder: os.samples.makeFolder.handler(({ input }) => refusing(async () => {
			const { root, isNew } = await samples.makeFolder(input.folder);
			if (isNew) await trustOwn(root);
			return { root };
		})),
		changes: os.samples.changes.handler(() => refusing(() => samples.changes(folder.workspace().root))),
		reset: os.samples.reset.handler(() => refusing(async () => {
			const workspace = folder.workspace();
			const wasTrusted = workspace.isTrusted;
			const restored = await samples.reset(workspace.root);
			if (wasTrusted) await workspace.grantTrust(await ownFingerprint(workspace.root));
			return { restored };
		})),
		compile: os.samples.compile.handler(({ input }) => refusing(async () => ({ program: await samples.compile(folder.workspace().root, input.path) })))
	};
};
// server/protocol/http-file/write-request.ts
/** Null: the request line or a header has what such a file cannot hold. */
function writeRequest(request, { origin, bodyFile }) {
	const { method, target, headers, body, assertions, captures } = request;
	const [targetText, ...texts] = [target, ...headers.flat()].map(plainText);
	if (!isTokenText(method) || method.startsWith("#") || targetText == null || !isTarget(targetText)) return null;
	if (texts.some((text) => text === null) || !headers.every(isWritable)) return null;
	const needsBodyFile = body !== "" && !isInline(body);
	return {
		text: `${[
			`### ${oneLine(request.name)}`,
			...assertions.map((assertion) => `# @assert ${writeAssertion(assertion)}`),
			...captures.map((capture) => `# @capture ${writeCapture(capture)}`),
			`${method} ${origin}${targetText} HTTP/1.1`,
			...headers.map((_, index) => `${texts[2 * index]}: ${texts[2 * index + 1]}`),
			...body === "" ? [] : ["", needsBodyFile ? `< ${bodyFile}` : plainText(body)]
		].join("\n")}\n`,
		needsBodyFile
	};
}
/** What can be a name: one line. */
var oneLine = (name) => name.replace(/\s+/g, " ").trim();
var isTarget = (target) => (target.startsWith("/") || target === "*") && !/\s|\{\{|#/.test(target);
var isWritable = ([name, value]) => isTokenText(name) && !name.startsWith("#") && value === value.trim() && !/[\n\t]|\{\{/.test(value);
/** Whether the body reads the same when it stands in the file. */
function isInline(body) {
	const text = plainText(body);
	if (text === null || text.includes("{{") || text.startsWith("﻿")) return false;
	const lines = text.split("\n").map((line) => ({ text: line }));
	const [first, last] = [lines[0], lines.at(-1)];
	if (first === void 0 || last === void 0 || isBlank(first) || isBlank(last)) return false;
	return !lines.some(isSpecialInBody);
}
/** The text of a file with one more request at its end. `host`: a value for `{{host}}`, at the top of a new file. */
function withRequest(file, request, host) {
	if (file.trim() === "") return `${host === null ? "" : `@host = ${host}\n\n`}${request}`;
	return `${file.replace(/(?:\r?\n[ \t]*)+$/, "")}\n\n${request}`;
}
// server/app/saved/save-request.ts
/** They describe the connection and the body as it was sent; the next one gets its own. */
var ofConnection = /* @__PURE__ */ new Set([...[
	"connection",
	"content-length",
	"transfer-encoding",
	"expect",
	"keep-alive",
	"te",
	"trailer",
	"upgrade"
]]);
var signIn = /* @__PURE__ */ new Set([
	"authorization",
	"proxy-authorization",
	"cookie"
]);
/** The line at which it stands then. @throws ProblemError */
async function saveRequest({ folder, server }, request, { path, name, assertions, keepsSecrets }) {
	if (!isRequestFile(path)) throw new ProblemError(savedMessage("not-a-request-file", { path }));
	const workspace = folder.workspace();
	const address = server.servingAddress();
	const authority = hostField(address.host, address.port);
	const headers = request.headers.filter(([header, value]) => {
		const lower = header.toLowerCase();
		if (lower === "host") return value !== authority;
		return !ofConnection.has(lower) && (keepsSecrets || !signIn.has(lower));
	});
	const before = await workspace.readBytes(path);
	const old = before === null ? latin1("") : fromBytes(before.bytes);
	const origin = await originFor(workspace, old, `http://${authority}`);
	const bodyPath = await freeBodyPath(workspace, path, name);
	const written = writeRequest({
		...request,
		name,
		headers,
		assertions: assertions.map(assertionOf),
		captures: []
	}, {
		origin: origin.before,
		bodyFile: `./${posix.basename(bodyPath)}`
	});
	if (written === null) throw new ProblemError(savedMessage("not-writable"));
	const text = latin1(withRequest(old, utf8(written.text), origin.host === null ? null : utf8(origin.host)));
	if (before === null) await workspace.changes.create(path, {
		text: "",
		executable: false
	});
	if (written.needsBodyFile) await write(workspace, bodyPath, request.body, null);
	await write(workspace, path, text, hashOf$1(before?.bytes ?? /* @__PURE__ */ new Uint8Array()));
	const { requests } = parseHttpFile(text);
	return lineAndColumn(text, requests.at(-1)?.method.from ?? 0).line;
}
async function write(workspace, path, bytes, hash) {
	if ((await workspace.writeBytes(path, toBytes(bytes), hash)).kind === "conflict") throw new ProblemError(savedMessage("request-file-changed", { path }));
}
/** `{{host}}` where it has a value, or gets one: at the top of a new file. */
async function originFor(workspace, file, address) {
	const { variables, requests } = parseHttpFile(file);
	const { values } = await environmentOf(workspace, null);
	if (values.has("host") || variables.some(({ name }) => name.text === "host")) return {
		before: "{{host}}",
		host: null
	};
	return requests.length === 0 && file.trim() === "" ? {
		before: "{{host}}",
		host: address
	} : {
		before: address,
		host: null
	};
}
/** Beside the file: shop.login.http-body, which is never served. */
async function freeBodyPath(workspace, path, name) {
	const base = path.replace(/\.http$/i, "");
	const word = oneLine(name).toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 40) || "body";
	for (let nth = 1;; nth++) {
		const candidate = `${base}.${word}${nth === 1 ? "" : `-${nth}`}.http-body`;
		if (await workspace.readBytes(candidate) === null) return candidate;
	}
}
/** @throws ProblemError */
function assertionOf(text) {
	const parsed = parseAssertion(text);
	if ("value" in parsed) return parsed.value;
	throw new ProblemError(savedMessage("assertion-invalid", { mistake: parsed.mistake.why.text }));
}
// server/rpc/saved-domain.ts
var savedDomain = (parts) => {
	const { folder } = parts;
	/** A login can be sent by hand, and then the request that needs its token. */
	const captured = /* @__PURE__ */ new WeakMap();
	const capturedIn = (workspace) => {
		const known = captured.get(workspace) ?? /* @__PURE__ */ new Map();
		captured.set(workspace, known);
		return known;
	};
	return {
		environments: os.saved.environments.handler(() => refusing(() => listEnvironments(folder.workspace()))),
		list: os.saved.list.handler(() => refusing(() => listSaved(folder.workspace()))),
		run: os.saved.run.handler(async ({ input: { file, line, text, environment }, signal = never }) => {
			const { files, options } = await refusing(async () => {
				const workspace = folder.workspace();
				const files = await chosen(workspace, file, text);
				for (const each of files) refuseMistakes(each);
				parts.server.servingAddress();
				return {
					files,
					options: {
						environment: await environmentOf(workspace, environment),
						captured: capturedIn(workspace),
						from: "composer",
						signal
					}
				};
			});
			const requests = files.flatMap((each) => requestsIn(each, line).map((request) => [each, request]));
			return (async function* () {
				for (const [each, request] of requests) yield await refusing(() => runRequest(parts, each, request, options));
			})();
		}),
		save: os.saved.save.handler(({ input: { source, ...wanted } }) => refusing(async () => ({ line: await saveRequest(parts, keptRequest(parts, source), wanted) })))
	};
};
/** @throws ProblemError */
async function chosen(workspace, path, text) {
	if (path === null) return requestFiles(workspace);
	const file = text === null ? await requestFile(workspace, path) : requestFileOf(path, text);
	if (file === null) throw new ProblemError(savedMessage("no-such-request", {
		path,
		line: null
	}));
	return [file];
}
/** @throws ProblemError */
function refuseMistakes(file) {
	const [first] = mistakesOf(file);
	if (first) throw new ProblemError(savedMessage("requests-invalid", {
		path: file.path,
		line: first.line,
		mistake: first.why.text
	}));
}
/** @throws ProblemError */
function requestsIn({ path, text, parsed }, line) {
	if (line === null) return parsed.requests;
	const request = requestAt(parsed, offsetOfLine(text, line));
	if (request === null) throw new ProblemError(savedMessage("no-such-request", {
		path,
		line
	}));
	return [request];
}
/** @throws ProblemError */
function keptRequest({ traces }, source) {
	if (source.kind === "composed") return {
		method: utf8(source.method),
		target: utf8(source.target),
		headers: source.headers.map(([name, value]) => [utf8(name), utf8(value)]),
		body: fromBytes(Buffer.from(source.base64, "base64"))
	};
	const trace = traces.get(source.id);
	if (!trace) throw new ProblemError(callMessage("trace-not-kept", { trace: source.id }));
	const { method, target, headers, body } = trace.request;
	if (body.captured < body.bytes) throw new ProblemError(exportMessage("body-cut", {
		trace: source.id,
		captured: body.captured,
		bytes: body.bytes
	}));
	return {
		method,
		target,
		headers,
		body: fromBytes(body.read(0, body.captured))
	};
}
// server/workspace/search/messages.ts
var replacementMessage = defineMessages({
	gone: "The file no longer exists.",
	"not-text": "The file is not text.",
	"nothing-found": "The file no longer has a match.",
	changed: "The file has changed since the preview.",
	"changed-since": "The file has changed since the replacement.",
	failed: ({ problem }) => problem
});
var searchProblem = defineProblems({
	"bad-pattern": {
		message: ({ reason }) => `This regular expression is not valid: ${reason}.`,
		fix: "Write it in the syntax of RE2, which has no lookahead and no backreferences."
	},
	"pattern-too-large": {
		code: "bad-pattern",
		message: (_) => "This regular expression is too large.",
		fix: "Use smaller counts of repetition."
	},
	"search-not-kept": {
		code: "not-found",
		message: "This search is no longer kept.",
		fix: "Search again."
	},
	"replacement-not-kept": {
		code: "not-found",
		message: "This replacement can no longer be undone."
	}
});
// server/workspace/search/text-matcher.ts
/** Steps of a compiled expression: a line costs at most its length times these. */
var maxProgram = 2e3;
/** Characters of a line that a regular expression is tried on. */
var maxLine = 2e4;
/** @throws ProblemError "bad-pattern" */
function textMatcher(query, replacement = "") {
	return query.isRegex ? regexMatcher(query, replacement) : literalMatcher(query, replacement);
}
function literalMatcher({ text, matchesCase, wholeWord }, replacement) {
	const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), matchesCase ? "gu" : "giu");
	return {
		mayBeIn: (whole) => matchesCase ? whole.includes(text) : whole.search(pattern) >= 0,
		find: (line) => {
			const found = [];
			for (const { 0: matched, index } of line.matchAll(pattern)) {
				const to = index + matched.length;
				if (!wholeWord || isWhole(line, index, to)) found.push({
					from: index,
					to,
					groups: [matched]
				});
			}
			return found;
		},
		replaced: () => replacement
	};
}
function regexMatcher({ text, matchesCase, wholeWord }, replacement) {
	const expression = compiled(text, matchesCase);
	const parts = replacementParts(replacement);
	return {
		mayBeIn: () => true,
		find: (whole) => {
			const line = whole.length > maxLine ? whole.slice(0, maxLine) : whole;
			if (!expression.test(line)) return [];
			const found = [];
			const matcher = expression.matcher(line);
			while (matcher.find()) {
				const [from, to] = [matcher.start(), matcher.end()];
				if (to === from || wholeWord && !isWhole(line, from, to)) continue;
				const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index));
				found.push({
					from,
					to,
					groups
				});
			}
			return found;
		},
		replaced: ({ groups }) => parts.map((part) => typeof part === "string" ? part : groups[part] ?? "").join("")
	};
}
function compiled(pattern, matchesCase) {
	try {
		const expression = RE2JS.compile(pattern, matchesCase ? 0 : RE2JS.CASE_INSENSITIVE);
		if (expression.programSize() > maxProgram) throw new ProblemError(searchProblem("pattern-too-large", { pattern }));
		return expression;
	} catch (error) {
		if (!(error instanceof RE2JSException)) throw error;
		const reason = error.message.replace(/^error parsing regexp: /, "");
		throw new ProblemError(searchProblem("bad-pattern", {
			pattern,
			reason
		}), { cause: error });
	}
}
var word = /[\p{L}\p{M}\p{N}_]/u;
/** Whether no word goes on before or after it. */
function isWhole(line, from, to) {
	const isWord = (character) => character !== void 0 && word.test(character);
	const before = [...line.slice(Math.max(0, from - 2), from)].at(-1);
	const after = [...line.slice(to, to + 2)][0];
	const [first] = line.slice(from, to);
	const last = [...line.slice(from, to)].at(-1);
	return !(isWord(before) && isWord(first)) && !(isWord(after) && isWord(last));
}
/** Texts, and numbers of groups. */
function replacementParts(text) {
	return text.split(/(\$\$|\$&|\$\d{1,2})/).map((part) => {
		if (part === "$$") return "$";
		if (part === "$&") return 0;
		return /^\$\d/.test(part) ? Number(part.slice(1)) : part;
	});
}
// server/workspace/search/replacements.ts
/** Replacements that can be undone: each keeps the bytes of its files. */
var maxUndos = 5;
/** Changed lines of a file that a preview lists. */
var maxLines = 200;
/** Characters of an unchanged stretch that a preview shows. */
var maxSame = 60;
var Replacements = class {
	#undos = new UndoLog(maxUndos);
	/** What would change; nothing is written. @throws ProblemError "bad-pattern" */
	async preview(folder, { query, replacement }, files) {
		const matcher = textMatcher(query, replacement);
		const changes = [];
		return {
			files: changes,
			left: await eachFile(files, async (file) => {
				const planned = await plan(folder, matcher, file);
				if (planned.kind === "leave") return planned.why;
				const { path, edited, bytes, encoding, matches, lines } = planned;
				encodedFile$1(path, edited, bytes);
				const shown = lines.slice(0, maxLines);
				changes.push({
					path,
					hash: hashOf$1(bytes),
					encoding,
					matches,
					lines: shown,
					more: lines.length - shown.length
				});
				return null;
			}, failed)
		};
	}
	/** Files that differ from the preview stay as they are. `token` null: no file was changed. @throws ProblemError */
	async replace(folder, { query, replacement }, previewed) {
		const matcher = textMatcher(query, replacement);
		const steps = [];
		let replaced = 0;
		const left = await eachFile(previewed, async ({ path, hash, encoding }) => {
			const planned = await plan(folder, matcher, {
				path,
				encoding
			});
			if (planned.kind === "leave") return planned.why;
			const { edited, bytes, matches } = planned;
			if (hashOf$1(bytes) !== hash) return replacementMessage("changed");
			const saved = await folder.write(path, {
				...edited,
				expectedHash: hash
			});
			if (saved.kind === "conflict") return replacementMessage("changed");
			steps.push({
				kind: "text",
				path,
				bytes,
				leftAs: saved.hash
			});
			replaced += matches;
			return null;
		}, failed);
		return {
			token: steps.length === 0 ? null : this.#undos.keep(folder, steps),
			replaced: steps.map(({ path }) => path),
			matches: replaced,
			left
		};
	}
	/** Files that have changed since stay as they are. @throws ProblemError "not-found" */
	async undo(token) {
		const undo = this.#undos.get(token);
		if (!undo) throw new ProblemError(searchProblem("replacement-not-kept"));
		this.#undos.forget(token);
		return undoAll(undo, replacementMessage("changed-since"), failed);
	}
};
var failed = (problem) => replacementMessage("failed", { problem });
/** What one file becomes. */
async function plan(folder, matcher, { path, encoding: chosen }) {
	await setImmediate();
	const file = await folder.readBytes(path);
	if (file === null) return {
		kind: "leave",
		why: replacementMessage("gone")
	};
	const { bytes } = file;
	const encoding = encodingOf(bytes, chosen);
	if (encoding === null) return {
		kind: "leave",
		why: replacementMessage("not-text")
	};
	const { texts, ends } = decodeLines(bytes, encoding);
	const lines = [];
	let matches = 0;
	const changed = texts.map((text, index) => {
		const found = matcher.find(text);
		if (found.length === 0) return text;
		matches += found.length;
		const { parts, after } = withReplaced(text, found, matcher);
		lines.push({
			line: index + 1,
			parts
		});
		return after;
	});
	if (matches === 0) return {
		kind: "leave",
		why: replacementMessage("nothing-found")
	};
	return {
		kind: "change",
		path,
		bytes,
		encoding,
		edited: {
			text: joined({
				texts: changed,
				ends
			}),
			encoding,
			bom: hasMark(bytes, encoding),
			readAs: encoding,
			lineEnds: "kept"
		},
		matches,
		lines
	};
}
function withReplaced(text, found, matcher) {
	const parts = [];
	let [after, at] = ["", 0];
	const same = (to) => {
		const between = text.slice(at, to);
		after += between;
		const isLast = to === text.length;
		if (between !== "") parts.push({
			kind: "same",
			text: shortened(between, at === 0, isLast)
		});
	};
	for (const match of found) {
		same(match.from);
		const added = matcher.replaced(match);
		parts.push({
			kind: "removed",
			text: text.slice(match.from, match.to)
		});
		if (added !== "") parts.push({
			kind: "added",
			text: added
		});
		after += added;
		at = match.to;
	}
	same(text.length);
	return {
		parts,
		after
	};
}
/** Cut where no change is near. */
function shortened(text, isFirst, isLast) {
	const shown = isFirst ? text.trimStart() : text;
	if (shown.length <= maxSame) return shown;
	if (isFirst) return `…${shown.slice(-60)}`;
	if (isLast) return `${shown.slice(0, maxSame)}…`;
	return `${shown.slice(0, maxSame / 2)}…${shown.slice(-30)}`;
}
// server/workspace/search/bytes-matcher.ts
/** `hex`: pairs of digits, and `??` for any byte. */
function bytesMatcher(hex) {
	const wanted = (hex.match(/../g) ?? []).map((pair) => pair === "??" ? null : Number.parseInt(pair, 16));
	const { at, fixed } = longestFixed(wanted);
	const isAt = (bytes, offset) => wanted.every((byte, index) => byte === null || bytes[offset + index] === byte);
	return {
		length: wanted.length,
		find: (bytes, from) => {
			if (fixed.length === 0) return from + wanted.length <= bytes.length ? from : -1;
			for (let found = bytes.indexOf(fixed, from + at); found >= 0; found = bytes.indexOf(fixed, found + 1)) {
				const offset = found - at;
				if (offset + wanted.length > bytes.length) return -1;
				if (isAt(bytes, offset)) return offset;
			}
			return -1;
		}
	};
}
/** The longest run without any byte, which the system's search looks for. */
function longestFixed(wanted) {
	let best = {
		at: 0,
		fixed: Buffer.alloc(0)
	};
	for (let from = 0; from < wanted.length; from++) {
		const end = wanted.indexOf(null, from);
		const run = wanted.slice(from, end < 0 ? wanted.length : end).filter((byte) => byte !== null);
		if (run.length > best.fixed.length) best = {
			at: from,
			fixed: Buffer.from(run)
		};
		from += run.length;
	}
	return best;
}
// server/workspace/search/path-filter.ts
/** `include` empty: every path. @returns whether a path is to be searched */
function pathFilter(include, exclude) {
	const [wanted, unwanted] = [patternsOf(include), patternsOf(exclude)];
	return (path) => (wanted.length === 0 || wanted.some((pattern) => pattern.matches(path))) && !unwanted.some((pattern) => pattern.matches(path));
}
/** Commas separate patterns, except within braces. */
var patternsOf = (text) => (text.match(/(?:\{[^{}]*\}|[^,])+/g) ?? []).flatMap((one) => {
	const pattern = one.trim().replace(/^\.?\/+|\/+$/g, "");
	return pattern === "" ? [] : [RE2JS.compile(expressionOf(pattern))];
});
/**
* `*` and `?` stay within a name, `**` does not; `{a,b}` is one of them. A pattern without a slash is a name at any
* depth, and one that names a folder means everything in it.
*/
function expressionOf(pattern) {
	const body = pattern.replace(/\*\*\/|\*\*|[*?{},]|[^*?{},]+/g, (token) => tokens[token] ?? RE2JS.quote(token));
	const within = /^[^{}]*(?:\{[^{}]*\}[^{}]*)*$/.test(pattern) ? body : RE2JS.quote(pattern);
	return `${pattern.includes("/") ? "" : "(?:.*/)?"}(?:${within})(?:/.*)?`;
}
var tokens = {
	"**/": "(?:.*/)?",
	"**": ".*",
	"*": "[^/]*",
	"?": "[^/]",
	"{": "(?:",
	"}": ")",
	",": "|"
};
// server/workspace/search/search-file.ts
/** Matches of one file that are listed one by one. */
var maxListed = 1e3;
/** Characters of a line that are shown, and how many of them before its first match. */
var maxShown = 240;
var maxBefore = 60;
/** Bytes that are shown on each side of a match, and of it. */
var bytesAround = 8;
var maxShownBytes = 32;
/** Lines that are searched between two looks at the clock. */
var linesPerLook = 64;
/** "binary": the file is no text. Null: it has no match. */
async function searchText(path, bytes, matcher, chosen, pause) {
	const encoding = encodingOf(bytes, chosen);
	if (encoding === null) return "binary";
	const texts = wantedLines(bytes, encoding, matcher.mayBeIn);
	if (texts === null) return null;
	const lines = [];
	let matches = 0;
	for (const [index, text] of texts.entries()) {
		if (index % linesPerLook === 63) await pause();
		const found = matcher.find(text);
		const [first] = found;
		if (first === void 0) continue;
		matches += found.length;
		if (lines.length < maxListed) lines.push(shownLine(index + 1, text, first, found));
	}
	return matches === 0 ? null : {
		path,
		encoding,
		matches,
		lines,
		bytes: []
	};
}
/** Without the indent, and cut around the first match where it is long. */
function shownLine(line, text, first, found) {
	const indent = Math.min(first.from, text.length - text.trimStart().length);
	const from = text.length - indent <= maxShown ? indent : Math.max(indent, first.from - maxBefore);
	const to = Math.min(text.length, from + maxShown);
	const marks = found.flatMap((match) => match.from < to ? [[match.from - from, Math.min(match.to, to) - from]] : []);
	return {
		line,
		column: first.from + 1,
		length: first.to - first.from,
		text: text.slice(from, to),
		marks
	};
}
function searchBytes(path, bytes, matcher, chosen) {
	const { length } = matcher;
	const listed = [];
	let matches = 0;
	let encoding = null;
	let [line, counted] = [1, 0];
	const hexOf = (from, to) => bytes.subarray(Math.max(0, from), to).toString("hex");
	for (let at = matcher.find(bytes, 0); at >= 0; at = matcher.find(bytes, at + length)) {
		if (matches === 0) encoding = encodingOf(bytes, chosen);
		matches += 1;
		if (listed.length === maxListed) continue;
		line += lineEndsIn(bytes, counted, at);
		counted = at;
		listed.push({
			offset: at,
			length,
			line: encoding === null || encoding.startsWith("utf-16") ? null : line,
			before: hexOf(at - bytesAround, at),
			match: hexOf(at, at + Math.min(length, maxShownBytes)),
			after: hexOf(at + length, at + length + bytesAround)
		});
	}
	return matches === 0 ? null : {
		path,
		encoding,
		matches,
		lines: [],
		bytes: listed
	};
}
/** Of the lines that end before `to`: LF, CR LF, or CR alone. */
function lineEndsIn(bytes, from, to) {
	let count = 0;
	for (let at = from; at < to; at++) {
		const byte = bytes[at];
		if (byte === 10 || byte === 13 && bytes[at + 1] !== 10) count += 1;
	}
	return count;
}
// server/workspace/search/folder-search.ts
var searchBounds = {
	maxMatches: 1e4,
	maxBytes: 512 << 20,
	maxFileBytes: 4 << 20,
	maxMs: 6e4
};
/** Work without a pause, ms: a request of a script waits no longer for the search. */
var sliceMs = 8;
/** What is found is shown after this, ms; the first match at once, and the progress without a match later. */
var [batchMs, quietMs] = [50, 200];
var filesAtOnce = 8;
var FolderSearch = class {
	#folder;
	#isWanted;
	#search;
	#progress;
	#files = null;
	#isListWhole = true;
	#bytesRead = 0;
	#sliceBegan = 0;
	#signal = null;
	/** @throws ProblemError "bad-pattern" */
	constructor(folder, { query, include, exclude, readAs }, bounds = searchBounds) {
		this.#folder = folder;
		this.#isWanted = pathFilter(include, exclude);
		const encodings = new Map(readAs.map(({ path, encoding }) => [path, encoding]));
		const chosen = (path) => encodings.get(path) ?? null;
		if (query.kind === "bytes") {
			const matcher = bytesMatcher(query.hex);
			this.#search = async (path, bytes) => searchBytes(path, bytes, matcher, chosen(path));
		} else {
			const matcher = textMatcher(query);
			this.#search = (path, bytes) => searchText(path, bytes, matcher, chosen(path), () => this.#pause());
		}
		const none = {
			searched: 0,
			files: 0,
			binary: 0,
			skipped: 0,
			matches: 0,
			ms: 0
		};
		this.#progress = {
			...none,
			end: null,
			...bounds
		};
	}
	/** What is found next. `signal`: the caller no longer wants it. @throws ProblemError, or the signal's reason */
	async next(signal) {
		const began = performance.now();
		this.#sliceBegan = began;
		this.#signal = signal;
		const progress = this.#progress;
		const before = progress.ms;
		const patienceMs = progress.matches === 0 ? 0 : batchMs;
		const found = [];
		const files = await this.#listed();
		for (let isDue = false; !isDue;) {
			progress.end ??= this.#bound(files[progress.searched]);
			if (progress.end !== null) break;
			signal.throwIfAborted();
			for (const { path, bytes } of await this.#readNext(files)) {
				await this.#searchOne(path, bytes, found);
				await this.#pause();
			}
			const ms = performance.now() - began;
			progress.ms = before + ms;
			isDue = ms >= (found.length > 0 ? patienceMs : quietMs);
		}
		progress.ms = before + performance.now() - began;
		return {
			found,
			progress: { ...progress }
		};
	}
	async #listed() {
		if (this.#files !== null) return this.#files;
		const list = await this.#folder.listChanges("none");
		this.#isListWhole = list.kind === "all" && !list.truncated;
		this.#files = list.entries.filter(({ kind, path }) => kind === "file" && this.#isWanted(path));
		this.#progress.files = this.#files.length;
		return this.#files;
	}
	#bound(next) {
		const { matches, maxMatches, ms, maxMs, maxBytes, maxFileBytes } = this.#progress;
		if (next === void 0) return this.#isListWhole ? "all" : "list";
		if (matches >= maxMatches) return "matches";
		if (ms > maxMs) return "time";
		return this.#bytesRead + Math.min(next.sizeBytes, maxFileBytes) > maxBytes ? "bytes" : null;
	}
	/** The next files at once: reading one after the other would wait for the disk most of the time. */
	#readNext(files) {
		const { searched, maxBytes, maxFileBytes } = this.#progress;
		let room = maxBytes - this.#bytesRead;
		const fits = ({ sizeBytes }) => {
			room -= Math.min(sizeBytes, maxFileBytes);
			return room >= 0;
		};
		const next = files.slice(searched, searched + filesAtOnce);
		const end = next.findIndex((file) => !fits(file));
		return Promise.all(next.slice(0, end < 0 ? next.length : end).map(async ({ path, sizeBytes }) => ({
			path,
			bytes: sizeBytes > maxFileBytes ? null : await this.#read(path)
		})));
	}
	async #searchOne(path, bytes, found) {
		const progress = this.#progress;
		if (progress.matches >= progress.maxMatches) return;
		progress.searched += 1;
		if (bytes === null || bytes.length > progress.maxFileBytes) {
			progress.skipped += 1;
			return;
		}
		this.#bytesRead += bytes.length;
		const result = await this.#search(path, bytes);
		if (result === "binary") progress.binary += 1;
		else if (result !== null) {
			progress.matches += result.matches;
			found.push(result);
		}
	}
	/** Null: the file is no longer there, or not readable; the progress counts it. */
	async #read(path) {
		try {
			const file = await this.#folder.readBytes(path);
			return file && Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
		} catch (error) {
			if (error instanceof ProblemError) return null;
			throw error;
		}
	}
	async #pause() {
		if (performance.now() - this.#sliceBegan < sliceMs) return;
		await setImmediate();
		this.#signal?.throwIfAborted();
		this.#sliceBegan = performance.now();
	}
};
// server/workspace/search/searches.ts
/** Of all windows. */
var maxSearches = 8;
var Searches = class {
	#underWay = /* @__PURE__ */ new Map();
	/** @throws ProblemError "bad-pattern" */
	begin(folder, wanted) {
		const id = randomUUID();
		this.#underWay.set(id, new FolderSearch(folder, wanted));
		for (const oldest of this.#underWay.keys()) {
			if (this.#underWay.size <= maxSearches) break;
			this.#underWay.delete(oldest);
		}
		return id;
	}
	/** An aborted search is over. @throws ProblemError "not-found", or the signal's reason */
	async next(id, signal) {
		const search = this.#underWay.get(id);
		if (!search) throw new ProblemError(searchProblem("search-not-kept"));
		try {
			const batch = await search.next(signal);
			if (batch.progress.end !== null) this.#underWay.delete(id);
			return batch;
		} catch (error) {
			this.#underWay.delete(id);
			throw error;
		}
	}
};
// server/rpc/search-domain.ts
var searchDomain = ({ folder }) => {
	const searches = new Searches();
	const replacements = new Replacements();
	return {
		begin: os.search.begin.handler(({ input }) => refusing(() => ({ id: searches.begin(folder.workspace(), input) }))),
		next: os.search.next.handler(({ input, signal = never }) => refusing(() => searches.next(input.id, signal))),
		preview: os.search.preview.handler(({ input }) => refusing(() => replacements.preview(folder.workspace(), input, input.files))),
		replace: os.search.replace.handler(({ input }) => refusing(() => replacements.replace(folder.workspace(), input, input.files))),
		undo: os.search.undo.handler(({ input }) => refusing(() => replacements.undo(input.token)))
	};
};
// server/rpc/server-domain.ts
var serverDomain = ({ states, counts, generation, folder, latency }) => {
	/** Revisions of another server process have no meaning here. */
	const sinceOf = (input) => input.generation === generation ? input.since : -1;
	return {
		state: {
			next: os.state.next.handler(({ input, signal }) => states.next(sinceOf(input), signal ?? never)),
			counts: os.state.counts.handler(({ input, signal }) => counts.next(sinceOf(input), signal ?? never))
		},
		server: {
			start: os.server.start.handler(({ input }) => refusing(async () => {
				await folder.start(input.port);
				return null;
			})),
			stop: os.server.stop.handler(async () => {
				await folder.stop();
				return null;
			})
		},
		metrics: { latency: os.metrics.latency.handler(({ input }) => latency.summary(input.file)) }
	};
};
// server/rpc/traces-domain.ts
var tracesDomain = ({ traces, doctor, sender, server, stores }) => {
	const gone = (id) => new ProblemError(callMessage("trace-not-kept", { trace: id }));
	/** In memory, else from the store. */
	const known = async (id) => {
		const trace = traces.get(id) ?? await stores.open(id);
		if (!trace) throw gone(id);
		return trace;
	};
	const read = async (input) => {
		await known(input.id);
		const bytes = traces.read(input.id, input.stream, input.from, input.length);
		if (!bytes) throw gone(input.id);
		return bytes;
	};
	const settable = async () => {
		if (!(await stores.state()).isSettable) throw new ProblemError(callMessage("store-not-settable"));
	};
	return {
		next: os.traces.next.handler(async ({ input, signal }) => {
			const since = input.generation === traces.generation ? input.since : 0;
			return {
				generation: traces.generation,
				...await traces.next(since, input.max, signal ?? never)
			};
		}),
		search: os.traces.search.handler(async function* ({ input, signal }) {
			const { query: text, ...range } = input;
			const parsed = parseTraceQuery(text, Date.now());
			if ("mistake" in parsed) {
				yield {
					kind: "mistake",
					...parsed.mistake
				};
				return;
			}
			for await (const step of refusingSteps(stores.search(parsed.query, range, signal ?? never))) yield {
				kind: "found",
				...step,
				found: [...step.found]
			};
		}),
		store: os.traces.store.handler(() => refusing(() => stores.state())),
		setStore: os.traces.setStore.handler(({ input }) => refusing(async () => {
			await settable();
			await stores.set(input);
			return stores.state();
		})),
		forget: os.traces.forget.handler(() => refusing(async () => {
			await stores.forget();
			traces.clear({ pinnedToo: true });
			return null;
		})),
		get: os.traces.get.handler(({ input }) => refusing(async () => {
			const trace = await known(input.id);
			doctor.prioritize(trace);
			return toTraceView(trace);
		})),
		bytes: os.traces.bytes.handler(({ input }) => refusing(() => read(input))),
		frame: os.traces.frame.handler(({ input, context }) => refusing(async () => {
			const bytes = await read(input);
			const frame = Buffer.allocUnsafe(5 + bytes.length);
			frame[0] = 0;
			frame.writeUInt32BE(input.ticket, 1);
			frame.set(bytes, 5);
			await context.sendFrame(frame);
			return null;
		})),
		clear: os.traces.clear.handler(() => {
			traces.clear();
			return null;
		}),
		pin: os.traces.pin.handler(({ input }) => refusing(async () => {
			if (!traces.own(input.id)) {
				await known(input.id);
				if (!await stores.pin(input.id, input.pinned)) throw new ProblemError(callMessage("not-pinned-in-store", { trace: input.id }));
				return null;
			}
			if (!traces.pin(input.id, input.pinned)) throw new ProblemError(callMessage("too-many-pinned", { maxPinned: 50 }));
			return null;
		})),
		replay: os.traces.replay.handler(async ({ input, signal = never }) => eventsOf(await refusing(async () => sender.replay(await known(input.id), signal)), ({ id }) => ({ id }))),
		stop: os.traces.stop.handler(({ input }) => refusing(() => {
			if (!server.stopExchange(input.id)) throw new ProblemError(callMessage("request-ended", { trace: input.id }));
			return null;
		}))
	};
};
// server/rpc/window-domain.ts
var windowDomain = (workbench) => ({
	link: os.window.link.handler(() => ({ url: workbench.windowLink?.() ?? null })),
	recall: os.window.recall.handler(async ({ input }) => {
		const { revision, entries } = await workbench.windowMemory.recall();
		return {
			revision,
			entries: revision === input.known ? null : entries
		};
	}),
	remember: os.window.remember.handler(({ input }) => refusing(async () => {
		const { before, after } = await workbench.windowMemory.remember(input.changes);
		return { revision: before === input.known ? after : null };
	}))
});
// server/workspace/config/set-script-mode.ts
/**
* `mode` null removes the entry. The change applies at once.
* @throws ProblemError when the file has a mistake, when another one is active, or when another program changes it at the same moment
*/
var setScriptMode = (files, script, mode) => change(files, (text) => withScriptMode(text, script, mode));
/** The same for its `preload`. Resolves with the list before; null: there was none. */
async function setScriptPreload(files, script, modules) {
	const before = files.config.scripts[script]?.preload ?? null;
	await change(files, (text) => withScriptPreload(text, script, modules));
	return before;
}
async function change(files, edited) {
	if (files.configFile !== null) throw new ProblemError(configMessage("mode-elsewhere", {
		path: files.configFile,
		line: null
	}));
	const before = await configText(files);
	const text = edited(before.text);
	const mistake = parseConfig(text);
	if (!mistake.ok) throw new ProblemError(configMessage("mode-not-written", {
		path: configFileName,
		line: mistake.problems[0]?.line ?? null,
		mistake: mistake.problems[0]?.message ?? null
	}));
	if ((await files.write("cgi-workbench.json", {
		...before,
		text
	})).kind === "conflict") throw new ProblemError(configMessage("conflict", { path: configFileName }));
}
async function configText(files) {
	let content;
	try {
		content = await files.read(configFileName);
	} catch (error) {
		if (error instanceof ProblemError && error.problem.code === "not-found") return {
			text: "",
			bom: false,
			expectedHash: null
		};
		throw error;
	}
	if (content.kind !== "text") throw new ProblemError(configMessage("not-text", { path: configFileName }));
	return {
		text: content.text,
		bom: content.bom,
		expectedHash: content.hash
	};
}
// server/rpc/workers-domain.ts
var workersDomain = ({ workers, server, folder, generation }) => ({
	next: os.workers.next.handler(({ input, signal }) => workers.next(input.generation === generation ? input.since : -1, signal ?? never)),
	restart: os.workers.restart.handler(({ input }) => refusing(() => {
		server.restartWorkers(input.script, input.worker);
		return null;
	})),
	ask: os.workers.ask.handler(({ input }) => refusing(() => server.askApplication(input.address, folder.workspace()))),
	setMode: os.workers.setMode.handler(({ input }) => refusing(async () => {
		await setScriptMode(folder.workspace(), input.script, input.mode);
		return null;
	})),
	setPreload: os.workers.setPreload.handler(({ input }) => refusing(async () => {
		const before = await setScriptPreload(folder.workspace(), input.script, input.modules);
		return { before: before === null ? null : [...before] };
	}))
});
// server/rpc/workspace-domain.ts
var workspaceDomain = ({ folder }) => ({
	open: os.workspace.open.handler(({ input, signal }) => refusing(async () => {
		await folder.open(input.path, { signal: signal ?? null });
		return null;
	})),
	close: os.workspace.close.handler(async () => {
		await folder.close();
		return null;
	}),
	trust: os.workspace.trust.handler(({ input }) => refusing(async () => {
		await folder.trust(input.root, input.fingerprint);
		return null;
	})),
	endTrust: os.workspace.endTrust.handler(({ input }) => refusing(async () => {
		await folder.endTrust(input.root);
		return null;
	})),
	folders: os.workspace.folders.handler(({ input }) => refusing(() => foldersIn(input.path)))
});
// server/rpc/router.ts
function createRouter(workbench) {
	return os.router({
		...serverDomain(workbench),
		workspace: workspaceDomain(workbench),
		files: filesDomain(workbench),
		encodings: encodingsDomain(workbench),
		search: searchDomain(workbench),
		requests: requestsDomain(workbench),
		saved: savedDomain(workbench),
		cookies: cookiesDomain(workbench),
		traces: tracesDomain(workbench),
		exchange: exchangeDomain(workbench),
		window: windowDomain(workbench),
		log: logDomain(workbench),
		samples: samplesDomain(workbench),
		measure: measureDomain(workbench),
		preview: previewDomain(workbench),
		doctor: doctorDomain(workbench),
		workers: workersDomain(workbench)
	});
}
export { decodeRequestMessage as a, experimental_ServerPeerWithoutCodec as c, ServerPeer as i, serializeResponseMessage as l, StandardRPCHandler as n, deserializeRequestMessage as o, createServerPeerHandleRequestFn as r, encodeResponseMessage as s, createRouter as t };

//# sourceMappingURL=router-BX7iyfte.js.map