// Symbolic links that lead out of a folder which Apache serves, where it follows them: `links` names their targets.
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { isWithin, unlessRefused } from "../../base/disk.js";

/** One configuration has at most so many files and folders searched, for so long. Links beyond them are refused. */
const maxEntries = 50_000;
const maxTargets = 200;
const maxMs = 2000;

export interface FollowedFolder {
  readonly folder: string;
  /** Only links that belong to the owner of what they lead to. */
  readonly isOwnerAsked: boolean;
}

/** The search lets requests be served meanwhile. */
export async function outwardLinks(followed: readonly FollowedFolder[]): Promise<readonly string[]> {
  const until = performance.now() + maxMs;
  const found = new Set<string>();
  let entries = 0;
  for (const { folder, isOwnerAsked } of followed) {
    const root = await unlessRefused(realpath(folder), null);
    const waiting = root === null ? [] : [root];
    for (let next = waiting.pop(); next !== undefined && root !== null; next = waiting.pop())
      for (const entry of await unlessRefused(readdir(next, { withFileTypes: true }), [])) {
        if (++entries > maxEntries || found.size >= maxTargets || performance.now() > until)
          return [...found].toSorted();
        const path = join(next, entry.name);
        if (entry.isDirectory()) waiting.push(path);
        const target = entry.isSymbolicLink() ? await unlessRefused(realpath(path), null) : null;
        if (target === null || isWithin(target, root)) continue;
        const owners = await Promise.all([lstat(path), stat(target)].map((one) => unlessRefused(one, null)));
        if (!isOwnerAsked || owners[0]?.uid === owners[1]?.uid) found.add(target);
      }
  }
  return [...found].toSorted();
}
