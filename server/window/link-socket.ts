// Further addresses of a running server's window, for `cgi-workbench link`: a socket in the user's
// private folder, which no other user can open. Whoever connects sends a folder and ends, and
// reads {url}: null if another folder is open.
import { connect, createServer, type Socket } from "node:net";
import { z } from "zod";
import type { Workbench } from "../app/workbench.js";
import { errorCode } from "../base/disk.js";
import { errorText } from "../base/error-text.js";
import { noteOf } from "../base/log.js";
import { isGone, listenAs, runningSockets } from "../workspace/lock/process-sockets.js";
import { linkMessage } from "./messages.js";
import type { UiOrigin } from "./ui-origin.js";

/** How long the address of a link is good. */
export const linkLifeMs = 60_000;

const maxPathLength = 8192;
/** For one side to wait for the other: a process that was stopped stays connected. */
const silenceLimitMs = 5000;
const line = z.object({ url: z.url().nullable() });

type LinkedWorkbench = Pick<Workbench, "windowLink" | "log"> & {
  readonly folder: { readonly current: { readonly root: string } | null };
};

/**
 * Answers until `close`, and gives the window's own "Copy link" the same addresses. A socket that cannot be made (its
 * path is too long, no folder is private, or the system has none) is no reason to end.
 */
export async function serveLinks(
  workbench: LinkedWorkbench,
  link: UiOrigin["link"],
  silenceMs = silenceLimitMs,
): Promise<{ close(): Promise<void> }> {
  workbench.windowLink = () => link(linkLifeMs);
  const connected = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let asked = "";
    connected.add(socket);
    socket.on("close", () => connected.delete(socket));
    socket.on("error", () => socket.destroy()); // it went before it read
    socket.setTimeout(silenceMs, () => socket.destroy());
    socket.setEncoding("utf8").on("data", (part: string) => {
      asked += part;
      if (asked.length > maxPathLength) socket.destroy();
    });
    socket.on("end", () => {
      const url = asked === workbench.folder.current?.root ? link(linkLifeMs) : null;
      socket.end(JSON.stringify({ url }));
    });
  });
  await listenAs("window", server).catch((error: unknown) => {
    if (errorCode(error) === "") throw error; // a bug
    workbench.log.write(
      noteOf("warning", "workbench", linkMessage("links-not-served", { systemText: errorText(error) })),
    );
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connected) socket.destroy(); // or the end would wait for each
      }),
  };
}

/** A new address of a running server that has the folder open and a window; null: there is none. */
export async function windowLink(root: string, silenceMs = silenceLimitMs): Promise<string | null> {
  for (const path of await runningSockets("window")) {
    const url = await askedLink(path, root, silenceMs);
    if (url !== null) return url;
  }
  return null;
}

async function askedLink(path: string, root: string, limitMs: number): Promise<string | null> {
  try {
    const socket = connect({ path, signal: AbortSignal.timeout(limitMs) });
    socket.setEncoding("utf8").end(root);
    let said = "";
    for await (const part of socket) {
      said += part;
      if (said.length > maxPathLength) return null;
    }
    return urlIn(said);
  } catch (error) {
    if (isGone(error)) return null; // it ended meanwhile, or does not answer
    throw error;
  }
}

/** Null as well if it ended before it answered, or is no server of ours. */
function urlIn(said: string): string | null {
  try {
    return line.parse(JSON.parse(said)).url;
  } catch {
    return null;
  }
}
