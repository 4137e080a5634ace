// When a script was saved last, for searches "since the last save".
import { statSync } from "node:fs";
import { unlessRefusedSync } from "../base/disk.js";

/** Unix time in ms; null: none of the files is there. */
export function lastSaveOf(scripts: readonly string[]): number | null {
  const times = scripts.flatMap((path) => savedAt(path) ?? []);
  return times.length === 0 ? null : times.reduce((last, time) => Math.max(last, time));
}

/** Null: the file is no longer there, or not where this user can see it. */
const savedAt = (path: string): number | null => unlessRefusedSync(() => statSync(path).mtimeMs, null);
