// Copies of bytes that a trace keeps. Small ones share a larger piece of memory: the traces they belong to come and go
// together, and a buffer for each copy would cost more than its bytes.

const slabBytes = 32 << 10;
const smallBytes = 4 << 10;

/** The current piece. A weak reference: when the traces with bytes in it are evicted, the bytes are too. */
export class Slab {
  #memory: WeakRef<ArrayBuffer> | null = null;
  #used = 0;

  /** A copy of the first `length` bytes of `scratch`. */
  copy(scratch: Uint8Array, length: number): Buffer {
    const bytes = scratch.length === length ? scratch : scratch.subarray(0, length);
    const copy = length > smallBytes ? Buffer.allocUnsafeSlow(length) : this.#small(length);
    copy.set(bytes);
    return copy;
  }

  #small(length: number): Buffer {
    let memory = this.#memory?.deref();
    if (!memory || this.#used + length > slabBytes) {
      memory = Buffer.allocUnsafeSlow(slabBytes).buffer;
      this.#memory = new WeakRef(memory);
      this.#used = 0;
    }
    this.#used += length;
    return Buffer.from(memory, this.#used - length, length);
  }
}
