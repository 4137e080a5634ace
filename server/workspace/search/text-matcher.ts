// A text or a regular expression, and where it matches in a line. A user's expression runs in linear time: whatever it
// is, it cannot stop the server.
import { RE2JS, RE2JSException } from "re2js";
import { ProblemError } from "../../base/problem.js";
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
  /** All matches that are not empty, from left to right. */
  find(line: string): readonly Match[];
  /** The text that replaces a match. */
  replaced(match: Match): string;
}

/** Steps of a compiled expression: a line costs at most its length times these. */
const maxProgram = 2000;
/** Characters of a line that a regular expression is tried on. A match at their end may be none in the whole line. */
const maxLine = 20_000;

/** @throws ProblemError "bad-pattern" */
export function textMatcher(query: TextQuery, replacement = ""): TextMatcher {
  return query.isRegex ? regexMatcher(query, replacement) : literalMatcher(query, replacement);
}

function literalMatcher({ text, matchesCase, wholeWord }: TextQuery, replacement: string): TextMatcher {
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), matchesCase ? "gu" : "giu");
  return {
    mayBeIn: (whole) => (matchesCase ? whole.includes(text) : whole.search(pattern) >= 0),
    find: (line) => {
      const found: Match[] = [];
      for (const { 0: matched, index } of line.matchAll(pattern)) {
        const to = index + matched.length;
        if (!wholeWord || isWhole(line, index, to)) found.push({ from: index, to, groups: [matched] });
      }
      return found;
    },
    replaced: () => replacement,
  };
}

function regexMatcher({ text, matchesCase, wholeWord }: TextQuery, replacement: string): TextMatcher {
  const expression = compiled(text, matchesCase);
  const parts = replacementParts(replacement, expression.groupCount());
  return {
    mayBeIn: () => true,
    find: (whole) => {
      const line = whole.length > maxLine ? whole.slice(0, maxLine) : whole;
      if (!expression.test(line)) return [];
      const found: Match[] = [];
      const matcher = expression.matcher(line);
      while (matcher.find()) {
        const [from, to] = [matcher.start(), matcher.end()];
        if (to === from || (to === maxLine && line !== whole) || (wholeWord && !isWhole(line, from, to))) continue;
        const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index));
        found.push({ from, to, groups });
      }
      return found;
    },
    replaced: ({ groups }) => parts.map((part) => (typeof part === "string" ? part : (groups[part] ?? ""))).join(""),
  };
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

const word = /[\p{L}\p{M}\p{N}_]/u;

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
 * groups; `$2` is text where there is one.
 */
function replacementParts(text: string, groups: number): readonly (string | number)[] {
  return text.split(/(\$\$|\$&|\$\d{1,2})/).flatMap((part) => {
    if (part === "$$") return "$";
    if (part === "$&") return 0;
    if (!/^\$\d/.test(part)) return part;
    const [both, first] = [Number(part.slice(1)), Number(part[1])];
    if (both <= groups) return both;
    return first <= groups ? [first, part.slice(2)] : part;
  });
}
