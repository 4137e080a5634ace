// Whether something that processes read at their start has changed since. For moments when the changed files are
// unknown, such as the beginning of the watch on a folder.
import { lstatSync, readdirSync, type Stats } from "node:fs";
import { posix } from "node:path";
import { diskPath } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { isCompiledCopy } from "../../routing/deny-list.js";

/** How far file times lag behind the clock, ms. */
const lagMs = 10;
/** More files than this count as changed. */
const maxLooked = 10_000;

/**
 * Files, and folders with everything below them. `since`: Unix time, ms. A missing path counts by the nearest existing
 * folder above it, an unreadable one as changed. Compiled copies do not count: the processes write them.
 */
export function changedSince(paths: readonly ByteString[], since: number): boolean {
  const isLater = (stats: Stats | undefined): boolean => stats !== undefined && stats.ctimeMs > since - lagMs;
  const waiting = [...paths];
  try {
    for (let looked = 0; ; looked++) {
      const path = waiting.pop();
      if (path === undefined) return false;
      const stats = lstatSync(diskPath(path), { throwIfNoEntry: false });
      if (looked >= maxLooked || isLater(stats ?? nearestAbove(path))) return true;
      if (stats?.isDirectory())
        for (const name of readdirSync(diskPath(path), "latin1"))
          if (!isCompiledCopy(name)) waiting.push(byteString(`${path}/${name}`));
    }
  } catch {
    return true;
  }
}

function nearestAbove(path: ByteString): Stats | undefined {
  const folder = byteString(posix.dirname(path));
  return lstatSync(diskPath(folder), { throwIfNoEntry: false }) ?? (folder === path ? undefined : nearestAbove(folder));
}
