// When a script of the folder was saved last: here, or by another program.
import { useFiles } from "../folder/file-store.js";
import { useSaveMarks } from "./save-marks.js";

/** Unix time in ms; null: no script is there. Files that are not scripts do not count: scripts write them. */
export function lastSave(): number | null {
  let last: number | null = useSaveMarks.getState().marks.at(-1)?.at ?? null;
  for (const { mode, modifiedAt } of useFiles.getState().entries)
    if (mode !== null) last = Math.max(last ?? 0, modifiedAt);
  return last;
}

/** Calls `onSave` whenever that changes. */
export function followLastSave(onSave: () => void): void {
  let known = lastSave();
  const look = (): void => {
    const now = lastSave();
    if (now !== known) onSave();
    known = now;
  };
  useFiles.subscribe(look);
  useSaveMarks.subscribe(look);
}
