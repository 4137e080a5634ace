import { n as exportTrace } from "./export-trace-BEa1KGh3.js";
import { o as toTraceJson } from "./trace-json-C6yo9-kO.js";
import { n as tellSecrets, r as writeExported, t as hideOption } from "./exported-Du0gVxvQ.js";
import { r as storedTrace } from "./stored-D6cz0g5q.js";
import { n as usage, t as UsageError } from "./cli.js";
import { parseArgs } from "node:util";
// server/cli/capsule.ts
async function capsule(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			output: {
				type: "string",
				short: "o"
			},
			mask: { type: "boolean" },
			...hideOption,
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.capsule);
		return 0;
	}
	const [folder, id] = positionals;
	if (folder === void 0 || id === void 0 || positionals.length > 2) throw new UsageError("capsule takes DIR ID; see cgi-workbench capsule --help");
	const found = toTraceJson(await storedTrace(folder, id));
	const exported = exportTrace(found, "capsule", {
		isMasked: values.mask === true,
		hidden: values.hide ?? []
	});
	tellSecrets(exported, values.mask ? "Without --mask it" : "--mask");
	await writeExported(exported, values.output);
	return 0;
}
export { capsule };

//# sourceMappingURL=capsule-BRzpaLY6.js.map