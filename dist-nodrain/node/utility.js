import { L as isObject, U as resolveMaybeOptionalOptions, X as value } from "./dist-B_O8FOSU.js";
import { a as decodeRequestMessage, c as experimental_ServerPeerWithoutCodec, l as serializeResponseMessage, n as StandardRPCHandler, o as deserializeRequestMessage, r as createServerPeerHandleRequestFn, s as encodeResponseMessage, t as createRouter } from "./router-BX7iyfte.js";
import { n as toServer } from "./messages-Dig-sVke.js";
import { n as serveWorkbench, t as crash } from "./server-process-DxqGmVBm.js";
// node_modules/@orpc/client/dist/adapters/message-port/index.mjs
function postMessagePortMessage(port, data, transfer) {
	if (transfer) port.postMessage(data, transfer);
	else port.postMessage(data);
}
function onMessagePortMessage(port, callback) {
	if ("addEventListener" in port) port.addEventListener("message", (event) => {
		callback(event.data);
	});
	else if ("on" in port) port.on("message", (event) => {
		callback(event?.data);
	});
	else if ("onMessage" in port) port.onMessage.addListener((data) => {
		callback(data);
	});
	else throw new Error("Cannot find a addEventListener/on/onMessage method on the port");
}
function onMessagePortClose(port, callback) {
	if ("addEventListener" in port) port.addEventListener("close", async () => {
		callback();
	});
	else if ("on" in port) port.on("close", async () => {
		callback();
	});
	else if ("onDisconnect" in port) port.onDisconnect.addListener(() => {
		callback();
	});
	else throw new Error("Cannot find a addEventListener/on/onDisconnect method on the port");
}
// node_modules/@orpc/server/dist/adapters/message-port/index.mjs
var MessagePortHandler = class {
	constructor(standardHandler, options = {}) {
		this.standardHandler = standardHandler;
		this.transfer = options.experimental_transfer;
	}
	transfer;
	upgrade(port, ...rest) {
		const peer = new experimental_ServerPeerWithoutCodec(async (message) => {
			const [id, type, payload] = message;
			const transfer = await value(this.transfer, message, port);
			if (transfer) postMessagePortMessage(port, serializeResponseMessage(id, type, payload), transfer);
			else postMessagePortMessage(port, await encodeResponseMessage(id, type, payload));
		});
		onMessagePortMessage(port, async (message) => {
			const handleFn = createServerPeerHandleRequestFn(this.standardHandler, resolveMaybeOptionalOptions(rest));
			if (isObject(message)) await peer.message(deserializeRequestMessage(message), handleFn);
			else await peer.message(await decodeRequestMessage(message), handleFn);
		});
		onMessagePortClose(port, () => {
			peer.close();
		});
	}
};
var RPCHandler = class extends MessagePortHandler {
	constructor(router, options = {}) {
		super(new StandardRPCHandler(router, options), options);
	}
};
// server/rpc/port-transport.ts
/** A function that serves the workbench's RPC on a port until the port closes. */
function portTransport(workbench) {
	const handler = new RPCHandler(createRouter(workbench), { experimental_transfer: ([, , payload]) => carriesBytes(payload) ? [] : null });
	const context = { sendFrame: () => Promise.reject(/* @__PURE__ */ new Error("a MessagePort has no frames: bytes travel in the answer")) };
	return (port) => {
		handler.upgrade({
			on: (event, listener) => {
				if (event === "message") port.on("message", listener);
				if (event === "close") port.on("close", () => listener());
			},
			postMessage: (message) => port.postMessage(message)
		}, { context });
		port.start();
	};
}
function carriesBytes(payload) {
	if (typeof payload !== "object" || payload === null || !("body" in payload)) return false;
	const { body } = payload;
	return typeof body === "object" && body !== null && "json" in body && body.json instanceof Uint8Array;
}
// server/boot/load-port.ts
var LoadPorts = class {
	#ask;
	#waiting = [];
	constructor(ask) {
		this.#ask = ask;
	}
	start = async () => {
		return loadOver(await new Promise((resolve) => {
			this.#waiting.push(resolve);
			this.#ask();
		}));
	};
	/** The port of a process that was asked for. */
	came(port) {
		const waiting = this.#waiting.shift();
		if (waiting) waiting(port);
		else port.close();
	}
};
function loadOver(port) {
	let listener = () => {};
	port.on("message", ({ data }) => listener(data));
	let over = () => {};
	const ended = new Promise((resolve) => {
		over = resolve;
	});
	port.on("close", () => over());
	port.start();
	return {
		send: (message) => port.postMessage(message),
		listen: (onMessage) => {
			listener = onMessage;
		},
		ended,
		end: () => {
			port.close();
			over();
		}
	};
}
// server/boot/utility.ts
var { parentPort } = process;
var post = (message) => parentPort.postMessage(message);
var loads = new LoadPorts(() => post({ kind: "load-driver" }));
var started = null;
parentPort.on("message", ({ data, ports: [port] }) => {
	const message = toServer.parse(data);
	if (message.kind === "settings") {
		started = serveWorkbench(post, { startLoad: loads.start }).then((served) => ({
			served,
			serve: portTransport(served.workbench)
		}));
		started.then(({ served }) => {
			if (message.workspace) served.open(message.workspace);
			post({
				kind: "ready",
				pid: process.pid,
				ui: null
			});
		}, crash);
		return;
	}
	started?.then(({ served, serve }) => {
		if (message.kind === "port" && port) serve(port);
		else if (message.kind === "load-driver" && port) loads.came(port);
		else if (message.kind === "open") served.open({
			path: message.path,
			port: null
		});
		else if (message.kind === "shutdown") served.shutdown();
	});
});
export {};

//# sourceMappingURL=utility.js.map