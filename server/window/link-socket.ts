// Further addresses of a running server's window, for `cgi-workbench link`: a socket in the user's private folder, which no
// other user can open. Whoever connects reads one line, {folder, url}.
import { readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Workbench } from "../app/workbench.js";
import { errorCode } from "../base/disk.js";
import { runtimeFolder } from "../base/runtime-folder.js";
import type { UiOrigin } from "./ui-origin.js";

/** How long the address of a link is good. */
export const linkLifeMs = 60_000;

const line = z.object({ folder: z.string().nullable(), url: z.url() });
export type WindowLink = z.infer<typeof line>;

const socketName = /^window-\d+\.sock$/;

/** Answers until `close`, and gives the window's own "Copy link" the same addresses. */
export async function serveLinks(
  workbench: Pick<Workbench, "folder" | "windowLink">,
  link: UiOrigin["link"],
): Promise<{ close(): Promise<void> }> {
  workbench.windowLink = () => link(linkLifeMs);
  const newLink = (): WindowLink => ({ folder: workbench.folder.current?.root ?? null, url: link(linkLifeMs) });
  const path = join(await runtimeFolder(), `window-${process.pid}.sock`);
  await rm(path, { force: true }); // of a process with this number that was killed
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy()); // it went before it read
    socket.end(`${JSON.stringify(newLink())}\n`);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** A new address of each running server that has a window; sockets of servers that were killed are removed. */
export async function windowLinks(): Promise<readonly WindowLink[]> {
  const folder = await runtimeFolder();
  const names = (await readdir(folder)).filter((name) => socketName.test(name));
  const links = await Promise.all(names.map((name) => askedLink(join(folder, name))));
  return links.filter((link) => link !== null);
}

async function askedLink(path: string): Promise<WindowLink | null> {
  try {
    return line.parse(JSON.parse(await text(connect(path))));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    if (errorCode(error) !== "ECONNREFUSED") throw error;
    await rm(path, { force: true });
    return null;
  }
}
