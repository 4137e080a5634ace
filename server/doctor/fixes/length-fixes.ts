// The fix of a Content-Length that counts characters: it counts bytes.
import { type Fix, textFix } from "./fix.js";
import { languageOf, type ScriptLanguage, withoutMark } from "./language.js";
import { codeOf } from "./line-code.js";
import { linesOf } from "./source.js";
import { printsElsewhere } from "./statements.js";

interface Count {
  /** How the language counts the characters of a variable or a simple expression, its first group. */
  readonly characters: readonly RegExp[];
  readonly bytes: string;
}

const perlBytes = "do { require Encode; length(Encode::encode_utf8($1)) }";
const counts: Partial<Record<ScriptLanguage, Count>> = {
  python: {
    characters: [/\blen\((?![^()]*\bencode\b)([A-Za-z_][\w.]*(?:\[(?:\w+|"\w+"|'\w+')\])?)\)/g],
    bytes: "len($1.encode())",
  },
  ruby: {
    characters: [/(?<![\w@$])(@?[a-z_]\w*(?:\.[a-z_]\w*)*)\.(?:length|size)\b(?![ \t]*[(?!.])/g],
    bytes: "$1.bytesize",
  },
  node: {
    characters: [/(?<![\w$.?)\]])([A-Za-z_$][\w$.]*)\.length\b(?![ \t]*[([=])/g],
    bytes: "Buffer.byteLength($1)",
  },
  php: { characters: [/\b(?:mb_strlen|iconv_strlen)\([ \t]*(\$\w+)[ \t]*(?:,[^()]*)?\)/g], bytes: "strlen($1)" },
  perl: {
    characters: [
      /(?<![\w$@%&>:{])length[ \t]*\([ \t]*(\$\w+)[ \t]*\)/g,
      /(?<![\w$@%&>:{])length[ \t]+(\$\w+)(?![\w:])(?=[ \t]*(?:[,;)]|\r?$))/g,
    ],
    bytes: perlBytes,
  },
  shell: { characters: [/\$\{#([A-Za-z_]\w*|\d)\}/g], bytes: '$(printf %s "$$1" | wc -c | tr -d " ")' },
  tcl: { characters: [/\[string length (\$\w+)\]/g], bytes: "[string length [encoding convertto utf-8 $1]]" },
};

export const contentLengthInBytes: Fix = textFix(
  "content-length-in-bytes",
  "Count Content-Length in bytes",
  ({ path, text }) => {
    const language = languageOf(path, withoutMark(text));
    const count = language === null ? undefined : counts[language];
    if (language === null || count === undefined) return null;
    if (language === "python" && isPython2(text)) return null; // its len() counts bytes
    const lines = linesOf(text);
    const printing = [...lines.keys()].filter((index) => printsLength(lines[index] ?? "", language));
    const others = lines.filter((line, index) => !printing.includes(index) && codeOf(line, language) !== "");
    const isPrinted = (line: string, index: number): boolean => {
      const variable = lengthIn(line, count);
      const isUsed = (one: string): boolean => variable !== null && uses(one, variable, language);
      const isUsedBelow = printing.some((later) => later > index && isUsed((lines[later] ?? "").replace(field, "")));
      return isUsedBelow && !others.some((other) => isUsed(other.replace(assignment, "")));
    };
    return lines
      .map((line, index) =>
        printing.includes(index) || isPrinted(line, index) ? inBytes(line, count, text, language) : line,
      )
      .join("\n");
  },
);

const isPython2 = (text: string): boolean => /^#!.*python2|^[ \t]*print[ \t]+["'\w]/m.test(text);

/** The variable to which the line assigns a length, and nothing more. */
function lengthIn(line: string, { characters }: Count): string | null {
  const [before = "", variable, ofTcl] = assignment.exec(line) ?? [];
  const assigned = variable ?? ofTcl;
  if (assigned === undefined) return null;
  const value = line.slice(before.length);
  const isLength = (at: number): boolean => at >= 0 && /^[ \t"(]*(?:str\(|String\()?$/.test(value.slice(0, at));
  return characters.some((pattern) => isLength(value.search(pattern))) ? assigned : null;
}

/** Text may have the variable's name as a word: it counts where a sigil, code or braces make it a variable. */
function uses(line: string, variable: string, language: ScriptLanguage): boolean {
  const name = `(?<![\\w\\\\])${variable}(?!\\w)`;
  if (language === "perl" || language === "php" || language === "shell" || language === "tcl")
    return new RegExp(`(?:\\$\\{?#?|\\(\\([^)]*|\\bincr[ \\t]+)${name}`).test(line);
  return new RegExp(name).test(codeOf(line, language) ?? line) || new RegExp(`(?:\\{[^{}]*|%\\()${name}`).test(line);
}

const field = /(?:\\[nrt]|(?<![\w-]))content-length[ \t]?:/i;
const printsLength = (line: string, language: ScriptLanguage): boolean =>
  field.test(line) && !printsElsewhere(codeOf(line, language) ?? line, language) && codeOf(line, language) !== "";
const assignment =
  /^[ \t]*(?:(?:my|our|local|const|let|var|readonly|export)[ \t]+)?(?:\$?(\w+)[ \t]*=(?![=~>])|set[ \t]+(\w+)[ \t])/;

function inBytes(line: string, { characters, bytes }: Count, text: string, language: ScriptLanguage): string {
  return characters.reduce(
    (changed, pattern) =>
      changed.replace(pattern, (whole: string, value: string, at: number) => {
        // Perl puts no call into a string.
        const inString = language === "perl" && codeOf(changed, language)?.slice(at, at + 6) !== "length";
        return inString || isNoText(value, text) ? whole : bytes.replaceAll("$1", () => value);
      }),
    line,
  );
}

/** The variable is assigned bytes, a list or a file somewhere: it has no characters to count. */
function isNoText(value: string, text: string): boolean {
  if (/(?:^|\.)(?:bytes|chars|lines|keys|values|stat|file|io|argv)$/i.test(value)) return true;
  const name = value.replace(/^[$@]/, "").replace(/[^\w.].*$/, "");
  const isEncoded = new RegExp(`\\b(?:(?:sys)?read[ \\t]*\\([^,\\n]*,|utf8::encode[ \\t]*\\()[ \\t]*\\$${name}\\b`);
  const hasBinaryFile = /["'](?:rb\+?|r\+b|br)["']/.test(text);
  const assigned = [
    ...text.matchAll(/^[ \t]*(?:(?:const|let|var|my|our|local)[ \t]+)?[@$]?([\w.]+)[ \t]*[.+]?=(?![=~>])[ \t]*(.*)/gm),
  ];
  return (
    isEncoded.test(text) ||
    assigned.some(
      ([, left, right = ""]) =>
        left === name && (noText.test(right) || readsLines.test(right) || (hasBinaryFile && /\.read\(/.test(right))),
    )
  );
}
const noText =
  /^(?:\[|%w|list\(|b["']|bytes|bytearray|File\b|IO\b|Dir\b|Buffer\b)|\.encode\(|\bencode(?:_utf8|_json)?[ \t]*\(|["']rb["']|\.split\(|readlines|read_bytes|b64decode|check_output|buffer\.read/;
/** Perl reads bytes, if nothing decodes them. */
const readsLines = /^(?:join[ \t]*\(?[ \t]*["'][^"']*["'][ \t]*,[ \t]*|do[ \t]*\{[^}]*)?<(?:\$\w+|[A-Z]\w*)>/;
