// The parameters behind a header's value, `; name=token` or `; name="quoted string"` (RFC 9110 §5.6.6), read in one
// pass: what looks like a parameter within quotes is none.
import { withoutBlanks } from "./blanks.js";

/** The parameters by name in lower case; the first of several counts, and one without a value is none. */
export function parametersOf(value: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  let at = value.indexOf(";");
  while (at >= 0) {
    const nameEnd = endOf(value, at + 1, "=;");
    const name = withoutBlanks(value.slice(at + 1, nameEnd)).toLowerCase();
    at = nameEnd;
    if (value[nameEnd] === "=") {
      let from = nameEnd + 1;
      while (value[from] === " " || value[from] === "\t") from++;
      const isQuoted = value[from] === '"';
      const to = isQuoted ? closingQuote(value, from + 1) : endOf(value, from, '; \t"');
      const said = isQuoted ? value.slice(from + 1, to).replace(/\\(["\\])/g, "$1") : value.slice(from, to);
      if ((isQuoted || said !== "") && !parameters.has(name)) parameters.set(name, said);
      at = isQuoted ? to + 1 : to;
    }
    at = value.indexOf(";", at);
  }
  return parameters;
}

/** Where the first of the characters is; the text's end where there is none. */
function endOf(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && !characters.includes(text[at] ?? "")) at++;
  return at;
}

/** Some write a backslash at the end as it is: the last quote of all closes, too. */
function closingQuote(text: string, from: number): number {
  let last = text.length;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] !== "\\") continue;
    at++;
    if (text[at] === '"') last = at;
  }
  return last;
}
