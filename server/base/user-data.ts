// The folder for what the workbench keeps for this user between its runs.
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Absolute: in `XDG_DATA_HOME` if that is set, else where the system has such folders. */
export const userDataPath = (environment: Environment = process.env): string =>
  join(dataHome(environment), "cgi-workbench");

/** The folder's path. It is created with mode 0700 if it is missing. */
export async function userDataFolder(environment: Environment = process.env): Promise<string> {
  const folder = userDataPath(environment);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function dataHome(environment: Environment): string {
  const { XDG_DATA_HOME: chosen, APPDATA: roaming, HOME } = environment;
  const home = HOME?.startsWith("/") ? HOME : homedir();
  if (chosen?.startsWith("/")) return chosen; // a relative path is to be ignored: XDG Base Directory Specification
  if (process.platform === "win32" && roaming) return roaming;
  return process.platform === "darwin" ? join(home, "Library/Application Support") : join(home, ".local/share");
}
