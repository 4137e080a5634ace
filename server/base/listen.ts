// Listens with one of Node's servers, and goes on when the system cannot accept a connection.
import { once } from "node:events";
import type { ListenOptions, Server } from "node:net";

/** Without memory accept(2) fails many times in a row, for the same reason. */
const reportEveryMs = 60_000;

const toTerminal = (error: Error): void => console.error("A connection could not be accepted.", error);

/**
 * Resolves when `server` listens. Rejects with the system's error (EADDRINUSE, EACCES, …); then the same server may be
 * tried again. A later error ends nothing: the connection waits, or is lost. `report` gets it, at most once a minute.
 */
export async function listen(server: Server, where: ListenOptions, report = toTerminal): Promise<void> {
  await once(server.listen(where), "listening"); // unlike a callback, it leaves nothing behind when it fails
  let reportedAt = Number.NEGATIVE_INFINITY;
  server.on("error", (error) => {
    const now = performance.now();
    if (now - reportedAt < reportEveryMs) return;
    reportedAt = now;
    report(error);
  });
}
