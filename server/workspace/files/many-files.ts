// One change to many files: those that cannot be changed are left out with a reason, and keep no other from its change.
import { ProblemError } from "../../base/problem.js";
import type { LeftOut } from "../../contract/encodings-contract.js";
import type { Message } from "../../contract/message.js";
import { type Undoable, type UndoStep, undoStep } from "./undo-log.js";

/** A file that cannot be read or written, in the words of the change. */
type Failed = (problem: string) => Message;

/** One file after the other. `work` returns why the file stays as it is; null: it was changed. */
export async function eachFile<F extends { readonly path: string }>(
  files: readonly F[],
  work: (file: F) => Promise<Message | null>,
  failed: Failed,
): Promise<LeftOut[]> {
  const left: LeftOut[] = [];
  for (const file of files) {
    const why = await reasonOf(() => work(file), failed);
    if (why !== null) left.push({ path: file.path, why });
  }
  return left;
}

/** Restores what the files had. `changedSince`: a file that is no longer as the change left it stays as it is. */
export async function undoAll(
  { folder, steps }: { readonly folder: Undoable; readonly steps: readonly UndoStep[] },
  changedSince: Message,
  failed: Failed,
): Promise<{ restored: string[]; left: LeftOut[] }> {
  const restored: string[] = [];
  const left = await eachFile(
    steps,
    async (step) => {
      if (!(await undoStep(folder, step))) return changedSince;
      restored.push(step.path);
      return null;
    },
    failed,
  );
  return { restored, left };
}

async function reasonOf(work: () => Promise<Message | null>, failed: Failed): Promise<Message | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem.message);
    throw error;
  }
}
