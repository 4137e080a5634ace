// Turns a system error about a file of the workspace into a problem: what happened, and how to fix it.
import { errorCode, NotRegularFile } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { fileMessage } from "./messages.js";

/**
 * A `ProblemError` for `path` (in the workspace). Returns any other than a system error unchanged, since that is a bug.
 */
export function fileProblem(error: unknown, path: string): unknown {
  if (error instanceof NotRegularFile) return new ProblemError(fileMessage("not-a-file", { path }), { cause: error });
  const errno = errorCode(error);
  if (errno === "" || error instanceof ProblemError) return error;
  return new ProblemError(fileMessage(nameOf[errno] ?? "file-system", { path, errno }), { cause: error });
}

type Refusal =
  | "exists"
  | "name-too-long"
  | "other-file-system"
  | "missing"
  | "below-a-file"
  | "is-a-folder"
  | "link-loop"
  | "no-permission"
  | "read-only-file-system"
  | "no-space";

const nameOf: Readonly<Record<string, Refusal>> = {
  EEXIST: "exists",
  ENOTEMPTY: "exists",
  ENAMETOOLONG: "name-too-long",
  EXDEV: "other-file-system",
  ENOENT: "missing",
  ENOTDIR: "below-a-file",
  EISDIR: "is-a-folder",
  ELOOP: "link-loop",
  EACCES: "no-permission",
  EPERM: "no-permission",
  EROFS: "read-only-file-system",
  ENOSPC: "no-space",
  EDQUOT: "no-space",
};
