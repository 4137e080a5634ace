// The page that sends the browser on to the window's address: every user of the
// machine can read the arguments of a process.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** How long the page is there. */
const lifeMs = 60_000;

/**
 * Writes it into a folder that no other user can open; null if none can be made. Where there are snaps (`snaps`: their
 * folder), that lies in the home folder: a browser from a snap has a temporary folder of its own, and sees no hidden
 * files at home. It is removed after a minute.
 */
export const writeForwardingPage = (address, snaps = "/snap") =>
  (existsSync(snaps) && pageIn(homedir(), address)) || pageIn(tmpdir(), address);

/** Null: the parent is not writable, or has no room. */
function pageIn(parent, address) {
  let folder;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    folder = mkdtempSync(join(parent, "cgi-workbench-open-")); // mode 0700
    const file = join(folder, "workbench.html");
    const page = `<!doctype html><meta charset="utf-8"><title>CGI Workbench</title><script>location.replace(${JSON.stringify(address)})</script>`;
    writeFileSync(file, page, { mode: 0o600, flag: "wx" });
    setTimeout(remove, lifeMs).unref();
    return { file, remove };
  } catch {
    if (folder !== undefined) remove();
    return null;
  }
}
