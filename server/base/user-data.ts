// The folder for what the workbench keeps for this user between its runs.
import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { homeFolder } from "./user-folders.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Absolute: in `XDG_DATA_HOME` if that is set, else where the system has such folders. */
export const userDataPath = (environment: Environment = process.env): string =>
  join(dataHome(environment), "cgi-workbench");

/**
 * Replaces a file as a whole: another process finds the old text or the new one. Only this user may read it, unless
 * `mode` says otherwise. Missing folders are created with mode 0700. @throws the system's error
 */
export async function replacePrivateFile(path: string, text: string | Uint8Array, mode = 0o600): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(draft, text, { flag: "wx", mode });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined); // the failure before is the one to report
    throw error;
  }
}

function dataHome(environment: Environment): string {
  const { XDG_DATA_HOME: chosen, APPDATA: roaming } = environment;
  const home = homeFolder(environment);
  if (chosen?.startsWith("/")) return chosen; // a relative path is to be ignored: XDG Base Directory Specification
  if (process.platform === "win32" && roaming) return roaming;
  return process.platform === "darwin" ? join(home, "Library/Application Support") : join(home, ".local/share");
}
