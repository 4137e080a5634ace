// The folder on the app's command line: `cgi-workbench [folder]`, or `electron
// [flags] <app> [folder]` while unpackaged.
import { resolve } from "node:path";

/**
 * The first argument that is not a flag, as an absolute path; null when there is none. `isDefaultApp`: the app's own
 * path comes before.
 */
export function folderArgument(
  argv: readonly string[],
  workingDirectory: string,
  isDefaultApp: boolean,
): string | null {
  const folder = wordsOf(argv)[isDefaultApp ? 1 : 0];
  return folder === undefined ? null : resolve(workingDirectory, folder);
}

/** What starts the same app again with the same flags and another folder: the arguments after the program. */
export function argumentsAgain(argv: readonly string[], folder: string | null, isDefaultApp: boolean): string[] {
  const flags = argv.slice(1).filter((word) => word.startsWith("-"));
  const app = isDefaultApp ? wordsOf(argv).slice(0, 1) : [];
  return [...flags, ...app, ...(folder === null ? [] : [folder])];
}

const wordsOf = (argv: readonly string[]): string[] =>
  argv.slice(1).filter((word) => word !== "" && !word.startsWith("-"));
