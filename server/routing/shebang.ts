// A script's first line as the system parses it: "#!", blanks, a program's path, and
// at most one argument, up to the line feed.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "../protocol/byte-string.js";

export interface ShebangLine {
  /** The first line after "#!", without its line feed. */
  readonly line: ByteString;
  /** The program, without a carriage return. */
  readonly program: string;
  /** For `env`: the program that it searches for. */
  readonly searchedFor: string | null;
  /** What follows the program; for `env`, what follows the program that it searches for. */
  readonly argument: string;
  readonly carriageReturn: boolean;
}

/** Linux reads no more of the first line than this (BINPRM_BUF_SIZE, doubled for other systems). */
const maxLineBytes = 510;

/** Null if the text does not begin with "#!". */
export function parseShebang(text: ByteString): ShebangLine | null {
  if (!text.startsWith("#!")) return null;
  const line = byteString(text.slice(2, 2 + maxLineBytes).split("\n", 1)[0] ?? "");
  const words = line
    .replace(/\r$/, "")
    .trim()
    .split(/[ \t]+/);
  const program = words[0] ?? "";
  const searched = /(^|\/)env$/.test(program)
    ? words.findIndex((word, index) => index > 0 && !word.startsWith("-") && !word.includes("="))
    : 0;
  const searchedFor = searched > 0 ? (words[searched] ?? null) : null;
  return {
    line,
    program,
    searchedFor,
    argument: words.slice(Math.max(0, searched) + 1).join(" "),
    carriageReturn: line.endsWith("\r"),
  };
}
