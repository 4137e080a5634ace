// A client of a script behind a WebSocket: what it gets, in order, and how it is closed.
import { type ClientOptions, type RawData, WebSocket } from "ws";
import { waitFor, within } from "./wait-for.js";

export class SocketClient {
  readonly socket: WebSocket;
  readonly received: string[] = [];
  /** "binary" or "text" of each message. */
  readonly kinds: string[] = [];
  /** The status of a response that refused the connection. */
  status: number | null = null;
  readonly #closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: RawData, isBinary) => {
      this.received.push(Buffer.isBuffer(data) ? data.toString("latin1") : "");
      this.kinds.push(isBinary ? "binary" : "text");
    });
    socket.on("unexpected-response", (request, response) => {
      this.status = response.statusCode ?? null;
      request.destroy();
      socket.terminate();
    });
    socket.on("error", () => {}); // "close" follows
    this.#closed = new Promise((resolve) => socket.once("close", resolve));
  }

  static async open(port: number, target: string, options: ClientOptions = {}): Promise<SocketClient> {
    const client = new SocketClient(new WebSocket(`ws://127.0.0.1:${port}${target}`, options));
    await new Promise<void>((resolve) => client.socket.once("open", resolve).once("close", () => resolve()));
    return client;
  }

  /** The first `count` messages. */
  async messages(count: number, deadlineMs?: number): Promise<readonly string[]> {
    await waitFor(
      () => `${count} messages, so far ${this.received.length}`,
      () => this.received.length >= count,
      deadlineMs,
    );
    return this.received.slice(0, count);
  }

  /** The code of the end. */
  closed(deadlineMs = 20_000): Promise<number> {
    return within("the connection is closed", this.#closed, deadlineMs);
  }
}
