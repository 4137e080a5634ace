// A sequence of bytes, some of them any, and where it is in a file.

export interface BytesMatcher {
  readonly length: number;
  /** The first offset at or after `from`; −1: none. */
  find(bytes: Buffer, from: number): number;
}

/** `hex`: pairs of digits, and `??` for any byte. */
export function bytesMatcher(hex: string): BytesMatcher {
  const pairs = hex.match(/../g) ?? [];
  const wanted = pairs.map((pair) => (pair === "??" ? null : Number.parseInt(pair, 16)));
  const { at, fixed } = longestFixed(wanted);
  const isAt = (bytes: Buffer, offset: number): boolean =>
    wanted.every((byte, index) => byte === null || bytes[offset + index] === byte);
  return {
    length: wanted.length,
    find: (bytes, from) => {
      if (fixed.length === 0) return from + wanted.length <= bytes.length ? from : -1;
      for (let found = bytes.indexOf(fixed, from + at); found >= 0; found = bytes.indexOf(fixed, found + 1)) {
        const offset = found - at;
        if (offset + wanted.length > bytes.length) return -1;
        if (isAt(bytes, offset)) return offset;
      }
      return -1;
    },
  };
}

/** The longest run without any byte, which the system's search looks for. */
function longestFixed(wanted: readonly (number | null)[]): { readonly at: number; readonly fixed: Buffer } {
  let best = { at: 0, fixed: Buffer.alloc(0) };
  for (let from = 0; from < wanted.length; from++) {
    const end = wanted.indexOf(null, from);
    const run = wanted.slice(from, end < 0 ? wanted.length : end).filter((byte) => byte !== null);
    if (run.length > best.fixed.length) best = { at: from, fixed: Buffer.from(run) };
    from += run.length;
  }
  return best;
}
