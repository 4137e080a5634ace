import { r as entry } from "./built-files-BwKU3mP-.js";
import { t as keepMemoryPrivate } from "./private-memory-DwNDN8Ch.js";
import { t as fromServer } from "./messages-Dig-sVke.js";
import { t as Supervisor } from "./supervisor-6vQ-jO17.js";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { fork } from "node:child_process";
// server/boot/browser-shell.ts
var host = "127.0.0.1";
/** Connections that wait for a server. More are cut: the page tries again. */
var maxWaiting = 64;
/** Starts the server; `onReady` gets an address for the window each time one is up. */
async function startBrowserShell({ port, page, linkLifeMs, onReady, ...options }) {
	await keepMemoryPrivate();
	const listener = createServer({ pauseOnConnect: true });
	listener.setMaxListeners(0);
	await new Promise((resolve, reject) => listener.once("error", reject).listen(port, host, resolve));
	const waiting = /* @__PURE__ */ new Set();
	const supervisor = new Supervisor({
		...options,
		fork: forkNode,
		ui: {
			authority: `${host}:${portOf(listener)}`,
			page,
			token: randomBytes(16).toString("base64url"),
			linkLifeMs
		},
		onReady: (ui) => {
			for (const socket of waiting) supervisor.givePort(() => socket);
			waiting.clear();
			onReady(ui);
		}
	});
	listener.on("connection", (socket) => {
		socket.on("error", () => socket.destroy());
		if (supervisor.givePort(() => socket)) return;
		if (waiting.size >= maxWaiting) return void socket.destroy();
		waiting.add(socket);
		socket.once("close", () => waiting.delete(socket));
	});
	supervisor.start();
	return {
		restart: () => supervisor.restart(),
		stop: async () => {
			listener.close();
			for (const socket of waiting) socket.destroy();
			await supervisor.stop();
		}
	};
}
function portOf(listener) {
	const address = listener.address();
	if (address === null || typeof address === "string") throw new Error("a listening TCP server has an address and a port");
	return address.port;
}
function forkNode() {
	const child = fork(entry("browser"), [], { stdio: [
		"ignore",
		"inherit",
		"inherit",
		"ipc"
	] });
	const passed = /* @__PURE__ */ new Map();
	let lastNumber = 0;
	child.on("message", (data) => {
		const message = fromServer.parse(data);
		if (message.kind !== "accepted") return;
		passed.get(message.connection)?.destroy();
		passed.delete(message.connection);
	});
	child.once("exit", () => {
		for (const socket of passed.values()) socket.destroy();
	});
	return {
		post: (message, [socket]) => {
			if (!child.connected) return void socket?.destroy();
			if (!socket) return void child.send(message, () => void 0);
			const connection = ++lastNumber;
			passed.set(connection, socket);
			child.send({
				...message,
				connection
			}, socket, { keepOpen: true }, () => void 0);
		},
		onMessage: (listener) => child.on("message", listener),
		onExit: (listener) => {
			child.once("exit", (code, signal) => listener(signal ?? `exit code ${code}`));
			child.once("error", (error) => child.pid === void 0 && listener(error.message));
		},
		kill: () => child.kill("SIGKILL")
	};
}
export { startBrowserShell };

//# sourceMappingURL=browser-shell.js.map