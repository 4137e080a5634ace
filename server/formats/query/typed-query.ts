// A search for traces as it is typed: for what completes or changes its text.
import { choicesOf, type Word, wordsIn } from "./trace-query.js";

/** The conditions of a valid query as they are typed, those of a choice together. */
export const typedChoices = (query: string): readonly (readonly string[])[] =>
  choicesOf(query, ({ from, to }) => query.slice(from, to));

/** What is being typed at the end of the text; null: nothing. */
export function lastWord(text: string): Word | null {
  const last = wordsIn(text).at(-1);
  return last?.to === text.length ? last : null;
}
