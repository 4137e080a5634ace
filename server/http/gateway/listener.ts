// The script origin: accepts connections, and ends what takes too long on them.
import type { Server, Socket } from "node:net";
import type { GatewayPolicy } from "../../protocol/policy.js";
import { isLoopback } from "../../protocol/server-name.js";
import { type SocketEnds, type SocketOwners, socketOwners } from "../../spawn/native/socket-owner.js";
import { BusyWait } from "../front/busy-wait.js";
import { clientSocket } from "../front/client-socket.js";
import { Connection } from "../front/connection.js";
import { HeldBytes } from "../front/held-bytes.js";
import { heldLimits, timeoutCheckMs } from "../front/http-limits.js";
import type { ConnectionFacts } from "../front/incoming.js";
import { listenAtBoth } from "../front/loopback-pair.js";
import { LastHeads } from "../front/read-request.js";
import { Gateway } from "./gateway.js";
import type { GatewayDeps } from "./gateway-deps.js";

export class Listener {
  #servers: readonly Server[] = [];
  #ownNames: ReadonlySet<string> = new Set();
  readonly #policy: () => GatewayPolicy;
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
    this.#policy = () => deps.settings().policy;
  }

  #accept(accepted: Socket): void {
    const socket = clientSocket(accepted, (bytes) => connection.received(bytes));
    const connection = new Connection(socket, {
      id: this.#nextConnection++,
      handler: this.#gateway,
      held: this.#held,
      lastHeads: this.#lastHeads,
      busyWait: this.#busyWait,
      policy: this.#policy,
      ownNames: this.#ownNames,
      otherUser: (ends) => this.#otherUser(ends),
    });
    this.#connections.set(socket, connection);
    socket.once("close", () => this.#connections.delete(socket));
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
    const { servers, ownNames, host, port } = await listenAtBoth(where, (socket) => this.#accept(socket));
    this.#servers = servers;
    this.#ownNames = ownNames;
    this.#timer = setInterval(() => this.#checkTimeouts(), timeoutCheckMs).unref();
    return { host, port };
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
    const closed = this.#servers.map(
      (server) => new Promise((resolve) => server.close(resolve)), // the only error is "not running": it is closed
    );
    await this.#gateway.close();
    // A server is closed before the sockets it destroys are, and what a
    // connection holds is released by its socket's end.
    const ended = [...this.#connections.keys()].map(
      (socket) => new Promise((resolve) => socket.once("close", resolve)),
    );
    for (const socket of this.#connections.keys()) socket.destroy();
    await Promise.all([...closed, ...ended]);
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
