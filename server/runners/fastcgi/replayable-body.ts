// A request's body on its way to a FastCGI application. A short one is kept as it comes: when the application refuses the request, or had
// closed the kept connection on which a PUT was sent, another connection is given the whole of it.
import type { RequestParams } from "../../protocol/fastcgi/request-params.js";

/** Longer bodies are not kept, and so go out on connections that were not used before. */
const maxKeptBytes = 1 << 16;

export class ReplayableBody {
  /** Nothing follows. */
  hasEnded = false;
  /** NaN when it is not known: then the end is only where it is told. */
  readonly #length: number;
  #bytes = 0;
  #sentBytes = 0;
  #parts: Uint8Array[] | null = [];

  /** `params`: they say how long it is. */
  constructor(params: RequestParams) {
    const said = params.pairs.find(([name]) => name === "CONTENT_LENGTH")?.[1];
    this.#length = Number(said) || Number.NaN; // an empty one, or 0, is somebody's experiment: bytes are going to come
  }

  /** Too long to be kept. */
  get isLong(): boolean {
    return this.#length > maxKeptBytes;
  }

  /** So much came as was announced, so that its end is known before it is told. */
  get isWhole(): boolean {
    return this.hasEnded || this.#bytes >= this.#length;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  /** All of it that came, in the pieces in which it came; null when some of them were sent and not kept. */
  get parts(): readonly Uint8Array[] | null {
    return this.#parts;
  }

  /** So many of its bytes were sent, over whichever connection: what is sent once more is not in the trace a second time. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** `isSent` false: there is no connection that it could be sent over. */
  add(bytes: Uint8Array, isSent: boolean): void {
    this.#bytes += bytes.length;
    this.#parts?.push(bytes);
    if (isSent) this.sent();
  }

  /** All that came is sent. */
  sent(): void {
    this.#sentBytes = this.#bytes;
    if (this.#bytes > maxKeptBytes) this.#parts = null;
  }
}
