// Whether a program came with the folder. Looking at a file, and asking for a version, must not run what lies in the
// folder, whatever path leads there.
import { realpathSync } from "node:fs";
import { posix } from "node:path";
import { isWithin, unlessRefusedSync } from "../base/disk.js";

/** Paths that mean another file to each process: /proc/self/cwd is the folder of the script that names it. */
const dependsOnProcess = /^\/(proc|dev)(\/|$)/;

/**
 * True if no part of the program's absolute path leads through the folder: neither as it is spelt nor by a link. A link
 * in the folder to an interpreter outside counts as the folder's: a virtual environment runs code that lies beside it.
 */
export function isForeignProgram(program: string, root: string): boolean {
  if (!program.startsWith("/")) return false;
  const real = realPathOf(program);
  if (real === null) return false;
  const steps = program.split("/").slice(1);
  const passed = steps.map((_, index) => `/${steps.slice(0, index + 1).join("/")}`);
  return [posix.normalize(program), ...passed.map(realPathOf), ...passed].every(
    (path) => path !== null && !dependsOnProcess.test(path) && !isWithin(path, root),
  );
}

/** Null: it is missing, or not to be examined. */
const realPathOf = (path: string): string | null => unlessRefusedSync(() => realpathSync.native(path), null);
