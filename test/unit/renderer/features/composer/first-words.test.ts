import fc from "fast-check";
import { expect, test } from "vitest";
import { firstWords, lookedAtBytes } from "../../../../../renderer/features/composer/first-words.js";

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

test("whatever the bytes, it is one short line", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3000 }),
      fc.constantFrom(null, "utf-8", "latin1", "no-such"),
      (bytes, charset) => {
        const words = firstWords(bytes, charset) ?? "";
        expect(words).toBe(words.trim());
        expect([...words].length).toBeLessThanOrEqual(240);
        expect(words).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      },
    ),
  );
});

test("in the charset that is declared, else in the one it looks like", () => {
  expect(firstWords(latin("<!doctype html>\n<p>Gr\xfc\xdfe"), "iso-8859-1")).toBe("<!doctype html> <p>Grüße");
  expect(firstWords(new TextEncoder().encode("Grüße\r\n\tfrom"), null)).toBe("Grüße from");
  expect(firstWords(latin("Gr\xfc\xdfe"), null)).toBe("Grüße");
});

test("pictures have no words, and a character at the end of the stretch is whole or absent", () => {
  expect(firstWords(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), null)).toBeNull();
  const cut = new TextEncoder().encode(`${" ".repeat(lookedAtBytes - 2)}aü`).subarray(0, lookedAtBytes);
  expect(firstWords(cut, "utf-8")).toBe("a");
});
