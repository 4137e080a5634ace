// The last lines of some bytes, without their line feeds.

/** At most `count` lines, offsets into `bytes`; a line feed at the very end begins no further line. */
export function lastLines(bytes: Uint8Array, count: number): { readonly from: number; readonly to: number }[] {
  const lines: { readonly from: number; readonly to: number }[] = [];
  let to = bytes[bytes.length - 1] === 0x0a ? bytes.length - 1 : bytes.length;
  while (to >= 0 && lines.length < count && bytes.length > 0) {
    const feed = to === 0 ? -1 : bytes.lastIndexOf(0x0a, to - 1);
    lines.unshift({ from: feed + 1, to });
    if (feed === -1) break;
    to = feed;
  }
  return lines;
}
