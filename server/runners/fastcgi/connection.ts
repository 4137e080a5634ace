// One connection to a FastCGI application: a socket that serves one request after the other, never two at once. It knows sockets and
// records; what they mean for a request is the exchange's.

import type { Slab } from "../../base/slab.js";
import type { Message } from "../../contract/message.js";
import { encodeAbortRequest } from "../../protocol/fastcgi/encode-record.js";
import { RecordReader, type RecordReceiver } from "../../protocol/fastcgi/record-reader.js";
import { wrongProtocol } from "../../protocol/fastcgi/wrong-protocol.js";
import { type FastcgiAddress, maxSocketPathBytes } from "../../routing/fastcgi-address.js";
import { type FastcgiFailure, pathTooLong, unreachable } from "./failures.js";
import type { AddressFrom } from "./messages.js";
import { codeOf, ObservedSocket } from "./observed-socket.js";

/** There is one request at a time on a connection, so one id does (§3.3: small, used again). */
export const onlyRequestId = 1;

/** The request that a connection serves just now. */
export interface ConnectionUser extends RecordReceiver {
  /** Bytes as they came, before they are read as records. */
  arrived(bytes: Uint8Array, at: number): void;
  /** All of what came is read. True: the request is over and the connection free. */
  settled(): boolean;
  /** Nothing came for it yet, on a connection that others had used. */
  mayHaveMissed(): boolean;
  drained(): void;
  /** No FastCGI came: the connection is of no use any more. */
  wrong(problem: Message): void;
  /** All that came was read, and the other side is gone: closed (`code` null) or broken. The connection is of no use any more. */
  gone(code: string | null): void;
}

export class FastcgiConnection {
  readonly #socket: ObservedSocket;
  readonly #reader: RecordReader;
  readonly #onFree: (connection: FastcgiConnection) => void;
  #user: ConnectionUser | null = null;
  #served = 0;
  /** The other side takes no more bytes: the errno's name. */
  #refusal: string | null = null;
  #hasEnded = false;
  #isOpen = true;

  private constructor(socket: ObservedSocket, onFree: (connection: FastcgiConnection) => void) {
    this.#socket = socket;
    this.#onFree = onFree;
    this.#reader = new RecordReader({
      record: (record) => (this.#user ? this.#user.record(record) : this.close()), // nobody asked for anything
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
   * Calls `opened` or `failed`, once, and then `free` each time that a request is over, or the connection is. `from`: where the address
   * comes from. `slab`: for what it reads. Returns the way to give up.
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
        // A UNIX socket with a full listen queue says so at once, where TCP waits: another moment may find room.
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

  /** Requests served so far, the present one included. */
  get served(): number {
    return this.#served;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The other side takes no more bytes. */
  get isRefused(): boolean {
    return this.#refusal !== null;
  }

  /** Where the application's next byte will stand in what it sent over this connection. */
  get receivedBytes(): number {
    return this.#reader.offset;
  }

  /** What a record lacks when nothing more comes. */
  missing(): ReturnType<RecordReader["missing"]> {
    return this.#reader.missing();
  }

  /** Takes the connection for a request. It must be free and open. */
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

  /** What is written from now on goes out in one piece, at as many calls of `release`. */
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

  /** Ends the connection; its user is told nothing. */
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
      if (this.#refusal !== null) this.close();
      else this.#keep();
    }
  }

  /** For a next request; nothing waits for it. */
  #keep(): void {
    this.#user = null;
    this.#socket.unref();
    this.#socket.resume(); // to hear when the application closes it
    this.#onFree(this);
  }

  /** What it sent before is still to be read. */
  #refused(code: string): void {
    this.#refusal = code;
    if (this.#hasEnded) this.#gone(code);
  }

  /**
   * End of file. On a kept TCP connection that may have been closed before the request reached it, and then the system on the other
   * side has refused our bytes: which a further write tells. (A UNIX socket says so by itself.)
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
    this.#socket.destroy();
    this.#onFree(this);
    user?.gone(code);
  }
}

/** Into which every connection reads: what came is copied out before the next read. */
const scratch = Buffer.allocUnsafeSlow(64 << 10);
/** A full listen queue is tried again for this long, ms. */
const fullQueueMs = 2000;
const betweenTriesMs = 10;
