// The two loopback addresses that `localhost` may mean. Browsers try both, so a server that holds one of them leaves
// its name to whichever program takes the other: where the machine has both, they are taken together.
import { createServer, type Server, type Socket } from "node:net";
import { errorCode } from "../../base/disk.js";
import { listen } from "../../base/listen.js";
import { listenBacklog } from "./http-limits.js";

interface Bound {
  readonly servers: readonly Server[];
  readonly host: string;
  readonly port: number;
  /** Host names by which a browser on this machine reaches these servers and no other program's. */
  readonly ownNames: ReadonlySet<string>;
}

/** Half-open: `printf … | nc` closes its sending side and still reads the response. */
const options = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true };
/** How often a free port is chosen again because the other address has it taken. */
const maxChoices = 20;

/**
 * Listens at `host` and, for a loopback address or all IPv4 addresses, at the other loopback address too (`port` 0: one
 * that is free at both). Rejects with the system's code: EADDRINUSE when either is taken, EACCES, …
 */
export async function listenAtBoth(
  { host, port }: { readonly host: string; readonly port: number },
  onConnection: (socket: Socket) => void,
): Promise<Bound> {
  const [first, second] = addressesOf(host.toLowerCase());
  for (let choice = 1; ; choice++) {
    const server = createServer(options, onConnection);
    const bound = await bind(server, first, port);
    try {
      const other = second === null ? null : await bindIfThere(second, bound.port, onConnection);
      return { ...bound, servers: other ? [server, other] : [server], ownNames: ownNamesOf(first, second, other) };
    } catch (error) {
      await new Promise((resolve) => server.close(resolve));
      if (port !== 0 || errorCode(error) !== "EADDRINUSE" || choice === maxChoices) throw error;
    }
  }
}

function addressesOf(host: string): readonly [string, string | null] {
  if (host === "localhost" || host === "127.0.0.1") return ["127.0.0.1", "::1"];
  if (host === "::1") return ["::1", "127.0.0.1"];
  return [host, host === "0.0.0.0" ? "::1" : null];
}

function ownNamesOf(first: string, second: string | null, other: Server | null): ReadonlySet<string> {
  if (first === "::") return new Set(["127.0.0.1", "[::1]", "localhost"]);
  if (second === null) return new Set();
  const names = [first === "0.0.0.0" ? "127.0.0.1" : first, ...(other ? [second] : [])];
  return new Set(["localhost", ...names.map((name) => (name.includes(":") ? `[${name}]` : name))]);
}

async function bind(server: Server, host: string, port: number): Promise<{ host: string; port: number }> {
  await listen(server, { host, port, backlog: listenBacklog });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server is not bound to a port");
  return { host: address.address, port: address.port };
}

/** Null on a machine without this address: then no other program can have it, either. */
async function bindIfThere(host: string, port: number, onConnection: (socket: Socket) => void): Promise<Server | null> {
  const server = createServer(options, onConnection);
  try {
    await bind(server, host, port);
    return server;
  } catch (error) {
    if (["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes(errorCode(error) ?? "")) return null;
    throw error;
  }
}
