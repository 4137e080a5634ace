// A private folder for files that live as long as this login: locks, sockets. It is used only if no other user has
// access.
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Absolute path of the folder, created with mode 0700 if it is missing.
 * @throws Error if another user owns it or has access to it
 */
export async function runtimeFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const uid = process.getuid?.() ?? null; // null: Windows, where the temporary folder is the user's own
  const base = environment["XDG_RUNTIME_DIR"];
  const folder = base?.startsWith("/") ? join(base, "cgi-workbench") : join(tmpdir(), `cgi-workbench-${uid ?? "user"}`);
  await mkdir(folder, { mode: 0o700, recursive: true });
  const stats = await lstat(folder); // not stat: it would follow another user's link to that user's folder
  if (!stats.isDirectory() || (uid !== null && (stats.uid !== uid || (stats.mode & 0o077) !== 0))) {
    throw new Error(`${folder} is not a private folder of this user`);
  }
  return folder;
}
