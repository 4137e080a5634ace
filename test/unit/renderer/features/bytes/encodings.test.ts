// Every charset the platform knows can be read, and what does not fit is seen.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInvalid, lengthOf, stepOf } from "../../../../../renderer/features/bytes/characters.js";
import { encodings, lookOf, misfits, tellingBytes } from "../../../../../renderer/features/bytes/encodings.js";
import { multiByteCharsets } from "../../../../../renderer/features/bytes/multi-byte.js";

/** Node knows these by no name; browsers do (apart from the first, which no decoder has). */
const notNodes = ["us-ascii", "iso-8859-16", "x-user-defined"];

const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

describe("the charsets to choose from", () => {
  it("are the platform's, by its own names, each once", () => {
    const names = encodings.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) if (!notNodes.includes(name)) expect(new TextDecoder(name).encoding).toBe(name);
    expect(names).toHaveLength(40);
  });
  it("show how some bytes look in them", () => {
    const telling = tellingBytes(Uint8Array.from(Buffer.from("Lieber J\xfcrgen, danke", "latin1"))) ?? bytesOf();
    expect(lookOf(telling, "windows-1252")).toBe("eber Jürgen,");
    expect(lookOf(telling, "windows-1251")).toBe("eber Jьrgen,");
    expect(tellingBytes(bytesOf(0x41, 0x0a))).toBeNull();
    expect(lookOf(bytesOf(0x93, 0xfa, 0x96, 0x7b), "shift_jis")).toBe("日本");
  });
});

describe("what does not fit", () => {
  it("is counted: bytes without a meaning, pairs that are none", () => {
    const padded = (...bytes: number[]): Uint8Array => bytesOf(...bytes, 0x41, 0x41, 0x41, 0x41);
    expect(misfits(padded(0x4a, 0xfc), "utf-8")).toBe(1);
    expect(misfits(padded(0x4a, 0xfc), "windows-1252")).toBe(0);
    expect(misfits(padded(0x93, 0xfa), "shift_jis")).toBe(0);
    expect(misfits(padded(0x85, 0xfc), "shift_jis")).toBe(1);
    expect(misfits(padded(0xc6, 0xfc, 0xcb, 0xdc), "euc-jp")).toBe(0);
    expect(misfits(padded(0xa4, 0xfe), "euc-jp")).toBe(1);
    expect(misfits(padded(0xe4), "us-ascii")).toBe(1);
    expect(misfits(bytesOf(0x41, 0x41, 0x41, 0xc3), "utf-8"), "cut off by the end of the sample").toBe(0);
  });
  it("is what the platform's decoder refuses, in the East Asian charsets", () => {
    const high = fc.oneof(
      fc.integer({ min: 0x80, max: 0xff }),
      fc.integer({ min: 0x30, max: 0x7e }),
      fc.constant(0x0a),
    );
    fc.assert(
      fc.property(fc.constantFrom(...multiByteCharsets), fc.array(high, { maxLength: 12 }), (charset, values) => {
        const bytes = bytesOf(...values);
        const step = stepOf(charset);
        let [fits, at] = [true, 0];
        while (at < bytes.length) {
          const character = step(bytes, at, bytes.length);
          if (isInvalid(character)) fits = false;
          at += lengthOf(character);
        }
        expect(at).toBe(bytes.length);
        let decodes = true;
        try {
          new TextDecoder(charset, { fatal: true }).decode(bytes);
        } catch {
          decodes = false; // the decoder's way of saying so
        }
        expect([charset, fits]).toEqual([charset, decodes]);
      }),
      { numRuns: 2000 },
    );
  });
});
