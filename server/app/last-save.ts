// When a script was saved last, for searches "since the last save".
import { statSync } from "node:fs";

/** Unix time in ms; null: none of the files is there. */
export function lastSaveOf(scripts: readonly string[]): number | null {
  const times = scripts.flatMap((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? []);
  return times.length === 0 ? null : Math.max(...times);
}
