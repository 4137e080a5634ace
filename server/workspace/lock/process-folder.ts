// Private folders that a process has while it works. What a process that was killed left there, a later one finds.
import { mkdir, mkdtemp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "../../base/disk.js";
import { processStart } from "./process-identity.js";

/** A new folder of this process below `place`, which only this user can read. */
export async function makeProcessFolder(place: string): Promise<string> {
  await mkdir(place, { recursive: true, mode: 0o700 });
  const start = encodeURIComponent((await processStart(process.pid)) ?? "unknown");
  return mkdtemp(join(place, `${process.pid}-${start}-`));
}

/** The folders of processes that certainly do not run any more. */
export async function abandonedFolders(place: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await unlessMissing(readdir(place), [])) {
    const [pid, noted = ""] = name.split("-");
    const start = await processStart(Number(pid));
    if (start !== "unknown" && encodeURIComponent(start ?? "") !== noted) found.push(join(place, name));
  }
  return found;
}
