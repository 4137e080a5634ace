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
  const words = argv.slice(1).filter((word) => word !== "" && !word.startsWith("-"));
  const folder = words[isDefaultApp ? 1 : 0];
  return folder === undefined ? null : resolve(workingDirectory, folder);
}
