// How a request becomes a WebSocket (RFC 6455). The library `ws` does the handshake, the framing and the end; its bytes
// go through the connection of the request, only as fast as each side takes them.
import { IncomingMessage } from "node:http";
import { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { latin1 } from "../../protocol/byte-string.js";
import { valuesOf } from "../../protocol/header-values.js";
import type { HeaderPair } from "../../protocol/request.js";
import { asksForWebSocket } from "../../protocol/upgrade.js";
import { lingerMs } from "../front/http-limits.js";
import type { Incoming } from "../front/incoming.js";

/** So many bytes wait for a slow client before the script does. */
const waitingBytes = 64 << 10;
const noBytes = Buffer.alloc(0);

type Client = Pick<Incoming, "socket" | "body" | "request" | "onClosed">;

export interface Opened {
  readonly socket: WebSocket;
  readonly stream: Duplex;
  /** The response 101 has these. */
  readonly headers: readonly HeaderPair[];
}

/** The client's part of the opening handshake, checked; ours follows when the script runs. */
export class Handshake {
  /** The status of a response that refuses it; null: it is right. */
  readonly refusal: 400 | 426 | null;
  readonly #incoming: Client;
  readonly #stream: Duplex;
  readonly #headers: HeaderPair[] = [];
  #answer: ((isRight: boolean) => void) | null = null;
  #opened: Opened | null = null;

  constructor(incoming: Client, maxPayload: number) {
    this.#incoming = incoming;
    this.#stream = streamOf(incoming);
    const { request, body } = incoming;
    const isAsked = request.method === "GET" && request.httpVersion === "1.1" && asksForWebSocket(request);
    if (!isAsked || valuesOf(request.headers, "sec-websocket-version").join() !== "13") this.refusal = 426;
    else {
      this.#check(maxPayload);
      // What follows the head is frames, not a body.
      this.refusal = this.#answer && body.isComplete ? null : 400;
    }
  }

  /** Completes it; null if the connection is closed. */
  accept(): Opened | null {
    const { body } = this.#incoming;
    const stream = this.#stream;
    body.upgrade();
    this.#incoming.onClosed(() => stream.destroy());
    this.#answer?.(true);
    if (this.#opened)
      body.listen({
        bytes: (bytes) => {
          if (!stream.push(bytes)) body.pause(bytes.length);
        },
        end: () => {},
        broken: () => stream.push(null),
      });
    return this.#opened;
  }

  #check(maxPayload: number): void {
    const { socket, request } = this.#incoming;
    const asked = new IncomingMessage(socket);
    asked.method = "GET";
    for (const [given, value] of request.headers) {
      const name = given.toLowerCase();
      const before = asked.headers[name];
      asked.headers[name] = before === undefined ? value : `${before}, ${value}`;
    }
    asked.headers.upgrade = "websocket"; // the field may list others
    const verifyClient = (_asked: unknown, answer: (isRight: boolean) => void): void => {
      this.#answer = answer;
    };
    const bounds = { maxPayload, closeTimeout: lingerMs }; // its types lack the second
    const options = { noServer: true, clientTracking: false, perMessageDeflate: false, verifyClient, ...bounds };
    const server = new WebSocketServer(options);
    server.on("wsClientError", () => {}); // it would respond itself
    server.on("headers", (lines) => {
      for (const line of lines) {
        const [, name, value] = /^([^:]+): (.*)$/.exec(line) ?? [];
        if (name !== undefined && value !== undefined) this.#headers.push([latin1(name), latin1(value)]);
      }
    });
    const stream = this.#stream;
    server.handleUpgrade(asked, stream, noBytes, (opened) => {
      this.#opened = { socket: opened, stream, headers: this.#headers };
    });
  }
}

/** What comes behind the head, and what goes out. */
const streamOf = ({ socket, body }: Client): Duplex =>
  new Duplex({
    writableHighWaterMark: waitingBytes,
    read: () => body.resume(),
    writev: (chunks, done) => void socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
