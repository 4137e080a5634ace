// The search for traces: words and `key:value` conditions, all of which must hold. `-` before one negates it, `OR`
// between two joins them (before all others), `"…"` keeps spaces and colons. A mistake has the place where it is.
import { type Message, wordsOf } from "../../contract/message.js";
import { queryMessage } from "./query-messages.js";
import type { Patterns } from "./query-pattern.js";
import type { Moments } from "./query-time.js";
import { type Condition, conditionOf, type Expression, isKey, queryKeys, type TypedValue } from "./trace-conditions.js";

export type Term = Condition & { readonly isNegated: boolean };
/** Each inner list is a choice: one of its terms must hold. */
export type TraceQuery = readonly (readonly Term[])[];

/** The characters `[from, to)` of the query are wrong. */
export interface QueryMistake {
  readonly from: number;
  readonly to: number;
  readonly why: Message;
}
type ParsedQuery = { readonly query: TraceQuery } | { readonly mistake: QueryMistake };

export interface Word {
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
  /** Before the first colon outside of quotes; null: there is none. */
  readonly key: string | null;
  readonly value: string;
  /** Where a quotation begins that has no end; null: each has one. */
  readonly openAt: number | null;
  /** Some of it was quoted: `OR` is a word then, and the value may be empty. */
  readonly isQuoted: boolean;
  /** The value as typed is `/…/` or `/…/i`. */
  readonly expression: Expression | null;
}

/** Words of one query, `OR` among them. The store makes one expression of them, which may nest 1,000 levels deep. */
const maxWords = 200;

class Mistake extends Error {
  readonly mistake: QueryMistake;
  constructor(from: number, to: number, why: Message) {
    super(wordsOf(why.text));
    this.mistake = { from, to, why };
  }
}

/**
 * `patterns`: what regular expressions are tested with; `now`: for times such as `2h`; `lastSave`: of a script, for the
 * time `save`. Unix times in ms.
 */
export function parseTraceQuery(
  text: string,
  patterns: Patterns,
  now: number,
  lastSave: Moments["lastSave"] = () => null,
): ParsedQuery {
  try {
    const moments = { now, lastSave };
    return { query: choicesOf(text, (word) => termOf(word, { patterns, moments })) };
  } catch (error) {
    if (error instanceof Mistake) return { mistake: error.mistake };
    throw error;
  }
}

/** Whether some of it may be a regular expression: before it is parsed, what tests them has to be loaded. */
export const mayHavePattern = (text: string): boolean => /\/\S+\/i?(?=\s|$)/.test(text);

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    if (isSpace(text[at])) at++;
    else {
      const word = wordAt(text, at);
      words.push(word);
      at = word.to;
    }
  }
  return words;
}

function wordAt(text: string, from: number): Word {
  const isNegated = text[from] === "-";
  let at = from + (isNegated ? 1 : 0);
  let value = "";
  let isQuoted = false;
  let key: string | null = null;
  let openAt: number | null = null;
  let expression: Expression | null = null;
  while (at < text.length && !isSpace(text[at])) {
    const character = text[at] ?? "";
    if (character === "/" && value === "" && !isQuoted) expression = expressionAt(text, at);
    if (character === '"') {
      const quoted = quotedAt(text, at);
      value += quoted.value;
      isQuoted = true;
      if (quoted.isOpen) openAt = at;
      at = quoted.to;
    } else if (character === ":" && key === null && !isQuoted && /^[a-z]+$/.test(value)) {
      [key, value] = [value, ""];
      at++;
    } else {
      value += character;
      at++;
    }
  }
  return { from, to: at, isNegated, key, value, openAt, isQuoted, expression };
}

/** A regular expression that is the rest of its word, without spaces. */
function expressionAt(text: string, at: number): Expression | null {
  const pattern = /\/((?:[^/\\\s]|\\\S)+)\/(i?)(?=\s|$)/y;
  pattern.lastIndex = at;
  const [, source, flags = ""] = pattern.exec(text) ?? [];
  return source === undefined ? null : { source, flags };
}

/** A backslash takes the next character as it is. */
function quotedAt(
  text: string,
  from: number,
): { readonly value: string; readonly to: number; readonly isOpen: boolean } {
  let value = "";
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return { value, to: at + 1, isOpen: false };
    if (text[at] === "\\" && at + 1 < text.length) at++;
    value += text[at];
  }
  return { value, to: text.length, isOpen: true };
}

const isOr = ({ key, value, isQuoted, isNegated }: Word): boolean =>
  key === null && value === "OR" && !isQuoted && !isNegated;

/** Each inner list is a choice, of what `made` makes of its words. */
export function choicesOf<T>(text: string, made: (word: Word) => T): T[][] {
  const words = wordsIn(text);
  for (const { from, to, openAt, isNegated } of words) {
    if (openAt !== null) throw new Mistake(openAt, to, queryMessage("query-open-quote"));
    if (isNegated && to === from + 1) throw new Mistake(from, to, queryMessage("query-nothing-negated"));
  }
  const excess = words[maxWords];
  if (excess) throw new Mistake(excess.from, text.length, queryMessage("query-too-long", { maxWords }));
  const all: T[][] = [];
  words.forEach((word, index) => {
    const before = words[index - 1];
    const after = words[index + 1];
    if (isOr(word)) {
      if (!before || !after || isOr(before) || isOr(after))
        throw new Mistake(word.from, word.to, queryMessage("query-lonely-or"));
      return;
    }
    const choice = before && isOr(before) ? all.at(-1) : undefined;
    if (choice) choice.push(made(word));
    else all.push([made(word)]);
  });
  return all;
}

function termOf(word: Word, around: Pick<TypedValue, "patterns" | "moments">): Term {
  const { key, value, isNegated, isQuoted, expression, from, to } = word;
  if (key === null) {
    const condition = conditionOf("text", { ...around, value, expression });
    if ("code" in condition) throw new Mistake(from, to, condition);
    return { ...condition, isNegated };
  }
  const keyTo = from + (isNegated ? 1 : 0) + key.length + 1;
  if (!isKey(key)) throw new Mistake(from, keyTo, queryMessage("query-unknown-key", { key, keys: queryKeys }));
  if (value === "" && !isQuoted) throw new Mistake(from, to, queryMessage("query-no-value", { key }));
  const condition = conditionOf(key, { ...around, value, expression });
  if ("code" in condition) throw new Mistake(keyTo, to, condition);
  return { ...condition, isNegated };
}
