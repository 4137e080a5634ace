import { n as agentFile } from "./built-files-BwKU3mP-.js";
import { t as agentLanguages } from "./modes-_bwrZvgN.js";
import { n as usage, t as UsageError } from "./cli.js";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
// server/cli/agent.ts
async function agent(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: { help: {
			type: "boolean",
			short: "h"
		} }
	});
	if (values.help) {
		process.stdout.write(usage.agent);
		return 0;
	}
	const language = agentLanguages.find((name) => name === positionals[0]);
	if (language === void 0 || positionals.length > 1) throw new UsageError(`agent takes one of ${agentLanguages.join(", ")}`);
	process.stdout.write(await readFile(agentFile(language)));
	return 0;
}
export { agent };

//# sourceMappingURL=agent-it6cmpyZ.js.map