import { n as userDataPath } from "./user-data-BusAhU-k.js";
import { join } from "node:path";
import { createHash } from "node:crypto";
// server/trace/store/store-path.ts
/** `root`: the workspace's folder, absolute and without links. */
function storePath(root, environment = process.env) {
	const name = createHash("sha256").update(root).digest("hex").slice(0, 32);
	return join(userDataPath(environment), "traces", `${name}.db`);
}
export { storePath as t };

//# sourceMappingURL=store-path-DxFfYEqs.js.map