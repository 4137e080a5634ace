// The fix of headers that no blank line ends.
import { textFix } from "./fix.js";
import { languageOf, type ScriptLanguage } from "./language.js";
import { codeOf, quoteAt } from "./line-code.js";
import {
  blankLineStatement,
  endsLine,
  indentOf,
  isBareField,
  lineEnd,
  lineFeedsAfter,
  linesOf,
  type Printed,
  printedFields,
  readsEscapes,
  splice,
} from "./source.js";
import { isWholeStatement, opensText, printsElsewhere, printsHere, statementAt } from "./statements.js";

export const addEmptyLine = textFix("add-empty-line", "Print a blank line after the headers", ({ path, text }) => {
  const language = languageOf(path, text);
  if (language === null || language === "php") return null; // php-cgi writes the headers itself
  const lines = linesOf(text);
  const literals = printedFields(lines, language).filter(({ index, from, to }) => {
    const line = lines[index] ?? "";
    const isString = to >= 0 && quoteAt(line, from - 1, language) === null;
    return isString && !printsElsewhere(statementAt(line, from, language), language);
  });
  if (literals.length === 0) return inTextOfLines(lines, language);
  const head = openHead(lines, literals, language);
  if (head === null) return null;
  if (isConditional(lines, head, language)) return blankLineBeforeOutput(lines, head, language);
  const { last } = head;
  const line = lines[last.index] ?? "";
  const readsFeeds = readsEscapes(line, last, language);
  const body = readsFeeds ? bodyInLiteral(line.slice(last.from, last.to)) : null;
  if (body !== null) return lines.with(last.index, splice(line, last.from + body, last.from + body, "\\n")).join("\n");
  const lacking = (endsLine(line, language) ? 1 : 2) - lineFeedsAfter(line, last);
  const after = line.slice(last.to + 1, codeOf(line, language)?.length);
  if (readsFeeds && endsField(line.slice(last.from, last.to), after))
    return lines.with(last.index, splice(line, last.to, last.to, "\\n".repeat(lacking))).join("\n");
  if (printsMore(after) || !isWholeStatement(lines, last.index, language)) return null;
  const added = Array<string>(lacking).fill(indentOf(line) + blankLineStatement(language) + lineEnd(text));
  return lines.toSpliced(last.index + 1, 0, ...added).join("\n");
});

/** Headers that no blank line ends before other output begins. */
interface OpenHead {
  /** The line of the first one. */
  readonly first: number;
  readonly last: Printed;
  /** The line of the other output; null if there is none. */
  readonly output: number | null;
}

/** The first run of headers that is open. */
function openHead(lines: readonly string[], literals: readonly Printed[], language: ScriptLanguage): OpenHead | null {
  const own = new Map(literals.map((literal) => [literal.index, literal]));
  let first = 0;
  let last: Printed | null = null;
  for (const [index, line] of lines.entries()) {
    const literal = own.get(index);
    const next = lines[index + 1] ?? "";
    if (literal) {
      if (last === null) first = index;
      last = hasBlankLine(line, literal, language) ? null : literal;
    } else if (last === null) continue;
    else if (printsBlankLine(line) || beginsWithFeed.test(line)) last = null;
    else if (!printsHere(line, language)) continue;
    // A text of several lines, or a function for headers, may print more headers, or the blank line.
    else if (isBareField(line) || /\bheaders?\b/i.test(codeOf(line, language) ?? "")) return null;
    else if (opensText(line, language) && isBareField(next)) return null;
    else if (opensText(line, language) && next.trim() === "") last = null;
    else return { first, last, output: index };
  }
  return last && { first, last, output: null };
}

const hasBlankLine = (line: string, literal: Printed, language: ScriptLanguage): boolean =>
  otherFeeds.test(line) ||
  /\\n(?:\\r)?\\n/.test(line.slice(literal.from, literal.to)) ||
  lineFeedsAfter(line, literal) >= (endsLine(line, language) ? 1 : 2);

/** The last header is not printed exactly once whenever the first one is: a block or a condition is around it. */
function isConditional(lines: readonly string[], { first, last }: OpenHead, language: ScriptLanguage): boolean {
  const codes = lines.slice(first, last.index + 1).map((line) => codeOf(line, language) ?? line);
  if (blocks.test(codes.pop() ?? "")) return true;
  const between = codes.filter((code) => /[^ \t]/.test(code));
  const depth = indentOf(lines[last.index] ?? "").length;
  const depths = between.map((code) => indentOf(code).length);
  const isFlat = depths.every((other) => other === depth);
  return depths.some((other) => other < depth) || (isFlat && between.some((code) => blocks.test(code)));
}
const blocks =
  /[{}]|\b(?:if|unless|else|elif|elsif|elseif|for|foreach|while|until|do|then|fi|done|try|except|with|case|esac)\b|\bend\b(?![ \t]*=)|&&|\|\|/;

/** A statement before the other output, if it is not in a block of its own; null otherwise. */
function blankLineBeforeOutput(lines: readonly string[], head: OpenHead, language: ScriptLanguage): string | null {
  const { first, last, output } = head;
  if (output === null || !isWholeStatement(lines, output, language)) return null;
  const line = lines[last.index] ?? "";
  if (lineFeedsAfter(line, last) === 0 && !endsLine(line, language)) return null;
  const indent = indentOf(lines[output] ?? "");
  const between = lines.slice(last.index + 1, output);
  if (indent.length > indentOf(lines[first] ?? "").length || between.some((one) => functions.test(one))) return null;
  return lines
    .toSpliced(output, 0, indent + blankLineStatement(language) + (line.endsWith("\r") ? "\r" : ""))
    .join("\n");
}
const functions = /^[ \t]*(?:(?:def|sub|function|proc)\b|\w+[ \t]*\(\))/;

/** The column in a literal where its headers end and other text begins; null if what follows may be a header. */
function bodyInLiteral(literal: string): number | null {
  const end = /^(?:[A-Za-z][A-Za-z-]*[ \t]?:(?:(?!\\n).)*\\n)+/.exec(literal)?.[0].length ?? 0;
  return end > 0 && end < literal.length && !fieldOrVariable.test(literal.slice(end)) ? end : null;
}

const fieldOrVariable = /^(?:[A-Za-z][A-Za-z-]*[ \t]?:|[$@%{#])/;

/** What follows the header's literal has more than the end of its line. */
const printsMore = (after: string): boolean => /\\n(?:[^"'\\]|.*["'][^"'\\]*[\w<])/.test(after);

/** Line feeds that are not counted. */
const otherFeeds = /\\x0a|\\0?12|crlf|\beol\b/i;

/** The headers end where the literal ends: a format puts their values in, and `after` it comes no other header. */
function endsField(literal: string, after: string): boolean {
  const endsLiteral = /\\n$/.test(literal);
  if (endsLiteral && /["'][A-Za-z-]+[ \t]?:/.test(after)) return false;
  return /%[-\d]*[sdiu]/.test(literal) || !(endsLiteral ? addsValue : addsText).test(after);
}
const adds = String.raw`^[ \t]*(?:\.(?!format\b)|\+|,(?![ \t]*(?:end|flush|file)[ \t]*=))`;
/** Anything but a line feed. */
const addsText = new RegExp(String.raw`${adds}(?!\.?[ \t]*[brf]?["'](?:\\r)?\\n)`);
/** Anything but text: it may be a header. */
const addsValue = new RegExp(String.raw`${adds}(?!\.?[ \t]*(?:[brf]?["']|\\?\r?$))`);

/** A string that begins with a line feed, printed or continuing a statement. */
const beginsWithFeed =
  /^[ \t.,+(]*(?:[\w.:$]*(?:print|printf|say|puts|echo|write|log)\b[ \t(]*(?:-e[ \t]+)?)?[brf]*["'](?:\\r)?\\n/;

/** A statement that only prints a blank line. */
const printsBlankLine = (line: string): boolean =>
  /^\s*(print\s*(\(\s*(""|'')?\s*\))?|(print|say|puts|echo|printf)\s+(""|''|"(\\r)?\\n"|'\\n')\s*;?|(echo|puts)|console\.log\(\s*(""|'')?\s*\)\s*;?)\s*$/.test(
    line,
  );

/** Headers in a multi-line string: adds a blank line after the first ones that lack it. */
function inTextOfLines(lines: readonly string[], language: ScriptLanguage): string | null {
  let isResponse = false;
  let opening = "";
  for (const [index, line] of lines.entries()) {
    if (/<<|\b(?:print|echo|puts|cat|write)\b/.test(line)) opening = line;
    if (!isBareField(line) || printsElsewhere(opening, language)) continue;
    isResponse ||= /\b(?:content-type|location|status)[ \t]?:/i.test(line);
    const next = lines[index + 1];
    if (next === undefined || isBareField(next)) continue;
    if (isResponse && next.trim() !== "") return lines.toSpliced(index + 1, 0, lineEnd(lines.join("\n"))).join("\n");
    isResponse = false;
  }
  return null;
}
