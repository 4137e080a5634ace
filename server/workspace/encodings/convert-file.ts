// What one file becomes in UTF-8: the same characters, without a byte order mark, and with declarations that say so.
import { encodingTitle, type FileEncoding } from "../../contract/charsets.js";
import type { Conversion } from "../../contract/encodings-contract.js";
import type { Message } from "../../contract/message.js";
import { decodeLines, detectEncoding, encodeText, joined } from "../files/text-encoding.js";
import { hashOf } from "../files/text-file.js";
import { decisive, findDeclarations } from "./declarations.js";
import { examineFile, hexOf, isWestern } from "./examine-file.js";
import { conversionMessage } from "./messages.js";

export type Planned =
  | { readonly kind: "convert"; readonly text: string; readonly change: Conversion }
  | { readonly kind: "leave"; readonly why: Message };

const leave = (why: Message): Planned => ({ kind: "leave", why });

/** Characters that a preview lists. */
const maxCharacters = 24;

/** `chosen`: what the user reads the file as; null: it is detected. What is valid UTF-8 is not read as anything else. */
export function planConversion(path: string, bytes: Uint8Array, chosen: FileEncoding | null = null): Planned {
  const row = examineFile(path, bytes);
  const detected = detectEncoding(bytes);
  if (row === null || detected === null) return leave(conversionMessage("not-text"));
  const from = detected === "utf-8" || chosen === null ? detected : chosen;
  if (row.detected === "mixed" && isWestern(from)) return leave(conversionMessage("mixed"));
  if (!row.convertible && row.detected !== "mixed") return leave(conversionMessage("nothing-to-change"));
  const { texts, ends, undecodable } = decodeLines(bytes, from);
  const [damaged] = undecodable;
  if (damaged !== undefined)
    return leave(conversionMessage("undecodable", { encoding: encodingTitle(from), line: damaged + 1 }));
  const lines = withUtf8Declared(texts);
  const text = joined({ texts: lines, ends });
  const { characters, more } = changedCharacters(texts, from);
  const declarations = lines.flatMap((after, index) => {
    const before = texts[index] ?? "";
    return after === before ? [] : [{ line: index + 1, before, after }];
  });
  return {
    kind: "convert",
    text,
    change: { path, hash: hashOf(bytes), from, mark: row.bom, characters, more, declarations },
  };
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

/** The characters that get other bytes, with their counts. */
function changedCharacters(texts: readonly string[], from: FileEncoding): Pick<Conversion, "characters" | "more"> {
  if (from === "utf-8") return { characters: [], more: 0 };
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const [character] of text.matchAll(/\P{ASCII}/gu)) counts.set(character, (counts.get(character) ?? 0) + 1);
  const all = [...counts].toSorted(([, a], [, b]) => b - a);
  const characters = all.slice(0, maxCharacters).map(([character, count]) => {
    const before = encodeText(character, from);
    return {
      character,
      before: Buffer.isBuffer(before) ? hexOf(before) : "",
      after: hexOf(Buffer.from(character, "utf8")),
      count,
    };
  });
  return { characters, more: all.length - characters.length };
}
