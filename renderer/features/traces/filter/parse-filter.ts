// The trace list's filter as it is typed: `status:5xx -method:GET took:>100ms "some text" /regular expression/`. All
// terms have to hold; a minus before a term negates it. What a term means must be what it means to the store
// (server/protocol/trace-conditions.ts): what the list hides would else be deleted with what it shows.

import { traceKinds } from "../../../../server/contract/filter-words.js";
import { foldAscii } from "../../../../server/contract/fold-ascii.js";
import type { Message } from "../../../../server/contract/message.js";
import { ranBegun, ranMatching } from "../../../../server/protocol/filter-values.js";
import { queryMessage } from "../../../../server/protocol/query-messages.js";
import { type Moments, timeOf } from "../../../../server/protocol/query-time.js";
import { filterKeys, patternKeys, storedKeys } from "./filter-keys.js";
import {
  type FilterQuery,
  type FilterTerm,
  type FilterTest,
  type NumberTest,
  type StatusMatch,
  signs,
  type TextMatch,
} from "./filter-query.js";
import { arePatternsLoaded, patternTest, whyNoPattern } from "./patterns.js";

type ParsedFilter =
  /** `written`: the terms of `query` as they are typed, those of a choice together. */
  | { readonly ok: true; readonly query: FilterQuery; readonly written: readonly (readonly string[])[] }
  /** `why` null: it has a regular expression, and `loadPatterns` has to come first. */
  | { readonly ok: false; readonly why: Message | null };

/** A term: minus, key, then a regular expression or a word, in which quotes keep spaces. */
const term = /(-?)(?:([a-z]+):)?(?:\/((?:[^/\\\s]|\\\S)+)\/(i?)(?=\s|$)|((?:[^\s"]|"(?:[^"\\]|\\.|\\$)*(?:"|$))*))/gy;
const quotation = /"((?:[^"\\]|\\.)*)"/g;

/** `lastSave`: of a script, for the time `save`; `now`: for times such as `2h`. Unix times in ms. */
export function parseFilter(
  text: string,
  lastSave: Moments["lastSave"] = () => null,
  now: Moments["now"] = Date.now(),
): ParsedFilter {
  const query: FilterTerm[] = [];
  const written: string[][] = [];
  let isOr = false;
  for (const [whole, minus, key, expression, flags, word = ""] of termsOf(text)) {
    if (whole === "OR") {
      if (query.length === 0 || isOr) return { ok: false, why: queryMessage("query-lonely-or") };
      isOr = true;
      continue;
    }
    if (expression !== undefined && !arePatternsLoaded()) return { ok: false, why: null };
    if (word.replace(quotation, "").includes('"')) return { ok: false, why: queryMessage("query-open-quote") };
    const wanted = unquoted(word);
    const isQuoted = word.includes('"');
    const test = testOf(key, { text: wanted, isQuoted, expression, flags, moments: { now, lastSave } });
    if (test && "code" in test) return { ok: false, why: test };
    if (test) {
      add(query, { test, isNegated: minus === "-" }, isOr);
      const choice = isOr ? written.at(-1) : undefined;
      if (choice) choice.push(whole);
      else written.push([whole]);
    }
    isOr = false;
  }
  return { ok: true, query, written };
}

function* termsOf(text: string): Generator<RegExpExecArray> {
  for (let at = 0; ; ) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    term.lastIndex = at;
    const found = term.exec(text);
    if (!found || found[0] === "") return;
    at += found[0].length;
    yield found;
  }
}

interface TypedTerm {
  readonly whole: string;
  readonly minus: string;
  /** Empty: it has none. */
  readonly key: string;
  /** Without its quotation marks. */
  readonly value: string;
}

/** What is being typed at the end of the text. */
export function lastTerm(text: string): TypedTerm {
  const last = [...termsOf(text)].at(-1);
  const [whole = "", minus = "", key = ""] = last && text.endsWith(last[0]) ? last : [];
  const typed = whole.slice(minus.length + (key === "" ? 0 : key.length + 1));
  const isOpen = typed.replace(quotation, "").includes('"');
  return { whole, minus, key, value: unquoted(isOpen ? `${typed}"` : typed) };
}

const unquoted = (word: string): string =>
  word.replace(quotation, (_, quoted: string) => quoted.replace(/\\(.)/g, "$1"));

/** `isOr`: as an alternative to the last one. */
function add(query: FilterTerm[], term: FilterTerm, isOr: boolean): void {
  const last = isOr ? query.pop() : undefined;
  if (!last) query.push(term);
  else if (last.test.field === "or" && !last.isNegated)
    query.push({ test: { field: "or", of: [...last.test.of, term] }, isNegated: false });
  else query.push({ test: { field: "or", of: [last, term] }, isNegated: false });
}

interface Wanted {
  readonly text: string;
  /** Some of it: then it may be empty. */
  readonly isQuoted: boolean;
  readonly expression: string | undefined;
  readonly flags: string | undefined;
  readonly moments: Moments;
}

/** Null for an unfinished term that filters nothing yet; a message for one that is not valid. */
function testOf(
  key: string | undefined,
  { text, isQuoted, expression, flags = "", moments }: Wanted,
): FilterTest | null | Message {
  if (expression !== undefined && key !== undefined && !patternKeys.includes(key))
    return testOf(key, { text: `/${expression}/${flags}`, isQuoted, expression: undefined, flags, moments });
  const wrong = expression === undefined ? null : whyNoPattern(expression, flags);
  if (wrong !== null) return wrong;
  const match: TextMatch = expression === undefined ? { contains: text } : { pattern: expression, flags };
  const isEmpty = text === "" && !isQuoted && expression === undefined;
  if (key === undefined) return isEmpty ? null : { field: "any", match };
  if (!filterKeys.includes(key)) return queryMessage("query-unknown-key", { key, keys: filterKeys });
  if (isEmpty) return null;
  if (key === "finding" && text === "*") return { field: key };
  if (storedKeys.includes(key)) return { field: "stored" };
  const values = foldAscii(text).split(",");
  switch (key) {
    case "path":
    case "file":
      if (text === "=") return null;
      return text.startsWith("=") ? { field: key, exact: text.slice(1) } : { field: key, match };
    case "method":
      return expression === undefined ? { field: key, oneOf: values } : { field: key, match };
    case "mode":
      return {
        field: key,
        ran: expression === undefined ? values.flatMap(ranBegun) : ranMatching(patternTest(expression, flags)),
      };
    case "from":
      return { field: key, oneOf: values };
    case "status":
      return { field: key, anyOf: values.map(statusMatch) };
    case "took": {
      const compare = comparisonOf(text, durations);
      return compare ? { field: key, compare } : queryMessage("query-took", { value: text });
    }
    case "size": {
      const compare = comparisonOf(text, sizes);
      return compare ? { field: key, compare } : queryMessage("query-size", { value: text });
    }
    case "after":
    case "before": {
      const bound = timeOf(text, moments);
      if (bound === null)
        return text === "save" ? queryMessage("query-no-save") : queryMessage("query-time", { value: text });
      return { field: "startedAt", compare: { sign: key === "after" ? ">=" : "<", bound } };
    }
    case "pinned":
      return /^(yes|no)$/i.test(text)
        ? { field: key, isPinned: text.toLowerCase() === "yes" }
        : queryMessage("query-pinned", { value: text });
    case "tag":
      return { field: key, written: values.map((value) => value.trim()) };
    case "name":
    case "note":
      return { field: key, written: [foldAscii(text)] };
    case "session":
      return { field: key, begins: text.toLowerCase() };
    default: {
      const kind = traceKinds.find((known) => known === text.toLowerCase());
      return kind ? { field: "is", kind } : queryMessage("query-kind", { value: text, kinds: traceKinds });
    }
  }
}

function statusMatch(text: string): StatusMatch {
  const [, digit] = /^([1-9])xx$/.exec(text) ?? [];
  if (digit !== undefined) return { hundreds: Number(digit) };
  if (/^[1-9]\d?$/.test(text)) return { begins: text };
  const compare = comparisonOf(text, { "": 1 });
  if (compare) return { compare };
  return text === "none" || text === "–" ? { isNone: true } : { outcome: text };
}

const durations: Readonly<Record<string, number>> = { "": 1, ms: 1, s: 1000, m: 60_000, min: 60_000 };
const [kibi, mebi, gibi] = [1 << 10, 1 << 20, 1 << 30];
const sizes: Readonly<Record<string, number>> = {
  ...{ "": 1, b: 1, k: kibi, m: mebi, g: gibi },
  ...{ kib: kibi, mib: mebi, gib: gibi, kb: 1e3, mb: 1e6, gb: 1e9 },
};

/** `>100ms`, `<=2s`, `500`; null when it is none. */
function comparisonOf(text: string, units: Readonly<Record<string, number>>): NumberTest | null {
  const [, written = "=", digits, unit = ""] = /^(>=|<=|>|<|=)?(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = units[unit.toLowerCase()];
  const sign = signs.find((known) => known === written);
  return digits === undefined || factor === undefined || sign === undefined
    ? null
    : { sign, bound: Number(digits) * factor };
}
