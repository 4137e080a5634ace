// A unified diff as changes of the folder's text files. Bytes are characters, so that it fits files in any encoding.
import { applyPatch, parsePatch, type StructuredPatch } from "diff";
import { toDisplayText } from "../../base/decode-text.js";
import { errorText } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { workspacePath } from "../../contract/workspace.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import { isSkipped } from "../../workspace/files/file-list.js";
import { fileMessage } from "../../workspace/files/messages.js";
import { detectEncoding } from "../../workspace/files/text-encoding.js";
import type { Undoable } from "../../workspace/files/undo-log.js";
import { fixMessage } from "./messages.js";
import { type Step, textStep } from "./step.js";

const nothing = "/dev/null";

/** @throws ProblemError if it is no diff, or does not fit the files as they are */
export async function patchSteps(folder: Pick<Undoable, "readBytes">, patch: ByteString): Promise<Step[]> {
  const steps: Step[] = [];
  for (const file of patchesIn(patch)) {
    const path = pathOf(file);
    if (steps.some(({ change }) => change.path === path)) throw malformed(path);
    if (file.hunks.length === 0) throw malformed(`${path} has no hunk`); // binary, empty, or another mode
    const onDisk = await folder.readBytes(path);
    const before = onDisk && fromBytes(onDisk.bytes);
    const isNew = file.oldFileName === nothing;
    const after = isNew === (before === null) ? applyPatch(before ?? "", file) : false;
    if (after === false) throw new ProblemError(fixMessage("patch-does-not-fit", { path }));
    const encoding = (onDisk && detectEncoding(onDisk.bytes)) ?? "utf-8";
    steps.push(textStep(path, before, byteString(after), onDisk, encoding));
  }
  return steps;
}

function patchesIn(patch: ByteString): readonly StructuredPatch[] {
  // GNU diff says so between the files that it shows, and the parser skips what it does not know.
  const unshown = /^(?:Binary files .* differ|Only in .*)$/m.exec(patch);
  if (unshown) throw malformed(toDisplayText(byteString(unshown[0])));
  try {
    const files = parsePatch(patch).filter(({ oldFileName }) => oldFileName !== undefined);
    if (files.length > 0) return files;
  } catch (error) {
    throw malformed(errorText(error));
  }
  throw malformed("it has no hunk");
}

const malformed = (why: string): ProblemError => new ProblemError(fixMessage("patch-malformed", { why }));

/** In the folder, and not hidden. @throws ProblemError */
function pathOf({ oldFileName = "", newFileName = "", isRename, isCopy, isDelete }: StructuredPatch): string {
  const isMarked = /^(?:a\/|\/dev\/null$)/.test(oldFileName) && newFileName.startsWith("b/"); // as git writes them
  const path = toDisplayText(byteString(newFileName.slice(isMarked ? 2 : 0)));
  if (newFileName === nothing || isRename || isCopy || isDelete)
    throw new ProblemError(fixMessage("patch-removes", { path: toDisplayText(byteString(oldFileName)) }));
  const { data } = workspacePath.safeParse(path);
  if (data === undefined) throw malformed(path);
  if (data.split("/").some(isSkipped)) throw new ProblemError(fileMessage("hidden", { path: data }));
  return data;
}
