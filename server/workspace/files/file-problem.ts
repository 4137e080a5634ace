// What the system says about a file of the workspace, in words: what happened and what to do about it.

import { errorCode, NotRegularFile } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";

/** A `ProblemError` for `path` (in the workspace). An error that is not the system's comes back as it is: it is a bug of ours. */
export function fileProblem(error: unknown, path: string): unknown {
  if (error instanceof NotRegularFile)
    return new ProblemError(
      "not-a-file",
      `${path} is not a regular file: it is a folder, a pipe, a socket or a device.`,
      "Choose another file.",
      {
        cause: error,
      },
    );
  const code = errorCode(error);
  const inWords = words[code];
  if (code === "" || error instanceof ProblemError) return error;
  if (inWords === undefined)
    return new ProblemError("file-system", `The system refuses ${path}: ${code}.`, null, { cause: error });
  return new ProblemError(inWords.code, `${path} ${inWords.message}`, inWords.fix, { cause: error });
}

interface Words {
  readonly code: string;
  /** After the path. */
  readonly message: string;
  readonly fix: string;
}
const notPermitted: Words = {
  code: "no-permission",
  message: "may not be read or written by you.",
  fix: "Change its permissions, or those of the folders above it.",
};
const noSpace: Words = {
  code: "no-space",
  message: "was not saved, and is as it was: there is no space left.",
  fix: "Free some space and save again.",
};

const taken: Words = { code: "exists", message: "is there already, and stays as it is.", fix: "Choose another name." };

const words: Readonly<Record<string, Words>> = {
  EEXIST: taken,
  ENOTEMPTY: taken,
  ENAMETOOLONG: {
    code: "name-too-long",
    message: "has a name that is too long for this file system.",
    fix: "Choose a shorter one.",
  },
  EXDEV: {
    code: "other-file-system",
    message: "would go to another file system, which takes more than a new name.",
    fix: "Copy it there yourself.",
  },
  ENOENT: {
    code: "not-found",
    message: "no longer exists.",
    fix: "It may have been renamed or removed: look at the list of files.",
  },
  ENOTDIR: {
    code: "not-found",
    message: "is not there: part of its path is a file, not a folder.",
    fix: "Look at the list of files.",
  },
  EISDIR: { code: "not-a-file", message: "is a folder.", fix: "Choose a file." },
  ELOOP: { code: "not-found", message: "is a link that leads in a circle.", fix: "Mend the link." },
  EACCES: notPermitted,
  EPERM: notPermitted,
  EROFS: {
    code: "no-permission",
    message: "lies on a file system that can only be read.",
    fix: "Save it somewhere else.",
  },
  ENOSPC: noSpace,
  EDQUOT: noSpace,
};
