// The script origin: node:http made a faithful front. It keeps what node does well (parsing, framing bytes, timeouts) and takes
// over what node would answer by itself and unseen: a missing Host, an unknown Expect, CONNECT, malformed requests.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Gateway } from "../exchange/gateway.js";
import type { GatewayDeps } from "../exchange/gateway-deps.js";
import { Connection } from "./connection.js";
import { headCheckEveryMs, maxRequestHeadBytes, requestHeadMs } from "./http-limits.js";

export class Listener {
  readonly #server: Server;
  readonly #gateway: Gateway;
  readonly #connections = new WeakMap<object, Connection>();
  #nextConnection = 1;

  constructor(deps: GatewayDeps) {
    this.#gateway = new Gateway(deps);
    this.#server = createServer({
      maxHeaderSize: maxRequestHeadBytes,
      requestTimeout: 0, // uploads may take their time; silence has a limit of its own
      headersTimeout: requestHeadMs,
      connectionsCheckingInterval: headCheckEveryMs,
      requireHostHeader: false, // node would answer 400 without an event: nothing to record
      noDelay: true,
    });
    this.#server.maxHeadersCount = 0; // node drops the fields beyond a count silently; the size bounds them
    Object.assign(this.#server, { httpAllowHalfOpen: true }); // `printf … | nc` half-closes and wants its answer. Not in the types.
    this.#server.on("connection", (socket) =>
      this.#connections.set(socket, new Connection(socket, this.#nextConnection++, this.#gateway)),
    );
    this.#server.on("request", (req, res) => this.#request(req, res, false));
    this.#server.on("checkContinue", (req, res) => this.#request(req, res, true));
    this.#server.on("checkExpectation", (req, res) => this.#request(req, res, false));
    this.#server.on("connect", (_req, socket) => this.#connections.get(socket)?.connect());
    this.#server.on("clientError", (error, socket) => this.#connections.get(socket)?.fault(error));
  }

  /** Scripts running now. */
  get running(): number {
    return this.#gateway.running;
  }

  /** Requests that wait for a script's place. */
  get queued(): number {
    return this.#gateway.queued;
  }

  /** Resolves with what it is bound to (`port` 0: a free one). Rejects with the system's code: EADDRINUSE, EACCES, … */
  listen(where: { readonly host: string; readonly port: number }): Promise<{ host: string; port: number }> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(where.port, where.host, () => {
        this.#server.off("error", reject);
        const address = this.#server.address();
        if (address === null || typeof address === "string") reject(new Error("the server is not bound to a port"));
        else resolve({ host: address.address, port: address.port });
      });
    });
  }

  /** Ends an exchange: TERM to its script, KILL after 2 s. False when no exchange has this trace. */
  stop(traceId: string): boolean {
    return this.#gateway.stop(traceId);
  }

  /** Takes no more requests, ends those under way, and resolves when their traces are complete and every connection is closed. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve()); // the only error is "not running", and then it is closed
    });
    await this.#gateway.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #request(req: IncomingMessage, res: ServerResponse, awaitsContinue: boolean): void {
    this.#connections.get(req.socket)?.request(req, res, awaitsContinue);
  }
}
