// Exports of traces: the command line names their secrets on stderr, and writes the file.
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { systemReason } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { writeWords } from "../base/terminal-text.js";
import { replacePrivateFile } from "../base/user-data.js";
import type { Exported } from "../trace/formats/export-trace.js";
import { exportMessage } from "../trace/formats/messages.js";

/** For `parseArgs`: further headers and variables whose values are secrets. */
export const hideOption = { hide: { type: "string", multiple: true } } as const;

/** Says it before anything is written. `others`: what does the opposite. */
export function tellSecrets({ secrets, isMasked }: Exported, others: string): void {
  if (secrets.length === 0) return;
  const names = secrets.join(", ");
  writeWords(
    process.stderr,
    isMasked
      ? `Masked: ${names}. ${others} keeps the values.\n`
      : `Has the values of ${names}. ${others} replaces them.\n`,
  );
}

/** To a file that only this user may read; without one, or for "-", to standard output. @throws ProblemError */
export async function writeExported({ bytes }: Exported, file: string | undefined): Promise<void> {
  if (file === undefined || file === "-") {
    process.stdout.write(bytes);
    return;
  }
  const path = resolve(file);
  try {
    await stat(dirname(path)); // a folder is not made by the way
    await replacePrivateFile(path, bytes);
  } catch (error) {
    const systemText = systemReason(error);
    throw new ProblemError(exportMessage("not-written", { path, systemText }), { cause: error });
  }
}
