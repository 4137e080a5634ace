// Which files of requests `cgi-workbench test` was asked for.
import { resolve } from "node:path";
import { maxListedDepth } from "../contract/limits.js";
import { isRequestFile, type RequestFile, requestFile, requestFiles } from "../features/saved/request-files.js";
import type { Workspace } from "../workspace/workspace.js";
import { UsageError } from "./usage/usage.js";
import { fileWithoutLinks } from "./without-links.js";

/** `names`: in the folder, or from the current one; none: all. @throws UsageError, ProblemError */
export async function chosenFiles(workspace: Workspace, names: readonly string[]): Promise<readonly RequestFile[]> {
  if (names.length === 0) return allFiles(workspace);
  const files: RequestFile[] = [];
  for (const name of names) {
    if (!isRequestFile(name)) throw new UsageError(`FILE must end in .http, not “${name}”`);
    // The workspace knows its own folder by the real path.
    const candidates = [resolve(workspace.root, name), resolve(name), await fileWithoutLinks(name)];
    let found: RequestFile | null = null;
    for (const candidate of candidates) {
      const path = workspace.relative(candidate);
      if (path !== null) found ??= await requestFile(workspace, path);
    }
    if (found === null) throw new UsageError(`the file ${name} does not exist in ${workspace.root}`);
    files.push(found);
  }
  return files;
}

/** A list that was cut would miss some of them without a word: then nothing is run. */
async function allFiles(workspace: Workspace): Promise<readonly RequestFile[]> {
  const { truncated, maxEntries } = await workspace.list();
  if (truncated) {
    const bounds = `more than ${maxEntries} entries, or folders more than ${maxListedDepth} deep`;
    throw new UsageError(`${workspace.root} has ${bounds}, so it is not searched for .http files: name each FILE`);
  }
  return requestFiles(workspace);
}
