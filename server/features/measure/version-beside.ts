// Another version of a script as a file beside it, for as long as it is measured. A folder in the user's data folder
// says so before it is written: what a server that was killed left is removed by a later one, if it still is what was
// written.
import { chmod, lstat, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, unlessMissing, unlessRefused } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { userDataPath } from "../../base/user-data.js";
import { abandonedFolders, makeProcessFolder } from "../../workspace/lock/process-folder.js";
import { measureProblem } from "./messages.js";

const foldersPath = (): string => join(userDataPath(), "versions-beside");
/** `path`: where the version is, written when all others are there. */
const filesIn = (folder: string) => ({
  bytes: join(folder, "bytes"),
  config: join(folder, "config.json"),
  path: join(folder, "path"),
});

interface VersionBeside {
  /** With the script's settings for it, in place of the folder's own. */
  readonly configFile: string;
  remove(): Promise<void>;
}

/** With the permissions of the script. @throws ProblemError */
export async function putBeside(
  file: string,
  { script, bytes, config }: { readonly script: string; readonly bytes: Uint8Array; readonly config: string },
): Promise<VersionBeside> {
  let folder: string | null = null;
  let isThere = false;
  const remove = async (): Promise<void> => {
    if (isThere) await rm(file, { force: true });
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  };
  try {
    folder = await makeProcessFolder(foldersPath());
    const noted = filesIn(folder);
    await writeFile(noted.bytes, bytes);
    await writeFile(noted.config, config);
    await writeFile(noted.path, file);
    await (await open(file, "wx", 0o700)).close(); // fails where the user has such a file
    isThere = true;
    await writeFile(file, bytes);
    await chmod(file, (await stat(script)).mode & 0o777);
    return { configFile: noted.config, remove };
  } catch (error) {
    await remove();
    const errno = errorCode(error);
    if (errno === "") throw error;
    throw new ProblemError(measureProblem("version-not-written", { path: file, errno }), { cause: error });
  }
}

/** Of servers that ended before they could. @throws the system's error */
export async function removeAbandonedVersions(): Promise<void> {
  for (const folder of await abandonedFolders(foldersPath())) {
    const noted = filesIn(folder);
    const file = await unlessMissing(readFile(noted.path, "utf8"), null);
    if (file !== null && (await isAsWritten(file, await readFile(noted.bytes)))) await rm(file, { force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Empty, too: the server ended before it could write more. */
async function isAsWritten(file: string, bytes: Buffer): Promise<boolean> {
  const found = await unlessRefused(lstat(file), null);
  if (!found?.isFile()) return false;
  return found.size === 0 || (found.size === bytes.length && bytes.equals(await readFile(file)));
}
