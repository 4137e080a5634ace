// Sockets by which this user's processes reach a running server: in the user's private folder, which no other user can
// open, named after what they are for and the server's process.
import { readdir, rm } from "node:fs/promises";
import type { Server } from "node:net";
import { join } from "node:path";
import { errorCode } from "../../base/disk.js";
import { listen } from "../../base/listen.js";
import { runtimeFolder } from "../../base/runtime-folder.js";
import { processStart } from "./process-identity.js";

type Purpose = "window" | "assistant";

/** @throws the system's error, or NoPrivateFolder */
export async function listenAs(purpose: Purpose, server: Server): Promise<void> {
  await runningSockets(purpose);
  const path = join(await runtimeFolder(), `${purpose}-${process.pid}.sock`);
  await rm(path, { force: true }); // of a process with this number that was killed
  await listen(server, { path });
}

/** The paths of those of running servers; those of servers that were killed are removed. */
export async function runningSockets(purpose: Purpose): Promise<string[]> {
  const folder = await runtimeFolder();
  const running: string[] = [];
  for (const name of await readdir(folder)) {
    const [, its, pid] = /^(\w+)-(\d+)\.sock$/.exec(name) ?? [];
    if (its !== purpose) continue;
    const path = join(folder, name);
    if ((await processStart(Number(pid))) === null) await rm(path, { force: true });
    else running.push(path);
  }
  return running;
}

/** The server ended meanwhile, or does not answer. */
export const isGone = (error: unknown): boolean => gone.has(errorCode(error));
const gone: ReadonlySet<string> = new Set(["ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE", "ABORT_ERR"]);
