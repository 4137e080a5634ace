// A regular expression in a search for traces: in the syntax of RE2, so that its test takes linear time, whatever it
// is. The page loads this module when one is typed: RE2 is long to load.
import { RE2JS, RE2JSException } from "re2js";
import type { Message } from "../../contract/message.js";
import { queryMessage } from "./query-messages.js";

/** Steps of a compiled expression: a text costs at most its length times these. */
const maxProgram = 2000;

/** Of an expression that `whyInvalid` has nothing against. */
function patternTest(source: string, flags: string): (text: string) => boolean {
  const pattern = compiled(source, flags);
  return (text) => pattern.test(text);
}

function whyInvalid(source: string, flags: string): Message | null {
  try {
    const isTooLarge = compiled(source, flags).programSize() > maxProgram;
    return isTooLarge ? queryMessage("query-pattern-large", { source }) : null;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return queryMessage("query-pattern", { source, why: error.message.replace(/^error parsing regexp: /, "") });
  }
}

/** `\u0022`, which saved searches of version 0.1 may have, is `\x{0022}` to RE2. */
const compiled = (source: string, flags: string): RE2JS =>
  RE2JS.compile(
    source.replace(/\\(?:u([\da-fA-F]{4})|[\s\S])/g, (all, hex?: string) => (hex === undefined ? all : `\\x{${hex}}`)),
    flags === "i" ? RE2JS.CASE_INSENSITIVE : 0,
  );

/** What a query's regular expressions are tested with. */
export const patterns = { patternTest, whyInvalid } as const;
export type Patterns = typeof patterns;
