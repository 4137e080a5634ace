import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, kindOf, lengthOf, stepOf } from "../../../../../renderer/features/bytes/characters.js";

const utf8 = stepOf("utf-8");
const look = (step: typeof utf8, bytes: number[]) => {
  const character = step(Uint8Array.from(bytes), 0, bytes.length);
  return { length: lengthOf(character), columns: columnsOf(character), kind: kindOf(character) };
};

describe("stepping through characters", () => {
  it("takes ASCII, two-, three- and four-byte characters of UTF-8 whole", () => {
    expect(look(utf8, [0x41])).toEqual({ length: 1, columns: 1, kind: "text" });
    expect(look(utf8, [0xc3, 0xbc])).toEqual({ length: 2, columns: 1, kind: "text" });
    expect(look(utf8, [0xe6, 0x97, 0xa5])).toEqual({ length: 3, columns: 2, kind: "text" });
    expect(look(utf8, [0xf0, 0x9f, 0x98, 0x80])).toEqual({ length: 4, columns: 2, kind: "text" });
  });

  it("takes what is not UTF-8 byte by byte: overlong forms, surrogates, lone bytes, cut characters (RFC 3629 §3)", () => {
    for (const bytes of [
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0x80],
      [0xff],
      [0xe6, 0x97],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe0, 0x80, 0x80],
    ])
      expect(look(utf8, bytes)).toMatchObject({ length: 1, kind: "invalid" });
  });

  it("names control characters, those of two bytes too", () => {
    for (const bytes of [[0x00], [0x0a], [0x7f], [0xc2, 0x85]])
      expect(look(utf8, bytes)).toMatchObject({ length: bytes.length, kind: "control" });
  });

  it("agrees with the platform's decoder on what is valid UTF-8, for any bytes", () => {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let isValid = true;
        for (let at = 0; at < bytes.length; ) {
          const character = utf8(bytes, at, bytes.length);
          expect(lengthOf(character)).toBeGreaterThan(0);
          isValid &&= kindOf(character) !== "invalid";
          at += lengthOf(character);
        }
        let decodes = true;
        try {
          decoder.decode(bytes);
        } catch {
          decodes = false; // the decoder's way of saying that it is not UTF-8
        }
        expect(isValid).toBe(decodes);
      }),
    );
  });

  it("never cuts a character of the East Asian charsets", () => {
    expect(look(stepOf("shift_jis"), [0x83, 0x5c])).toMatchObject({ length: 2, kind: "text" });
    expect(look(stepOf("shift_jis"), [0xb1])).toMatchObject({ length: 1, kind: "text" });
    expect(look(stepOf("gb18030"), [0x81, 0x30, 0x81, 0x30])).toMatchObject({ length: 4, kind: "text" });
    expect(look(stepOf("utf-16le"), [0x3d, 0xd8, 0x00, 0xde])).toMatchObject({ length: 4, kind: "text" });
    expect(look(stepOf("utf-16be"), [0x00, 0x0a])).toMatchObject({ length: 2, kind: "control" });
  });
});
