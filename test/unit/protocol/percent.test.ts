import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { percentDecode, percentEncode } from "../../../server/protocol/percent.js";
import { anyBytes, bytesOver } from "./arbitraries.js";

describe("percentDecode, RFC 3986 §2.1", () => {
  test.each([
    ["", "", []],
    ["/plain", "/plain", []],
    ["%41%62", "Ab", []],
    ["%e4%BD", "\xe4\xbd", []],
    ["%2541", "%41", []],
    ["%", "%", [0]],
    ["a%4", "a%4", [1]],
    ["%zz%41%4g", "%zzA%4g", [0, 6]],
    ["%%41", "%A", [0]],
    ["+", "+", []],
  ])("%j is %j, malformed at %j", (text, value, malformedAt) => {
    expect(percentDecode(byteString(text))).toEqual({ value, malformedAt });
  });

  test("undoes any encoding of any bytes", () => {
    fc.assert(
      fc.property(anyBytes(), fc.infiniteStream(fc.boolean()), (bytes, encode) => {
        const encoded = Array.from(bytes, (byte) =>
          byte === "%" || encode.next().value ? percentEncode(byte) : byte,
        ).join("");
        expect(percentDecode(byteString(encoded))).toEqual({ value: bytes, malformedAt: [] });
      }),
    );
  });

  test("every % that stays is reported, and nothing else", () => {
    fc.assert(
      fc.property(bytesOver("%%%0aFg/"), (text) => {
        const expected = [...text.matchAll(/%(?![0-9a-f]{2})/gi)].map((match) => match.index);
        expect(percentDecode(text).malformedAt).toEqual(expected);
      }),
    );
  });
});
