import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
import { r as windowLink } from "./link-socket-BSPT8Ka8.js";
import { t as cliMessage } from "./messages-Cd49BnwB.js";
import { n as usage, t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { realpath } from "node:fs/promises";
import { parseArgs } from "node:util";
// server/cli/link.ts
async function link(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { help: {
			type: "boolean",
			short: "h"
		} }
	});
	if (values.help) {
		process.stdout.write(usage.link);
		return 0;
	}
	if (positionals.length > 1) throw new UsageError("link takes one folder");
	const folder = resolve(positionals[0] ?? ".");
	const root = await realpath(folder).catch(() => folder);
	const url = await windowLink(root);
	if (url === null) throw new ProblemError(cliMessage("no-window", { path: root }));
	process.stdout.write(`${url}\n`);
	return 0;
}
export { link };

//# sourceMappingURL=link-C_jZokIb.js.map