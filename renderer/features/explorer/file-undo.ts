// What was done to files and can be undone: deletions, moves and new names, the newest
// first, each offered in a notice as well.
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { notify } from "../../platform/notices.js";

/** Undoes one action and reports failures. Returns what is left to undo, or null. */
export type Undo = () => Promise<Undo | null>;

interface UndoEntry {
  /** The folder it was done in. */
  readonly root: string | null;
  readonly undo: Undo;
}
const steps: UndoEntry[] = [];
const maxSteps = 50;

/** The folder that the window shows. */
export const openRoot = (): string | null => useWorkspace.getState().workspace?.root ?? null;

/** Says what was done in the folder `root`, with its Undo. */
export function offerUndo(root: string | null, text: string, undo: Undo): void {
  const step: UndoEntry = { root, undo };
  steps.push(step);
  steps.splice(0, steps.length - maxSteps);
  notify("info", text, { title: "Undo", run: () => void take(step) });
}

export const canUndo = (): boolean => steps.some(({ root }) => root === openRoot());

/** Undoes what was done last in this folder. */
export async function undoLast(): Promise<void> {
  const last = steps.findLast(({ root }) => root === openRoot());
  if (last) await take(last);
}

async function take(step: UndoEntry): Promise<void> {
  const index = steps.indexOf(step);
  if (index < 0) return;
  // The same paths are other files in another folder. The step stays for when its own is open again.
  if (step.root !== openRoot()) return notify("info", `Open the folder ${step.root} again to undo this.`);
  steps.splice(index, 1);
  const left = await step.undo();
  if (left) steps.splice(index, 0, { ...step, undo: left });
}
