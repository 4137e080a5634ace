// Exports of traces: the command line names their secrets on stderr, and writes the file.
import { writeWords } from "../base/terminal-text.js";
import type { Exported } from "../trace/formats/export-trace.js";
import { writeOutput } from "./output-file.js";

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

/**
 * To a file that only this user may read; without one, or for "-", to standard output. Resolves with the exit code.
 * @throws ProblemError
 */
export async function writeExported({ bytes }: Exported, file: string | undefined): Promise<number> {
  if (file !== undefined && file !== "-") return writeOutput(file, bytes);
  process.stdout.write(bytes);
  return 0;
}
