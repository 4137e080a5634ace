// How a command gets its stdin in a copied command line: nothing, text, or bytes.
import { toBase64 } from "../../contract/base64.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { printfFormat, quoted } from "./shell-word.js";
import { plainText } from "./utf8-text.js";

/** Longer bytes that are no text travel as base64: a third more instead of up to four times as long. */
const maxEscapedBytes = 2000;

/**
 * The beginning of a pipeline that writes exactly these bytes, `printf '%s' 'a=1' | `. The
 * shell's own printf and echo know no limit.
 */
export function pipeOf(bytes: ByteString): string {
  const text = plainText(bytes);
  if (text !== null) return `printf '%s' ${quoted(text)} | `;
  if (bytes.length <= maxEscapedBytes) return `printf ${printfFormat(bytes)} | `;
  return `echo ${toBase64(bytes)} | base64 -d | `;
}
