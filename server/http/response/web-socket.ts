// A WebSocket in place of a response (RFC 6455). The library `ws` does the handshake, the framing and the end; its
// bytes go through the connection of the request, only as fast as each side takes them.
import { IncomingMessage } from "node:http";
import { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { latin1 } from "../../protocol/byte-string.js";
import { valuesOf } from "../../protocol/header-values.js";
import type { HeaderPair } from "../../protocol/request.js";
import { asksForWebSocket } from "../../protocol/upgrade.js";
import { lingerMs } from "../front/http-limits.js";
import type { Incoming } from "../front/incoming.js";
import type { Outgoing } from "./outgoing.js";

/** So many bytes wait for a slow client before the script does. */
const waitingBytes = 64 << 10;
/** RFC 6455 §7.4.1. */
export const closeCode = { normal: 1000, goingAway: 1001, dropped: 1006, failed: 1011 } as const;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const noBytes = Buffer.alloc(0);

type Client = Pick<Incoming, "socket" | "body" | "request" | "onClosed" | "waitsForClient">;

interface Opened {
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

interface WriterEvents {
  /** Bytes can be written again after `write` returned false. */
  onDrain(): void;
  /** A message of the client. */
  onMessage(bytes: Uint8Array, isBinary: boolean): void;
  /** The client shows that it is there. */
  onSign(): void;
  /** What the client sent is none of RFC 6455. `problem`: the library's code. */
  onFault(problem: string): void;
  /** A line is longer than `maxLineBytes`. */
  onLongLine(): void;
  /** The connection is over. `code`: `closeCode.dropped` if the client did not say so. */
  onClosed(code: number, reason: string): void;
}

interface WriterOptions extends Opened {
  readonly incoming: Pick<Incoming, "waitsForClient">;
  /** What a message is of what is written. */
  readonly unit: "line" | "read";
  readonly maxLineBytes: number;
  readonly events: WriterEvents;
}

/** Sends what a script writes as messages. */
export class WebSocketWriter implements Outgoing {
  readonly closed: Promise<void>;
  complete = false;
  finished = false;
  cutShort = false;
  readonly #options: WriterOptions;
  /** The beginning of a line. */
  #parts: Uint8Array[] = [];
  #partsBytes = 0;
  #isBlocked = false;
  /** The script does not read. */
  #isHeldBack = false;

  constructor(options: WriterOptions) {
    this.#options = options;
    const { socket, stream, events, incoming } = options;
    this.closed = new Promise((resolve) => {
      socket.once("close", (code, reason) => {
        events.onClosed(code, reason.toString());
        this.complete = this.finished = true;
        resolve();
      });
    });
    socket.on("message", (data, isBinary) => {
      if (Buffer.isBuffer(data)) events.onMessage(data, isBinary); // as `binaryType` says by default
    });
    socket.on("ping", () => events.onSign());
    socket.on("pong", () => events.onSign());
    socket.on("error", (error) => events.onFault("code" in error ? String(error.code) : error.message));
    stream.on("drain", () => {
      this.#isBlocked = false;
      incoming.waitsForClient(0);
      this.#flow();
      events.onDrain();
    });
  }

  get blocked(): boolean {
    return this.#isBlocked;
  }

  write(bytes: Uint8Array): boolean {
    const { unit, stream, incoming } = this.#options;
    if (this.complete) return true;
    if (unit === "read") this.#send(bytes);
    else this.#sendLines(bytes);
    if (!stream.writableNeedDrain || this.complete) return true;
    this.#isBlocked = true;
    incoming.waitsForClient(stream.writableLength);
    this.#flow();
    return false;
  }

  flush(): void {}

  end(): void {
    this.close(closeCode.normal);
  }

  cut(): void {
    this.cutShort = true;
    this.close(closeCode.goingAway);
  }

  close(code: number): void {
    this.complete = true;
    this.#options.socket.close(code);
  }

  /** The script reads no more for now, or does again. */
  holdBack(isHeldBack: boolean): void {
    this.#isHeldBack = isHeldBack;
    this.#flow();
  }

  /** A client that does not read is not read either. */
  #flow(): void {
    const { socket } = this.#options;
    if (this.#isHeldBack || this.#isBlocked) socket.pause();
    else socket.resume();
  }

  #sendLines(bytes: Uint8Array): void {
    let from = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      this.#add(bytes.subarray(from, end));
      const line = Buffer.concat(this.#parts);
      this.#parts = [];
      this.#partsBytes = 0;
      this.#send(line.at(-1) === carriageReturn ? line.subarray(0, -1) : line);
      from = end + 1;
    }
    this.#add(bytes.subarray(from));
  }

  #add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#partsBytes += part.length;
    if (this.#partsBytes <= this.#options.maxLineBytes || this.complete) return;
    this.close(closeCode.failed);
    this.#options.events.onLongLine();
  }

  #send(bytes: Uint8Array): void {
    if (!this.complete) this.#options.socket.send(bytes, { binary: this.#options.unit === "read" });
  }
}
