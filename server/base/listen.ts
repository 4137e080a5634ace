// Listens with one of Node's servers, and goes on when the system cannot accept a connection.
import type { ListenOptions, Server } from "node:net";

/** Without memory accept(2) fails many times in a row, for the same reason. */
const reportEveryMs = 60_000;

const toTerminal = (error: Error): void => console.error("A connection could not be accepted.", error);

/**
 * Resolves when `server` listens. Rejects with the system's error (EADDRINUSE, EACCES, …). A later error costs only the
 * connection that was not accepted: `report` gets it, at most once a minute.
 */
export function listen(server: Server, where: ListenOptions, report = toTerminal): Promise<void> {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(where, () => {
      server.off("error", reject).on("error", (error) => {
        const now = performance.now();
        if (now - reportedAt < reportEveryMs) return;
        reportedAt = now;
        report(error);
      });
      resolve();
    });
  });
}
