// The file that a verb writes for the user, which only this user may read: one that is there is replaced as a whole; a
// pipe or a device is written to.
import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { readlink, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { unlessMissing } from "../base/disk.js";
import { systemReason } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { exportMessage } from "../trace/formats/messages.js";
import { untilEndSignal } from "./end-signal.js";

type Pieces = Uint8Array | AsyncIterable<string | Uint8Array>;

/** Resolves with the exit code: after a signal there is no new file. @throws ProblemError if it cannot be written */
export async function writeOutput(file: string, pieces: Pieces): Promise<number> {
  const path = resolve(file);
  try {
    const there = await unlessMissing(stat(path), null);
    // A link stays one, also if nothing is there that it leads to.
    if (there === null) return await replaceFile(await linkTarget(path), pieces);
    if (there.isFile()) return await replaceFile(await realpath(path), pieces);
    await writeFile(path, pieces, { flag: constants.O_WRONLY });
    return 0;
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error; // of what makes the pieces
    throw new ProblemError(exportMessage("not-written", { path, systemText: systemReason(error) }), { cause: error });
  }
}

const linkTarget = (path: string): Promise<string> =>
  readlink(path).then(
    (target) => resolve(dirname(path), target),
    () => path,
  );

/** Another process finds the old file or the new one, as a whole. */
function replaceFile(path: string, pieces: Pieces): Promise<number> {
  const draft = `${path}.${randomUUID()}`;
  return untilEndSignal(async (signal) => {
    try {
      await writeFile(draft, pieces, { flag: "wx", mode: 0o600, signal });
      signal.throwIfAborted();
      await rename(draft, path);
      return 0;
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined); // the failure before is the one to report
      throw error;
    }
  });
}
