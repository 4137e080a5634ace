// Passes bytes on no faster than so many a second, in small pieces, as a slow network does.

const tickMs = 50;

export interface PacedTarget {
  /** Takes a piece that is due. */
  send(piece: Uint8Array): void;
  /** Says whether it takes nothing for now; then it is asked again. */
  isBlocked(): boolean;
  /** Called when everything that was added is sent. */
  onEmpty(): void;
}

export class Pacer {
  readonly #target: PacedTarget;
  readonly #everyMs: number;
  readonly #pieceBytes: number;
  readonly #waiting: Uint8Array[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(bytesPerSecond: number, target: PacedTarget) {
    this.#target = target;
    this.#everyMs = Math.max(tickMs, 1000 / bytesPerSecond);
    this.#pieceBytes = Math.max(1, Math.round((bytesPerSecond * this.#everyMs) / 1000));
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** `bytes` must not change afterwards. */
  add(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#waiting.push(bytes);
    if (!this.isEmpty) this.#timer ??= setInterval(() => this.#tick(), this.#everyMs);
  }

  /** Drops what was not sent. */
  stop(): void {
    this.#waiting.length = 0;
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    for (let left = this.#pieceBytes; left > 0 && !this.#target.isBlocked(); ) {
      const first = this.#waiting.shift();
      if (!first) break;
      if (first.length > left) this.#waiting.unshift(first.subarray(left));
      const piece = first.subarray(0, left);
      left -= piece.length;
      this.#target.send(piece);
    }
    if (!this.isEmpty) return;
    this.stop();
    this.#target.onEmpty();
  }
}
