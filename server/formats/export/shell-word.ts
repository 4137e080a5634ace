// Bytes as one word of a POSIX shell's command line (sh, dash, bash, zsh), so that the program gets exactly them: text
// between single quotes, anything else through printf, whose octal escapes every shell has.
import type { ByteString } from "../../contract/bytes-text.js";
import { plainText } from "./utf8-text.js";

/**
 * Without meaning to any shell, also as the first character (zsh expands a word that begins with "=", all do with "~").
 */
const bare = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/** A word cannot hold NUL, neither can an argument: there is none in what is given here. */
export function shellWord(bytes: ByteString): string {
  if (bare.test(bytes)) return bytes;
  const text = plainText(bytes);
  return text === null ? printedWord(bytes) : quoted(text);
}

/**
 * The same in printable ASCII, on one line but for the line feeds at its end: for a file that no editor and no mail may
 * change.
 */
export function asciiWord(bytes: ByteString): string {
  if (bare.test(bytes)) return bytes;
  return /^[\x20-\x7e]*$/.test(bytes) ? quoted(bytes) : printedWord(bytes);
}

function printedWord(bytes: ByteString): string {
  // A command substitution loses the line feeds at its end: they follow it.
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === "\n") end--; // an expression would take quadratic time
  return `"$(printf ${printfFormat(bytes.slice(0, end))})"${end === bytes.length ? "" : quoted(bytes.slice(end))}`;
}

/** Between single quotes; one inside them is written outside. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const named: Readonly<Record<string, string>> = { "\r": "\\r", "\n": "\\n", "\t": "\\t", "%": "%%", "\\": "\\\\" };

/** One call for text with 32,000 characters to replace takes three times as long for each of them. */
const charactersPerCall = 4096;

/** A quoted format from which printf writes exactly these bytes, NUL among them. */
export function printfFormat(bytes: string): string {
  let escaped = "";
  for (let at = 0; at < bytes.length; at += charactersPerCall)
    escaped += escapedForPrintf(bytes.slice(at, at + charactersPerCall));
  // A format that begins with "-" would be an option.
  return `'${escaped.startsWith("-") ? `\\055${escaped.slice(1)}` : escaped}'`;
}

// Octal, three digits: so no digit that follows can be taken for part of it. "!" would be history in bash, "'" ends the
// quotes.
const escapedForPrintf = (bytes: string): string =>
  bytes.replace(
    /[^\x20-\x7e]|[%\\'!]/g,
    (byte) => named[byte] ?? `\\${byte.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
