// Where the stored traces of a workspace lie: one file each, in the user's data folder.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { userDataPath } from "../../base/user-data.js";

/** `root`: the workspace's folder, absolute and without links. */
export function storePath(
  root: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const name = createHash("sha256").update(root).digest("hex").slice(0, 32);
  return join(userDataPath(environment), "traces", `${name}.db`);
}
