// TCP ports of the loopback address: one that another program has in use, one for a program that must be told its
// port, and whether a program listens on one.
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";

/** Holds a port until `release` is called; 0: any free one. */
export async function occupiedPort(wanted = 0): Promise<{ readonly port: number; release(): Promise<void> }> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(wanted, "127.0.0.1", resolve);
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

const lowestPort = 10_081; // below are those of well-known programs, and 10080, which `fetch` refuses
const enough = 5000;

/**
 * A free port outside of the range from which the system takes a port when a server asks for any, where thousands are
 * outside. So no other test's server gets it before the program starts.
 */
export async function portForProgram(): Promise<number> {
  const { first, last } = anyPorts();
  const places = [
    [lowestPort, first],
    [last + 1, 65_536],
  ] as const;
  const [from, until] = places.find(([one, end]) => end - one >= enough) ?? [lowestPort, 65_536];
  for (;;) {
    const held = await occupiedPort(randomInt(from, until)).catch(() => null);
    if (held === null) continue; // it is in use
    await held.release();
    return held.port;
  }
}

function anyPorts(): { readonly first: number; readonly last: number } {
  try {
    const [first = 0, last = 0] = readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "latin1")
      .split("\t")
      .map(Number);
    return { first, last };
  } catch {
    return { first: 49_152, last: 65_535 }; // RFC 6335, section 6
  }
}

/** Whether a connection to the port is accepted. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket
      .once("error", () => resolve(false))
      .once("connect", () => {
        socket.destroy();
        resolve(true);
      });
  });
}
