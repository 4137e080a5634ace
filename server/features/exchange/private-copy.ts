// A script as it once was, on disk for as long as it runs: in a folder that only the user can read, away
// from the user's own files. Around it lie links to what lies around the script, so that what it loads by
// a path beside its own, or above, is found. A new file that it writes beside itself goes with the
// folder; the working directory is the real one.
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toDisplayText } from "../../base/decode-text.js";
import { diskPath, errorCode } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import { userDataPath } from "../../base/user-data.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes, utf8 } from "../../protocol/byte-string.js";
import { pathWithin } from "../../routing/containment.js";
import { replayProblem } from "./messages.js";

/** In folders with more files than this, nobody waits for all the links. */
const maxLinks = 5000;

interface PrivateCopy {
  readonly path: ByteString;
  remove(): Promise<void>;
}

const runsPath = (): string => join(userDataPath(), "earlier-versions");

/** `root`: the workspace's folder; `file`: the script's, absolute. @throws ProblemError */
export async function copyAside(root: string, file: ByteString, bytes: Uint8Array): Promise<PrivateCopy> {
  let folder: string | null = null;
  const remove = async (): Promise<void> => {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  };
  try {
    await mkdir(runsPath(), { recursive: true, mode: 0o700 });
    await removeAbandoned();
    folder = await mkdtemp(join(runsPath(), `${process.pid}-`));
    return { path: await mirrored(utf8(root), file, utf8(folder), bytes), remove };
  } catch (error) {
    await remove();
    if (error instanceof ProblemError) throw error;
    const systemText = errorText(error);
    throw new ProblemError(replayProblem("version-not-written", { systemText }), { cause: error });
  }
}

/** The folders from the workspace's own down to the script's; of a script elsewhere that one alone. */
async function mirrored(root: ByteString, file: ByteString, to: ByteString, bytes: Uint8Array): Promise<ByteString> {
  const within = pathWithin(file, root);
  const slash = file.lastIndexOf("/");
  const names = (within ?? file.slice(slash + 1)).split("/");
  let from: string = within === null ? file.slice(0, slash) : root;
  let place: string = to;
  let left: number = maxLinks;
  for (const [index, name] of names.entries()) {
    left -= await linkOthers(from, place, name, left);
    from = `${from}/${name}`;
    place = `${place}/${name}`;
    if (index < names.length - 1) await mkdir(diskPath(byteString(place)), { mode: 0o700 });
  }
  await writeFile(diskPath(byteString(place)), bytes, { mode: 0o700, flag: "wx" });
  return byteString(place);
}

/** Links to everything in a folder but one name. Returns how many there are: none, if it is gone. */
async function linkOthers(from: string, to: string, but: string, most: number): Promise<number> {
  const names = (await namesIn(byteString(from === "" ? "/" : from))).filter((name) => name !== but);
  if (names.length > most) throw new ProblemError(replayProblem("version-among-many", { maxLinks }));
  for (const name of names)
    await symlink(diskPath(byteString(`${from}/${name}`)), diskPath(byteString(`${to}/${name}`)));
  return names.length;
}

/** @throws ProblemError: what the version loads may be there */
async function namesIn(folder: ByteString): Promise<readonly ByteString[]> {
  try {
    return (await readdir(diskPath(folder), { encoding: "buffer" })).map((name) => fromBytes(name));
  } catch (error) {
    if (/^(?:ENOENT|ENOTDIR)$/.test(errorCode(error))) return [];
    const facts = { folder: toDisplayText(folder), systemText: errorText(error) };
    throw new ProblemError(replayProblem("script-folder-unreadable", facts), { cause: error });
  }
}

/** Of processes that ended before they could. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(runsPath())) {
    const pid = Number(name.split("-", 1)[0]);
    if (!isRunning(pid)) await rm(join(runsPath(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM"; // of another user
  }
}
