// Which files of requests `cgi-workbench test` was asked for.
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isRequestFile, type RequestFile, requestFile, requestFiles } from "../app/saved/request-files.js";
import type { Workspace } from "../workspace/workspace.js";
import { UsageError } from "./usage/usage.js";

/** `names`: in the folder, or from the current one; none: all. @throws UsageError, ProblemError */
export async function chosenFiles(workspace: Workspace, names: readonly string[]): Promise<readonly RequestFile[]> {
  if (names.length === 0) return requestFiles(workspace);
  const files: RequestFile[] = [];
  for (const name of names) {
    if (!isRequestFile(name)) throw new UsageError(`FILE must end in .http, not “${name}”`);
    const candidates = [resolve(workspace.root, name), resolve(name), await withoutLinks(resolve(name))];
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

/** The workspace knows its own folder by the real path. The file itself may be a link. */
async function withoutLinks(file: string): Promise<string> {
  const folder = dirname(file);
  return join(await realpath(folder).catch(() => folder), basename(file)); // one that does not exist is reported
}
