// Whether something that processes read at their start has changed since: asked when it is not known which files did, as when the watch on
// a folder has just begun.
import { lstatSync, readdirSync, type Stats } from "node:fs";
import { posix } from "node:path";
import { diskPath } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";

/** The system's times lag behind the clock by so much, ms. */
const lagMs = 10;
/** Where there is more to look at, it counts as changed. */
const maxLooked = 10_000;

/** Files, and folders with all below them. `since`: Unix time, ms. What is not there counts by the nearest folder above it that is; what may not be looked at, as changed. */
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
        for (const name of readdirSync(diskPath(path), "latin1")) waiting.push(byteString(`${path}/${name}`));
    }
  } catch {
    return true;
  }
}

function nearestAbove(path: ByteString): Stats | undefined {
  const folder = byteString(posix.dirname(path));
  return lstatSync(diskPath(folder), { throwIfNoEntry: false }) ?? (folder === path ? undefined : nearestAbove(folder));
}
