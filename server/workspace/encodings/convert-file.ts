// What one file becomes in UTF-8, as a preview shows it.
import type { FileEncoding } from "../../contract/charsets.js";
import type { Conversion } from "../../contract/encodings-contract.js";
import { spacedHex } from "../../protocol/hex.js";
import { maxLineLength } from "../files/declarations.js";
import { encodeText } from "../files/encode-text.js";
import { hashOf } from "../files/text-file.js";
import { type Left, textInUtf8 } from "./text-in-utf8.js";

export type Planned = { readonly kind: "convert"; readonly text: string; readonly change: Conversion } | Left;

/** Characters that a preview lists. */
const maxCharacters = 24;

/** `chosen`: what the user reads the file as; null: it is detected. */
export function planConversion(path: string, bytes: Uint8Array, chosen: FileEncoding | null = null): Planned {
  const converted = textInUtf8(path, bytes, chosen);
  if (converted.kind === "leave") return converted;
  const { from, mark, before, after, text } = converted;
  const { characters, more } = changedCharacters(before, from);
  const declarations = after.flatMap((line, index) => {
    const old = before[index] ?? "";
    return line === old ? [] : [{ line: index + 1, before: shown(old), after: shown(line) }];
  });
  return { kind: "convert", text, change: { path, hash: hashOf(bytes), from, mark, characters, more, declarations } };
}

/** So far as declarations can be. A page can be one line of megabytes. */
const shown = (line: string): string => (line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line);

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
      before: Buffer.isBuffer(before) ? spacedHex(before) : "",
      after: spacedHex(Buffer.from(character, "utf8")),
      count,
    };
  });
  return { characters, more: all.length - characters.length };
}
