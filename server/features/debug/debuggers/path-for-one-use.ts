// Where a debugger is met: a name in the user's private folder that nobody can guess, and that is used once.
import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { runtimeFolder } from "../../../base/runtime-folder.js";
import { isRunning } from "../../../workspace/lock/process-identity.js";

/** Also removes what a server has left here that was killed. Rejects with the system's error. */
export async function pathForOneUse(): Promise<string> {
  const folder = await runtimeFolder();
  for (const name of await readdir(folder)) {
    const [, pid] = /^debug-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
  }
  return join(folder, `debug-${process.pid}-${randomBytes(8).toString("hex")}`);
}
