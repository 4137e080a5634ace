import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { spawn } from "node:child_process";
// electron/launch/launch.mjs
/** The project's folder. */
var root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
/** Words go to stderr: stdout is for the address. */
var say = (text) => process.stderr.write(`${text}\n`);
/** Launching cannot go on; the message says why, to a person. */
var LaunchError = class extends Error {};
/** The words after `npm run <script> --`: `[--browser] [folder] [-- flags for Electron]`. @throws LaunchError with the usage */
function parseWords(script) {
	const words = process.argv.slice(2);
	const end = words.includes("--") ? words.indexOf("--") : words.length;
	const own = words.slice(0, end);
	const [folder, ...others] = own.filter((word) => !word.startsWith("-"));
	if (!(own.every((word) => !word.startsWith("-") || word === "--browser") && others.length === 0)) throw new LaunchError(`Usage: npm run ${script} [-- [--browser] [folder] [-- flags for Electron]]`);
	const base = process.env.INIT_CWD ?? process.cwd();
	return {
		folder: folder === void 0 ? null : resolve(base, folder),
		flags: words.slice(end + 1),
		wantsBrowser: own.includes("--browser")
	};
}
/** Ends with exit code 1; a LaunchError in its own words, a bug with its stack. */
function tellAndExit(error) {
	say(error instanceof LaunchError ? error.message : error.stack);
	process.exit(1);
}
join(root, "node_modules/electron");
/** Whether there is a screen to show something on. */
var hasDisplay = () => process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
// electron/launch/browser.mjs
/** How long the address on a terminal is good, and the page that forwards to it is there. */
var linkLifeMs = 6e4;
/** Runs until SIGINT or SIGTERM; prints the address on stdout and opens it where there is a display. */
async function runBrowser({ folder = null }) {
	let forward = null;
	let isShown = false;
	const shell = await startBrowserShell({
		folder,
		onReady: (address) => {
			if (isShown) return;
			isShown = true;
			process.stdout.write(`${address}\n`);
			if (hasDisplay()) forward = openInBrowser(address);
			else say("Open this address in a browser. It is good once; “cgi-workbench link” prints another.");
		}
	});
	await new Promise((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
	});
	forward?.remove();
	await shell.stop();
}
/** The supervised server. `port`: for the window, 0 for any. `page`: host and port of the page, if another server gives it out. */
async function startBrowserShell({ folder = null, port = 0, page = null, onReady }) {
	return (await import(pathToFileURL(join(root, "dist/node/browser-shell.js")).href)).startBrowserShell({
		workspace: folder === null ? null : {
			path: folder,
			port: null
		},
		port,
		page,
		linkLifeMs: process.stdout.isTTY ? linkLifeMs : null,
		onReady,
		onNotOpened: ({ message, fix }) => say(fix === null ? message : `${message} ${fix}`)
	});
}
/** The browser gets a private file that forwards it: every user of the machine can read the arguments of a process. */
function openInBrowser(address) {
	const forward = forwardingPage(address);
	const [command, ...args] = {
		darwin: ["open"],
		win32: [
			"cmd",
			"/c",
			"start",
			""
		]
	}[process.platform] ?? ["xdg-open"];
	const opener = spawn(command, [...args, forward.file], {
		stdio: "ignore",
		detached: true
	});
	const askPerson = () => say("Open this address in a browser.");
	opener.once("error", askPerson);
	opener.once("exit", (code) => code !== 0 && askPerson());
	opener.unref();
	return forward;
}
/** A page in a folder that no other user can open; removed after a minute. */
function forwardingPage(address) {
	const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-open-"));
	const file = join(folder, "workbench.html");
	const page = `<!doctype html><meta charset="utf-8"><title>CGI Workbench</title><script>location.replace(${JSON.stringify(address)})<\/script>`;
	writeFileSync(file, page, {
		mode: 384,
		flag: "wx"
	});
	const remove = () => rmSync(folder, {
		recursive: true,
		force: true
	});
	setTimeout(remove, linkLifeMs).unref();
	return {
		file,
		remove
	};
}
// electron/launch/open-browser.mjs
async function openBrowser() {
	await runBrowser({ folder: parseWords("start").folder });
	process.exit(0);
}
openBrowser().catch(tellAndExit);
export {};

//# sourceMappingURL=open-browser.js.map