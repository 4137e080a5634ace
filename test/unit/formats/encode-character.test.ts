// One encoder for the composer, Find and saved files: what it writes decodes to the same character.
import { expect, test } from "vitest";
import { textPattern } from "../../../renderer/features/bytes/pattern.js";
import { encodeText, charsets as formCharsets } from "../../../renderer/model/request/encode-charset.js";
import { charsets } from "../../../server/contract/charsets.js";
import { encodeCharacter } from "../../../server/formats/encode-character.js";
import { decodeText } from "../../../server/protocol/charset.js";
import { encodeText as encodeFile } from "../../../server/workspace/files/encode-text.js";

const bmp = Array.from({ length: 0x10000 - 0x80 }, (_, index) => String.fromCharCode(0x80 + index));

test.each(charsets.map(({ name }) => name).filter((name) => name !== "iso-2022-jp"))(
  "%s: every character that has bytes is read back from them",
  (charset) => {
    const encoded = bmp.flatMap((character) => {
      const bytes = /\p{Surrogate}/u.test(character) ? null : encodeCharacter(character, charset);
      return bytes === null ? [] : [{ character, bytes }];
    });
    expect(encoded.length).toBeGreaterThan(20);
    expect(encoded.filter(({ character, bytes }) => decodeText(Uint8Array.from(bytes), charset) !== character)).toEqual(
      [],
    );
  },
);

test.each(formCharsets.map(({ name }) => name))(
  "%s: Find and a saved file have the bytes that Send sends",
  (charset) => {
    const encoder = new TextEncoder();
    const differ = [...bmp, "😀"].filter((character) => {
      if (/\p{Surrogate}/u.test(character) && character.length === 1) return false;
      const sent = encodeText(character, charset, () => "");
      // What a form sends as another character, as ¥ in Shift_JIS, is not the character any more.
      const isSent = sent.length > 0 && decodeText(sent, charset) === character;
      if (!isSent) return false;
      const { pattern } = textPattern(character, charset, true);
      const saved = encodeFile(character, charset);
      const isFound = pattern?.lengthAt(sent, 0, sent.length) === sent.length;
      return (
        !isFound || !Buffer.isBuffer(saved) || !saved.equals(charset === "utf-8" ? encoder.encode(character) : sent)
      );
    });
    expect(differ).toEqual([]);
  },
);

test("十 is A4 51 in Big5 for all three, and € in gb18030 has two bytes", () => {
  expect([...encodeText("十", "big5", () => "")]).toEqual([0xa4, 0x51]);
  expect(textPattern("十", "big5", true).pattern?.lengthAt(Uint8Array.of(0xa4, 0x51), 0, 2)).toBe(2);
  expect(encodeFile("十", "big5")).toEqual(Buffer.of(0xa4, 0x51));
  expect(encodeFile("€", "gb18030")).toEqual(Buffer.of(0xa2, 0xe3));
});

test("a form sends no bytes that only decoders know; a file and Find have them", () => {
  expect(encodeCharacter("丂", "euc-jp")).toEqual([0x8f, 0xb0, 0xa1]);
  expect(encodeText("丂", "euc-jp", () => "?")).toEqual(Uint8Array.of(0x3f));
  expect(encodeFile("丂", "euc-jp")).toEqual(Buffer.of(0x8f, 0xb0, 0xa1));
});
