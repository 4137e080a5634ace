// Where a file names its own charset: in the source about itself (PEP 263, Ruby's and Perl's ways, XML, CSS), in a
// Content-Type header that a script prints, or in a meta element.
import type { Declaration } from "../../contract/encodings-contract.js";
import { encodingNamed } from "../files/text-encoding.js";

/** A declaration with the place of its label in the line. */
export interface FoundDeclaration extends Declaration {
  /** Of the label in its line, in characters; null where there is no label ("use utf8"). */
  readonly at: readonly [from: number, to: number] | null;
}

interface Pattern {
  readonly by: Declaration["by"];
  readonly pattern: RegExp;
  /** The last line in which it counts. */
  readonly until: number;
}

/** Declarations count in so many lines: what comes later is text about charsets more often than a declaration. */
const maxLines = 2000;
/** Longer lines are data. */
const maxLineLength = 1000;

const patterns: readonly Pattern[] = [
  // PEP 263 and Ruby: a comment in the first or second line.
  { by: "source", pattern: /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/d, until: 2 },
  { by: "source", pattern: /^<\?xml\b[^>]*\bencoding[ \t]*=[ \t]*["']([-\w.]+)/d, until: 1 },
  { by: "source", pattern: /^@charset "([-\w.]+)";/d, until: 1 },
  { by: "meta", pattern: /<meta\b[^>]*\bcharset[ \t]*=[ \t]*\\?["']?([-\w.]+)/di, until: maxLines },
  { by: "header", pattern: /content[-_]type\b.*?\bcharset[ \t]*=[ \t]*\\?["']?([-\w.]+)/di, until: maxLines },
  { by: "header", pattern: /-charset[ \t]*=>[ \t]*["']([-\w.]+)/di, until: maxLines }, // Perl's CGI.pm
];
const useUtf8 = /^[ \t]*use[ \t]+utf8[ \t]*;/;

/** All declarations of a text, in the order of its lines. Labels are ASCII, so each Western decoding shows them. */
export function findDeclarations(lines: readonly string[]): FoundDeclaration[] {
  const found: FoundDeclaration[] = [];
  for (const [index, line] of lines.slice(0, maxLines).entries()) {
    if (line.length > maxLineLength) continue;
    if (useUtf8.test(line)) found.push({ charset: "utf8", encoding: "utf-8", by: "source", line: index + 1, at: null });
    for (const { by, pattern, until } of patterns) {
      if (index >= until) continue;
      const match = pattern.exec(line);
      const at = match?.indices?.[1];
      const charset = match?.[1];
      const encoding = encodingNamed(charset ?? "");
      if (charset === undefined || at === undefined || encoding === null) continue; // often a variable's name
      found.push({ charset, encoding, by, line: index + 1, at });
      break; // a meta element may hold a Content-Type: one declaration a line
    }
  }
  return found;
}

/** What a source says about its own bytes, if that is no encoding that is known here; `line` from 1. */
export function unknownDeclaration(
  lines: readonly string[],
): { readonly charset: string; readonly line: number } | null {
  for (const [index, line] of lines.entries()) {
    const own = patterns.filter(({ by, until }) => by === "source" && index < until);
    if (own.length === 0) break;
    const charset = own.flatMap(({ pattern }) => pattern.exec(line)?.[1] ?? []).at(0);
    if (charset !== undefined && encodingNamed(charset) === null) return { charset, line: index + 1 };
  }
  return null;
}

/**
 * The declarations about the file's own bytes. A source that declares its encoding decodes its text: what it prints may
 * have another one, so its headers say nothing about its bytes.
 */
export function decisive(found: readonly FoundDeclaration[]): readonly FoundDeclaration[] {
  const own = found.filter(({ by }) => by === "source");
  return own.length > 0 ? own : found.toSorted((a, b) => rank(a) - rank(b));
}

const rank = ({ by }: Declaration): number => (by === "header" ? 0 : 1);
