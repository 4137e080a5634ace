import { dirname, join } from "node:path";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { homedir } from "node:os";
// server/base/user-data.ts
/** Absolute: in `XDG_DATA_HOME` if that is set, else where the system has such folders. */
var userDataPath = (environment = process.env) => join(dataHome(environment), "cgi-workbench");
/**
* Replaces a file that only this user may read, as a whole: another process finds the old text or the new one.
* Missing folders are created with mode 0700. @throws the system's error
*/
async function replacePrivateFile(path, text) {
	const draft = `${path}.${randomUUID()}`;
	await mkdir(dirname(path), {
		recursive: true,
		mode: 448
	});
	try {
		await writeFile(draft, text, {
			flag: "wx",
			mode: 384
		});
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true }).catch(() => void 0);
		throw error;
	}
}
function dataHome(environment) {
	const { XDG_DATA_HOME: chosen, APPDATA: roaming, HOME } = environment;
	const home = HOME?.startsWith("/") ? HOME : homedir();
	if (chosen?.startsWith("/")) return chosen;
	if (process.platform === "win32" && roaming) return roaming;
	return process.platform === "darwin" ? join(home, "Library/Application Support") : join(home, ".local/share");
}
export { userDataPath as n, replacePrivateFile as t };

//# sourceMappingURL=user-data-BusAhU-k.js.map