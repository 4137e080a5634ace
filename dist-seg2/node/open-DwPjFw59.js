import { r as entry } from "./built-files-BwKU3mP-.js";
import { n as usage, t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
// server/cli/open.ts
async function open(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { help: {
			type: "boolean",
			short: "h"
		} }
	});
	if (values.help) {
		process.stdout.write(usage.general);
		return 0;
	}
	if (positionals.length > 1) throw new UsageError("open takes one folder");
	const folder = positionals[0] === void 0 ? null : resolve(positionals[0]);
	if (folder !== null && !existsSync(folder)) throw new UsageError(`the folder ${folder} does not exist`);
	const sources = fileURLToPath(new URL("../../electron/launch/start.mjs", import.meta.url));
	const launcher = existsSync(sources) ? sources : entry("open-browser");
	const child = spawn(process.execPath, folder === null ? [launcher] : [launcher, folder], { stdio: "inherit" });
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
	const [code] = await once(child, "exit");
	return typeof code === "number" ? code : 1;
}
export { open };

//# sourceMappingURL=open-DwPjFw59.js.map