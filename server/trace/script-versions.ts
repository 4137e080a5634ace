// The scripts as they were when requests ran them, by hash, so that a trace can be compared with the present file. When
// they take more than the limit, the least recently run are evicted first.
import { maxScriptVersionBytes, maxScriptVersionsBytes } from "../contract/limits.js";

/** About what an entry takes beside its bytes. */
const overheadBytes = 256;

export class ScriptVersions {
  readonly #byHash = new Map<string, Uint8Array>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(bound = maxScriptVersionsBytes) {
    this.#maxBytes = bound;
  }

  /** What all entries take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** `bytes` are copied: they may be part of something larger. */
  keep(hash: string, bytes: Uint8Array): void {
    const known = this.#byHash.get(hash);
    if (known === undefined && bytes.length > maxScriptVersionBytes) return;
    this.#byHash.delete(hash);
    this.#byHash.set(hash, known ?? new Uint8Array(bytes));
    if (known === undefined) this.#bytes += bytes.length + overheadBytes;
    for (const [oldest, { length }] of this.#byHash) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#byHash.delete(oldest);
      this.#bytes -= length + overheadBytes;
    }
  }

  get(hash: string): Uint8Array | null {
    return this.#byHash.get(hash) ?? null;
  }
}
