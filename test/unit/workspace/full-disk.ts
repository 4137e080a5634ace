// A workspace on a disk that has no space left for some files, as long as a test says so.
import { ProblemError } from "../../../server/base/problem.js";
import { fileMessage } from "../../../server/workspace/files/messages.js";
import type { Replaceable } from "../../../server/workspace/search/replacements.js";
import type { Workspace } from "../../../server/workspace/workspace.js";

export interface FullDisk {
  readonly folder: Replaceable;
  /** Bytes cannot be written to these. */
  readonly full: Set<string>;
}

export function withFullDisk(workspace: Workspace): FullDisk {
  const full = new Set<string>();
  const folder: Replaceable = {
    readBytes: (path) => workspace.readBytes(path),
    write: (path, text) => workspace.write(path, text),
    writeBytes: async (path, bytes, expectedHash) => {
      if (full.has(path)) throw new ProblemError(fileMessage("no-space", { path, errno: "ENOSPC" }));
      return workspace.writeBytes(path, bytes, expectedHash);
    },
    changes: workspace.changes,
  };
  return { folder, full };
}
