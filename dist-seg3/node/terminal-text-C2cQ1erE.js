import { t as byteString } from "./byte-string-DHgfSrmB.js";
import { n as toProblem } from "./problem-BYFI9xia.js";
// server/base/problem.ts
var ProblemError = class extends Error {
	problem;
	constructor(message, options) {
		super(message.text, options);
		this.name = "ProblemError";
		this.problem = toProblem(message);
	}
};
// server/base/version.ts
var version = {
	name: "cgi-workbench",
	productName: "CGI Workbench",
	version: "0.1.0",
	description: "A desktop environment for CGI programs: run a script, and see every byte between the socket and the script.",
	license: "MIT",
	author: "The CGI Workbench authors",
	"private": true,
	type: "module",
	main: "dist/node/main.js",
	bin: { "cgi-workbench": "dist/node/cli.js" },
	files: [
		"dist",
		"!dist/**/*.map",
		"!dist/.sources"
	],
	engines: { "node": ">=20.19" },
	scripts: {
		"start": "node electron/launch/start.mjs",
		"dev": "node electron/launch/dev.mjs",
		"build": "node electron/launch/build.mjs",
		"check": "node test/run.mjs check",
		"test": "node test/run.mjs",
		"ci": "node test/run.mjs ci",
		"unit": "node test/run.mjs unit",
		"conformance": "node test/run.mjs conformance",
		"e2e": "node test/run.mjs e2e",
		"verify": "node test/run.mjs verify",
		"bench": "node test/run.mjs bench",
		"peers": "node test/run.mjs peers",
		"screenshots": "node test/run.mjs screenshots",
		"package": "node electron/launch/package.mjs"
	},
	dependencies: {
		"@photostructure/sqlite": "1.2.1",
		"koffi": "3.3.4"
	},
	overrides: { "oxc-parser": "0.154.0" },
	devDependencies: {
		"@axe-core/playwright": "4.14.0",
		"@base-ui/react": "1.9.0",
		"@biomejs/biome": "2.5.15",
		"@electron/fuses": "1.8.0",
		"@orpc/client": "1.15.3",
		"@orpc/contract": "1.15.3",
		"@orpc/server": "1.15.3",
		"@orpc/standard-server-peer": "1.15.3",
		"@playwright/test": "1.65.1",
		"@tanstack/react-virtual": "3.14.26",
		"@testing-library/dom": "10.4.2",
		"@testing-library/react": "16.3.3",
		"@types/node": "20.19.25",
		"@types/react": "19.3.0",
		"@types/react-dom": "19.3.0",
		"@types/ws": "8.18.2",
		"@vitejs/plugin-react": "6.3.0",
		"ajv": "8.20.0",
		"apache-md5": "1.1.8",
		"bcryptjs": "3.0.3",
		"chokidar": "5.0.0",
		"cmdk": "1.1.1",
		"diff": "9.0.0",
		"electron": "45.3.4",
		"electron-builder": "26.17.0",
		"fast-check": "4.10.2",
		"happy-dom": "21.0.4",
		"har-schema": "2.0.0",
		"hdr-histogram-js": "3.0.1",
		"iconv-lite": "0.7.3",
		"jsonc-parser": "3.3.1",
		"knip": "6.44.2",
		"lucide-react": "1.73.0",
		"monaco-editor": "0.57.0",
		"mrmime": "2.0.1",
		"parse5": "8.0.0",
		"re2js": "2.10.0",
		"react": "19.3.1",
		"react-dom": "19.3.1",
		"react-resizable-panels": "4.24.0",
		"tinykeys": "3.1.0",
		"tough-cookie": "6.1.0",
		"typescript": "7.0.2",
		"uplot": "1.6.32",
		"vite": "8.3.8",
		"vitest": "4.1.12",
		"ws": "8.23.0",
		"zod": "4.6.7",
		"zustand": "5.1.0"
	},
	knip: {
		"entry": [
			"electron/launch/{start,dev,build,install,package,open-browser}.mjs",
			"server/boot/*.ts",
			"test/bench/*.mjs",
			"test/peers/{run,where-time-goes}.mjs",
			"test/unit/**/*-harness.ts"
		],
		"project": [
			"electron/**/*.{ts,mjs}",
			"server/**/*.ts",
			"renderer/**/*.{ts,tsx}",
			"test/**/*.{ts,mjs}",
			"!test/fixtures/**"
		],
		"vite": { "config": [
			"renderer/vite.config.ts",
			"server/vite.config.ts",
			"electron/vite.preload.config.ts"
		] },
		"vitest": {
			"config": ["test/vitest.config.ts"],
			"entry": ["test/{unit,conformance,bench,peers,verify}/**/*.test.{ts,tsx}"]
		},
		"playwright": {
			"config": ["test/e2e/playwright.config.ts"],
			"entry": ["test/e2e/*.spec.ts", "test/e2e/{installed,load,packaged,screenshots}.ts"]
		},
		"ignoreExportsUsedInFile": true,
		"ignoreDependencies": [
			"@biomejs/biome",
			"app-builder-lib.*",
			"builder-util",
			"electron-builder"
		],
		"ignoreBinaries": [
			"go",
			"cc",
			"ldd",
			"perf",
			"apt-cache",
			"mkfifo",
			"mount",
			"umount",
			"prlimit",
			"apache2",
			"htpasswd",
			"lighttpd",
			"nginx",
			"fcgiwrap",
			"fossil",
			"perl",
			"ruby"
		]
	}
}.version;
var serverSoftware = byteString(`CGI-Workbench/${version}`);
// server/base/terminal-text.ts
/** C0 but tab and line feed, DEL, C1, and the bidirectional controls. */
var controls = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
function terminalText(text) {
	return text.replace(controls, (control) => {
		const code = control.charCodeAt(0);
		return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
	});
}
/** Writes words, for people; data goes to stdout as it is. */
function writeWords(stream, text) {
	stream.write(terminalText(text));
}
export { ProblemError as a, version as i, writeWords as n, serverSoftware as r, terminalText as t };

//# sourceMappingURL=terminal-text-C2cQ1erE.js.map