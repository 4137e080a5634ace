// Text as its words, those that are others marked.
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { toBase64 } from "../../format/bytes-text.js";
import { ByteValue } from "../bytes/index.js";
import type { Word } from "./changed-words.js";

const shown = (text: string) => <ByteValue value={{ base64: toBase64(toBytes(byteString(text))) }} />;

/** `text`: bytes as latin1; `words`: the same in words, when some of them were changed. */
export function WordMarks({ text, words }: { readonly text: string; readonly words: readonly Word[] | null }) {
  if (words === null) return shown(text);
  return words.map((word, index) =>
    word.isChanged ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the words of one line never move
      <mark key={index} className="compare-word">
        {shown(word.text)}
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the words of one line never move
      <span key={index}>{shown(word.text)}</span>
    ),
  );
}
