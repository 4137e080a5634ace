import { f as toDisplayText } from "./script-head-messages-BLuPLnUQ.js";
import { r as latin1 } from "./byte-string-DHgfSrmB.js";
import { t as defineMessages } from "./message--K3iKRUD.js";
import { t as Workbench } from "./workbench-NP38puFa.js";
import { t as terminalText } from "./terminal-text-C2cQ1erE.js";
import { n as configOption, t as configFileOf } from "./config-option-CBByxr_t.js";
import { n as storeOptions, t as isStoring } from "./store-options-lQ0q_wnx.js";
import { n as storedFolder, r as storedTrace } from "./stored-D6cz0g5q.js";
import { t as tellProblems } from "./tell-problems-CI__jnj5.js";
import { n as usage, t as UsageError } from "./cli.js";
import { parseArgs } from "node:util";
// server/app/exchange/messages.ts
var responseMessage = defineMessages({
	"response-status": ({ was, now }) => `The status is ${now}. It was ${was}.`,
	"response-header": ({ name, was, now }) => `The header ${name} is ${now}. It was ${was}.`,
	"response-body": ({ offset, was, now }) => `The body differs from byte ${offset} on: ${now}. It was: ${was}.`,
	"response-length": ({ was, now }) => `The body has ${now} bytes. It had ${was}.`
});
// server/app/exchange/compare-responses.ts
/** Headers that say when, not what. */
var ignored = /* @__PURE__ */ new Set(["date"]);
function compareTraces(was, now) {
	const differences = [
		...statusDifference(was.response, now.response),
		...headerDifferences(was.response, now.response),
		...bodyDifference(was.response, now.response)
	];
	return {
		recorded: {
			id: was.id,
			status: was.response?.status ?? null,
			outcome: was.outcome ?? "ok"
		},
		repeated: {
			id: now.id,
			status: now.response?.status ?? null,
			outcome: now.outcome ?? "ok"
		},
		alike: differences.length === 0,
		differences,
		ignored: [...ignored]
	};
}
function statusDifference(was, now) {
	const text = (response) => response === null ? "no response" : String(response.status);
	if (text(was) === text(now)) return [];
	const data = {
		was: text(was),
		now: text(now)
	};
	return [{
		part: "status",
		name: null,
		offset: null,
		...data,
		message: responseMessage("response-status", data)
	}];
}
function headerDifferences(was, now) {
	const [before, after] = [fieldsOf(was), fieldsOf(now)];
	return [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
		const [old, fresh] = [before.get(name) ?? null, after.get(name) ?? null];
		if (old === fresh || ignored.has(name)) return [];
		const data = {
			name,
			was: quoted(shown(old)),
			now: quoted(shown(fresh))
		};
		return [{
			part: "header",
			name,
			offset: null,
			was: shown(old),
			now: shown(fresh),
			message: responseMessage("response-header", data)
		}];
	});
}
/** Values by the name in lower case; all of one name together, in their order. */
function fieldsOf(response) {
	const fields = /* @__PURE__ */ new Map();
	for (const [name, value] of response?.headers ?? []) {
		const [key, before] = [name.toLowerCase(), fields.get(name.toLowerCase())];
		fields.set(key, before === void 0 ? value : `${before}, ${value}`);
	}
	return fields;
}
/** Of the bytes that both traces have kept; else of the lengths. */
function bodyDifference(was, now) {
	const [old, fresh] = [bytesOf(was), bytesOf(now)];
	const offset = firstDifference(old, fresh);
	const common = Math.min(old.length, fresh.length);
	const isWhole = (response, bytes) => (response?.body.bytes ?? 0) === bytes.length;
	if (offset !== null && (offset < common || isWhole(was, old) && isWhole(now, fresh))) {
		const data = {
			was: excerpt(old, offset),
			now: excerpt(fresh, offset)
		};
		const message = responseMessage("response-body", {
			offset,
			was: quoted(data.was),
			now: quoted(data.now)
		});
		return [{
			part: "body",
			name: null,
			offset,
			...data,
			message
		}];
	}
	const data = {
		was: String(was?.body.bytes ?? 0),
		now: String(now?.body.bytes ?? 0)
	};
	if (data.was === data.now) return [];
	return [{
		part: "body",
		name: null,
		offset: common,
		...data,
		message: responseMessage("response-length", data)
	}];
}
var bytesOf = (response) => response?.body.read(0, response.body.captured) ?? /* @__PURE__ */ new Uint8Array(0);
/** Offset of the first byte that differs; the length of the shorter one if it is the beginning of the other; null: they are equal. */
function firstDifference(one, other) {
	const common = Math.min(one.length, other.length);
	for (let at = 0; at < common; at++) if (one[at] !== other[at]) return at;
	return one.length === other.length ? null : common;
}
var excerptBytes = 60;
var excerpt = (bytes, from) => Buffer.from(bytes.subarray(from, from + excerptBytes)).toString("utf8");
var shown = (value) => value === null ? null : toDisplayText(latin1(value));
var quoted = (text) => text === null ? "missing" : `“${text.replace(/\s+/g, " ")}”`;
// server/cli/replay.ts
async function replay(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			...configOption,
			...storeOptions,
			json: { type: "boolean" },
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.replay);
		return 0;
	}
	const [folder, id] = positionals;
	if (folder === void 0 || id === void 0 || positionals.length > 2) throw new UsageError("replay takes DIR ID; see cgi-workbench replay --help");
	const recorded = await storedTrace(folder, id);
	const configFile = await configFileOf(values.config);
	const workbench = await Workbench.create({ store: isStoring(values) ? "always" : "never" });
	try {
		await workbench.folder.open(await storedFolder(folder), {
			configFile,
			port: 0,
			run: { host: null }
		});
		tellProblems(workbench.folder.workspace().problems);
		const { done } = await workbench.sender.replay(recorded, new AbortController().signal);
		const report = compareTraces(recorded, await done);
		process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${terminalText(textOf(report))}\n`);
		return report.alike ? 0 : 1;
	} finally {
		await workbench.dispose();
	}
}
function textOf({ recorded, repeated, alike, differences }) {
	const status = repeated.status === null ? `no response (${repeated.outcome})` : `status ${repeated.status}`;
	if (alike) return `The same response as ${recorded.id}: ${status}.`;
	return differences.map(({ message }) => message.text).join("\n");
}
export { replay };

//# sourceMappingURL=replay-DKIWD0rf.js.map