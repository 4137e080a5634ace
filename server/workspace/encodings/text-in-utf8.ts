// The text that one file becomes in UTF-8: the same characters, without a byte order
// mark, and with declarations that say so.
import { encodingTitle, type FileEncoding, isWestern } from "../../contract/charsets.js";
import type { Message } from "../../contract/message.js";
import { decisive, findDeclarations, unknownDeclaration } from "../files/declarations.js";
import { decodeLines, detectEncoding, isUtf16, joined } from "../files/text-encoding.js";
import { examineFile } from "./examine-file.js";
import { conversionMessage } from "./messages.js";

export type Left = { readonly kind: "leave"; readonly why: Message };

type TextInUtf8 =
  | Left
  | {
      readonly kind: "convert";
      readonly from: FileEncoding;
      /** Whether a byte order mark goes. */
      readonly mark: boolean;
      /** Without line ends. */
      readonly before: readonly string[];
      readonly after: readonly string[];
      readonly text: string;
    };

const leave = (why: Message): Left => ({ kind: "leave", why });

/**
 * `chosen`: what the user reads the file as; null: it is detected. What is valid UTF-8 is not read as anything else.
 */
export function textInUtf8(path: string, bytes: Uint8Array, chosen: FileEncoding | null = null): TextInUtf8 {
  const row = examineFile(path, bytes);
  const detected = detectEncoding(bytes);
  if (row === null || detected === null) return leave(conversionMessage("not-text"));
  const from = detected === "utf-8" || chosen === null ? detected : chosen;
  if (row.detected === "mixed" && isWestern(from)) return leave(conversionMessage("mixed"));
  if (!row.convertible && row.detected !== "mixed") return leave(conversionMessage("nothing-to-change"));
  const { texts: before, ends, undecodable } = decodeLines(bytes, from);
  const other = chosen === null && isWestern(from) ? declaredOther(before) : null;
  if (other !== null) return leave(conversionMessage("declares-other", other));
  const unknown = from === "utf-8" ? null : unknownDeclaration(before);
  if (unknown !== null) return leave(conversionMessage("declares-unknown", unknown));
  const [damaged] = undecodable;
  if (damaged !== undefined)
    return leave(conversionMessage("undecodable", { encoding: encodingTitle(from), line: damaged + 1 }));
  const after = withUtf8Declared(before);
  return { kind: "convert", from, mark: row.bom, before, after, text: joined({ texts: after, ends }) };
}

/**
 * What a text declares that was taken for Western text because it declares nothing in its beginning, or because some
 * bytes have no meaning in what it declares: as Western text, its characters would be lost.
 */
function declaredOther(texts: readonly string[]): { readonly encoding: string; readonly line: number } | null {
  const declared = decisive(findDeclarations(texts));
  if (declared.some(({ encoding }) => isWestern(encoding))) return null;
  const other = declared.find(({ encoding }) => encoding !== "utf-8" && !isUtf16(encoding));
  return other === undefined ? null : { encoding: encodingTitle(other.encoding), line: other.line };
}

/** The lines, with “utf-8” in place of every other charset that they declare for the file's bytes. */
function withUtf8Declared(texts: readonly string[]): readonly string[] {
  const lines = [...texts];
  for (const { line, at, encoding } of decisive(findDeclarations(texts))) {
    if (at === null || encoding === "utf-8") continue;
    const before = lines[line - 1] ?? "";
    lines[line - 1] = `${before.slice(0, at[0])}utf-8${before.slice(at[1])}`;
  }
  return lines;
}
