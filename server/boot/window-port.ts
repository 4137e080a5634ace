// The port of the window in browser mode. It is the last run's where that is free: the pages that are still open are
// of the new server's origin then, and find what they have stored.
import { readFile } from "node:fs/promises";
import type { Server } from "node:net";
import { join } from "node:path";
import { listen } from "../base/listen.js";
import { replacePrivateFile, userDataPath } from "../base/user-data.js";

/** Listens on the port; for 0 on the last run's, or any. @throws the system's error if the port is not free */
export async function listenForWindow(listener: Server, host: string, port: number): Promise<void> {
  if (port !== 0) return listen(listener, { port, host });
  const file = join(userDataPath(), "window-port");
  const last = Number(await readFile(file, "utf8").catch(() => "0")); // the first run, or a file that cannot be read
  const isLast = last >= 1024 && last < 65_536 && (await canListen(listener, host, last));
  if (isLast) return;
  await listen(listener, { port: 0, host });
  await replacePrivateFile(file, String(portOf(listener))).catch(() => undefined); // the next run has another port
}

export function portOf(listener: Server): number {
  const address = listener.address();
  if (address === null || typeof address === "string")
    throw new Error("a listening TCP server has an address and a port");
  return address.port;
}

async function canListen(listener: Server, host: string, port: number): Promise<boolean> {
  try {
    await listen(listener, { port, host });
    return true;
  } catch {
    return false;
  }
}
