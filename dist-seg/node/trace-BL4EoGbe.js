import { n as exportTrace } from "./export-trace-BEa1KGh3.js";
import { o as toTraceJson } from "./trace-json-C6yo9-kO.js";
import { n as tellSecrets, r as writeExported, t as hideOption } from "./exported-Du0gVxvQ.js";
import { r as storedTrace } from "./stored-D6cz0g5q.js";
import { n as usage, t as UsageError } from "./cli.js";
import { parseArgs } from "node:util";
// server/cli/trace.ts
var forms = [
	"curl",
	"http",
	"env",
	"markdown",
	"html"
];
async function trace(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			json: { type: "boolean" },
			as: { type: "string" },
			secrets: { type: "boolean" },
			...hideOption,
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.trace);
		return 0;
	}
	const [folder, id] = positionals;
	if (folder === void 0 || id === void 0 || positionals.length > 2) throw new UsageError("trace takes DIR ID; see cgi-workbench trace --help");
	const form = forms.find((name) => name === values.as);
	if (values.as !== void 0 && form === void 0) throw new UsageError(`--as takes one of ${forms.join(", ")}`);
	if (form === void 0 !== (values.json === true)) throw new UsageError("trace needs either --json or --as FORM");
	const found = toTraceJson(await storedTrace(folder, id));
	if (form === void 0) {
		process.stdout.write(`${JSON.stringify(found)}\n`);
		return 0;
	}
	const exported = exportTrace(found, form, {
		isMasked: !values.secrets,
		hidden: values.hide ?? []
	});
	tellSecrets(exported, values.secrets ? "Without --secrets it" : "--secrets");
	await writeExported(exported, void 0);
	return 0;
}
export { trace };

//# sourceMappingURL=trace-BL4EoGbe.js.map