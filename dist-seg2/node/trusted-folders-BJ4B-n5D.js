import { a as array, d as literal, g as string, m as record, p as object } from "./schemas-ALeHrJtO.js";
import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
import { n as userDataPath, t as replacePrivateFile } from "./user-data-BusAhU-k.js";
import { t as defineProblems } from "./problem-BYFI9xia.js";
import { join } from "node:path";
import { open } from "node:fs/promises";
import { constants } from "node:fs";
// server/workspace/trust/messages.ts
var trustMessage = defineProblems({
	"trust-changed": {
		message: "The folder’s settings have changed since you saw them. The folder is not trusted.",
		fix: "Read what it wants now, then trust it."
	},
	"trust-not-kept": {
		message: ({ path, errno }) => `${path} cannot be written: ${errno}. What you trust has not changed.`,
		fix: "Check the permissions of this file and of the folders above it."
	},
	/** `file`: an absolute path. */
	"trust-not-read": {
		message: ({ path }) => `${path} is damaged, or other users can write it. No folder is trusted.`,
		fix: "Remove the file, then trust your folders again."
	},
	/** `place`: a folder that the file's `below` names. */
	"trust-below": {
		message: ({ place }) => `Every folder below ${place} is trusted.`,
		fix: ({ place, path }) => `To end that, remove ${place} from “below” in ${path}.`
	},
	"trust-of-run": {
		message: "The folder is no longer trusted. This server trusts it until it stops: the command that started it does.",
		fix: "Stop the server, then open the folder with “cgi-workbench open”."
	},
	"host-waits": {
		message: ({ host }) => `server.host is ${host}, where other machines can run the scripts. The server listens on this machine only.`,
		fix: ({ host }) => `Pass --host ${host} to allow it.`
	}
});
// server/workspace/trust/trusted-folders.ts
var absolute = string().startsWith("/");
var kept = object({
	schema: literal(1),
	/** Fingerprints by folder. */
	folders: record(absolute, string()),
	/** Every folder below these is trusted, whatever its settings: written by hand, for a place that is the user's alone. */
	below: array(absolute).default([])
});
var none = {
	schema: 1,
	folders: {},
	below: []
};
var maxBytes = 4 << 20;
var trustedFoldersFile = (environment) => join(userDataPath(environment), "trusted-folders.json");
/** Changes by this process, one after the other. */
var granting = Promise.resolve();
var TrustedFolders = class {
	#file;
	constructor(file = trustedFoldersFile()) {
		this.#file = file;
	}
	/** "below": trusted whatever its settings; else the fingerprint that was trusted; null: never trusted. @throws ProblemError */
	async recordOf(root) {
		const { folders, below } = await this.#read();
		if (isBelow(root, below)) return "below";
		const fingerprint = Object.hasOwn(folders, root) ? folders[root] : void 0;
		return fingerprint === void 0 ? null : { fingerprint };
	}
	/** Trusts a folder with these settings. @throws ProblemError */
	grant(root, fingerprint) {
		const mine = granting.then(() => this.#grant(root, fingerprint));
		granting = mine.catch(() => void 0);
		return mine;
	}
	/** Ends the trust in a folder. False if it had none. @throws ProblemError, also for a folder below a trusted place */
	revoke(root) {
		const mine = granting.then(() => this.#revoke(root));
		granting = mine.catch(() => void 0);
		return mine;
	}
	async #revoke(root) {
		const before = await this.#read();
		const place = before.below.find((at) => isBelow(root, [at]));
		if (place !== void 0) throw new ProblemError(trustMessage("trust-below", {
			place,
			path: this.#file
		}));
		if (!Object.hasOwn(before.folders, root)) return false;
		const { [root]: _, ...folders } = before.folders;
		await this.#write({
			...before,
			folders
		});
		return true;
	}
	async #grant(root, fingerprint) {
		const before = await this.#read();
		if (isBelow(root, before.below) || before.folders[root] === fingerprint) return;
		await this.#write({
			...before,
			folders: {
				...before.folders,
				[root]: fingerprint
			}
		});
	}
	async #write(now) {
		try {
			await replacePrivateFile(this.#file, `${JSON.stringify(now, null, 2)}\n`);
		} catch (error) {
			throw new ProblemError(trustMessage("trust-not-kept", {
				path: this.#file,
				errno: errorCode(error)
			}), { cause: error });
		}
	}
	async #read() {
		const text = await privateText(this.#file);
		if (text === null) return none;
		const parsed = text === "not private" ? null : kept.safeParse(jsonOf(text));
		if (parsed?.success) return parsed.data;
		throw new ProblemError(trustMessage("trust-not-read", { path: this.#file }));
	}
};
var isBelow = (root, places) => places.some((place) => root === place || root.startsWith(place.endsWith("/") ? place : `${place}/`));
/** Null without such a file; "not private" if another user owns or can write it, or it is too long. */
async function privateText(path) {
	try {
		const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
		try {
			const stats = await file.stat();
			const isOwn = process.getuid === void 0 || stats.uid === process.getuid() && (stats.mode & 18) === 0;
			return stats.isFile() && isOwn && stats.size <= maxBytes ? await file.readFile("utf8") : "not private";
		} finally {
			await file.close();
		}
	} catch (error) {
		const code = errorCode(error);
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		if (code === "") throw error;
		return "not private";
	}
}
function jsonOf(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
export { trustMessage as n, TrustedFolders as t };

//# sourceMappingURL=trusted-folders-BJ4B-n5D.js.map