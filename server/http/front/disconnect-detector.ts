// Did the client close its connection, or only its sending half? After a FIN, TCP does not say until we write,
// so a silent script would run on without a client. On loopback the kernel knows: a socket that no process
// owns any more has inode 0 in /proc/net/tcp.
import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { errorCode } from "../../base/disk.js";
import { removeItem } from "../../base/remove-item.js";
import { isLoopback } from "../../protocol/server-name.js";
import type { Incoming } from "./incoming.js";

const lookEveryMs = 250;
/** Columns: sl, local address, remote address, st, queues, timer, retransmits, uid, timeout, inode. */
const row = /^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]{2} \S+ \S+ \S+ +\d+ +\d+ (\d+)/gm;

interface Watched {
  readonly socket: Socket;
  readonly onGone: () => void;
  /** Looks in a row that did not find the client's socket at all. */
  missed: number;
}

/** Checks many connections with one read of the kernel's table, and only those whose end could go unnoticed. */
export class DisconnectDetector {
  #watched: Watched[] = [];
  #timer: NodeJS.Timeout | null = null;
  #looking = false;

  /** Calls `onGone` once when the client's socket turns out to be closed. Returns the way to stop watching. */
  watch(
    { socket, connection: { remoteAddress } }: Pick<Incoming, "socket" | "connection">,
    onGone: () => void,
  ): () => void {
    // Elsewhere: the next write fails, or the silence limit.
    if (process.platform !== "linux" || !isLoopback(remoteAddress)) return () => {};
    const watched: Watched = { socket, onGone, missed: 0 };
    this.#watched.push(watched);
    this.#start();
    return () => removeItem(this.#watched, watched);
  }

  /**
   * Apart from `watch`, whose variables would else live as long as the timer: the first
   * exchange, with all that its client sent.
   */
  #start(): void {
    this.#timer ??= setInterval(() => void this.#look(), lookEveryMs).unref(); // #look never rejects
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#watched = [];
  }

  async #look(): Promise<void> {
    const due = this.#watched.filter(({ socket }) => socket.readableEnded || socket.isPaused());
    if (due.length === 0 || this.#looking) return;
    this.#looking = true;
    const owned = await socketOwners();
    this.#looking = false;
    if (!owned) return;
    for (const watched of due) {
      const isOwned = owned.get(key(watched.socket));
      watched.missed = isOwned === undefined ? watched.missed + 1 : 0;
      // The table is read in pieces while it changes, so a row can be passed over: once is no proof.
      if ((isOwned === false || watched.missed > 1) && removeItem(this.#watched, watched)) watched.onGone();
    }
  }
}

/**
 * For every TCP socket, by local and remote port: whether a process owns it. Null when the system does not tell, or
 * cannot at present (no descriptors are left): without one of the tables, its sockets would pass for closed.
 */
async function socketOwners(): Promise<Map<string, boolean> | null> {
  const owners = new Map<string, boolean>();
  let tables = 0;
  for (const file of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    let table: string;
    try {
      table = await readFile(file, "latin1");
    } catch (error) {
      if (errorCode(error) === "ENOENT") continue; // no IPv6, or no /proc
      return null;
    }
    tables++;
    for (const [, local, remote, inode] of table.matchAll(row)) {
      const ports = `${local}:${remote}`;
      // Another address may have had the same two ports a moment ago: what the
      // system still remembers of that has no owner.
      owners.set(ports, inode !== "0" || owners.get(ports) === true);
    }
  }
  return tables > 0 ? owners : null;
}

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, "0");
/** The client's side of the connection. */
const key = ({ remotePort = 0, localPort = 0 }: Socket): string => `${hex(remotePort)}:${hex(localPort)}`;
