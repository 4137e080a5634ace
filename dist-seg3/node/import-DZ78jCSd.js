import { i as readBounded } from "./disk-DCvxDZJ3.js";
import { a as ProblemError, n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { l as importMessage, s as exportMessage } from "./capsule-8nEl1xg-.js";
import { n as fromTraceJson, t as readTraces } from "./read-file-DzN9IRx2.js";
import { t as storeMessage } from "./messages-C5jL9B2-.js";
import { t as storePath } from "./store-path-DxFfYEqs.js";
import { r as readStoreSettings, t as TraceStore } from "./trace-store-Czwjiou-.js";
import { i as readStoreOf, n as storedFolder } from "./stored-D6cz0g5q.js";
import { n as usage, t as UsageError } from "./cli.js";
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
// server/app/exchange/import-traces.ts
/** Larger files are not read. */
var maxFileMiB = 256;
/** What is passed to the store's thread before it is waited for: it shortens traces when it cannot keep up. */
var maxBatchBytes = 1 << 20;
var maxBatchTraces = 500;
/** @throws ProblemError if it cannot be read, or is no file of traces */
async function readTraceFile(path) {
	const file = await readBounded(path, maxFileMiB << 20).catch((error) => {
		const systemText = error instanceof Error ? error.message : String(error);
		throw new ProblemError(exportMessage("not-imported", {
			path,
			why: importMessage("file-unreadable", { systemText })
		}));
	});
	if (file.kind === "too-large") throw new ProblemError(exportMessage("not-imported", {
		path,
		why: importMessage("file-over-limit", { maxMiB: maxFileMiB })
	}));
	return readTraces(path, file.bytes);
}
/** `root`: the workspace's folder, absolute and without links. @throws ProblemError if they cannot be stored */
async function importTraces(root, traces) {
	const records = readStoreOf(root, (reader) => {
		const ids = new FreshIds(reader);
		return traces.map((trace) => {
			const record = fromTraceJson(trace);
			return {
				...record,
				id: ids.of(record),
				pinned: true
			};
		});
	});
	for (const batch of batchesOf(records)) await store(root, batch);
	return readStoreOf(root, (reader) => {
		const isShortened = (record) => {
			const found = reader?.get(record.id) ?? null;
			return found === null || keptBytes(found) < keptBytes(record);
		};
		return {
			ids: records.map(({ id }) => id),
			shortened: records.filter(isShortened).length
		};
	});
}
var keptBytes = ({ request, stdout, stderr, response }) => request.body.captured + (stdout?.captured ?? 0) + (stderr?.captured ?? 0) + (response?.body.captured ?? 0);
async function store(root, records) {
	const messages = [];
	const { maxBytes, maxAgeDays } = await readStoreSettings(root, () => void 0);
	const maxAgeMs = maxAgeDays * 864e5;
	const traces = new TraceStore({
		root,
		maxBytes,
		maxAgeMs,
		onMessage: (message) => messages.push(message)
	});
	for (const record of records) traces.sink.ended(record, null);
	await traces.close();
	const failed = messages.find(({ code }) => code === "store-failed" || code === "store-full");
	if (!failed) return;
	const path = storePath(root);
	throw new ProblemError(failed.code === "store-full" ? storeMessage("store-full", { path }) : storeMessage("store-failed", {
		path,
		systemText: String(failed.data?.["systemText"] ?? "")
	}));
}
function* batchesOf(records) {
	let batch = [];
	let bytes = 0;
	for (const record of records) {
		batch.push(record);
		bytes += keptBytes(record);
		if (bytes < maxBatchBytes && batch.length < maxBatchTraces) continue;
		yield batch;
		[batch, bytes] = [[], 0];
	}
	if (batch.length > 0) yield batch;
}
/** A trace keeps its id, unless the store has one with it already, or it is none of ours. */
var FreshIds = class {
	#reader;
	#given = /* @__PURE__ */ new Set();
	#own = randomBytes(3).toString("hex");
	constructor(reader) {
		this.#reader = reader;
	}
	of({ id, startedAt }) {
		const time = Math.max(0, Math.floor(startedAt)).toString(36).padStart(9, "0").slice(-9);
		let fresh = /^[0-9a-z]{9}[0-9a-f]{6}-\d{1,15}$/.test(id) ? id : `${time}${this.#own}-1`;
		for (let nth = 2; this.#isTaken(fresh); nth++) fresh = `${time}${this.#own}-${nth}`;
		this.#given.add(fresh);
		return fresh;
	}
	#isTaken = (id) => this.#given.has(id) || (this.#reader?.get(id) ?? null) !== null;
};
// server/cli/import.ts
async function importFile(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { help: {
			type: "boolean",
			short: "h"
		} }
	});
	if (values.help) {
		process.stdout.write(usage.import);
		return 0;
	}
	const [folder, file] = positionals;
	if (folder === void 0 || file === void 0 || positionals.length > 2) throw new UsageError("import takes DIR FILE; see cgi-workbench import --help");
	const { ids, shortened } = await importTraces(await storedFolder(folder), await readTraceFile(file));
	for (const id of ids) process.stdout.write(`${id}\n`);
	if (shortened > 0) writeWords(process.stderr, `${shortened} of ${ids.length} are too large to be stored with all of their bytes.\n`);
	return 0;
}
export { importFile };

//# sourceMappingURL=import-DZ78jCSd.js.map