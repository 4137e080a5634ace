// When the scripts were saved in the editor: the graph draws a dashed line there, so that a change and its effect stand side by side.
import { create } from "zustand";

export interface SaveMark {
  /** Workspace path of the saved file. */
  readonly file: string;
  /** Unix time in ms. */
  readonly at: number;
}
const maxMarks = 200;

export const useSaveMarks = create<{ readonly marks: readonly SaveMark[] }>()(() => ({ marks: [] }));

/** Call when a file has been written; `file` is its workspace path. */
export function markSave(file: string, at = Date.now()): void {
  useSaveMarks.setState(({ marks }) => ({ marks: [...marks.slice(1 - maxMarks), { file, at }] }));
}
