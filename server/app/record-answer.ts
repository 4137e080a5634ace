// Records what a command answers that this machine does not have, in the folder's text file for that command.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "../base/problem.js";
import { type Answer, answersFolder } from "../contract/recorded-answers.js";
import { fixMessage } from "../doctor/fixes/messages.js";
import { withAnswer } from "../runners/commands/recorded-answers.js";
import { fileProblem } from "../workspace/files/file-problem.js";
import { hashOf } from "../workspace/files/text-file.js";
import type { Undoable, UndoStep } from "../workspace/files/undo-log.js";
import { appMessage } from "./messages.js";

type AnswersFolder = Pick<Undoable, "readBytes" | "writeBytes"> & {
  readonly root: string;
  readonly isTrusted: boolean;
};

/** Returns what undoes it. @throws ProblemError */
export async function recordAnswer(
  folder: AnswersFolder,
  answer: Answer,
): Promise<{ readonly folder: Undoable; readonly step: UndoStep }> {
  if (!folder.isTrusted) throw new ProblemError(appMessage("answers-not-trusted", { path: folder.root }));
  const [name = ""] = answer.command.split(" ", 1);
  const path = `${answersFolder}/${name}`;
  await mkdir(join(folder.root, answersFolder), { recursive: true }).catch((error: unknown) => {
    throw fileProblem(error, answersFolder);
  });
  const before = await folder.readBytes(path);
  const text = withAnswer(Buffer.from(before?.bytes ?? []).toString("utf8"), answer);
  const saved = await folder.writeBytes(path, Buffer.from(text), before && hashOf(before.bytes));
  if (saved.kind === "conflict") throw new ProblemError(fixMessage("changed-since-preview", { path }));
  return {
    folder: {
      readBytes: (of) => folder.readBytes(of),
      writeBytes: (of, bytes, expected) => folder.writeBytes(of, bytes, expected),
      changes: {
        setExecutable: async () => {},
        // The folder is hidden, so its files are not in the window's list.
        remove: async (of) => {
          await rm(join(folder.root, of), { force: true });
          return null;
        },
      },
    },
    step: { kind: "text", path, bytes: before?.bytes ?? null, leftAs: saved.hash },
  };
}
