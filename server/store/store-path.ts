// Where the stored traces of a workspace lie: one file each, in the user's data folder.
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { userDataPath } from "../base/user-data.js";

/** `root`: the workspace's folder, absolute and without links. */
export function storePath(
  root: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const name = createHash("sha256").update(root).digest("hex").slice(0, 32);
  return join(userDataPath(environment), "traces", `${name}.db`);
}

/** SQLite cuts the log to so many bytes (`journal_size_limit`) once nobody reads what is in it. */
const maxLogBytes = 32 << 20;

/**
 * What the traces in a file take; null: there is none. Of the log only what stays: while a file is written anew, it is
 * as long as that file.
 */
export function storedBytes(path: string): number | null {
  const file = statSync(path, { throwIfNoEntry: false });
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  return file ? file.size + Math.min(log?.size ?? 0, maxLogBytes) : null;
}
