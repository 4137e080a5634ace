// The script's stdin, written into the pipe directly: a body that has arrived needs no stream, and `written` is exact.
// If the pipe is full, one piece of at most PIPE_BUF bytes waits in a socket; when it is written, the pipe is writable.
// What nobody has read yet when the server's end closes is counted at the script's exit, at a reading end of the
// server's own. It is opened that late because a script that closes its stdin would go unnoticed beside it.
import { closeSync, constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { errno } from "../native/errno.js";
import type { Libc } from "../native/libc.js";
import type { Sink } from "../start.js";

export class PipeSink implements Sink {
  readonly #libc: Libc;
  readonly #descriptor: number;
  readonly #onDrain: () => void;
  readonly #pending: Uint8Array[] = [];
  #socket: Socket | null = null;
  #isEnding = false;
  #isClosed = false;
  #written = 0;
  #isBroken = false;
  /** A reading end, open from the end of the input to the exit. */
  #reader: number | null = null;
  #unread: number | null = null;

  /** Takes ownership of the server's non-blocking end. */
  constructor(libc: Libc, descriptor: number, onDrain: () => void) {
    this.#libc = libc;
    this.#descriptor = descriptor;
    this.#onDrain = onDrain;
  }

  get written(): number {
    return this.#written;
  }

  get broken(): boolean {
    return this.#isBroken;
  }

  unread(): number | null {
    const end = this.#reader ?? (this.#isClosed || this.#socket?.destroyed ? null : this.#descriptor);
    return end === null ? this.#unread : this.#waitingAt(end);
  }

  write(bytes: Uint8Array): boolean {
    if (this.#isEnding || this.#isClosed) return true;
    const isFirst = this.#pending.push(bytes) === 1;
    return isFirst ? this.#flush() : false;
  }

  end(): void {
    this.#isEnding = true;
    if (this.#pending.length === 0) this.#finish();
  }

  /** At once, even if bytes still wait. */
  close(): void {
    this.#unread = this.unread();
    if (this.#reader !== null) closeSync(this.#reader);
    this.#reader = null;
    if (this.#isClosed) return;
    this.#isClosed = true;
    // The exit may be known before the pipe reports that its reader has closed it.
    if (this.#pending.length > 0) this.#isBroken = true;
    this.#pending.length = 0;
    if (this.#socket) this.#socket.destroy();
    else this.#libc.close(this.#descriptor);
  }

  /** True when nothing waits any more. */
  #flush(): boolean {
    for (let bytes = this.#pending[0]; bytes; bytes = this.#pending[0]) {
      const taken = this.#libc.write(this.#descriptor, bytes, bytes.length);
      if (taken < 0) {
        const number = this.#libc.errno();
        if (number === errno.EINTR) continue;
        if (number === errno.EAGAIN) return this.#waitWith(bytes);
        this.#break();
        return true;
      }
      this.#took(bytes, taken);
    }
    return true;
  }

  #took(bytes: Uint8Array, taken: number): void {
    this.#written += taken;
    if (taken < bytes.length) this.#pending[0] = bytes.subarray(taken);
    else this.#pending.shift();
  }

  #waitWith(bytes: Uint8Array): false {
    this.#socket ??= new Socket({ fd: this.#descriptor, readable: false, writable: true }).on("error", () => {
      // EPIPE, which the write's own callback reports
    });
    const piece = bytes.subarray(0, this.#libc.platform.atomicWriteBytes);
    this.#socket.write(piece, (error) => {
      if (this.#isClosed) return;
      if (error) this.#break();
      else {
        this.#took(bytes, piece.length);
        if (!this.#flush()) return;
      }
      if (this.#isEnding) this.#finish();
      else this.#onDrain();
    });
    return false;
  }

  /** Everything is in the pipe: the script finds the end behind it. */
  #finish(): void {
    const reader = (this.unread() ?? 0) > 0 ? openReader(this.#descriptor) : null;
    this.close();
    this.#reader = reader;
  }

  #waitingAt(descriptor: number): number | null {
    const count = this.#libc.waiting?.(descriptor) ?? -1;
    return count < 0 ? null : count;
  }

  /** The script closed its end. It need not read its body: the rest is discarded. */
  #break(): void {
    this.#isBroken = true;
    this.close();
  }
}

/** Null: no descriptor is free, and the count stays unknown. */
function openReader(descriptor: number): number | null {
  try {
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
}
