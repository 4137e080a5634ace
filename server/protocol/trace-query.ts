// The search for traces: words and `key:value` conditions, all of which must hold. `-` before one negates it, `OR` between two joins them
// (before all others), `"…"` keeps spaces and colons. A mistake has the place where it is.
import type { Message } from "../contract/message.js";
import { queryMessage } from "./query-messages.js";

export type Comparison = "<" | "<=" | ">" | ">=";

/** What is compared. `text` is everything that can be searched. */
export type Condition =
  | { readonly key: "text" | "path" | "script" | "stderr" | "body" | "finding"; readonly value: string }
  | { readonly key: "method" | "mode"; readonly value: string }
  /** `value` null: any, so long as the name is there. */
  | { readonly key: "header" | "env"; readonly name: string; readonly value: string | null }
  /** From and up to, both included; null: no response. */
  | { readonly key: "status"; readonly range: readonly [number, number] | null }
  /** ms, bytes. */
  | { readonly key: "took" | "size"; readonly is: Comparison; readonly number: number }
  /** Unix time, ms. */
  | { readonly key: "after" | "before"; readonly time: number };

export type Term = Condition & { readonly isNegated: boolean };
/** Each inner list is a choice: one of its terms must hold. */
export type TraceQuery = readonly (readonly Term[])[];

/** The characters `[from, to)` of the query are wrong. */
export interface QueryMistake {
  readonly from: number;
  readonly to: number;
  readonly why: Message;
}
export type ParsedQuery = { readonly query: TraceQuery } | { readonly mistake: QueryMistake };

export const queryKeys = [
  "status",
  "method",
  "path",
  "script",
  "mode",
  "took",
  "size",
  "header",
  "env",
  "stderr",
  "body",
  "finding",
  "after",
  "before",
  "text",
] as const;
type Key = (typeof queryKeys)[number];
const isKey = (text: string): text is Key => queryKeys.some((key) => key === text);

interface Word {
  readonly from: number;
  readonly to: number;
  readonly isNegated: boolean;
  /** Before the first colon outside of quotes; null: there is none. */
  readonly key: string | null;
  readonly value: string;
  /** Some of it was quoted: `OR` is a word then, and the value may be empty. */
  readonly isQuoted: boolean;
}

class Mistake extends Error {
  readonly mistake: QueryMistake;
  constructor(from: number, to: number, why: Message) {
    super(why.text);
    this.mistake = { from, to, why };
  }
}

/** `now`: for times such as `2h`, Unix time in ms. */
export function parseTraceQuery(text: string, now: number): ParsedQuery {
  try {
    return { query: choices(wordsOf(text), now) };
  } catch (error) {
    if (error instanceof Mistake) return { mistake: error.mistake };
    throw error;
  }
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

function wordsOf(text: string): Word[] {
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
  let [at, key, value, isQuoted]: [number, string | null, string, boolean] = [
    from + (isNegated ? 1 : 0),
    null,
    "",
    false,
  ];
  while (at < text.length && !isSpace(text[at])) {
    const character = text[at] ?? "";
    if (character === '"') {
      const quoted = quotedAt(text, at);
      value += quoted.value;
      isQuoted = true;
      at = quoted.to;
    } else if (character === ":" && key === null && !isQuoted && /^[a-z]+$/.test(value)) {
      [key, value] = [value, ""];
      at++;
    } else {
      value += character;
      at++;
    }
  }
  if (isNegated && at === from + 1) throw new Mistake(from, at, queryMessage("query-nothing-negated"));
  return { from, to: at, isNegated, key, value, isQuoted };
}

/** A backslash takes the next character as it is. */
function quotedAt(text: string, from: number): { readonly value: string; readonly to: number } {
  let value = "";
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return { value, to: at + 1 };
    if (text[at] === "\\" && at + 1 < text.length) at++;
    value += text[at];
  }
  throw new Mistake(from, text.length, queryMessage("query-open-quote"));
}

const isOr = ({ key, value, isQuoted, isNegated }: Word): boolean =>
  key === null && value === "OR" && !isQuoted && !isNegated;

function choices(words: readonly Word[], now: number): Term[][] {
  const all: Term[][] = [];
  words.forEach((word, index) => {
    const [before, after] = [words[index - 1], words[index + 1]];
    if (isOr(word)) {
      if (!before || !after || isOr(before) || isOr(after))
        throw new Mistake(word.from, word.to, queryMessage("query-lonely-or"));
      return;
    }
    const term = termOf(word, now);
    const choice = before && isOr(before) ? all.at(-1) : undefined;
    if (choice) choice.push(term);
    else all.push([term]);
  });
  return all;
}

function termOf(word: Word, now: number): Term {
  const { key, value, isNegated, isQuoted, from, to } = word;
  if (key === null) return { key: "text", value, isNegated };
  const keyTo = from + (isNegated ? 1 : 0) + key.length + 1;
  if (!isKey(key)) throw new Mistake(from, keyTo, queryMessage("query-unknown-key", { key, keys: queryKeys }));
  if (value === "" && !isQuoted) throw new Mistake(from, to, queryMessage("query-no-value", { key }));
  const condition = conditionOf(key, value, now);
  if ("code" in condition) throw new Mistake(keyTo, to, condition);
  return { ...condition, isNegated };
}

function conditionOf(key: Key, value: string, now: number): Condition | Message {
  switch (key) {
    case "status": {
      const range = statusRange(value);
      return range === undefined ? queryMessage("query-status", { value }) : { key, range };
    }
    case "took":
      return compared(key, value, { "": 1, ms: 1, s: 1000, m: 60_000 }) ?? queryMessage("query-took", { value });
    case "size":
      return (
        compared(key, value, { "": 1, b: 1, k: 1 << 10, m: 1 << 20, g: 1 << 30 }) ??
        queryMessage("query-size", { value })
      );
    case "after":
    case "before": {
      const time = timeOf(value, now);
      return time === null ? queryMessage("query-time", { value }) : { key, time };
    }
    case "header":
    case "env": {
      const equals = value.indexOf("=");
      if (equals < 0) return { key, name: value, value: null };
      return { key, name: value.slice(0, equals), value: value.slice(equals + 1) };
    }
    case "method":
      return { key, value: value.toUpperCase() };
    default:
      return { key, value };
  }
}

/** Undefined: not valid. */
function statusRange(value: string): [number, number] | null | undefined {
  if (value === "none") return null;
  const group = /^([1-9])xx$/i.exec(value)?.[1];
  if (group !== undefined) return [Number(group) * 100, Number(group) * 100 + 99];
  const [, is = "", digits] = /^(<=|>=|<|>)?(\d{1,3})$/.exec(value) ?? [];
  if (digits === undefined) return undefined;
  const status = Number(digits);
  if (is === "") return [status, status];
  if (is.startsWith("<")) return [0, is === "<" ? status - 1 : status];
  return [is === ">" ? status + 1 : status, 999];
}

function compared<K extends "took" | "size">(
  key: K,
  value: string,
  units: Readonly<Record<string, number>>,
): { readonly key: K; readonly is: Comparison; readonly number: number } | null {
  const [, is, digits, unit = ""] = /^(<=|>=|<|>)(\d{1,12}(?:\.\d{1,6})?)([a-z]{0,2})$/i.exec(value) ?? [];
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  if (digits === undefined || factor === undefined) return null;
  if (is !== "<" && is !== "<=" && is !== ">" && is !== ">=") return null;
  return { key, is, number: Number(digits) * factor };
}

const agoUnits: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Local time; null: not valid. */
function timeOf(value: string, now: number): number | null {
  const [, count, unit = ""] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
  if (count !== undefined) return now - Number(count) * (agoUnits[unit] ?? 0);
  if (value === "today" || value === "yesterday") {
    const day = new Date(now);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - (value === "today" ? 0 : 1)).getTime();
  }
  const [, year, month, date, hour = 0, minute = 0, second = 0] =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(value) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const [y, mo, d, h, mi, s] = [year, month, date, hour, minute, second].map(Number);
  const time = new Date(y ?? 0, (mo ?? 1) - 1, d, h, mi, s);
  const isReal =
    time.getMonth() === (mo ?? 1) - 1 && time.getDate() === d && (h ?? 0) < 24 && (mi ?? 0) < 60 && (s ?? 0) < 60;
  return isReal ? time.getTime() : null;
}
