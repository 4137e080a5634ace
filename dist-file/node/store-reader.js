import { t as NewerSchemaError } from "./store-file-bGyywt8M.js";
import { i as seqInRun, n as noFacts, r as nothingFound, t as StoreReader } from "./store-reader-CvD6ytUE.js";
import { existsSync, statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
// server/boot/store-reader.ts
var path = workerData;
/** Steps without a hit are reported this often, ms. */
var progressMs = 60;
var reader = null;
/** Of the open file: another one may take its place. */
var inode = 0;
var searches = /* @__PURE__ */ new Map();
var answer = (value) => parentPort?.postMessage(value);
/** Null: nothing is stored. */
function opened() {
	const found = existsSync(path) ? statSync(path).ino : 0;
	if (found !== inode) {
		reader?.close();
		reader = null;
		searches.clear();
	}
	if (found === 0) return null;
	reader ??= new StoreReader(path);
	inode = found;
	return reader;
}
var failed = (ask, error) => answer({
	ask,
	kind: "failed",
	isNewer: error instanceof NewerSchemaError,
	systemText: error instanceof Error ? error.message : String(error)
});
/** Of views into the file's bytes: only what belongs to the trace is sent. */
var copied = (trace) => ({
	...trace,
	seq: seqInRun(trace.facts.id),
	body: Uint8Array.from(trace.body),
	sent: Uint8Array.from(trace.sent)
});
function take(call) {
	const { ask } = call;
	if (call.kind === "cancel") {
		searches.delete(ask);
		return;
	}
	try {
		const store = opened();
		if (call.kind === "facts") answer({
			ask,
			kind: "facts",
			facts: store?.facts() ?? noFacts
		});
		else if (call.kind === "get") {
			const trace = store?.stored(call.trace) ?? null;
			answer({
				ask,
				kind: "trace",
				trace: trace && copied(trace)
			});
		} else if (store) {
			if (searches.size === 0) setImmediate(step);
			searches.set(ask, {
				steps: store.search(call.query, call.range),
				reportedAt: performance.now()
			});
		} else answer({
			ask,
			kind: "step",
			step: nothingFound
		});
	} catch (error) {
		reader?.close();
		reader = null;
		inode = 0;
		failed(ask, error);
	}
}
/** One step of each search. */
function step() {
	for (const [ask, search] of [...searches]) try {
		const next = search.steps.next();
		if (next.done === true) {
			searches.delete(ask);
			continue;
		}
		const { found, isDone } = next.value;
		if (isDone) searches.delete(ask);
		if (found.length === 0 && !isDone && performance.now() - search.reportedAt < progressMs) continue;
		search.reportedAt = performance.now();
		answer({
			ask,
			kind: "step",
			step: next.value
		});
	} catch (error) {
		searches.delete(ask);
		failed(ask, error);
	}
	if (searches.size > 0) setImmediate(step);
}
parentPort?.on("message", take);
export {};

//# sourceMappingURL=store-reader.js.map