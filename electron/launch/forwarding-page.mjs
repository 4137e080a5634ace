// The page that sends the browser on to the window's address: every user of the
// machine can read the arguments of a process.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";

/** How long the page is there. */
const lifeMs = 60_000;

/**
 * Writes it into a folder that no other user can open; null if none can be made. Where there are snaps (`snaps`: their
 * folder), that lies in the home folder: a browser from a snap has a temporary folder of its own, and sees no hidden
 * files at home. It is removed after a minute. `renew` writes another address into it while it is there.
 */
export const writeForwardingPage = (address, snaps = "/snap") =>
  (existsSync(snaps) && pageIn(process.env.HOME, address)) || pageIn(tmpdir(), address);

/** Null: the parent has no absolute path, is not writable, or has no room. */
function pageIn(parent, address) {
  if (!isAbsolute(parent ?? "")) return null;
  let folder;
  let isThere = true;
  const remove = () => {
    isThere = false; // known, not looked for: another user can make a folder of that name then
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    folder = mkdtempSync(join(parent, "cgi-workbench-open-")); // mode 0700
    const file = join(folder, "workbench.html");
    writeFileSync(file, pageTo(address), { mode: 0o600, flag: "wx" });
    setTimeout(remove, lifeMs).unref();
    const renew = (next) => {
      try {
        if (isThere) writeFileSync(file, pageTo(next));
      } catch {
        remove(); // no room: the user opens the address
      }
    };
    return { file, renew, remove };
  } catch {
    if (folder !== undefined) remove();
    return null;
  }
}

const pageTo = (address) =>
  '<!doctype html><meta charset="utf-8"><title>CGI Workbench</title>' +
  `<script>location.replace(${JSON.stringify(address)})</script>`;
