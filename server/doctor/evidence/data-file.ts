// Files that are no scripts, although they lie where every file is run.
import { posix } from "node:path";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { languageOf, type ScriptLanguage } from "../fixes/language.js";

/** "data": meant for the browser, or binary. "part": read by programs, never requested. */
type DataFile = "data" | "part";

const parts = /^\.(?:conf|cfg|cnf|ini|pm|ph|c|cc|cpp|h|hpp|o|a|so|mk|in|lock|log)$/;
const data =
  /^\.(?:gif|png|jpe?g|webp|avif|ico|svg|bmp|css|js|map|html?|xhtml|txt|md|csv|tsv|json|xml|xsl|dtd|ya?ml|pdf|woff2?|ttf|otf|eot|mp[34]|og[gv]|wav|webm|zip|t?gz|tar|bz2|xz)$/;

/**
 * `text`: of a file that is no compiled program and does not begin with `#!`. Null: it may be a script. One without an
 * execute bit is none if its language is not known either, as `README` or `guestbook.dat`.
 */
export function dataFile(
  path: string,
  text: string,
  { executable, language }: { readonly executable: boolean; readonly language: ScriptLanguage | null },
): DataFile | null {
  const extension = posix.extname(path).toLowerCase();
  if (parts.test(extension)) return "part";
  const isUnknown = !executable && language === null && !/^\.f?cgi$/.test(extension);
  return data.test(extension) || isBinary(text) || isUnknown ? "data" : null;
}

/** A NUL is in no script's text. */
export const isBinary = (text: string): boolean => text.includes("\0");

/** A table or a note in UTF-16; a script has a first line, or a name or statements of its language. */
export function isWideData(path: string, source: ByteString): boolean {
  const text = byteString(source.replace(/^(?:\xff\xfe|\xfe\xff)/, "").replaceAll("\0", ""));
  return (
    !text.startsWith("#!") && dataFile(path, text, { executable: false, language: languageOf(path, text) }) !== null
  );
}
