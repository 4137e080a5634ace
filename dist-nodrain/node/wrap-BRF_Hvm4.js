import { t as adapterFile } from "./built-files-BwKU3mP-.js";
import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { n as languageOf } from "./language-Ea2h0r1q.js";
import { n as fromBytes } from "./byte-string-DHgfSrmB.js";
import { n as usage, t as UsageError } from "./cli.js";
import { basename, dirname, relative, resolve } from "node:path";
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
// server/cli/wrap.ts
var adapters = {
	python: {
		application: "cgi-as-wsgi.py",
		cgi: "wsgi-as-cgi.py",
		path: ["\"legacy.py\"", JSON.stringify]
	},
	perl: {
		application: "cgi-as-psgi.pl",
		cgi: "psgi-as-cgi.pl",
		path: ["'legacy.pl'", (path) => `'${path.replace(/[\\']/g, "\\$&")}'`]
	}
};
async function wrap(args) {
	const { values, positionals } = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			cgi: { type: "boolean" },
			output: {
				type: "string",
				short: "o"
			},
			help: {
				type: "boolean",
				short: "h"
			}
		}
	});
	if (values.help) {
		process.stdout.write(usage.wrap);
		return 0;
	}
	const [file] = positionals;
	if (file === void 0 || positionals.length > 1) throw new UsageError("wrap takes one file");
	const { application, cgi, path } = adapters[await languageIn(file)];
	const [placeholder, literal] = path;
	const template = await readFile(adapterFile(values.cgi ? cgi : application), "utf8");
	const from = values.output === void 0 ? basename(file) : relative(dirname(resolve(values.output)), resolve(file));
	const text = template.replace(placeholder, () => literal(from));
	if (values.output === void 0) process.stdout.write(text);
	else await create(values.output, text);
	return 0;
}
async function languageIn(file) {
	const bytes = await readFile(file).catch((error) => {
		throw new UsageError(`${file} cannot be read: ${errorCode(error)}`);
	});
	const language = languageOf(file, fromBytes(bytes));
	if (language !== "python" && language !== "perl") throw new UsageError(`${file} is neither Python nor Perl`);
	return language;
}
/** Never over a file that is there. */
async function create(file, text) {
	await writeFile(file, text, {
		flag: "wx",
		mode: 493
	}).catch((error) => {
		throw new UsageError(`${file} cannot be written: ${errorCode(error)}`);
	});
}
export { wrap };

//# sourceMappingURL=wrap-BRF_Hvm4.js.map