// A stream that the script writes, read with read(2) when SIGIO reports data in some pipe (Linux). One or two checks
// empty a short script's pipes, where a socket each would cost more than the script's start. A long stream becomes a
// socket.
import { Socket } from "node:net";
import { removeItem } from "../../base/remove-item.js";
import { Slab } from "../../base/slab.js";
import type { Libc } from "../native/libc.js";
import type { SignalPoller } from "../native/signal-poller.js";
import { type EndingSource, type OnBytes, SocketSource } from "./socket-source.js";

const scratch = Buffer.allocUnsafeSlow(64 << 10);
/**
 * After more checks with data, or more bytes in one check, the pipe gets a socket: that limits signals and long turns.
 */
const maxLooks = 8;
const maxBytesALook = 256 << 10;

/** All pipes that wait for a signal. */
export class SignalledPipes {
  readonly libc: Libc;
  /** The buffer for reads from all of them. */
  readonly slab = new Slab();
  readonly #signalPoller: SignalPoller;
  readonly #waiting: PipeSource[] = [];

  constructor(libc: Libc, signalPoller: SignalPoller) {
    this.libc = libc;
    this.#signalPoller = signalPoller;
    signalPoller.on("SIGIO", () => {
      for (const source of this.#waiting.slice()) source.look();
    });
  }

  /** Takes ownership of the server's non-blocking end. Reads nothing in this turn of the event loop. */
  read(descriptor: number, onData: OnBytes, onEnd: (at: number) => void): PipeSource {
    this.libc.signalWhenReadable(descriptor);
    const source = new PipeSource(this, descriptor, onData, onEnd);
    this.#wait(source);
    this.lookAgain(); // earlier writes sent no signal
    return source;
  }

  readonly lookAgain = (): void => this.#signalPoller.soon();

  #wait(source: PipeSource): void {
    this.#waiting.push(source);
    this.#signalPoller.ref();
  }

  forget(source: PipeSource): void {
    if (removeItem(this.#waiting, source)) this.#signalPoller.unref();
  }
}

class PipeSource implements EndingSource {
  readonly #pipes: SignalledPipes;
  readonly #descriptor: number;
  readonly #onData: OnBytes;
  readonly #onEnd: (at: number) => void;
  #promoted: SocketSource | null = null;
  #looks = 0;
  #isPaused = false;
  #isClosed = false;
  #hasEnded = false;

  constructor(pipes: SignalledPipes, descriptor: number, onData: OnBytes, onEnd: (at: number) => void) {
    this.#pipes = pipes;
    this.#descriptor = descriptor;
    this.#onData = onData;
    this.#onEnd = onEnd;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  resume(): void {
    this.#isPaused = false;
    this.#promoted?.resume();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#promoted) this.#promoted.close();
    else this.#finish();
  }

  /** Reads what has arrived, also beside a socket that holds no bytes; the end of the file is left to the socket. */
  look(): boolean {
    if (this.#hasEnded || this.#isClosed) return true; // a callback of another pipe's check may have closed it
    if (this.#promoted?.holdsBytes) return false;
    const { libc, slab } = this.#pipes;
    let total = 0;
    let length = libc.read(this.#descriptor, scratch, scratch.length);
    for (; length > 0; length = libc.read(this.#descriptor, scratch, scratch.length)) {
      total += length;
      this.#isPaused = !this.#onData(slab.copy(scratch, length), performance.now());
      if (this.#isClosed) return true; // by the receiver
      if (this.#isPaused || total > maxBytesALook) {
        this.#promote();
        return false;
      }
    }
    // A read fails only if there is nothing to read (EAGAIN): a non-blocking read is not
    // interrupted, and a pipe has no other error.
    if (this.#promoted) return true;
    if (length === 0) this.#finish();
    else if (total > 0 && ++this.#looks > maxLooks) this.#promote();
    return true;
  }

  #promote(): void {
    if (this.#promoted) {
      if (this.#isPaused) this.#promoted.pause();
      return;
    }
    this.#pipes.forget(this);
    this.#pipes.libc.setNonBlocking(this.#descriptor); // and no further signal
    const socket = new Socket({ fd: this.#descriptor, readable: true, writable: false });
    this.#promoted = new SocketSource(socket, this.#onData, (at) => {
      this.#hasEnded = true;
      this.#onEnd(at);
    });
    if (this.#isPaused) this.#promoted.pause();
  }

  #finish(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#pipes.forget(this);
    this.#pipes.libc.close(this.#descriptor);
    this.#onEnd(performance.now());
  }
}
