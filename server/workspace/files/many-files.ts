// One change to many files: those that cannot be changed are left out with a reason, and keep no other from its change.
import { ProblemError } from "../../base/problem.js";
import type { LeftOut } from "../../contract/encodings-contract.js";
import { type Message, wordsOf } from "../../contract/message.js";
import { type UndoLog, undoStep } from "./undo-log.js";

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

/**
 * Restores what the files had; null: the change is not kept. `changedSince`: a file that is no longer as the change
 * left it stays as it is. What cannot be written now stays in the log, under the token that is returned.
 */
export async function undoAll(
  log: UndoLog,
  token: string,
  changedSince: Message,
  failed: Failed,
): Promise<{ restored: string[]; left: LeftOut[]; token: string | null } | null> {
  const undo = log.take(token); // at once: a second call meanwhile finds nothing to restore
  if (undo === undefined) return null;
  const { folder, steps } = undo;
  const rest = new Set(steps);
  const restored: string[] = [];
  try {
    const left = await eachFile(
      steps,
      async (step) => {
        const isUndone = await undoStep(folder, step);
        rest.delete(step);
        if (!isUndone) return changedSince;
        restored.push(step.path);
        return null;
      },
      failed,
    );
    return { restored, left, token: rest.size > 0 ? token : null };
  } finally {
    if (rest.size > 0) log.keep(folder, [...rest], token);
  }
}

async function reasonOf(work: () => Promise<Message | null>, failed: Failed): Promise<Message | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return failed(wordsOf(error.problem.message));
    throw error;
  }
}
