import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
import { r as loadNote } from "./load-CzSUUc8V.js";
import { u as isServerError } from "./request-messages-BH13mnRT.js";
import { o as modeNames, s as modeTraits } from "./modes-_bwrZvgN.js";
import { a as utf8, t as byteString } from "./byte-string-DHgfSrmB.js";
import { i as hostField } from "./send-request-DIdgDFEL.js";
import { v as parseTarget } from "./replayable-body-BD_4lrx2.js";
import { w as unfitMode } from "./workbench-NP38puFa.js";
import { t as defineMessages } from "./message--K3iKRUD.js";
import { t as defineProblems } from "./problem-BYFI9xia.js";
// server/app/bench/bench-report.ts
var benchMessage = defineMessages({
	faster: ({ mode, other, times, range, otherRange, unit }) => `Choose ${mode}: it is ${times} times as fast as ${other}. Its slowest round was faster than every round of ${other} (${range} against ${otherRange} ${unit}).`,
	tie: ({ mode, other, range, otherRange, unit }) => `Choose ${mode}: no difference from ${other} is proven, because their rounds overlap (${range} and ${otherRange} ${unit}), and ${mode} keeps requests further apart.`,
	errors: ({ mode }) => `No mode is recommended: ${mode} had errors. Send one request in that mode to see why.`,
	"sender-was-the-limit": ({ modes }) => `The sending process used most of a processor while it measured ${modes.join(", ")}: the script may be faster than these figures.`
});
/** From requests that share nothing to requests that share a process. */
var byIsolation = [
	"cgi",
	"prefork",
	"php-cgi",
	"persistent",
	"wsgi",
	"psgi",
	"fastcgi",
	"fastcgi-external"
];
function figuresOf(mode, rounds) {
	const latencies = rounds.flatMap((round) => round.latencies).sort((a, b) => a - b);
	const rates = rounds.map((round) => round.latencies.length * 1e3 / round.tookMs);
	return {
		mode,
		requests: latencies.length,
		errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
		perSecond: quantile(rates.toSorted((a, b) => a - b), .5),
		rounds: rates,
		roundsP50: rounds.map((round) => quantile(round.latencies.toSorted((a, b) => a - b), .5)),
		p50: quantile(latencies, .5),
		p90: quantile(latencies, .9),
		p99: quantile(latencies, .99),
		max: latencies.at(-1) ?? 0,
		senderShare: Math.max(0, ...rounds.map((round) => round.senderShare))
	};
}
/** Of sorted values: the smallest that at least this share does not exceed. */
var quantile = (sorted, share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
/** `isOpen`: requests were due at a rate, so their response times are compared. Null with fewer than two modes. */
function verdictOf(figures, isOpen) {
	const speedsOf = ({ rounds, roundsP50 }) => isOpen ? roundsP50.map((ms) => 1 / ms) : rounds;
	const speedOf = ({ perSecond, p50 }) => isOpen ? 1 / p50 : perSecond;
	const [first, second] = figures.toSorted((a, b) => speedOf(b) - speedOf(a));
	if (first === void 0 || second === void 0) return null;
	const failed = figures.find(({ errors }) => errors > 0);
	if (failed !== void 0) {
		const { code, text } = benchMessage("errors", { mode: modeTraits[failed.mode].label });
		return {
			mode: null,
			isProven: false,
			code,
			text
		};
	}
	const isProven = Math.min(...speedsOf(first)) > Math.max(...speedsOf(second));
	const tied = [first, second].toSorted((a, b) => byIsolation.indexOf(a.mode) - byIsolation.indexOf(b.mode));
	const [chosen = first, other = second] = isProven ? [first, second] : tied;
	const compared = {
		mode: modeTraits[chosen.mode].label,
		other: modeTraits[other.mode].label,
		range: isOpen ? rangeOf(chosen.roundsP50) : rangeOf(chosen.rounds),
		otherRange: isOpen ? rangeOf(other.roundsP50) : rangeOf(other.rounds),
		unit: isOpen ? "ms" : "requests a second"
	};
	const { code, text } = isProven ? benchMessage("faster", {
		...compared,
		times: (speedOf(first) / speedOf(second)).toFixed(1)
	}) : benchMessage("tie", compared);
	return {
		mode: chosen.mode,
		isProven,
		code,
		text
	};
}
var columns = [
	"mode",
	"requests/s",
	"range",
	"p50 ms",
	"p90 ms",
	"p99 ms",
	"max ms",
	"requests",
	"errors"
];
var rowOf = (figures) => [
	figures.mode,
	short(figures.perSecond),
	rangeOf(figures.rounds),
	...[
		figures.p50,
		figures.p90,
		figures.p99,
		figures.max
	].map((ms) => ms.toFixed(2)),
	String(figures.requests),
	String(figures.errors)
];
var rangeOf = (rounds) => `${short(Math.min(...rounds))}–${short(Math.max(...rounds))}`;
var short = (rate) => rate.toFixed(rate < 100 ? 1 : 0);
/** One mode a line. */
function tableText(figures, form) {
	const rows = [columns, ...figures.map(rowOf)];
	if (form === "csv") return rows.map((row) => `${row.join(",")}\n`).join("");
	const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
	const lines = rows.map((row) => row.map((cell, column) => column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
	if (form === "text") return lines.map((cells) => `${cells.join("  ")}\n`).join("");
	const rule = widths.map((width, column) => column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`);
	return [
		lines[0] ?? [],
		rule,
		...lines.slice(1)
	].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
/** From this share of a processor on the sender may have been the limit. */
var busyShare = .85;
/** Null: the sender had time left in each mode. */
function senderRemark(figures) {
	const modes = figures.filter(({ senderShare }) => senderShare >= busyShare).map(({ mode }) => modeTraits[mode].label);
	return modes.length === 0 ? null : benchMessage("sender-was-the-limit", { modes });
}
// server/app/bench/messages.ts
var benchProblem = defineProblems({
	"not-a-script": {
		message: ({ path }) => `${path} leads to no script.`,
		fix: "Name the URL path of a script: /cgi-bin/cart.py."
	},
	"mode-fails": {
		message: ({ mode, status, why }) => `A request in the mode ${mode} failed${status === null ? "" : ` with the status ${status}`}.${why === null ? "" : ` ${why}`}`,
		fix: "Fix that, or measure the other modes alone."
	}
});
// server/app/bench/run-bench.ts
/** The script that a target leads to in the open folder. @throws ProblemError if there is none */
function scriptAt(workbench, target) {
	const workspace = workbench.folder.workspace();
	const parsed = parseTarget(utf8(target), workspace.config.policy);
	const route = parsed.ok ? workspace.routing.resolve(parsed.target) : null;
	if (route?.kind !== "script") throw new ProblemError(benchProblem("not-a-script", { path: target }));
	return route;
}
/**
* The modes in which the script as it is can run. Whether it speaks FastCGI itself, or is an application, only its own
* mode tells.
*/
var usualModes = (route) => modeNames.filter((mode) => mode === route.mode || unfitMode(mode, route) === null && !isOwnLoop(mode) && !modeTraits[mode].isExternal && !isOwnLoop(route.mode));
var isOwnLoop = (mode) => mode === "fastcgi" || modeTraits[mode].application !== null;
/** One request: its process is started. @throws ProblemError if the mode cannot work */
async function tryMode(workbench, mode, target, signal) {
	const request = {
		method: byteString("GET"),
		target: utf8(target),
		headers: [],
		body: null
	};
	const trace = await workbench.sender.deliver(request, {
		from: "cli",
		mode
	}, { signal });
	signal.throwIfAborted();
	const status = trace.response?.status ?? null;
	if (status === null || isServerError(status)) throw new ProblemError(benchProblem("mode-fails", {
		mode,
		status,
		why: trace.cause?.text ?? null
	}));
}
/** The workbench serves a folder, and every mode was tried. @throws the signal's reason */
async function runBench(workbench, options) {
	const { target, modes, connections, rate, rounds, roundMs, signal, onRound } = options;
	const { host, port } = workbench.server.servingAddress();
	const text = `GET ${target} HTTP/1.1\r\nHost: ${hostField(host, port)}\r\n\r\n`;
	const load = {
		host,
		port,
		request: Buffer.from(text, "latin1").toString("base64"),
		connections,
		rate,
		ms: roundMs
	};
	const results = new Map(modes.map((mode) => [mode, []]));
	signal.throwIfAborted();
	const sending = await workbench.startLoad();
	const end = () => sending.end();
	signal.addEventListener("abort", end);
	try {
		for (let round = 1; round <= rounds; round++) for (const mode of modes) {
			signal.throwIfAborted();
			onRound?.(round, mode);
			results.get(mode)?.push(await measured(workbench, sending, load, mode));
		}
	} catch (error) {
		signal.throwIfAborted();
		throw error;
	} finally {
		signal.removeEventListener("abort", end);
		sending.end();
	}
	const figures = [...results].map(([mode, each]) => figuresOf(mode, each));
	return {
		target,
		connections,
		rate,
		modes: figures,
		verdict: verdictOf(figures, rate !== null)
	};
}
/** One round of a mode. @throws Error when the process ends */
async function measured(workbench, sending, load, mode) {
	const releases = [];
	const over = new Promise((resolve) => {
		sending.listen((message) => {
			const note = loadNote.parse(message);
			if (note.kind === "done") return resolve(note);
			const { localAddress, localPort } = note;
			const ends = {
				localAddress,
				localPort,
				remoteAddress: load.host,
				remotePort: load.port
			};
			const decided = {
				from: "cli",
				mode,
				variables: /* @__PURE__ */ new Map(),
				parent: null
			};
			releases.push(workbench.sender.claim(ends, decided));
			sending.send({ claimed: localPort });
		});
	});
	const died = sending.ended.then(() => {
		throw new Error("the process that sends the load has ended");
	});
	try {
		sending.send(load);
		return await Promise.race([over, died]);
	} finally {
		for (const release of releases) release();
	}
}
export { quantile as a, verdictOf as c, usualModes as i, scriptAt as n, senderRemark as o, tryMode as r, tableText as s, runBench as t };

//# sourceMappingURL=run-bench-uUotz1Xi.js.map