// How deeply objects and lists lie within each other in JSON with comments.
import { createScanner } from "jsonc-parser";

/** No setting needs so many levels; thousands exhaust the stack of the parser. */
const maxDepth = 64;

/** Where the text is nested too deeply to be parsed; null: nowhere. */
export function tooDeepAt(text: string): number | null {
  const scanner = createScanner(text, true);
  for (let depth = 0; depth <= maxDepth; ) {
    scanner.scan();
    const token = text[scanner.getTokenOffset()];
    if (token === undefined) return null;
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
  }
  return scanner.getTokenOffset();
}
