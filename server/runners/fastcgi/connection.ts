// One connection to a FastCGI application: a socket that serves one request after the other, never two at once. It
// handles sockets and records; the exchange knows what they mean for a request.

import type { Slab } from "../../base/slab.js";
import type { Message } from "../../contract/message.js";
import { encodeAbortRequest } from "../../protocol/fastcgi/encode-record.js";
import { RecordReader, type RecordReceiver } from "../../protocol/fastcgi/record-reader.js";
import { wrongProtocol } from "../../protocol/fastcgi/wrong-protocol.js";
import { type FastcgiAddress, maxSocketPathBytes } from "../../routing/fastcgi-address.js";
import { type FastcgiFailure, pathTooLong, unreachable } from "./failures.js";
import type { AddressFrom } from "./messages.js";
import { codeOf, ObservedSocket } from "./observed-socket.js";

/** A connection has one request at a time, so one id is enough (§3.3: small numbers, reused). */
export const onlyRequestId = 1;

/** The request that a connection serves. */
export interface ConnectionUser extends RecordReceiver {
  /** Bytes as they arrived, before they are parsed as records. */
  arrived(bytes: Uint8Array, at: number): void;
  /** Everything that arrived has been parsed. True: the request has ended and the connection is free. */
  settled(): boolean;
  /** Nothing has arrived for it yet, on a reused connection. */
  mayHaveMissed(): boolean;
  drained(): void;
  /** What arrived last is not FastCGI, after what was parsed before. The connection cannot be used any more. */
  wrong(problem: Message): void;
  /**
   * Everything that arrived has been parsed, and the peer has closed (`code` null) or broken the connection. It cannot
   * be used any more.
   */
  gone(code: string | null): void;
}

export class FastcgiConnection {
  readonly #socket: ObservedSocket;
  readonly #reader: RecordReader;
  readonly #onFree: (connection: FastcgiConnection) => void;
  #user: ConnectionUser | null = null;
  #served = 0;
  /** The peer accepts no more bytes: the errno's name. */
  #refusal: string | null = null;
  #hasEnded = false;
  #isOpen = true;
  #freeSince = 0;
  #wasClosedAtOnce = false;

  private constructor(socket: ObservedSocket, onFree: (connection: FastcgiConnection) => void) {
    this.#socket = socket;
    this.#onFree = onFree;
    this.#reader = new RecordReader({
      record: (record) => (this.#user ? this.#user.record(record) : this.close()), // bytes without a request
      content: (bytes, record) => this.#user?.content(bytes, record),
      contentEnd: (record) => this.#user?.contentEnd(record),
    });
    socket.onRefused = (code) => this.#refused(code);
    socket.on("drain", () => this.#user?.drained());
    socket.on("end", () => this.#ended());
    socket.on("error", (error) => this.#gone(this.#refusal ?? codeOf(error)));
    socket.on("close", () => this.#gone(this.#refusal));
  }

  /**
   * Calls `opened` or `failed`, once, and later `free` each time that a request or the connection has ended. `from`:
   * what set the address. `slab`: for the received bytes. Returns a function that cancels the attempt.
   */
  static open(
    address: FastcgiAddress,
    from: AddressFrom,
    slab: Slab,
    told: {
      opened(connection: FastcgiConnection): void;
      failed(failure: FastcgiFailure): void;
      free(connection: FastcgiConnection): void;
    },
  ): () => void {
    if (address.kind === "unix" && Buffer.byteLength(address.path) > maxSocketPathBytes) {
      const timer = setImmediate(() => told.failed(pathTooLong(address.path)));
      return () => clearImmediate(timer);
    }
    let socket: ObservedSocket | null = null;
    let retry: NodeJS.Timeout | null = null;
    const until = performance.now() + fullQueueMs;
    const attempt = (): void => {
      retry = null;
      let connection: FastcgiConnection | null = null;
      // Node would allocate 64 KiB for each read.
      const onread = {
        buffer: scratch,
        callback: (length: number): boolean => {
          if (connection) connection.#data(slab.copy(scratch, length));
          return true;
        },
      };
      const own = new ObservedSocket({ allowHalfOpen: true, onread });
      if (address.kind === "unix") own.connect({ path: address.path });
      else own.setNoDelay(true).connect({ host: address.host, port: address.port });
      socket = own;
      const refused = (error: NodeJS.ErrnoException): void => {
        own.destroy();
        // A UNIX socket with a full listen queue fails at once, where TCP waits: a later attempt may succeed.
        if (error.code === "EAGAIN" && performance.now() < until) retry = setTimeout(attempt, betweenTriesMs);
        else told.failed(unreachable(address, error, from));
      };
      own.once("error", refused).once("connect", () => {
        own.off("error", refused);
        connection = new FastcgiConnection(own, told.free);
        told.opened(connection);
      });
    };
    attempt();
    return () => {
      if (retry) clearTimeout(retry);
      socket?.destroy();
    };
  }

  /** Requests served so far, with the current one. */
  get served(): number {
    return this.#served;
  }

  /** The application closed it right after its first response. */
  get wasClosedAtOnce(): boolean {
    return this.#wasClosedAtOnce;
  }

  /** When its last response ended. */
  get freeSince(): number {
    return this.#freeSince;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The peer accepts no more bytes. */
  get isRefused(): boolean {
    return this.#refusal !== null;
  }

  /** Offset of the application's next byte in everything that it sent over this connection. */
  get receivedBytes(): number {
    return this.#reader.offset;
  }

  /** What an incomplete record lacks if nothing more arrives. */
  missing(): ReturnType<RecordReader["missing"]> {
    return this.#reader.missing();
  }

  /** Assigns the connection to a request. It must be free and open. */
  use(user: ConnectionUser): void {
    this.#user = user;
    this.#served++;
    this.#socket.ref();
    this.#socket.resume();
  }

  /** False: wait for `drained`. */
  write(bytes: Uint8Array): boolean {
    return !this.#isOpen || this.#socket.write(bytes);
  }

  /** From now on, writes are sent together, after as many calls of `release`. */
  hold(): void {
    this.#socket.cork();
  }

  release(): void {
    this.#socket.uncork();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Closes the connection without an event for its user. */
  close(): void {
    this.#user = null;
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#socket.destroy();
    this.#onFree(this);
  }

  #data(bytes: Uint8Array): void {
    this.#user?.arrived(bytes, performance.now());
    const before = this.#reader.offset;
    this.#reader.push(bytes);
    const { fault } = this.#reader;
    const user = this.#user;
    if (fault) {
      this.close();
      user?.wrong(wrongProtocol(fault, bytes.subarray(fault.offset - before)));
    } else if (user?.settled()) {
      // What is missing of the last record would count as the next request's.
      if (this.#refusal !== null || this.#reader.missing() !== null) this.close();
      else this.#keep();
    }
  }

  /** Free for another request, with nothing left to read. */
  #keep(): void {
    this.#user = null;
    this.#freeSince = performance.now();
    this.#socket.unref();
    this.#socket.resume(); // to notice when the application closes it
    this.#onFree(this);
  }

  /** What the peer sent before is still unread. */
  #refused(code: string): void {
    this.#refusal = code;
    if (this.#hasEnded) this.#gone(code);
  }

  /**
   * End of file. A kept TCP connection may have been closed before the request arrived; the peer's system then has
   * refused our bytes, which another write reveals. (A UNIX socket reports it by itself.)
   */
  #ended(): void {
    this.#hasEnded = true;
    if (this.#refusal !== null || !this.#user?.mayHaveMissed() || this.#socket.remoteAddress === undefined)
      this.#gone(this.#refusal);
    else this.#socket.write(encodeAbortRequest(onlyRequestId), () => this.#gone(null));
  }

  #gone(code: string | null): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const user = this.#user;
    this.#user = null;
    const responses = user ? this.#served - 1 : this.#served;
    this.#wasClosedAtOnce =
      responses === 1 && user?.mayHaveMissed() !== false && performance.now() - this.#freeSince < atOnceMs;
    this.#socket.destroy();
    user?.gone(code); // if it is sent again, then before those that wait for this connection
    this.#onFree(this);
  }
}

/** The receive buffer of all connections: data is copied out before the next read. */
const scratch = Buffer.allocUnsafeSlow(64 << 10);
/** A full listen queue is retried for this long, ms. */
const fullQueueMs = 2000;
const betweenTriesMs = 10;
/** An application that closes a connection this soon after its first response does not keep connections, ms. */
const atOnceMs = 1000;
