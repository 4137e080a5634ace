// Turns Python 2's print statements into calls. Whatever could as well be a call already is left alone.
import { textFix } from "./fix.js";
import { languageOf } from "./language.js";
import { codeOf, type PythonStatement, type PythonToken, pythonStatements } from "./python-lines.js";
import { type Edit, withEdits } from "./source.js";

export const printFunction = textFix("print-function", "Convert print statements to print(…)", ({ path, text }) => {
  const statements = languageOf(path, text) === "python" ? pythonStatements(text) : null;
  if (statements === null) return null;
  const isPython2 = statements.some(isPrintStatement);
  return withEdits(
    text,
    statements.flatMap((statement) => callInstead(text, statement, isPython2)),
  );
});

/** `print "a"`: an error in Python 3, so no call. Without a value it is none of them. */
export function isPrintStatement([print, first]: PythonStatement): boolean {
  if (print.text !== "print" || first === undefined) return false;
  if (first.kind === "name") return !/^(?:and|or|in|is|if|else|for|as)$/.test(first.text);
  return first.kind !== "sign" || /^(?:>>|[-+~`[{])$/.test(first.text);
}

/** Python 2 has no `sys.stdout.buffer`, and Python before 3.7 no `sys.stdout.reconfigure`. */
export const hasOlderStreams = (text: string, statements: readonly PythonStatement[]): boolean =>
  /^[^\n]*\bpython(?:2|3\.[0-6]\b)/.test(text) || statements.some(isPrintStatement);

/** Python 2 may run it: its print function has no `flush`. */
export const mayRunInPython2 = (text: string, statements: readonly PythonStatement[]): boolean =>
  hasOlderStreams(text, statements) ||
  statements.some((statement) => /^from__future__import.*print_function/.test(codeOf(statement)));

/** The edits that make it a call; none if it is something else. */
function callInstead(text: string, statement: PythonStatement, isPython2: boolean): Edit[] {
  const [print, first] = statement;
  if (print.text !== "print") return [];
  if (first === undefined) return [{ from: print.to, to: print.to, text: "()" }];
  const isStatement = first.text === "(" ? continuesAfterBracket(statement, isPython2) : isPrintStatement(statement);
  if (!isStatement || statement.some(isAssignmentOrColon)) return [];

  const comma = first.text === ">>" ? statement.findIndex(isComma) : 0;
  const values = comma < 0 ? [] : statement.slice(comma + 1);
  const file = first.text === ">>" ? statement.slice(2, comma < 0 ? undefined : comma) : [];
  const options = file.length > 0 ? [`file=${sourceOf(text, file)}`] : [];
  const [value] = values;
  const last = values.at(-1);
  if (value === undefined || last === undefined)
    return comma < 0 && file.length > 0 ? [{ from: print.to, to: endOf(statement), text: `(${options[0]})` }] : [];
  const hasComma = isComma(last);
  if (hasComma) options.push(endsWithSpace(values.at(-2)) ? 'end=""' : 'end=" "');
  const gap = text.slice((statement[comma] ?? print).to, value.from);
  return [
    { from: print.to, to: value.from, text: `(${gap.includes("\n") ? gap : ""}` },
    {
      from: last.to,
      to: last.to,
      text: `${options.length === 0 || hasComma ? "" : ","}${options.map((option) => ` ${option}`).join(",")})`,
    },
  ];
}

const isComma = ({ text, depth }: PythonToken): boolean => depth === 0 && text === ",";
const isAssignmentOrColon = ({ text, depth, kind }: PythonToken): boolean =>
  depth === 0 && kind === "sign" && (text === ":" || (text.endsWith("=") && !/^[=!<>]=$/.test(text)));
const sourceOf = (text: string, tokens: readonly PythonToken[]): string =>
  text.slice(tokens[0]?.from, tokens.at(-1)?.to);
const endOf = (statement: PythonStatement): number => statement.at(-1)?.to ?? statement[0].to;

/** Python 2 prints no space after a text that ends with white space other than a space. */
const endsWithSpace = (token: PythonToken | undefined): boolean =>
  token?.kind === "string" && !/^[a-z]*r/i.test(token.text) && /(?:[^\\]\\[nrt]|[\n\t])["']+$/.test(token.text);

/**
 * `print ("%s") % a` is a call as well, but Python 3 cannot calculate with its result. `print ("a"), b` and
 * `print (a) if b else c` are allowed in both: they are statements if the script has other print statements.
 */
function continuesAfterBracket(statement: PythonStatement, isPython2: boolean): boolean {
  const close = statement.findIndex(({ text, depth }) => depth === 0 && text === ")");
  const after = statement[close + 1]?.text ?? "";
  if (/^(?:[-+*/%.[(]|\/\/)$/.test(after) || (after !== "" && isPython2))
    return !/(?:^|,)\*|(?<![=!<>])=(?!=)/.test(codeOf(statement.slice(2, close).filter(({ depth }) => depth === 1)));
  return false;
}
