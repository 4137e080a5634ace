// Brings a stream's captured bytes to the window, 256 KiB at a time, those on the screen first. One request at a time:
// the bytes are there within milliseconds, and a second tab must not wait behind eight megabytes.
import { problemOf, problemText } from "../../rpc/problem.js";
import { ByteBuffer, rangeBytes } from "./byte-buffer.js";

/** Reads bytes of a stream, or of a file. */
export type ReadRange = (from: number, length: number) => Promise<Uint8Array>;

export interface LoaderState {
  /** Grows with each change, so that a view knows to look again. */
  readonly version: number;
  readonly error: string | null;
}

export class StreamLoader {
  readonly buffer: ByteBuffer;
  #state: LoaderState = { version: 0, error: null };
  #wanted = { from: 0, to: rangeBytes };
  #isLoading = false;
  #isClosed = false;
  readonly #listeners = new Set<() => void>();
  readonly #read: ReadRange;

  constructor(length: number, read: ReadRange) {
    this.#read = read;
    this.buffer = new ByteBuffer(length);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): LoaderState => this.#state;

  /** Begins, or goes on after `close` or a failure. */
  open(): void {
    this.#isClosed = false;
    void this.#load(); // reports its own failures in `state`
  }
  /** Sends no further requests; the loaded bytes stay. */
  close(): void {
    this.#isClosed = true;
  }
  /** More was captured. */
  grow(length: number): void {
    if (length <= this.buffer.length) return;
    this.buffer.grow(length);
    this.#changed(null);
    void this.#load(); // as in open()
  }
  /**
   * Resolves when all that was captured by now is here; rejects with why it cannot be had, or with the signal's reason.
   */
  whole(signal: AbortSignal): Promise<void> {
    const { length } = this.buffer;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const { error } = this.#state;
        if (this.buffer.prefix >= length) end(resolve);
        else if (error !== null) end(() => reject(new Error(error)));
      };
      const leave = (): void => end(() => reject(signal.reason));
      const stop = this.subscribe(look);
      const end = (settle: () => void): void => {
        stop();
        signal.removeEventListener("abort", leave);
        settle();
      };
      if (signal.aborted) return leave();
      signal.addEventListener("abort", leave);
      look();
    });
  }
  /** What is on the screen now, offsets `[from, to)`. */
  want(from: number, to: number): void {
    this.#wanted = { from, to };
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      for (let range = this.#missing(); range !== null; range = this.#missing()) {
        const from = range * rangeBytes;
        const length = Math.min(rangeBytes, this.buffer.length - from);
        const bytes = await this.#read(from, length);
        if (bytes.length < length) throw new Error("The server no longer holds all bytes of this stream.");
        this.buffer.put(range, bytes);
        this.#changed(null);
      }
    } catch (error) {
      this.#changed(problemText(problemOf(error)));
    } finally {
      this.#isLoading = false;
    }
  }

  #missing(): number | null {
    return this.#isClosed ? null : this.buffer.nextMissing(this.#wanted);
  }
  #changed(error: string | null): void {
    this.#state = { version: this.#state.version + 1, error };
    for (const listener of this.#listeners) listener();
  }
}
