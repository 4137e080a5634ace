// The script origin: accepts connections, and ends what takes too long on them.
import { createServer, type Server, type Socket } from "node:net";
import { listen } from "../../base/listen.js";
import { isLoopback } from "../../protocol/server-name.js";
import { type SocketEnds, type SocketOwners, socketOwners } from "../../spawn/native/socket-owner.js";
import { Gateway } from "../exchange/gateway.js";
import type { GatewayDeps } from "../exchange/gateway-deps.js";
import { BusyWait } from "./busy-wait.js";
import { clientSocket } from "./client-socket.js";
import { Connection } from "./connection.js";
import { HeldBytes } from "./held-bytes.js";
import { heldLimits, listenBacklog, timeoutCheckMs } from "./http-limits.js";
import type { ConnectionFacts } from "./incoming.js";
import { LastHeads } from "./read-request.js";

export class Listener {
  readonly #server: Server;
  readonly #gateway: Gateway;
  readonly #connections = new Map<Socket, Connection>();
  readonly #held = new HeldBytes(heldLimits);
  readonly #lastHeads = new LastHeads();
  readonly #busyWait = new BusyWait();
  #nextConnection = 1;
  #timer: NodeJS.Timeout | null = null;
  /** Null: the system does not say, or other machines may connect. */
  #owners: SocketOwners | null = null;

  constructor(deps: GatewayDeps) {
    this.#gateway = new Gateway(deps);
    const policy = () => deps.settings().policy;
    // Half-open: `printf … | nc` closes its sending side and still reads the response.
    this.#server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (accepted) => {
      const socket = clientSocket(accepted, (bytes) => connection.received(bytes));
      const connection = new Connection(socket, {
        id: this.#nextConnection++,
        handler: this.#gateway,
        held: this.#held,
        lastHeads: this.#lastHeads,
        busyWait: this.#busyWait,
        policy,
        otherUser: (ends) => this.#otherUser(ends),
      });
      this.#connections.set(socket, connection);
      socket.once("close", () => this.#connections.delete(socket));
    });
  }

  /** Scripts running now. */
  get running(): number {
    return this.#gateway.running;
  }

  /** Requests that wait for a script's place. */
  get queued(): number {
    return this.#gateway.queued;
  }

  /** Other limits are in force: they hold for the requests that wait, too. */
  admitWaiting(): void {
    this.#gateway.admitWaiting();
  }

  /** Bytes that wait between clients and scripts. */
  get heldBytes(): number {
    return this.#held.bytes;
  }

  /** Resolves with what it is bound to (`port` 0: a free one). Rejects with the system's code: EADDRINUSE, EACCES, … */
  async listen(where: { readonly host: string; readonly port: number }): Promise<{ host: string; port: number }> {
    const owners = await socketOwners();
    try {
      const bound = await this.#bind(where);
      if (isLoopback(bound.host)) this.#owners = owners;
      else owners?.close();
      return bound;
    } catch (error) {
      owners?.close();
      throw error;
    }
  }

  async #bind(where: { readonly host: string; readonly port: number }): Promise<{ host: string; port: number }> {
    await listen(this.#server, { ...where, backlog: listenBacklog });
    this.#timer = setInterval(() => this.#checkTimeouts(), timeoutCheckMs).unref();
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("the server is not bound to a port");
    return { host: address.address, port: address.port };
  }

  /** Ends an exchange: TERM to its script, KILL after 2 s. False when no exchange has this trace. */
  stop(traceId: string): boolean {
    return this.#gateway.stop(traceId);
  }

  /**
   * Takes no more requests, ends those under way, and resolves when their traces are
   * complete and every connection is closed.
   */
  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve()); // the only error is "not running", and then it is closed
    });
    await this.#gateway.close();
    // A server is closed before the sockets it destroys are, and what a
    // connection holds is released by its socket's end.
    const ended = [...this.#connections.keys()].map(
      (socket) => new Promise((resolve) => socket.once("close", resolve)),
    );
    for (const socket of this.#connections.keys()) socket.destroy();
    await Promise.all([closed, ...ended]);
    this.#owners?.close();
  }

  /** Root may do everything anyway. Without an answer from the system the client is served. */
  #otherUser(ends: SocketEnds): ConnectionFacts["otherUser"] {
    const owner = this.#owners?.ownerOf(ends) ?? null;
    return owner === 0 || owner === process.geteuid?.() ? null : owner;
  }

  #checkTimeouts(): void {
    const now = performance.now();
    const isCrowded = this.#gateway.queued > 0 || this.#held.isShort;
    for (const connection of this.#connections.values()) connection.checkTimeouts(now, isCrowded);
  }
}
