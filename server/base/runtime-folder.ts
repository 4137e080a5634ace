// A private folder for what lives only as long as this login: locks, sockets. Nobody else may enter it, or it is not used.
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Absolute path of the folder, made if need be with mode 0700.
 * @throws when somebody else owns it or may enter it.
 */
export async function runtimeFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const uid = process.getuid?.() ?? null; // null: Windows, where the temporary folder is the user's own
  const base = environment["XDG_RUNTIME_DIR"];
  const folder = base?.startsWith("/") ? join(base, "cgi-workbench") : join(tmpdir(), `cgi-workbench-${uid ?? "user"}`);
  await mkdir(folder, { mode: 0o700, recursive: true });
  const stats = await lstat(folder); // not stat: a link that somebody put there leads to their folder
  if (!stats.isDirectory() || (uid !== null && (stats.uid !== uid || (stats.mode & 0o077) !== 0))) {
    throw new Error(`${folder} is not a private folder of this user`);
  }
  return folder;
}
