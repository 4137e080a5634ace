// A socket that is read to its end although the peer accepts no more bytes. Node closes a socket at the first failed
// write and drops unread bytes: the response of an application that refuses an upload early (413, a login page) and
// closes.
import { Socket } from "node:net";

type Written = (error?: Error | null) => void;
/** Options of `net.connect` that belong to the socket. */
interface SocketOptions {
  readonly allowHalfOpen: boolean;
  readonly onread: { readonly buffer: Uint8Array; callback(length: number): boolean };
}

export class ObservedSocket extends Socket {
  /** Called with the errno's name, once: nothing is sent any more. */
  onRefused: (code: string) => void = () => {};
  /** The stream's own, the same for each write. */
  #written: Written = () => {};
  readonly #settle: Written = (error) => {
    if (error) {
      // not to the stream, which would close: it waits for the end of this write, and holds later ones back
      this.onRefused(codeOf(error));
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
