import { a as array, c as discriminatedUnion, d as literal, f as number, g as string, p as object } from "./schemas-ALeHrJtO.js";
import { n as openSocket } from "./send-request-DIdgDFEL.js";
// server/client/response-end.ts
var noBytes = /* @__PURE__ */ new Uint8Array(0);
var ResponseEnd = class {
	#status = 0;
	#closes = false;
	/** Bytes until the next thing to read: the body's or the chunk's end; null: until the connection ends. */
	#left = 0;
	#state = "head";
	#pending = noBytes;
	/** 0 before the head has arrived. */
	get status() {
		return this.#status;
	}
	/** The server closes the connection after it. */
	get closes() {
		return this.#closes;
	}
	get endsWithConnection() {
		return this.#state === "connection";
	}
	/** True when the response is complete. */
	push(bytes) {
		let rest = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
		this.#pending = noBytes;
		for (;;) {
			if (this.#state === "connection") return false;
			if (this.#state === "length" || this.#state === "chunk") {
				const taken = Math.min(this.#left ?? 0, rest.length);
				this.#left = (this.#left ?? 0) - taken;
				rest = rest.subarray(taken);
				if (this.#left > 0) return false;
				if (this.#state === "length") return true;
				this.#state = "chunk-size";
			}
			const isHead = this.#state === "head";
			const end = Buffer.from(rest.buffer, rest.byteOffset, rest.length).indexOf(isHead ? "\r\n\r\n" : "\r\n");
			if (end < 0) {
				this.#pending = rest;
				return false;
			}
			const text = Buffer.from(rest.buffer, rest.byteOffset, end).toString("latin1");
			rest = rest.subarray(end + (isHead ? 4 : 2));
			if (isHead) this.#head(text);
			else if (this.#state === "trailer") {
				if (text === "") return true;
			} else {
				const size = Number.parseInt(text, 16);
				this.#state = size === 0 ? "trailer" : "chunk";
				this.#left = size + 2;
			}
		}
	}
	#head(head) {
		this.#status = Number(head.slice(9, 12));
		if (this.#status < 200) return;
		this.#closes = /\r\nconnection:[^\r]*close/i.test(head) || head.startsWith("HTTP/1.0");
		const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
		if (this.#status === 204 || this.#status === 304) this.#state = "length";
		else if (/\r\ntransfer-encoding:[^\r]*chunked/i.test(head)) this.#state = "chunk-size";
		else if (length === void 0) this.#state = "connection";
		else {
			this.#state = "length";
			this.#left = Number(length);
		}
	}
};
// server/client/load.ts
/** What the server's process orders. */
var load = object({
	host: string(),
	port: number(),
	/** The request, as base64; each is the same. */
	request: string(),
	connections: number(),
	/** Requests a second; null: as many as are answered. */
	rate: number().nullable(),
	ms: number()
});
var loadResult = object({
	/** Of each answered request, ms. */
	latencies: array(number()),
	/** Requests without a response, or with a status of 500 and above. */
	errors: number(),
	/** From the first request to the last response, ms. */
	tookMs: number(),
	/** Of one processor, the share that the sending process itself used; 1: it was the limit. */
	senderShare: number()
});
/** What the load's process reports. */
var loadNote = discriminatedUnion("kind", [object({
	kind: literal("connected"),
	localAddress: string(),
	localPort: number()
}), loadResult.extend({ kind: literal("done") })]);
/** The connection from that port may be used. */
var claimed = object({ claimed: number() });
async function runLoad(load, announce) {
	const run = new LoadRun(load, announce);
	const before = process.cpuUsage();
	const startedAt = performance.now();
	await Promise.all(Array.from({ length: load.connections }, () => run.connection()));
	const tookMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(before);
	return {
		latencies: run.latencies,
		errors: run.errors,
		tookMs,
		senderShare: (user + system) / 1e3 / tookMs
	};
}
var LoadRun = class {
	latencies = [];
	errors = 0;
	#load;
	#announce;
	#request;
	#startedAt = performance.now();
	/** Requests that were sent, or are about to be. */
	#taken = 0;
	/** Failures in a row. */
	#failed = 0;
	constructor(load, announce) {
		this.#load = load;
		this.#announce = announce;
		this.#request = Buffer.from(load.request, "base64");
	}
	/** Sends one request after the other until the time is over. */
	async connection() {
		let open = null;
		for (let due = await this.#due(); due !== null; due = await this.#due()) try {
			open ??= await this.#open();
			if (await open.exchange(this.#request) >= 500) this.errors++;
			this.#failed = 0;
			this.latencies.push(performance.now() - due);
			if (open.isOver) open = null;
		} catch {
			open = null;
			this.errors++;
			if (++this.#failed >= maxFailed) break;
		}
		open?.close();
	}
	/** When the next request is due, once that has come; null when the time is over. */
	async #due() {
		const { rate, ms } = this.#load;
		const since = performance.now() - this.#startedAt;
		const due = rate === null ? since : this.#taken * 1e3 / rate;
		if (due >= ms || since >= ms + lateMs) return null;
		this.#taken++;
		if (due > since) await new Promise((resolve) => setTimeout(resolve, due - since));
		return this.#startedAt + due;
	}
	async #open() {
		const socket = await openSocket(this.#load);
		await this.#announce(socket);
		return new OpenConnection(socket);
	}
};
/** So many failures in a row end the load: nothing answers. */
var maxFailed = 50;
/** An open loop that cannot keep up ends so long after its time, ms. */
var lateMs = 2e3;
var OpenConnection = class {
	#socket;
	#response = null;
	#settle = null;
	#isClosed = false;
	constructor(socket) {
		this.#socket = socket;
		socket.on("data", (bytes) => this.#received(bytes));
		socket.on("error", (error) => this.#settle?.reject(error));
		for (const event of ["end", "close"]) socket.on(event, () => this.#ended());
	}
	/** It takes no further request. */
	get isOver() {
		return this.#isClosed;
	}
	/** Sends a request; resolves with the status when its response has ended. */
	exchange(request) {
		return new Promise((resolve, reject) => {
			this.#settle = {
				resolve,
				reject
			};
			this.#response = new ResponseEnd();
			if (this.#isClosed) reject(/* @__PURE__ */ new Error("the server closed the connection"));
			else this.#socket.write(request);
		});
	}
	close() {
		this.#isClosed = true;
		this.#socket.destroy();
	}
	#received(bytes) {
		const response = this.#response;
		if (!response?.push(bytes)) return;
		this.#response = null;
		if (response.closes) this.close();
		this.#settle?.resolve(response.status);
	}
	#ended() {
		this.close();
		const response = this.#response;
		if (response?.endsWithConnection) this.#settle?.resolve(response.status);
		else this.#settle?.reject(/* @__PURE__ */ new Error("the server closed the connection without a whole response"));
	}
};
export { runLoad as i, load as n, loadNote as r, claimed as t };

//# sourceMappingURL=load-CzSUUc8V.js.map