// Another version of a script as a file beside it, for as long as it is measured. It is noted in the user's data folder
// before it is written: what a server that was killed left is removed by a later one, if it still is what was written.
import { createHash, randomUUID } from "node:crypto";
import { chmod, lstat, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode, unlessMissing } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { replacePrivateFile, userDataPath } from "../../base/user-data.js";
import { processStart } from "../../workspace/lock/process-identity.js";
import { measureProblem } from "./messages.js";

const note = z.object({
  file: z.string(),
  bytes: z.number().int(),
  /** SHA-256 of them, hex. */
  hash: z.string(),
  /** Of the server that measures it, and when that started. */
  pid: z.number().int(),
  start: z.string().nullable(),
});
type Note = z.infer<typeof note>;

const notesPath = (): string => join(userDataPath(), "versions-beside");
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

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
  const noteFile = join(notesPath(), `${randomUUID()}.json`);
  const configFile = configOf(noteFile);
  let isThere = false;
  const remove = async (): Promise<void> => {
    if (isThere) await rm(file, { force: true });
    await forget(noteFile);
  };
  try {
    const { pid } = process;
    const noted: Note = { file, bytes: bytes.length, hash: hashOf(bytes), pid, start: await processStart(pid) };
    await replacePrivateFile(noteFile, JSON.stringify(noted));
    await replacePrivateFile(configFile, config);
    await (await open(file, "wx", 0o700)).close(); // fails where the user has such a file
    isThere = true;
    await writeFile(file, bytes);
    await chmod(file, (await stat(script)).mode & 0o777);
    return { configFile, remove };
  } catch (error) {
    await remove();
    const errno = errorCode(error);
    if (errno === "") throw error;
    throw new ProblemError(measureProblem("version-not-written", { path: file, errno }), { cause: error });
  }
}

const configOf = (noteFile: string): string => `${noteFile}.config`;

async function forget(noteFile: string): Promise<void> {
  await rm(configOf(noteFile), { force: true });
  await rm(noteFile, { force: true });
}

/** Of servers that ended before they could. @throws the system's error */
export async function removeAbandonedVersions(): Promise<void> {
  const names = await unlessMissing(readdir(notesPath()), []);
  await Promise.all(names.map((name) => removeIfAbandoned(join(notesPath(), name))));
}

async function removeIfAbandoned(noteFile: string): Promise<void> {
  const noted = await readNote(noteFile);
  if (noted === null) return;
  const start = await processStart(noted.pid);
  if (start === noted.start || start === "unknown") return; // the server runs, or may
  if (await isAsWritten(noted)) await rm(noted.file, { force: true });
  await forget(noteFile);
}

/** Empty, too: the server ended before it could write more. */
async function isAsWritten({ file, bytes, hash }: Note): Promise<boolean> {
  try {
    const found = await lstat(file);
    if (!found.isFile()) return false;
    return found.size === 0 || (found.size === bytes && hashOf(await readFile(file)) === hash);
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return false; // removed, or the user's own now
  }
}

/** Null: it is being written or removed, or is another version's. */
async function readNote(file: string): Promise<Note | null> {
  if (!file.endsWith(".json")) return null;
  try {
    return note.safeParse(JSON.parse(await readFile(file, "utf8"))).data ?? null;
  } catch (error) {
    if (errorCode(error) === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}
