// Which folder is opened for a path that names a folder or a script.
import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { unlessRefused } from "../base/disk.js";
import { systemReason } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { configFileName } from "../contract/config.js";
import { TrustedFolders } from "../workspace/trust/trusted-folders.js";
import { UsageError } from "./usage/usage.js";

/**
 * The folder to open, and the script in it if the path, an absolute one, names a script.
 * @throws UsageError if the path does not exist
 */
export async function placeOf(path: string): Promise<{ root: string; script: string | null }> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${systemReason(error)}. Check the path.`);
  });
  if (stats.isDirectory()) return { root: path, script: null };
  const root = await rootAbove(dirname(path));
  return { root, script: relative(root, path).split(sep).join("/") };
}

/**
 * The nearest folder that has a configuration, or that the user trusted (but not above the folder that contains
 * cgi-bin), else the one that contains cgi-bin, else the script's own.
 */
async function rootAbove(folder: string): Promise<string> {
  let withCgiBin: string | null = null;
  for (let at = folder, below = ""; at !== below; [at, below] = [dirname(at), at]) {
    if (basename(below) === "cgi-bin") withCgiBin ??= at;
    const mayBeTrusted = withCgiBin === null || withCgiBin === at;
    if ((await hasConfiguration(at)) || (mayBeTrusted && (await isTrustedItself(at)))) return at;
  }
  return withCgiBin ?? folder;
}

async function hasConfiguration(folder: string): Promise<boolean> {
  return (await unlessRefused(stat(join(folder, configFileName)), null))?.isFile() ?? false;
}

/** The user trusted this folder, not only every folder below a place. */
async function isTrustedItself(folder: string): Promise<boolean> {
  try {
    const record = await new TrustedFolders().recordOf(await realpath(folder));
    return record !== null && record !== "below";
  } catch (error) {
    if (error instanceof ProblemError) return false; // whoever opens a folder reports it
    throw error;
  }
}
