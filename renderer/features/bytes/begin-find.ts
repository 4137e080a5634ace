// What a search in a stream begins with. In a chunk of its own: most streams are read without one.
import { Finder } from "./finder.js";
import { hexPattern, textPattern } from "./pattern.js";

export interface FindBegun {
  /** Null: nothing is searched for. */
  readonly finder: Finder | null;
  /** Why what was typed cannot be searched for, a sentence. */
  readonly why: string | null;
}

export function beginFind(wanted: string, charset: string, isHex: boolean, matchesCase: boolean): FindBegun {
  const { pattern, why } = isHex ? hexPattern(wanted) : textPattern(wanted, charset, matchesCase);
  return { finder: pattern && new Finder(pattern), why };
}
