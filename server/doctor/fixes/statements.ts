// Where a line's statements begin and end, found without parsing the program. Whatever is not plain to see counts as
// unsure: a fix then leaves the place alone.
import type { ScriptLanguage } from "./language.js";
import { codeOf, withoutEnd } from "./line-code.js";
import { indentOf, isBareField } from "./source.js";

/** The code of the line's statements, in order; `;` ends one. */
function statementsOf(line: string, language: ScriptLanguage): string[] {
  return (codeOf(line, language) ?? line).split(";");
}

/** The code of the statement at a column. */
export function statementAt(line: string, column: number, language: ScriptLanguage): string {
  let end = 0;
  for (const statement of statementsOf(line, language)) {
    end += statement.length + 1;
    if (column < end) return statement;
  }
  return "";
}

const printing = /\b(?:print|printf|say|puts|echo|cat|write|console\.log)\b/;
const receivers = /([\w$@]+)(?:\.|::?|->)(?:write|print|printf|puts|say)\b(?!\([ \t]*1\b)/g;
/** Words that may follow `print` in Perl without being a file handle. */
const operators = "join|map|grep|sort|reverse|sprintf|uc|lc|ucfirst|lcfirst|scalar|substr|q|qq|qw|header";
const handle = `(?!(?:STDOUT|${operators})\\b)[A-Za-z_]\\w*[ \\t]+(?=["'$@<])|\\$\\w+[ \\t]+(?=["'$@<])`;
const elsewhere: Partial<Record<ScriptLanguage, RegExp>> = {
  python: /,[ \t]*file[ \t]*=[ \t]*(?!sys\.stdout\b)|\bprint[ \t]*>>[ \t]*(?!sys\.stdout\b)/,
  perl: new RegExp(`\\b(?:print|printf|say)[ \\t]*\\(?[ \\t]*(?:${handle}|\\{(?!\\*?STDOUT\\b))|\\b(?:warn|die)\\b`),
  shell: /(?<![2-9<])>(?!&1(?!\d))|(?<!\|)\|(?!\|)/,
  php: /\b(?:fwrite|fputs|fprintf|file_put_contents|mail|error_log)[ \t]*\((?![ \t]*STDOUT\b)/,
  ruby: /\bwarn\b/,
  node: /\bconsole\.(?:error|warn)\(|\bfs\.\w+\((?![ \t]*1\b)/,
  tcl: /\bputs[ \t]+(?:-nonewline[ \t]+)?(?!stdout\b|-nonewline\b)[$\w:]+[ \t]+\S/,
};

/** The statement writes to another file, to another program or to stderr. */
export function printsElsewhere(statement: string, language: ScriptLanguage): boolean {
  const named = [...statement.matchAll(receivers)].map(([, name = ""]) => name);
  return named.some((name) => !/out|buffer|^io$/i.test(name)) || (elsewhere[language]?.test(statement) ?? false);
}

/** One of the line's statements writes to the response. */
export const printsHere = (line: string, language: ScriptLanguage): boolean =>
  statementsOf(line, language).some((code) => printing.test(code) && !printsElsewhere(code, language));

const beginsWithLiteral = (line: string): boolean => /^[ \t]*[brf]{0,2}["']/i.test(line);

/** The literal at a column is written to the response: by its statement, or by the one that its line continues. */
export function writesLiteral(
  lines: readonly string[],
  index: number,
  column: number,
  language: ScriptLanguage,
): boolean {
  const line = lines[index] ?? "";
  const isWriting = (code: string): boolean =>
    (printing.test(code) || (language === "php" && /\bheader[ \t]*\(/.test(code))) && !printsElsewhere(code, language);
  if (isWriting(statementAt(line, column, language))) return true;
  let at = index;
  while (at > 0 && beginsWithLiteral(lines[at] ?? "")) at--;
  const opening = lines[at] ?? "";
  const code = codeOf(opening, language) ?? withoutEnd(opening);
  return at < index && /[([,.+\\"'`]$/.test(code) && isWriting(code);
}

/** A here document, or a string that goes on in the next line, begins on this line. */
export const opensText = (line: string, language: ScriptLanguage): boolean =>
  line.includes("<<") || codeOf(line, language) === null;

/** The lines of the response's headers in texts of several lines: where such a text begins with them. */
export function headLines(lines: readonly string[], language: ScriptLanguage): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (!opensText(line, language) || !printsHere(line, language)) continue;
    const isFirst = isBareField(line.replace(/^[^"'`]*["'`]+/, ""));
    if (!isFirst && !line.includes("<<") && !/["'`]\\?\r?$/.test(line)) continue; // the text begins with something else
    const first = isFirst ? index : index + 1;
    let end = index + 1;
    while (isBareField(lines[end] ?? "")) end++;
    const run = Array.from({ length: end - first }, (_, offset) => first + offset);
    if (!run.some((at) => /\b(?:content-type|location|status)[ \t]?:/i.test(lines[at] ?? ""))) continue;
    for (const at of run) found.add(at);
  }
  return found;
}

/** How code ends that goes on in the next line, in languages whose statements end with their line. */
const unfinished: Partial<Record<ScriptLanguage, RegExp>> = {
  python: /[([{,\\+\-*/%=&|.<>]$|\b(?:and|or|not|in|is|if|lambda|return)$/,
  shell: /\\$|&&$|\|$|!$|\b(?:if|elif|while|until)$/,
  ruby: /[([,\\+\-*/%=&|.<>]$|\b(?:and|or|not)$/,
  lua: /[([{,+\-*/%=.<>]$|\b(?:and|or|not|return)$/,
  tcl: /[[\\]$/,
};

/** How a line begins that continues the one before. */
const goesOn = /^[ \t]*[.,+*/%)\]?:|&=<>]/;

/** The line is one statement, no more and no less, and no `if (…)` without braces stands before it. */
export function isWholeStatement(lines: readonly string[], index: number, language: ScriptLanguage): boolean {
  const line = lines[index] ?? "";
  const code = codeOf(line, language)?.replace(/^[ \t]+/, "");
  if (code === undefined || !isBalanced(code) || /"""|'''/.test(line)) return false;
  if (/^(?:if|unless|else|elsif|elseif|elif|for|foreach|while|until|do|then)\b/.test(code)) return false;
  const before = codeBefore(lines, index, language);
  const open = unfinished[language];
  if (open === undefined)
    return (
      /^[^;]*;$/.test(code) &&
      /^$|[;{}]$|<\?php$|\?>$|^[ \t]*(?:case|default|if|elseif|else|for|while)\b.*:$/.test(before)
    );
  if (language === "shell" ? /[;&|<>]/.test(code) : code.includes(";")) return false;
  if (open.test(before) || open.test(code)) return false;
  return language === "shell" || language === "tcl" || !goesOn.test(lineAfter(lines, index, language));
}

/** What must stand in place of a block's only statement; null if the block has others, or may be empty. */
export function placeholder(lines: readonly string[], index: number, language: ScriptLanguage): string | null {
  const before = codeBefore(lines, index, language);
  const after = lineAfter(lines, index, language);
  if (language === "python")
    return before.endsWith(":") && indentOf(after) !== indentOf(lines[index] ?? "") ? "pass" : null;
  if (language !== "shell" || !/(?:\b(?:then|else|do)|[{()])$/.test(before)) return null;
  return /^[ \t]*(?:(?:fi|else|elif|done|esac)\b|[})]|;;)/.test(after) ? ":" : null;
}

/** The code of the nearest line before that has some; "" at the beginning. */
function codeBefore(lines: readonly string[], index: number, language: ScriptLanguage): string {
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at] ?? "";
    const code = codeOf(line, language) ?? withoutEnd(line);
    if (/[^ \t]/.test(code)) return code;
  }
  return "";
}

const lineAfter = (lines: readonly string[], index: number, language: ScriptLanguage): string =>
  lines.slice(index + 1).find((line) => /[^ \t]/.test(codeOf(line, language) ?? line)) ?? "";

function isBalanced(code: string): boolean {
  const open: string[] = [];
  for (const char of code.match(/[()[\]{}]/g) ?? []) {
    const opening = { ")": "(", "]": "[", "}": "{" }[char];
    if (opening === undefined) open.push(char);
    else if (open.pop() !== opening) return false;
  }
  return open.length === 0;
}
