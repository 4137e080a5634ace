import { a as ProblemError, n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { t as replacePrivateFile } from "./user-data-BusAhU-k.js";
import { s as exportMessage } from "./capsule-8nEl1xg-.js";
import { dirname, resolve } from "node:path";
import { stat } from "node:fs/promises";
// server/cli/exported.ts
/** For `parseArgs`: further headers and variables whose values are secrets. */
var hideOption = { hide: {
	type: "string",
	multiple: true
} };
/** Says it before anything is written. `others`: what does the opposite. */
function tellSecrets({ secrets, isMasked }, others) {
	if (secrets.length === 0) return;
	const names = secrets.join(", ");
	writeWords(process.stderr, isMasked ? `Masked: ${names}. ${others} keeps the values.\n` : `Has the values of ${names}. ${others} replaces them.\n`);
}
/** To a file that only this user may read; without one, or for "-", to standard output. @throws ProblemError */
async function writeExported({ bytes }, file) {
	if (file === void 0 || file === "-") {
		process.stdout.write(bytes);
		return;
	}
	const path = resolve(file);
	try {
		await stat(dirname(path));
		await replacePrivateFile(path, bytes);
	} catch (error) {
		const [systemText = ""] = (error instanceof Error ? error.message : String(error)).split(",", 1);
		throw new ProblemError(exportMessage("not-written", {
			path,
			systemText
		}), { cause: error });
	}
}
export { tellSecrets as n, writeExported as r, hideOption as t };

//# sourceMappingURL=exported-Du0gVxvQ.js.map