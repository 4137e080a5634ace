import { n as writeWords } from "./terminal-text-C2cQ1erE.js";
import { t as TrustedFolders } from "./trusted-folders-BJ4B-n5D.js";
import { t as cliMessage } from "./messages-Cd49BnwB.js";
import { n as usage, t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { realpath } from "node:fs/promises";
import { parseArgs } from "node:util";
// server/cli/untrust.ts
async function untrust(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { help: {
			type: "boolean",
			short: "h"
		} }
	});
	if (values.help) {
		process.stdout.write(usage.untrust);
		return 0;
	}
	if (positionals.length > 1) throw new UsageError("untrust takes one folder");
	const folder = resolve(positionals[0] ?? ".");
	const path = await realpath(folder).catch(() => folder);
	const wasTrusted = await new TrustedFolders().revoke(path);
	const { text, fix } = cliMessage(wasTrusted ? "trust-ended" : "was-not-trusted", { path });
	writeWords(process.stdout, `${text}${fix === null ? "" : ` ${fix}`}\n`);
	return 0;
}
export { untrust };

//# sourceMappingURL=untrust-_Gi0RBRT.js.map