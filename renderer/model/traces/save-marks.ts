// When the scripts were saved in the editor: the graph draws a dashed line there, so that
// a change and its effect are side by side.
import { create } from "zustand";
import { fileSaves } from "../documents/save-document.js";
import { onOtherFolder } from "../folder/workspace-store.js";

export interface SaveMark {
  /** Workspace path of the saved file. */
  readonly file: string;
  /** Unix time in ms. */
  readonly at: number;
}
const maxMarks = 200;

export const useSaveMarks = create<{ readonly marks: readonly SaveMark[] }>()(() => ({ marks: [] }));

/** Marks each save in the open folder. Once, at the start of the page. */
export function followSaves(): void {
  onOtherFolder(() => useSaveMarks.setState({ marks: [] }));
  fileSaves.on(({ path }) =>
    useSaveMarks.setState(({ marks }) => ({ marks: [...marks.slice(1 - maxMarks), { file: path, at: Date.now() }] })),
  );
}
