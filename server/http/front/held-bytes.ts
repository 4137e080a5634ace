// One budget for all bytes that wait between clients and scripts: incomplete heads, requests behind another
// one on their connection, chunked uploads that are collected, request bodies that a script does not read yet,
// responses that a client does not read. When it is full, the server drops the request that has waited
// longest, so slow clients cannot block fast ones.

/** A request that waits for its client and can be dropped to make room. */
export interface Droppable {
  /** False: it makes progress, and keeps its place. `now`: performance.now(). */
  canBeDropped(now: number): boolean;
  /** Drops its request. Returns how many of its bytes are released only when its connection closes. */
  drop(): number;
}

export interface HeldLimits {
  readonly maxBytes: number;
  /** How many of these collected uploads may take; the rest is kept free for heads. */
  readonly maxUploadBytes: number;
  /** Uploads in temporary files at once. */
  readonly maxFiles: number;
}

export class HeldBytes {
  readonly max: number;
  readonly #maxUploads: number;
  readonly #maxFiles: number;
  #bytes = 0;
  #files = 0;
  /** The one that waits longest comes first. */
  readonly #droppable = new Set<Droppable>();
  /** Those that were dropped and have not released their bytes: no other need be dropped for these. */
  readonly #leaving = new Map<Droppable, number>();
  #leavingBytes = 0;

  constructor({ maxBytes, maxUploadBytes, maxFiles }: HeldLimits) {
    this.max = maxBytes;
    this.#maxUploads = maxUploadBytes;
    this.#maxFiles = maxFiles;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Little room or few files are left. */
  get isShort(): boolean {
    return this.#bytes > this.#maxUploads || 2 * this.#files > this.#maxFiles;
  }

  /**
   * Counts bytes that were read and cannot be put back. When the budget is full, waiting requests are dropped;
   * if none can be, twice the budget applies. False: that is full too, and nothing was counted. `droppable` holds
   * the bytes and can itself be dropped later.
   */
  hold(bytes: number, droppable: Droppable | null): boolean {
    this.#makeRoom(bytes, droppable);
    if (this.#bytes + bytes > 2 * this.max) return false;
    this.#bytes += bytes;
    if (droppable) this.#droppable.add(droppable);
    return true;
  }

  /** For what can be put elsewhere. False: it should be; nothing was counted, and no request was dropped. */
  holdIfSpare(bytes: number): boolean {
    if (this.#bytes + bytes > this.#maxUploads) return false;
    this.#bytes += bytes;
    return true;
  }

  /** Counts bytes that are already read and needed, even beyond the budget. Drops waiting requests to make room. */
  add(bytes: number, droppable: Droppable | null): void {
    this.#makeRoom(bytes, droppable);
    this.#bytes += bytes;
    if (droppable) this.#droppable.add(droppable);
  }

  /** The right to one more temporary file. False: too many are open. */
  openFile(): boolean {
    if (this.#files >= this.#maxFiles) return false;
    this.#files++;
    return true;
  }

  closedFile(): void {
    this.#files--;
  }

  /** `droppable`: it waits no longer, or begins to wait again. */
  release(bytes: number, droppable: Droppable | null): void {
    this.#bytes -= bytes;
    if (!droppable) return;
    this.#droppable.delete(droppable);
    const leaving = this.#leaving.get(droppable);
    if (leaving === undefined) return;
    this.#leaving.delete(droppable);
    this.#leavingBytes -= leaving;
  }

  #makeRoom(bytes: number, asker: Droppable | null): void {
    if (this.#hasRoom(bytes)) return;
    const now = performance.now();
    for (const droppable of this.#droppable) {
      if (droppable === asker || !droppable.canBeDropped(now)) continue;
      this.#droppable.delete(droppable);
      const leaving = droppable.drop();
      if (leaving > 0) this.#leaving.set(droppable, leaving);
      this.#leavingBytes += leaving;
      if (this.#hasRoom(bytes)) return;
    }
  }

  #hasRoom(bytes: number): boolean {
    return this.#bytes - this.#leavingBytes + bytes <= this.max;
  }
}
