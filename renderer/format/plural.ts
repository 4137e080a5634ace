// Counts with their nouns, as people read them.
import { formatCount } from "./size.js";

/** `1 file`, `1,204 files`. `nouns`: for a plural that is not the noun and "s". */
export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : nouns}`;
