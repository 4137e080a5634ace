// Fixes of the file: execute bit, line endings, byte order mark, shebang.
import { parseShebang } from "../../routing/shebang.js";
import { type Fix, type ToFix, textFix } from "./fix.js";
import { languageOf, type ScriptLanguage, withoutMark } from "./language.js";

export const makeExecutable: Fix = {
  id: "make-executable",
  title: "Make the file executable (chmod +x)",
  change: ({ executable }) => (executable ? null : { executable: true }),
};

/**
 * Not of bytes that are no text: an archive behind a shell script. A carriage return within a line belongs to it, but
 * may be the line ending of a file that has no other.
 */
export const useLineFeeds = textFix("use-line-feeds", "Convert the file to LF line endings", ({ text }) =>
  text.includes("\0")
    ? null
    : text.includes("\n")
      ? text.replace(/(?<!\r)\r+(?=\n|$)/g, "")
      : text.replace(/\r/g, "\n"),
);

/**
 * Removes the mark at the start of the file; without one, a mark that the program prints before
 * its headers, as a character or an escape.
 */
export const removeByteOrderMark = textFix("remove-byte-order-mark", "Remove the byte order mark", ({ text }) => {
  const plain = withoutMark(text);
  return plain === text ? text.replace(printedMark, "") : plain;
});
const printedMark =
  /(?:\u00ef\u00bb\u00bf|\\357\\273\\277|\\x(?:ef|\{feff\})(?:\\xbb\\xbf)?|\\u\{?feff\}?)(?=[A-Z][A-Za-z-]*\s?:)/gi;

export const setShebang = textFix("set-shebang", "Set a shebang line that names the interpreter", (script) => {
  const text = withoutMark(script.text);
  const shebang = firstLineFor(script);
  const [, own = "", end = ""] = /^([^\r\n]*)(\r*\n?)/.exec(text) ?? [];
  if (shebang === null || !/^(?:\r?\n)?$/.test(end)) return null; // a lone CR ends no line for the system
  const rest = text.slice(own.length + end.length);
  if (own.startsWith("#!") || /^[ \t]*$/.test(own)) return `${shebang}\n${rest}`;
  const isComment = /^[ \t\f]*#/.test(own) && !coding.test(own + end);
  const second = isComment && languageOf(script.path, text) === "python" ? (coding.exec(rest)?.[0] ?? "") : "";
  return `${shebang}\n${second}${own}${end}${rest.slice(second.length)}`;
});
/** PEP 263: only in the first two lines, in the second one after nothing but a comment. */
const coding = /^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+.*\r?\n/;

const programsOf: Readonly<Record<ScriptLanguage, readonly string[]>> = {
  python: ["python3", "python"],
  perl: ["perl"],
  shell: ["sh"],
  php: ["php-cgi"],
  ruby: ["ruby"],
  node: ["node"],
  lua: ["lua", "lua5.4", "lua5.3"],
  tcl: ["tclsh"],
};

/**
 * The shebang line that works here; null if no suitable interpreter is on the PATH. `env` passes no
 * argument on, so with one the path is absolute.
 */
function firstLineFor({ path, text, programs }: ToFix): string | null {
  const shebang = parseShebang(withoutMark(text));
  const requested = shebang === null ? "" : (shebang.searchedFor ?? shebang.program).replace(/^.*\//, "");
  const language = languageOf(path, text);
  const names = [requested, ...(language === null ? [] : programsOf[language])];
  const name = names.find((candidate) => candidate !== "" && candidate !== "env" && programs.find(candidate) !== null);
  if (name === undefined) return null;
  const found = programs.find(name);
  if (name === "sh" && found !== null) return `#!/bin/sh${shebang?.argument ? ` ${shebang.argument}` : ""}`;
  return shebang?.argument ? `#!${found} ${shebang.argument}` : `#!/usr/bin/env ${name}`;
}
