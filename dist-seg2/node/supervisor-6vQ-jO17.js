import { t as BackOff } from "./back-off-cQYThK-w.js";
import { t as fromServer } from "./messages-Dig-sVke.js";
// server/boot/supervisor.ts
/** After so many deaths in a row before it was ready, a server starts without the folder, which may be the cause. */
var deathsWithFolder = 3;
var shutdownMs = 4e3;
var Supervisor = class {
	#options;
	#backOff = new BackOff();
	#child = null;
	#isReady = false;
	#isEnding = false;
	#isRestarting = false;
	#deathsBeforeReady = 0;
	#workspace;
	#pause = null;
	constructor(options) {
		this.#options = options;
		this.#workspace = options.workspace;
	}
	start() {
		const child = this.#options.fork();
		this.#child = child;
		child.onMessage((message) => this.#hear(message));
		child.onExit((how) => this.#died(child, how));
		const workspace = this.#deathsBeforeReady < deathsWithFolder ? this.#workspace : null;
		child.post({
			kind: "settings",
			workspace,
			ui: this.#options.ui
		}, []);
	}
	/** The folder whose scripts are served, and their port; null while none are. */
	get served() {
		const { path, port } = this.#workspace ?? {
			path: "",
			port: null
		};
		return port === null ? null : {
			folder: path,
			port
		};
	}
	/** Passes a port to the running server; false if none runs, and then the caller keeps the port. */
	givePort(port) {
		if (!this.#child || !this.#isReady) return false;
		this.#child.post({ kind: "port" }, [port()]);
		return true;
	}
	/** Opens a folder in the running server, or in the next one if none runs now. */
	open(path) {
		if (this.#child) this.#child.post({
			kind: "open",
			path
		}, []);
		else this.#workspace = {
			path,
			port: null
		};
	}
	/** Restarts the server at once: for development, with new code. */
	restart() {
		if (!this.#child) return;
		this.#isRestarting = true;
		this.#child.post({ kind: "shutdown" }, []);
	}
	/** Ends the server and its scripts for good; resolves when it has exited, by force after 4 s. */
	async stop() {
		this.#isEnding = true;
		if (this.#pause) clearTimeout(this.#pause);
		const child = this.#child;
		if (!child) return;
		const gone = new Promise((resolve) => child.onExit(() => resolve()));
		child.post({ kind: "shutdown" }, []);
		const late = setTimeout(() => child.kill(), shutdownMs);
		await gone;
		clearTimeout(late);
	}
	#hear(data) {
		const message = fromServer.parse(data);
		if (message.kind === "workspace") this.#workspace = message.workspace;
		else if (message.kind === "not-opened") this.#options.onNotOpened(message.problem);
		else if (message.kind === "load-driver") this.#startLoadDriver();
		else if (message.kind === "ready") {
			this.#isReady = true;
			this.#deathsBeforeReady = 0;
			this.#options.onReady(message.ui);
		}
	}
	#startLoadDriver() {
		const port = this.#options.loadDriver?.();
		if (port !== void 0) this.#child?.post({ kind: "load-driver" }, [port]);
	}
	#died(child, how) {
		if (this.#child !== child) return;
		if (!this.#isReady) this.#deathsBeforeReady++;
		this.#child = null;
		this.#isReady = false;
		if (this.#isEnding) return;
		const pauseMs = this.#isRestarting ? 0 : this.#backOff.died(performance.now());
		if (!this.#isRestarting) console.error(`The server process ended (${how}). It restarts in ${pauseMs} ms.`);
		this.#isRestarting = false;
		this.#pause = setTimeout(() => this.start(), pauseMs);
	}
};
export { Supervisor as t };

//# sourceMappingURL=supervisor-6vQ-jO17.js.map