import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { dirname, join, resolve } from "node:path";
import { link, lstat, mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { execFile } from "node:child_process";
// server/base/runtime-folder.ts
/**
* Absolute path of the folder, created with mode 0700 if it is missing. Anyone can take its name in the temporary folder
* first: then it has a random name, which the user's state folder remembers.
* @throws Error if none of them is private
*/
async function runtimeFolder(environment = process.env) {
	const base = environment["XDG_RUNTIME_DIR"];
	if (base?.startsWith("/")) {
		const folder = join(base, "cgi-workbench");
		if (await isMade(base) && await isMade(folder) && await isPrivate(folder)) return folder;
	}
	const temporary = resolve(environment["TMPDIR"] || tmpdir());
	const folder = join(temporary, `cgi-workbench-${process.getuid?.() ?? "user"}`);
	if (await isMade(folder) && await isPrivate(folder)) return folder;
	return await randomFolder(environment, temporary);
}
async function randomFolder(environment, temporary) {
	const states = environment["XDG_STATE_HOME"];
	const home = environment["HOME"] ?? homedir();
	const state = join(states?.startsWith("/") ? states : join(home, ".local", "state"), "cgi-workbench");
	await mkdir(state, {
		recursive: true,
		mode: 448
	});
	if (!await isPrivate(state)) throw new Error(`${state} is not a private folder of this user`);
	const note = join(state, "runtime-folder");
	const remembered = await rememberedFolder(note, temporary);
	if (remembered !== null) return remembered;
	const folder = await mkdtemp(join(temporary, "cgi-workbench-"));
	const draft = `${folder.replace(temporary, state)}.draft`;
	await writeFile(draft, folder, { mode: 384 });
	const chosen = await remember(draft, note, temporary) ?? folder;
	await rm(draft);
	if (chosen !== folder) await rmdir(folder);
	return chosen;
}
/** What is remembered then: a link, unlike a rename, leaves the folder of a process that came here at the same time. */
async function remember(draft, note, temporary) {
	for (const isLast of [false, true]) {
		await link(draft, note).catch((error) => {
			if (codeOf(error) !== "EEXIST") throw error;
		});
		const remembered = await rememberedFolder(note, temporary);
		if (remembered !== null || isLast) return remembered;
		await rm(note, { force: true });
	}
	return null;
}
/** Null if nothing is remembered, or the folder is gone, as after a restart of the machine. */
async function rememberedFolder(note, temporary) {
	const folder = await readFile(note, "utf8").catch(nullIfMissing);
	return folder !== null && dirname(folder) === temporary && await isPrivate(folder) ? folder : null;
}
/** Not `recursive`: below /proc, Node's recursive form never settles. */
async function isMade(folder) {
	try {
		await mkdir(folder, { mode: 448 });
		return true;
	} catch (error) {
		return codeOf(error) === "EEXIST";
	}
}
async function isPrivate(folder) {
	const stats = await lstat(folder).catch(nullIfMissing);
	const uid = process.getuid?.() ?? null;
	if (!stats?.isDirectory()) return false;
	return uid === null || stats.uid === uid && (stats.mode & 63) === 0;
}
var codeOf = (error) => error instanceof Error && "code" in error ? error.code : null;
function nullIfMissing(error) {
	if (codeOf(error) === "ENOENT") return null;
	throw error;
}
// server/workspace/lock/process-identity.ts
/**
* When the process started, only good for comparison; "unknown" if the system does not report it; null if it does not
* run.
*/
async function processStart(pid) {
	if (process.platform === "linux") try {
		const stat = await readFile(`/proc/${pid}/stat`, "latin1");
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		return fields[0] === "Z" ? null : fields[19] ?? "unknown";
	} catch (error) {
		if (errorCode(error) === "") throw error;
		return null;
	}
	if (!isRunning(pid)) return null;
	if (process.platform === "win32") return "unknown";
	return new Promise((resolve) => {
		execFile("/bin/ps", [
			"-o",
			"lstart=",
			"-p",
			String(pid)
		], { env: { LC_ALL: "C" } }, (error, stdout) => resolve(error ? null : stdout.trim()));
	});
}
function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return errorCode(error) === "EPERM";
	}
}
export { runtimeFolder as n, processStart as t };

//# sourceMappingURL=process-identity-A1WKEbJe.js.map