// A line without its comment and the texts of its strings. Text is bytes, so that [ \t] stands for white space: \s
// would take the byte A0 of UTF-8 for one.
import type { ScriptLanguage } from "./language.js";

const afterSpace = /(?<=^|[ \t;])#/y;
const comments: Readonly<Record<ScriptLanguage, RegExp>> = {
  python: /#/y,
  perl: afterSpace,
  shell: afterSpace,
  php: /#|\/[/*]|\*(?<=^[ \t]*\*)/y,
  ruby: afterSpace,
  node: /^#!|\/[/*]|\*(?<=^[ \t]*\*)/y,
  lua: /^#!|--/y,
  tcl: /#(?<=(?:^|;)[ \t]*#)/y,
};

/** The line in the same columns: strings without their text, no comment. Null if a string stays open. */
export function codeOf(line: string, language: ScriptLanguage): string | null {
  let code = "";
  while (code.length < line.length) {
    const at = code.length;
    const char = line.charAt(at);
    const closed =
      (language === "php" || language === "node") && line.startsWith("/*", at) ? line.indexOf("*/", at + 2) : -1;
    if (closed >= 0) {
      code += " ".repeat(closed + 2 - at);
      continue;
    }
    comments[language].lastIndex = at;
    if (comments[language].test(line)) break;
    if (char === '"' || ((char === "'" || char === "`") && language !== "tcl")) {
      const to = closingQuote(line, char, at, language);
      if (to < 0) return null;
      code += char + " ".repeat(to - at - 1) + char;
    } else code += char === "\\" && at + 1 < line.length && line[at + 1] !== "\r" ? "\\ " : char;
  }
  return withoutEnd(code);
}

/** Without the white space at its end. */
export const withoutEnd = (line: string): string => line.replace(/(?<![ \t\r])[ \t\r]+$/, "");

/** The column of the quote that closes the one at `from`; −1: none does. */
export function closingQuote(line: string, quote: string, from: number, language: ScriptLanguage): number {
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] === quote) return at;
    if (line[at] === "\\" && !(language === "shell" && quote === "'")) at++;
  }
  return -1;
}

/** The quote of the string that is open at a column; null outside of strings. */
export function quoteAt(line: string, column: number, language: ScriptLanguage | null): string | null {
  let quote: string | null = null;
  for (let at = 0; at < column; at++) {
    const char = line.charAt(at);
    if (char === "\\" && !(language === "shell" && quote === "'")) at++;
    else if (quote === null ? char === '"' || char === "'" : char === quote) quote = quote === null ? char : null;
  }
  return quote;
}
