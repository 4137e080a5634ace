// When a script was saved last, for searches "since the last save".
import { statSync } from "node:fs";
import { errorCode } from "../base/disk.js";

/** Unix time in ms; null: none of the files is there. */
export function lastSaveOf(scripts: readonly string[]): number | null {
  const times = scripts.flatMap((path) => savedAt(path) ?? []);
  return times.length === 0 ? null : times.reduce((last, time) => Math.max(last, time));
}

/** Null: the file is no longer there, or not where this user can see it. */
function savedAt(path: string): number | null {
  try {
    return statSync(path).mtimeMs;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null;
  }
}
