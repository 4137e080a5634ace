// One budget for what clients made the front hold before anybody serves it: heads under way and requests that wait behind another
// one on their connection. Beyond it a connection's further requests are refused, so that no number of clients ends the server.

export class HeldBytes {
  readonly max: number;
  #bytes = 0;

  constructor(max: number) {
    this.max = max;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** False: there is no room, and nothing was counted. */
  hold(bytes: number): boolean {
    if (this.#bytes + bytes > this.max) return false;
    this.#bytes += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}
