// A second file system on this machine, for what renaming cannot do across two of them.
import { mkdtempSync, rmSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";

/** A folder on another file system than the temporary one, where this machine has one. */
export const otherFileSystem = ["/dev/shm", "/run/user", "/run"].find((path) => {
  try {
    if (statSync(path).dev === statSync("/tmp").dev || statfsSync(path).bavail === 0) return false;
    rmSync(mkdtempSync(join(path, "cgi-workbench-probe-")), { recursive: true });
    return true;
  } catch {
    return false; // not there, or not ours to write to
  }
});
