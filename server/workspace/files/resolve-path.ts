// Resolves a path of the workspace to its real path, so that reading and saving follow links without leaving the
// workspace.
import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { utf8 } from "../../protocol/byte-string.js";
import type { Containment } from "../../routing/containment.js";
import { fileMessage } from "./messages.js";

/**
 * The absolute path without links; for a file that does not exist yet, the path at which it would be created.
 * @throws ProblemError if a link leads out of the workspace, or the system's error if its folder is missing
 */
export async function resolveExisting(root: string, path: string, containment: Containment): Promise<string> {
  const asked = join(root, path);
  const existing = await realOrNull(asked);
  const real = existing ?? join(await realpath(dirname(asked)), basename(asked));
  if (containment.isInside(utf8(existing ?? dirname(real)), utf8(root))) return real;
  throw new ProblemError(fileMessage("outside", { path, target: real }));
}

async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}
