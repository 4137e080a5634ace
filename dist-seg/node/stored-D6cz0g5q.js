import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
import { t as storeMessage } from "./messages-C5jL9B2-.js";
import { t as NewerSchemaError } from "./store-file-bGyywt8M.js";
import { t as storePath } from "./store-path-DxFfYEqs.js";
import { t as StoreReader } from "./store-reader-CvD6ytUE.js";
import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { t as UsageError } from "./cli.js";
import { resolve } from "node:path";
import { realpath } from "node:fs/promises";
import { existsSync } from "node:fs";
// server/app/exchange/read-store.ts
/** Calls `read` with the store of a folder (absolute, without links); null: it has none. @throws ProblemError */
function readStoreOf(root, read) {
	const path = storePath(root);
	if (!existsSync(path)) return read(null);
	let store = null;
	try {
		store = new StoreReader(path);
		return read(store);
	} catch (error) {
		if (error instanceof NewerSchemaError) throw new ProblemError(storeMessage("store-newer", { path }), { cause: error });
		if (error instanceof Error && ("errcode" in error || "sqliteCode" in error)) throw new ProblemError(storeMessage("store-unreadable", {
			path,
			systemText: error.message
		}), { cause: error });
		throw error;
	} finally {
		store?.close();
	}
}
// server/cli/stored.ts
/** The absolute path of a folder, without links: its store goes by it. @throws UsageError if it cannot be read */
async function storedFolder(folder) {
	return realpath(resolve(folder)).catch((error) => {
		throw new UsageError(`the folder ${folder} cannot be read: ${errorCode(error) || String(error)}`);
	});
}
/** Calls `read` with the folder's store; null: it has none. @throws UsageError for no folder, ProblemError */
async function readStore(folder, read) {
	return readStoreOf(await storedFolder(folder), read);
}
/** @throws ProblemError if there is no such trace */
async function storedTrace(folder, id) {
	const found = await readStore(folder, (store) => store?.get(id) ?? null);
	if (!found) throw new ProblemError(storeMessage("trace-not-stored", { trace: id }));
	return found;
}
export { readStoreOf as i, storedFolder as n, storedTrace as r, readStore as t };

//# sourceMappingURL=stored-D6cz0g5q.js.map