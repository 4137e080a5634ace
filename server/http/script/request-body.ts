// A request's body on its way to the script. With a Content-Length it streams, read only as fast as the script reads. A
// chunked one is collected first, since CONTENT_LENGTH (RFC 3875 §4.1.2) must be known before the script starts: in
// memory, and beyond a megabyte, or where memory is short, in a temporary file that has no name any more.
import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Semaphore } from "../../base/semaphore.js";
import { temporaryRoot } from "../../base/user-folders.js";
import type { ExchangeAbort } from "../base/exchange-abort.js";
import { exchangeMessage } from "../exchange/messages.js";
import type { HeldBytes } from "../front/held-bytes.js";
import { spoolAboveBytes } from "../front/http-limits.js";
import type { IncomingBody } from "../front/incoming-body.js";

/** Where a body goes: the script's stdin. */
interface BodySink {
  /** False: wait for `RequestBody.resume`. */
  write(bytes: Uint8Array): boolean;
  end(): void;
}
export interface RequestBody {
  /** Bytes in all, after removal of the transfer coding; null: the request has no body and does not say so. */
  readonly length: number | null;
  /** What comes is not the bytes that were recorded as they arrived: read back from a file, or typed by a person. */
  readonly hasOwnBytes: boolean;
  flowTo(sink: BodySink): void;
  /** The sink takes bytes again. */
  resume(): void;
  /** The rest is not needed. Releases the bytes that are held. */
  dispose(): void;
}

/** A body without bytes. `length` 0 when the request said so, null when it said nothing. */
export function emptyBody(length: 0 | null): RequestBody {
  return { length, hasOwnBytes: false, flowTo: (sink) => sink.end(), resume: () => {}, dispose: () => {} };
}

/** What a person typed in place of the request's own body. */
export function typedBody(bytes: Uint8Array): RequestBody {
  const flowTo = (sink: BodySink): void => {
    if (bytes.length > 0) sink.write(bytes);
    sink.end();
  };
  return { length: bytes.length, hasOwnBytes: true, flowTo, resume: () => {}, dispose: () => {} };
}

/**
 * A body of known length, as it arrives. `onBytes` sees each piece once, `onBroken`
 * when the connection ends before it is whole.
 */
export function streamedBody(
  incoming: IncomingBody,
  length: number,
  onBytes: (bytes: Uint8Array) => void,
  onBroken: () => void,
): RequestBody {
  return {
    length,
    hasOwnBytes: false,
    flowTo(sink) {
      incoming.listen({
        bytes: (bytes) => {
          onBytes(bytes);
          if (!sink.write(bytes)) incoming.pause(bytes.length);
        },
        end: () => sink.end(),
        broken: onBroken,
      });
    },
    resume: () => incoming.resume(),
    dispose: () => incoming.discard(),
  };
}

/**
 * A chunked body, wholly received. Rejects when the temporary file cannot be written. `on.resume`: what came is
 * written, and the client may go on.
 */
export function collectBody(
  incoming: IncomingBody,
  maxBytes: number | null,
  on: { bytes(bytes: Uint8Array): void; resume(): void },
  exchangeAbort: ExchangeAbort,
): Promise<RequestBody | "too-large" | "no-room" | "aborted"> {
  if (exchangeAbort.reason) return Promise.resolve("aborted");
  const kept = new CollectedBody(incoming.held, exchangeAbort);
  return new Promise((resolve, reject) => {
    const release = () => {
      stopListening();
      if (!incoming.isComplete || !incoming.isPassedOn) incoming.discard();
    };
    const stop = (why: "too-large" | "no-room" | "aborted") => {
      release();
      kept.dispose();
      resolve(why);
    };
    const stopListening = exchangeAbort.onAbort(() => stop("aborted"));
    const done = () => {
      stopListening();
      resolve(kept);
    };
    let lastWrite: Promise<void> | null = null;
    incoming.listen({
      bytes: (bytes) => {
        on.bytes(bytes);
        if (maxBytes !== null && kept.length + bytes.length > maxBytes) return stop("too-large");
        const written = kept.add(bytes);
        if (!written) return;
        if (written === "no-room") return stop(written);
        lastWrite = written;
        incoming.pause(bytes.length);
        written.then(
          () => {
            on.resume();
            incoming.resume();
          },
          (error: unknown) => {
            release();
            kept.dispose();
            reject(error);
          },
        );
      },
      // The end may come with the last bytes, and the file does not have those yet.
      end: () => (lastWrite ? void lastWrite.then(done, () => {}) : done()), // a failed write has rejected already
      broken: () => {}, // the connection aborts the exchange
    });
  });
}

/**
 * Node has four threads for files: uploads on a slow disk must leave some for the files and scripts of other requests.
 */
const fileWork = new Semaphore(2);

class CollectedBody implements RequestBody {
  length = 0;
  #parts: Uint8Array[] = [];
  #file: FileHandle | null = null;
  /** One of the files that may be open at once, from before it is opened. */
  #hasFile = false;
  #reader: Readable | null = null;
  #sink: BodySink | null = null;
  #disposed = false;
  #writing: Promise<void> | null = null;
  readonly #held: HeldBytes;
  /** Counted there, of `#parts`. */
  #heldBytes = 0;
  readonly #exchangeAbort: ExchangeAbort;

  constructor(held: HeldBytes, exchangeAbort: ExchangeAbort) {
    this.#held = held;
    this.#exchangeAbort = exchangeAbort;
  }

  get hasOwnBytes(): boolean {
    return this.#hasFile;
  }

  /**
   * A promise when it goes to the file: add nothing before that resolves.
   * "no-room": too many uploads are in files already.
   */
  add(bytes: Uint8Array): Promise<void> | "no-room" | null {
    this.length += bytes.length;
    this.#parts.push(bytes);
    if (!this.#hasFile && this.length <= spoolAboveBytes && this.#held.holdIfSpare(bytes.length)) {
      this.#heldBytes += bytes.length;
      return null;
    }
    if (!this.#hasFile && !this.#held.openFile()) return "no-room";
    this.#hasFile = true;
    this.#writing = this.#spool();
    return this.#writing;
  }

  flowTo(sink: BodySink): void {
    this.#sink = sink;
    if (this.#file) this.#flowFromFile(this.#file, sink);
    else this.#flowFromMemory(sink);
  }

  resume(): void {
    if (this.#reader) this.#reader.resume();
    else if (this.#sink) this.#flowFromMemory(this.#sink);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#parts = [];
    this.#release(this.#heldBytes);
    this.#sink = null;
    this.#reader?.destroy();
    void this.#close();
  }

  #flowFromMemory(sink: BodySink): void {
    for (let bytes = this.#parts.shift(); bytes; bytes = this.#parts.shift()) {
      this.#release(bytes.length);
      if (!sink.write(bytes)) return;
    }
    this.#sink = null;
    sink.end();
  }

  #flowFromFile(file: FileHandle, sink: BodySink): void {
    const reader = file.createReadStream({ start: 0, autoClose: false });
    this.#reader = reader;
    reader.on("data", (bytes) => {
      if (typeof bytes !== "string" && !sink.write(bytes)) reader.pause();
    });
    reader.once("end", () => sink.end());
    reader.once("error", (error) => {
      if (this.#disposed) return; // to close the file failed: see #close
      this.#exchangeAbort.abort({
        outcome: "bad-request",
        status: 500,
        cause: exchangeMessage("body-read-failed", { systemText: error.message }),
      });
    });
  }

  async #spool(): Promise<void> {
    const file = this.#file ?? (await fileWork.run(unnamedFile));
    this.#file = file;
    for (let part = this.#parts.shift(); part; part = this.#parts.shift()) {
      const bytes = part;
      await fileWork.run(() => file.appendFile(bytes));
    }
    this.#release(this.#heldBytes);
  }

  #release(bytes: number): void {
    const held = Math.min(bytes, this.#heldBytes);
    this.#heldBytes -= held;
    this.#held.release(held, null);
  }

  async #close(): Promise<void> {
    try {
      await this.#writing;
    } catch {
      // The caller of the write already has the error; only the descriptor matters here.
    }
    try {
      await this.#file?.close();
    } catch {
      // The descriptor is free all the same (man 2 close), and nobody reads the file any more.
    }
    if (this.#hasFile) this.#held.closedFile();
  }
}

/** Open for reading and writing, and without a name: the kernel frees it with its descriptor, even after a crash. */
async function unnamedFile(): Promise<FileHandle> {
  const path = join(temporaryRoot(), `cgi-workbench-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  return file;
}
