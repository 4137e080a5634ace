// A request body on its way to a FastCGI application. A short one is stored: if the application refuses the request, or
// closed the kept connection on which it was sent, the whole body goes over another connection.
import type { RequestParams } from "../../protocol/fastcgi/request-params.js";

/** Longer bodies are not stored, so their requests get unused connections. */
const maxKeptBytes = 1 << 16;

export class ReplayableBody {
  /** No more bytes follow. */
  hasEnded = false;
  /** NaN if unknown: then only `end` marks the end. */
  readonly #length: number;
  #bytes = 0;
  #sentBytes = 0;
  #parts: Uint8Array[] | null = [];

  /** `params`: contain the length. */
  constructor(params: RequestParams) {
    const said = params.pairs.find(([name]) => name === "CONTENT_LENGTH")?.[1];
    this.#length = Number(said) || Number.NaN; // empty or 0 from an experiment of the user: bytes may still come
  }

  /** Too long to be stored. */
  get isLong(): boolean {
    return this.#length > maxKeptBytes;
  }

  /** True once as many bytes have arrived as were announced: the end is known before `end` is called. */
  get isWhole(): boolean {
    return this.hasEnded || this.#bytes >= this.#length;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  /** All bytes that arrived, in their pieces; null if some were sent and not stored. */
  get parts(): readonly Uint8Array[] | null {
    return this.#parts;
  }

  /** How many bytes were sent, over whichever connection: bytes that are sent again are not in the trace twice. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** `isSent` false: there is no connection for it. */
  add(bytes: Uint8Array, isSent: boolean): void {
    this.#bytes += bytes.length;
    this.#parts?.push(bytes);
    if (isSent) this.sent();
  }

  /** Everything that arrived has been sent. */
  sent(): void {
    this.#sentBytes = this.#bytes;
    if (this.#bytes > maxKeptBytes) this.#parts = null;
  }
}
