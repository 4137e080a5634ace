// Turns a system error about a file of the workspace into a problem: what happened, and how to fix it.
import { errorCode, NotRegularFile } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";

/** A `ProblemError` for `path` (in the workspace). Returns any other than a system error unchanged, since that is a bug. */
export function fileProblem(error: unknown, path: string): unknown {
  if (error instanceof NotRegularFile)
    return new ProblemError(
      "not-a-file",
      `${path} is not a regular file: it is a folder, a pipe, a socket or a device.`,
      "Choose another file.",
      { cause: error, data: { path } },
    );
  const code = errorCode(error);
  const inWords = words[code];
  if (code === "" || error instanceof ProblemError) return error;
  if (inWords === undefined)
    return new ProblemError("file-system", `The system refused access to ${path}: ${code}.`, null, {
      cause: error,
      data: { path, errno: code },
    });
  return new ProblemError(inWords.code, `${path} ${inWords.message}`, inWords.fix, {
    cause: error,
    data: { path, errno: code },
  });
}

interface Words {
  readonly code: string;
  /** After the path. */
  readonly message: string;
  readonly fix: string;
}
const notPermitted: Words = {
  code: "no-permission",
  message: "cannot be read or written: the permission is missing.",
  fix: "Change its permissions, or those of the folders above it.",
};
const noSpace: Words = {
  code: "no-space",
  message: "was not saved and is unchanged: no space is left on the disk.",
  fix: "Free some space and save again.",
};

const taken: Words = { code: "exists", message: "already exists. It was not changed.", fix: "Choose another name." };

const words: Readonly<Record<string, Words>> = {
  EEXIST: taken,
  ENOTEMPTY: taken,
  ENAMETOOLONG: {
    code: "name-too-long",
    message: "has a name that is too long for this file system.",
    fix: "Choose a shorter name.",
  },
  EXDEV: {
    code: "other-file-system",
    message: "cannot be moved to another file system.",
    fix: "Copy it there, then remove it here.",
  },
  ENOENT: {
    code: "not-found",
    message: "no longer exists.",
    fix: "It may have been renamed or removed. Check the list of files.",
  },
  ENOTDIR: {
    code: "not-found",
    message: "does not exist: a part of its path is a file, not a folder.",
    fix: "Check the list of files.",
  },
  EISDIR: { code: "not-a-file", message: "is a folder.", fix: "Choose a file." },
  ELOOP: { code: "not-found", message: "is a link that leads in a circle.", fix: "Fix the link." },
  EACCES: notPermitted,
  EPERM: notPermitted,
  EROFS: {
    code: "no-permission",
    message: "lies on a read-only file system.",
    fix: "Save it on another one.",
  },
  ENOSPC: noSpace,
  EDQUOT: noSpace,
};
