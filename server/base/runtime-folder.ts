// A private folder for files that live as long as this login: locks, sockets. It is used only if no other user has
// access. Every process of the user must find the same one, or locks would lock nothing.
import { link, lstat, mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { errorCode, unlessMissing } from "./disk.js";
import { homeFolder, temporaryRoot } from "./user-folders.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Another user has access to each folder that could be used. */
export class NoPrivateFolder extends Error {
  readonly code = "NOT_PRIVATE";
}

/**
 * Absolute path of the folder, created with mode 0700 if it is missing. Anyone can take its name in the temporary
 * folder first: then it has a random name, which the user's state folder remembers.
 * @throws NoPrivateFolder, or the system's error
 */
export async function runtimeFolder(environment: Environment = process.env): Promise<string> {
  const base = environment["XDG_RUNTIME_DIR"];
  if (base?.startsWith("/")) {
    const folder = join(base, "cgi-workbench");
    if ((await isMade(base)) && (await isMade(folder)) && (await isPrivate(folder))) return folder;
  }
  const { TMPDIR: chosen } = environment;
  const temporary = chosen?.startsWith("/") ? resolve(chosen) : temporaryRoot();
  const folder = join(temporary, `cgi-workbench-${process.getuid?.() ?? "user"}`);
  if ((await isMade(folder)) && (await isPrivate(folder))) return folder;
  return await randomFolder(environment, temporary);
}

async function randomFolder(environment: Environment, temporary: string): Promise<string> {
  const states = environment["XDG_STATE_HOME"];
  const state = join(
    states?.startsWith("/") ? states : join(homeFolder(environment), ".local", "state"),
    "cgi-workbench",
  );
  await mkdir(state, { recursive: true, mode: 0o700 });
  if (!(await isPrivate(state))) throw new NoPrivateFolder(`${state} is not a private folder of this user`);
  const note = join(state, "runtime-folder");
  const remembered = await rememberedFolder(note, temporary);
  if (remembered !== null) return remembered;
  const folder = await mkdtemp(join(temporary, "cgi-workbench-"));
  const draft = `${folder.replace(temporary, state)}.draft`;
  await writeFile(draft, folder, { mode: 0o600 });
  const chosen = (await remember(draft, note, temporary)) ?? folder;
  await rm(draft);
  if (chosen !== folder) await rmdir(folder);
  return chosen;
}

/** What is remembered then: a link, unlike a rename, leaves the folder of a process that came here at the same time. */
async function remember(draft: string, note: string, temporary: string): Promise<string | null> {
  for (const isLast of [false, true]) {
    await link(draft, note).catch((error: unknown) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
    const remembered = await rememberedFolder(note, temporary);
    if (remembered !== null || isLast) return remembered;
    await rm(note, { force: true }); // its folder is gone
  }
  return null;
}

/** Null if nothing is remembered, or the folder is gone, as after a restart of the machine. */
async function rememberedFolder(note: string, temporary: string): Promise<string | null> {
  const folder = await unlessMissing(readFile(note, "utf8"), null);
  return folder !== null && dirname(folder) === temporary && (await isPrivate(folder)) ? folder : null;
}

/** Not `recursive`: below /proc, Node's recursive form never settles. */
async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    return errorCode(error) === "EEXIST"; // else another folder is tried
  }
}

async function isPrivate(folder: string): Promise<boolean> {
  // Not stat: it would follow another user's link to that user's folder.
  const stats = await unlessMissing(lstat(folder), null);
  const uid = process.getuid?.() ?? null; // null: Windows, where the temporary folder is the user's own
  if (!stats?.isDirectory()) return false;
  return uid === null || (stats.uid === uid && (stats.mode & 0o077) === 0);
}
