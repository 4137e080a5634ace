// A socket that is read to its end although the other side takes no more bytes. Node closes one at the first write that fails, and what
// had arrived before is lost: the answer of an application that refuses an upload early, with 413 or a login page, and closes.
import { Socket } from "node:net";

type Written = (error?: Error | null) => void;
/** Options of `net.connect` that belong to the socket. */
interface SocketOptions {
  readonly allowHalfOpen: boolean;
  readonly onread: { readonly buffer: Uint8Array; callback(length: number): boolean };
}

export class ObservedSocket extends Socket {
  /** Told the errno's name, once: nothing is sent any more. */
  onRefused: (code: string) => void = () => {};
  /** The stream's own, the same for each write. */
  #written: Written = () => {};
  readonly #settle: Written = (error) => {
    if (error) {
      this.onRefused(codeOf(error)); // and not the stream, which would close: it waits for the end of this write, and holds further ones back
      return;
    }
    this.#written();
  };

  constructor(options: SocketOptions) {
    super(options);
  }

  override _write(chunk: unknown, encoding: BufferEncoding, written: Written): void {
    this.#written = written;
    super._write(chunk, encoding, this.#settle);
  }

  override _writev(chunks: { chunk: unknown; encoding: BufferEncoding }[], written: Written): void {
    this.#written = written;
    super._writev?.(chunks, this.#settle);
  }
}

/** The errno's name. */
export const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code : "unknown";
