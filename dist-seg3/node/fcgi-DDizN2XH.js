import { n as writeWords, r as serverSoftware } from "./terminal-text-C2cQ1erE.js";
import { c as recordTypeName, d as toBytesText } from "./script-head-messages-BLuPLnUQ.js";
import { a as streamJson, c as variableStanding, i as reasonsJson, n as fastcgiJson, r as headerText, t as codeOf } from "./trace-json-C6yo9-kO.js";
import { f as metaVariables, m as parseAddress, n as FastcgiClient, p as addressText, r as RequestParams, t as ReplayableBody, v as parseTarget } from "./replayable-body-BD_4lrx2.js";
import { i as fastcgiMessage, u as isServerError } from "./request-messages-BH13mnRT.js";
import { a as FastcgiRecorder, d as CapturedStream, n as interpretScriptHead, t as ScriptHeadParser } from "./script-head-DT0y9IbQ.js";
import { a as utf8 } from "./byte-string-DHgfSrmB.js";
import { t as defaultPolicy } from "./policy-8ciovQ68.js";
import { n as headersOf, r as requestOptions, t as bodyOf } from "./request-options-CeR0z2H7.js";
import { n as usage, t as UsageError } from "./cli.js";
import { parseArgs } from "node:util";
// server/client/conversation-json.ts
function toConversationJson({ variables, script, failure, fastcgi, stdin, stdout, stderr }) {
	return {
		schema: 1,
		outcome: failure?.outcome ?? (script === null || script.kind === "invalid" ? "invalid-output" : "ok"),
		detail: failure?.why.text ?? null,
		...codeOf(failure?.why ?? null),
		env: variables.map(({ name, value, source }) => ({
			name: toBytesText(name),
			value: toBytesText(value),
			source,
			standing: variableStanding(name)
		})),
		stdin: streamJson(stdin),
		stdout: streamJson(stdout),
		stderr: streamJson(stderr),
		script: script && {
			kind: script.kind,
			status: script.status,
			reason: script.reason === null ? null : toBytesText(script.reason),
			headers: script.headers.map(headerText),
			...reasonsJson(script.reasons)
		},
		fastcgi: fastcgiJson(fastcgi, streamJson)
	};
}
// server/client/send-fastcgi.ts
/** Resolves when the request is over, whatever became of it. */
function sendFastcgi(address, request, body, { captureBytes, silenceMs, into, onStdout, onStderr }) {
	const t0Ms = performance.now();
	const streams = {
		stdin: new CapturedStream(captureBytes),
		stdout: new CapturedStream(captureBytes),
		stderr: new CapturedStream(captureBytes)
	};
	const fastcgi = new FastcgiRecorder(t0Ms, captureBytes);
	const client = new FastcgiClient({
		address,
		from: "command-line",
		connections: null
	});
	return new Promise((resolve) => {
		let isSilent = false;
		const silence = silenceMs === null ? null : setTimeout(() => {
			if (into?.writableNeedDrain) {
				silence?.refresh();
				return;
			}
			isSilent = true;
			exchange.stop();
		}, silenceMs);
		const stop = () => exchange.stop();
		const resume = () => exchange.resume();
		into?.on("drain", resume).on("error", stop);
		const over = (failure) => {
			if (silence) clearTimeout(silence);
			into?.off("drain", resume).off("error", stop);
			resolve({
				...streams,
				fastcgi,
				failure: isSilent ? silent(address, silenceMs ?? 0) : failure
			});
		};
		const exchange = client.run({
			...request,
			body: body.length > 0 && request.role !== "authorizer" ? new ReplayableBody(request.params) : null
		}, {
			started: () => {
				exchange.write(body);
				exchange.endInput();
			},
			failed: over,
			stdout: (bytes, at) => {
				silence?.refresh();
				streams.stdout.add(bytes, at - t0Ms);
				onStdout(bytes);
				return into === null || into.write(bytes);
			},
			stderr: (bytes, at) => {
				silence?.refresh();
				streams.stderr.add(bytes, at - t0Ms);
				onStderr(bytes);
			},
			stdin: (bytes, at) => streams.stdin.add(bytes, at - t0Ms),
			stdinDrain: () => {},
			outputEnd: () => {},
			exit: () => over(null),
			recordFastcgi: () => fastcgi
		});
	});
}
var silent = (address, ms) => ({
	outcome: "timeout",
	why: fastcgiMessage("silent-application", {
		address: addressText(address),
		limitMs: ms
	})
});
// server/protocol/fastcgi/authorizer.ts
/** What depends on the resource, which is not decided yet. */
var withheld = /* @__PURE__ */ new Set([
	"CONTENT_LENGTH",
	"PATH_INFO",
	"PATH_TRANSLATED",
	"SCRIPT_NAME"
]);
/** A responder's variables without those an authorizer must not get. */
function authorizerParams(params) {
	return params.filter(([name]) => !withheld.has(name));
}
// server/cli/fcgi.ts
var captureBytes = 64 << 20;
var maxTimeoutSeconds = 86400;
async function fcgi(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			...requestOptions,
			param: {
				type: "string",
				multiple: true
			},
			role: {
				type: "string",
				default: "responder"
			},
			records: { type: "boolean" },
			json: { type: "boolean" },
			timeout: {
				type: "string",
				default: "60"
			},
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.fcgi);
		return 0;
	}
	const [where, target] = positionals;
	if (where === void 0 || target === void 0 || positionals.length > 2) throw new UsageError("fcgi takes ADDRESS TARGET; see cgi-workbench fcgi --help");
	const address = parseAddress(where, process.cwd());
	if (!address) throw new UsageError(`ADDRESS must be tcp:HOST:PORT or unix:PATH, not “${where}”`);
	if (!target.startsWith("/")) throw new UsageError(`TARGET must begin with "/", not “${target}”`);
	const { role } = values;
	if (role !== "responder" && role !== "authorizer") throw new UsageError(`--role takes responder or authorizer, not “${role}”`);
	const timeout = Number(values.timeout);
	if (!/^\d+(\.\d+)?$/.test(values.timeout) || timeout > maxTimeoutSeconds) throw new UsageError(`--timeout takes seconds (0: no limit), not “${values.timeout}”`);
	const body = await whole(await bodyOf(values.data, values["data-binary"]));
	const headers = headersOf(values.header, values.data !== void 0);
	const variables = variablesOf({
		method: values.request ?? (body ? "POST" : "GET"),
		target,
		headers,
		contentLength: body?.length ?? null,
		params: (values.param ?? []).map(paramOf)
	});
	const parser = new ScriptHeadParser();
	const quiet = values.json || values.records;
	const pairs = variables.map(({ name, value }) => [name, value]);
	const sent = await sendFastcgi(address, {
		role,
		params: new RequestParams(role === "authorizer" ? authorizerParams(pairs) : pairs)
	}, body ?? /* @__PURE__ */ new Uint8Array(0), {
		captureBytes,
		silenceMs: timeout === 0 ? null : timeout * 1e3,
		into: quiet ? null : process.stdout,
		onStdout: (bytes) => parser.push(bytes),
		onStderr: (bytes) => {
			if (!values.json) process.stderr.write(bytes);
		}
	});
	const { failure, fastcgi } = sent;
	const script = interpretScriptHead(parser.end(), defaultPolicy);
	if (values.json) process.stdout.write(`${JSON.stringify(toConversationJson({
		...sent,
		variables,
		script: failure ? null : script
	}))}\n`);
	else if (values.records) writeWords(process.stdout, fastcgi.records.map(recordLine).join(""));
	if (!values.json) for (const note of fastcgi.notes) writeWords(process.stderr, `note: ${note.text}\n`);
	if (failure && !values.json) writeWords(process.stderr, `cgi-workbench: ${failure.why.text}\n`);
	return failure || script.kind === "invalid" || isServerError(script.status ?? 500) ? 1 : 0;
}
async function whole(body) {
	if (body === null || "bytes" in body) return body?.bytes ?? null;
	const parts = [];
	for await (const part of body.stream) parts.push(part);
	return Buffer.concat(parts);
}
/** @throws UsageError without a name and "=" */
function paramOf(text) {
	const equals = text.indexOf("=");
	if (equals < 1) throw new UsageError(`--param takes NAME=VALUE, not “${text}”`);
	return [utf8(text.slice(0, equals)), utf8(text.slice(equals + 1))];
}
/**
* The variables as the gateway makes them, with the whole path as SCRIPT_NAME and the current folder as the document
* root.
*/
function variablesOf({ method, target, headers, contentLength, params }) {
	const parsed = parseTarget(utf8(target), defaultPolicy);
	if (!parsed.ok) throw new UsageError(parsed.why.text);
	const documentRoot = utf8(process.cwd());
	return metaVariables({
		request: {
			method: utf8(method),
			target: utf8(target),
			httpVersion: "1.1",
			headers
		},
		target: parsed.target,
		route: {
			scriptName: parsed.target.path,
			pathInfo: utf8(""),
			file: utf8(`${process.cwd().replace(/\/$/, "")}${target.replace(/[?#].*/, "")}`),
			documentRoot,
			variables: /* @__PURE__ */ new Map(),
			passAuthorization: true
		},
		connection: {
			remoteAddress: "127.0.0.1",
			remotePort: 0,
			localAddress: "127.0.0.1",
			localPort: 80
		},
		contentLength,
		serverSoftware,
		auth: null,
		inherited: /* @__PURE__ */ new Map(),
		overrides: new Map(params),
		policy: defaultPolicy
	}).variables;
}
/** "   0.412 ms  sent      PARAMS            id 1  452 + 4 bytes at 16". */
function recordLine({ at, direction, type, requestId, contentLength, paddingLength, offset }) {
	const padding = paddingLength > 0 ? ` + ${paddingLength}` : "";
	return `${at.toFixed(3).padStart(10)} ms  ${direction.padEnd(8)}  ${recordTypeName(type).padEnd(17)} id ${requestId}  ${contentLength}${padding} bytes at ${offset}\n`;
}
export { fcgi };

//# sourceMappingURL=fcgi-DDizN2XH.js.map