// Which paths a search includes: patterns as editors have them, `*.py, cgi-bin/**`. Linear time for any pattern.
import { RE2JS } from "re2js";

/** `include` empty: every path. @returns whether a path is to be searched */
export function pathFilter(include: string, exclude: string): (path: string) => boolean {
  const wanted = patternsOf(composed(include));
  const unwanted = patternsOf(composed(exclude));
  return (path) => {
    const matches = (pattern: RE2JS): boolean => pattern.matches(composed(path));
    return (wanted.length === 0 || wanted.some(matches)) && !unwanted.some(matches);
  };
}

/** Names from macOS have "ü" as "u" and a diaeresis. */
const composed = (text: string): string => text.normalize("NFC");

/** Commas separate patterns, except within braces. */
const patternsOf = (text: string): readonly RE2JS[] =>
  (text.match(/(?:\{[^{}]*\}|[^,])+/g) ?? []).flatMap((one) => {
    const pattern = one.trim().replace(/^\.?\/+|\/+$/g, "");
    return pattern === "" ? [] : [RE2JS.compile(expressionOf(pattern), RE2JS.DOTALL)];
  });

/**
 * `*` and `?` stay within a name, `**` does not; `{a,b}` is one of them. A pattern without a slash is a name at any
 * depth, and one that names a folder means everything in it.
 */
function expressionOf(pattern: string): string {
  const body = pattern.replace(/\*\*\/|\*\*|[*?{},]|[^*?{},]+/g, (token) => tokens[token] ?? RE2JS.quote(token));
  const isBalanced = /^[^{}]*(?:\{[^{}]*\}[^{}]*)*$/.test(pattern);
  const within = isBalanced ? body : RE2JS.quote(pattern);
  return `${pattern.includes("/") ? "" : "(?:.*/)?"}(?:${within})(?:/.*)?`;
}

const tokens: Readonly<Record<string, string>> = {
  "**/": "(?:.*/)?",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
  "{": "(?:",
  "}": ")",
  ",": "|",
};
