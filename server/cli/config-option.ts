// `--config FILE`: a configuration in place of the folder's own, for folders that cannot have one.
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { errorCode } from "../base/disk.js";
import { UsageError } from "./usage/usage.js";

/** For `parseArgs`. */
export const configOption = { config: { type: "string" } } as const;

/** Its absolute path; null without the option. @throws UsageError if there is no such file */
export async function configFileOf(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  const info = await stat(path).catch((error: unknown) => {
    throw new UsageError(`the file of --config cannot be read: ${path}, ${errorCode(error)}`);
  });
  if (!info.isFile()) throw new UsageError(`--config takes a file, and ${path} is not a regular file`);
  return resolve(path);
}
