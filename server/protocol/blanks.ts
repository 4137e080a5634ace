// Spaces and tabs round a value, the optional white space of HTTP (RFC 9110 §5.6.3). `trim` takes more away, of a byte
// string also the byte A0, which may be half of a character.

/** Without spaces and tabs round it. An expression for both ends would take quadratic time. */
export function withoutBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (text[from] === " " || text[from] === "\t") from++;
  while (to > from && (text[to - 1] === " " || text[to - 1] === "\t")) to--;
  return text.slice(from, to);
}
