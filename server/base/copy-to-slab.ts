// Copies of what was read into a buffer that is used again, to be kept with a trace. Small ones share a larger piece of memory, as the traces
// they belong to come and go together; a piece for each would cost more than the bytes.

const slabBytes = 32 << 10;
const smallBytes = 4 << 10;
let slab = Buffer.allocUnsafeSlow(slabBytes);
let used = 0;

/** The first `length` bytes of `scratch`. */
export function copyToSlab(scratch: Uint8Array, length: number): Buffer {
  if (length > smallBytes) {
    const own = Buffer.allocUnsafeSlow(length);
    own.set(scratch.subarray(0, length));
    return own;
  }
  if (used + length > slabBytes) {
    slab = Buffer.allocUnsafeSlow(slabBytes);
    used = 0;
  }
  const kept = slab.subarray(used, used + length);
  used += length;
  kept.set(scratch.length === length ? scratch : scratch.subarray(0, length));
  return kept;
}
