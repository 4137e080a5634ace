// White space in a file of requests is that of ASCII. Where each character is a byte, the last byte of a letter may be
// A0, which `trim` and `\s` would take for white space: expressions write `[\t-\r ]` here.

const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

export function trimmedStart(text: string): string {
  let from = 0;
  while (from < text.length && isSpace(text.charCodeAt(from))) from++;
  return text.slice(from);
}

/** In linear time, as an expression would not be. */
export function trimmedEnd(text: string): string {
  let to = text.length;
  while (to > 0 && isSpace(text.charCodeAt(to - 1))) to--;
  return text.slice(0, to);
}

export const trimmed = (text: string): string => trimmedStart(trimmedEnd(text));
