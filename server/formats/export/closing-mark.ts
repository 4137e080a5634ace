/**
 * Where the first quotation mark stands that no backslash escapes, from `from` on; −1: nowhere. By hand: on megabytes
 * an expression runs out of stack.
 */
export function closingMark(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === mark) return at;
    if (character === "\\") at++;
  }
  return -1;
}
