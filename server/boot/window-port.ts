// The port of the window in browser mode. Each run takes the same one where it is free: a page that is still open, and
// what it has stored, then belong to the new server's origin.
import { readFile } from "node:fs/promises";
import type { Server } from "node:net";
import { join } from "node:path";
import { listen } from "../base/listen.js";
import { replacePrivateFile, userDataPath } from "../base/user-data.js";

/** Listens on the port; for 0 on the remembered one, or any. @throws the system's error if the port is not free */
export async function listenForWindow(listener: Server, host: string, port: number): Promise<void> {
  if (port !== 0) return listen(listener, { port, host });
  const file = join(userDataPath(), "window-port");
  const known = Number(await readFile(file, "utf8").catch(() => "0")); // the first run, or a file that cannot be read
  const isPort = Number.isInteger(known) && known >= 1024 && known < 65_536;
  if (isPort && (await canListen(listener, host, known))) return;
  await listen(listener, { port: 0, host });
  // A second launcher leaves the first one its port. What cannot be written costs the next run the same port alone.
  if (!isPort) await replacePrivateFile(file, String(portOf(listener))).catch(() => undefined);
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
