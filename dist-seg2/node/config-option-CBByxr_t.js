import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { stat } from "node:fs/promises";
// server/cli/config-option.ts
/** For `parseArgs`. */
var configOption = { config: { type: "string" } };
/** Its absolute path; null without the option. @throws UsageError if there is no such file */
async function configFileOf(path) {
	if (path === void 0) return null;
	if (!(await stat(path).catch((error) => {
		throw new UsageError(`the file of --config cannot be read: ${path}, ${errorCode(error)}`);
	})).isFile()) throw new UsageError(`--config takes a file, and ${path} is not a regular file`);
	return resolve(path);
}
export { configOption as n, configFileOf as t };

//# sourceMappingURL=config-option-CBByxr_t.js.map