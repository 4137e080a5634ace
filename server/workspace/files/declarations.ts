// Where a file names its own charset: in the source about itself (PEP 263, Ruby's and Perl's ways, XML, CSS), in a
// Content-Type header that a script prints, or in a meta element.
import { type FileEncoding, fileEncodings } from "../../contract/charsets.js";
import type { Declaration } from "../../contract/encodings-contract.js";

/** A declaration with the place of its label in the line. */
interface FoundDeclaration extends Declaration {
  /** Of the label in its line, in characters; null where there is no label ("use utf8"). */
  readonly at: readonly [from: number, to: number] | null;
  /** Of a program, which decodes its text by it: what the program prints may have another encoding. */
  readonly isOfProgram: boolean;
}

interface Pattern {
  readonly by: Declaration["by"];
  readonly pattern: RegExp;
  /** The last line in which it counts. */
  readonly until: number;
  readonly isOfProgram?: boolean;
}

/** Declarations count in so many lines: what comes later is text about charsets more often than a declaration. */
const maxLines = 2000;
/** What follows in a longer line is data. */
export const maxLineLength = 1000;

const patterns: readonly Pattern[] = [
  // PEP 263 and Ruby: a comment in the first or second line.
  { by: "source", pattern: /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/dg, until: 2, isOfProgram: true },
  { by: "source", pattern: /^<\?xml\b[^>]*\bencoding[ \t]*=[ \t]*["']([-\w.]+)/dg, until: 1 },
  { by: "source", pattern: /^@charset "([-\w.]+)";/dg, until: 1 },
  { by: "meta", pattern: /<meta\b[^>]*\bcharset[ \t]*=[ \t]*\\?["']?([-\w.]+)/dgi, until: maxLines },
  { by: "header", pattern: /content[-_]type\b.*?\bcharset[ \t]*=[ \t]*\\?["']?([-\w.]+)/dgi, until: maxLines },
  { by: "header", pattern: /-charset[ \t]*=>[ \t]*["']([-\w.]+)/dgi, until: maxLines }, // Perl's CGI.pm
];
const useUtf8 = /^[ \t]*use[ \t]+utf8[ \t]*;/;

/**
 * By any of its names in the Encoding Standard ("cp1251", "sjis"), or as Python writes it ("koi8_r", "latin-1",
 * "mac-roman"). Emacs adds the line ends ("latin-1-unix").
 */
export function encodingNamed(label: string): FileEncoding | null {
  const plain = label.replace(/-(?:unix|dos|mac)$/i, "").replace(/^mac[-_]?roman$/i, "macintosh");
  for (const name of [plain, plain.replaceAll("_", "-"), plain.replace(/[-_]/g, "")]) {
    try {
      const { encoding } = new TextDecoder(name);
      return fileEncodings.find((known) => known === encoding) ?? null;
    } catch {
      // RangeError: no name of an encoding
    }
  }
  return null;
}

/**
 * All declarations of a text, in the order of its lines, and in a line from right to left: whoever replaces labels in
 * this order moves none that is still to be replaced. Labels are ASCII, so each Western decoding shows them.
 */
export function findDeclarations(lines: readonly string[]): FoundDeclaration[] {
  const found = new Map<string, FoundDeclaration>();
  for (let index = 0; index < Math.min(lines.length, maxLines); index++)
    for (const one of [...declarationsIn(lines[index] ?? "", index), ...declarationsBelow(lines, index)]) {
      const key = `${one.line} ${placeOf(one)}`;
      if (!found.has(key)) found.set(key, one); // a meta element may hold a Content-Type
    }
  return [...found.values()].toSorted((a, b) => a.line - b.line || placeOf(b) - placeOf(a));
}

const placeOf = ({ at }: FoundDeclaration): number => at?.[0] ?? -1;

function declarationsIn(whole: string, index: number): FoundDeclaration[] {
  const text = whole.slice(0, maxLineLength);
  const found = labelsIn(text, index).filter(({ at: [, to] }) => !goesOn(whole, to));
  const declarations = found.map((label): FoundDeclaration => ({ ...label, line: index + 1 }));
  return useUtf8.test(text)
    ? [
        { charset: "utf8", encoding: "utf-8", by: "source", line: index + 1, at: null, isOfProgram: true },
        ...declarations,
      ]
    : declarations;
}

/** Of an element that begins in this line and goes on in the next ones, what it says there. */
function declarationsBelow(lines: readonly string[], index: number): FoundDeclaration[] {
  const beginning = lines[index] ?? "";
  if (beginning.length > maxLineLength || !unclosed.test(beginning)) return [];
  const some = lines.slice(index, index + maxElementLines).map((line) => line.slice(0, maxLineLength));
  return labelsIn(some.join("\n"), index).flatMap(({ at: [from, to], ...rest }): FoundDeclaration[] => {
    if (from <= beginning.length || rest.by === "header") return [];
    let below = 0;
    let start = 0;
    for (; start + (some[below] ?? "").length < from; below++) start += (some[below] ?? "").length + 1;
    if (goesOn(lines[index + below] ?? "", to - start)) return [];
    return [{ ...rest, line: index + below + 1, at: [from - start, to - start] }];
  });
}

/** Whether a label goes on where a long line was cut. */
const goesOn = (line: string, at: number): boolean => /[-\w.]/.test(line.charAt(at));
const unclosed = /<(?:meta|\?xml)\b[^>]*$/i;
/** Lines of an element that are read. */
const maxElementLines = 4;

interface Label extends Pick<FoundDeclaration, "charset" | "encoding" | "by" | "isOfProgram"> {
  readonly at: readonly [from: number, to: number];
}

/** Labels in a text that begins in the line `index`, from 0. */
function labelsIn(text: string, index: number): Label[] {
  return patterns.flatMap(({ by, pattern, until, isOfProgram = false }) =>
    index >= until
      ? []
      : Array.from(text.matchAll(pattern)).flatMap((match): Label[] => {
          const at = match.indices?.[1];
          const charset = match[1];
          const encoding = encodingNamed(charset ?? "");
          // Without an encoding it is often a variable's name.
          return charset === undefined || at === undefined || encoding === null
            ? []
            : [{ charset, encoding, by, isOfProgram, at }];
        }),
  );
}

/** What a source says about its own bytes, if that is no encoding that is known here; `line` from 1. */
export function unknownDeclaration(
  lines: readonly string[],
): { readonly charset: string; readonly line: number } | null {
  for (const [index, line] of lines.entries()) {
    const own = patterns.filter(({ by, until }) => by === "source" && index < until);
    if (own.length === 0) break;
    const charset = own.flatMap(({ pattern }) => [...line.matchAll(pattern)].map((match) => match[1])).at(0);
    if (charset !== undefined && encodingNamed(charset) === null) return { charset, line: index + 1 };
  }
  return null;
}

/**
 * The declarations about the file's own bytes. A source that declares its encoding decodes its text: what it prints may
 * have another one, so its headers say nothing about its bytes. Its meta elements do in a page, which is sent as it is,
 * and not in a program, which prints them too.
 */
export function decisive(found: readonly FoundDeclaration[]): readonly FoundDeclaration[] {
  const own = found.filter(({ by }) => by === "source");
  if (own.length === 0) return found;
  return own.some(({ isOfProgram }) => isOfProgram) ? own : found.filter(({ by }) => by !== "header");
}
