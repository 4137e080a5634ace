// The language of a script: from its shebang, else from its extension, else from typical statements.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { parseShebang } from "../../routing/shebang.js";

export type ScriptLanguage = "python" | "perl" | "shell" | "php" | "ruby" | "node" | "lua" | "tcl";

const byProgram: readonly (readonly [RegExp, ScriptLanguage])[] = [
  [/^python[\d.]*$/, "python"],
  [/^perl[\d.]*$/, "perl"],
  [/^(ba|da|k|z|a)?sh$/, "shell"],
  [/^php(-cgi)?[\d.]*$/, "php"],
  [/^ruby[\d.]*$/, "ruby"],
  [/^node(js)?$/, "node"],
  [/^lua(jit)?[\d.]*$/, "lua"],
  [/^(tclsh|wish)[\d.]*$/, "tcl"],
];
const byExtension: Readonly<Record<string, ScriptLanguage>> = {
  py: "python",
  pl: "perl",
  pm: "perl",
  sh: "shell",
  bash: "shell",
  php: "php",
  rb: "ruby",
  ru: "ruby",
  js: "node",
  mjs: "node",
  cjs: "node",
  lua: "lua",
  tcl: "tcl",
};
const byWords: readonly (readonly [RegExp, ScriptLanguage])[] = [
  [/^<\?php/, "php"],
  [/^[ \t]*(use strict|my [$@%]|use CGI)\b/m, "perl"],
  [/^[ \t]*(def \w+\(.*\):|from [\w.]+ import |import (os|sys|cgi)\b|print\()/m, "python"],
  [/^[ \t]*(require ['"]|puts ['"])/m, "ruby"],
  [/^[ \t]*(const|let) .*=|console\.log\(/m, "node"],
  [/^[ \t]*(echo|printf|cat <<|set -)/m, "shell"],
];

export const byteOrderMark = "\u00ef\u00bb\u00bf";

/** The text without a UTF-8 byte order mark. */
export const withoutMark = (text: ByteString): ByteString =>
  text.startsWith(byteOrderMark) ? byteString(text.slice(3)) : text;

/** The language of an interpreter: "python3.12" is Python; null for an unknown program. */
export function languageOfProgram(path: string): ScriptLanguage | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return byProgram.find(([names]) => names.test(name))?.[1] ?? null;
}

/** Uses only the extension of `path`. Null if unknown. */
export function languageOf(path: string, text: ByteString): ScriptLanguage | null {
  const plain = withoutMark(text);
  const shebang = parseShebang(plain);
  const named = shebang && languageOfProgram(shebang.searchedFor ?? shebang.program);
  if (named) return named;
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return byExtension[extension] ?? byWords.find(([words]) => words.test(plain))?.[1] ?? null;
}
