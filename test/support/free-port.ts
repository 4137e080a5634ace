// A TCP port of the loopback address that another program has in use.
import { createServer } from "node:net";

/** Holds a port until `release` is called. */
export async function occupiedPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP address");
  return {
    port: address.port,
    release: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
