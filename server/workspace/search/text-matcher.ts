// A text or a regular expression, and where it matches in a line. A user's expression runs in linear time: whatever it
// is, it cannot stop the server.
import { RE2JS, RE2JSException } from "re2js";
import { ProblemError } from "../../base/problem.js";
import { maxExpressionLine } from "../../contract/limits.js";
import type { TextQuery } from "../../contract/search-contract.js";
import { searchProblem } from "./messages.js";

/** `groups`: the match itself first; null: the group took no part. */
export interface Match {
  readonly from: number;
  readonly to: number;
  readonly groups: readonly (string | null)[];
}

export interface TextMatcher {
  /** False: no line of this text has a match. */
  mayBeIn(text: string): boolean;
  /** All matches that are not empty, from left to right; of a line that `isCut` those in its beginning. */
  find(line: string): readonly Match[];
  /** The line is too long for the expression, which is tried on its beginning. */
  isCut(line: string): boolean;
  /** The text that replaces a match. */
  replaced(match: Match): string;
}

/** Steps of a compiled expression: a line costs at most its length times these. */
const maxProgram = 2000;

/** @throws ProblemError "bad-pattern" */
export function textMatcher(query: TextQuery, replacement = ""): TextMatcher {
  return query.isRegex ? regexMatcher(query, replacement) : literalMatcher(query, replacement);
}

function literalMatcher({ text, matchesCase, wholeWord }: TextQuery, replacement: string): TextMatcher {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const pattern = new RegExp(wholeWord ? wholeOnly(text, escaped) : escaped, matchesCase ? "gu" : "giu");
  return {
    mayBeIn: (whole) => (matchesCase ? whole.includes(text) : whole.search(pattern) >= 0),
    find: (line) =>
      Array.from(line.matchAll(pattern), ({ 0: matched, index }) => ({
        from: index,
        to: index + matched.length,
        groups: [matched],
      })),
    isCut: () => false,
    replaced: () => replacement,
  };
}

function regexMatcher({ text, matchesCase, wholeWord }: TextQuery, replacement: string): TextMatcher {
  const expression = compiled(text, matchesCase);
  const parts = replacementParts(replacement, expression.groupCount());
  // What the expression finds first in a word may be a part of it, where it would match the whole word as well.
  const between = wholeWord && !text.includes("\\Q") ? compiled(betweenWords(text), matchesCase) : null;
  return {
    mayBeIn: () => true,
    find: (whole) => {
      const line = whole.slice(0, maxExpressionLine);
      if (!expression.test(line)) return [];
      // A match at the end of the beginning may be none in the whole line.
      const isMatch = ({ from, to }: Match): boolean => to > from && (to < maxExpressionLine || line === whole);
      const all = allMatches(expression, line, 0).filter(isMatch);
      if (!wholeWord) return all;
      const found = all.filter(({ from, to }) => isWhole(line, from, to));
      return between === null ? found : merged(found, allMatches(between, line, 1).filter(isMatch));
    },
    isCut: (line) => line.length > maxExpressionLine,
    replaced: ({ groups }) => parts.map((part) => (typeof part === "string" ? part : (groups[part] ?? ""))).join(""),
  };
}

/** What the group `own` matches, with the groups in it. */
function allMatches(expression: RE2JS, line: string, own: number): Match[] {
  const found: Match[] = [];
  const matcher = expression.matcher(line);
  for (let at = 0; at <= line.length && matcher.find(at); ) {
    const from = matcher.start(own);
    const to = matcher.end(own);
    const groups = Array.from({ length: matcher.groupCount() + 1 - own }, (_, index) => matcher.group(own + index));
    found.push({ from, to, groups });
    at = Math.max(to, at + 1);
  }
  return found;
}

/** From left to right; of those that overlap the one that begins first, and of two that begin together the first's. */
function merged(first: readonly Match[], second: readonly Match[]): readonly Match[] {
  const found: Match[] = [];
  for (const match of [...first, ...second].toSorted((a, b) => a.from - b.from))
    if (match.from >= (found.at(-1)?.to ?? 0)) found.push(match);
  return found;
}

function compiled(pattern: string, matchesCase: boolean): RE2JS {
  try {
    const expression = RE2JS.compile(pattern, matchesCase ? 0 : RE2JS.CASE_INSENSITIVE);
    if (expression.programSize() > maxProgram) throw new ProblemError(searchProblem("pattern-too-large", { pattern }));
    return expression;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const reason = error.message.replace(/^error parsing regexp: /, "");
    throw new ProblemError(searchProblem("bad-pattern", { pattern, reason }), { cause: error });
  }
}

const wordClass = "[\\p{L}\\p{M}\\p{N}_]";
const otherClass = "[^\\p{L}\\p{M}\\p{N}_]";
const word = new RegExp(wordClass, "u");

/** An escaped text, where no word goes on before or after it. A match that is no whole word hides no later one. */
function wholeOnly(text: string, escaped: string): string {
  const [first = "", last = ""] = [[...text][0], [...text].at(-1)];
  return `${word.test(first) ? `(?<!${wordClass})` : ""}${escaped}${word.test(last) ? `(?!${wordClass})` : ""}`;
}

/** An expression between characters of no word, as group 1. */
const betweenWords = (expression: string): string => `(?:^|${otherClass})(${expression})(?:${otherClass}|$)`;

/** Whether no word goes on before or after it. */
function isWhole(line: string, from: number, to: number): boolean {
  const isWord = (character: string | undefined): boolean => character !== undefined && word.test(character);
  const before = [...line.slice(Math.max(0, from - 2), from)].at(-1);
  const after = [...line.slice(to, to + 2)][0];
  const [first] = line.slice(from, to);
  const last = [...line.slice(from, to)].at(-1);
  return !(isWord(before) && isWord(first)) && !(isWord(after) && isWord(last));
}

/**
 * Texts, and numbers of groups. As in JavaScript, `$10` is group 1 and a zero where there are fewer than ten
 * groups; `$2` is text where there is one, and `$0` always.
 */
function replacementParts(text: string, groups: number): readonly (string | number)[] {
  return text.split(/(\$\$|\$&|\$\d{1,2})/).flatMap((part) => {
    if (part === "$$") return "$";
    if (part === "$&") return 0;
    if (!/^\$\d/.test(part)) return part;
    const both = Number(part.slice(1));
    const first = Number(part[1]);
    if (both >= 1 && both <= groups) return both;
    return first >= 1 && first <= groups ? [first, part.slice(2)] : part;
  });
}
