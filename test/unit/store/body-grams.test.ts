// What a set of the bytes of bodies tells: never that a text is not there when it is.
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BodyGrams, WantedGrams } from "../../../server/store/body-grams.js";

const mayHold = (bits: Uint8Array, text: Uint8Array | string): boolean =>
  new WantedGrams(Buffer.from(text)).mayBeIn(bits);

test("each part of each body may be in it, whatever their bytes and number", () => {
  const grams = new BodyGrams();
  const bodies = fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(bodies, fc.nat(), fc.nat(200), (all, place, length) => {
      for (const body of all) grams.add(body);
      const bits = grams.take();
      for (const body of all) {
        const from = place % Math.max(1, body.length);
        expect(mayHold(bits, body.subarray(from, from + length))).toBe(true);
      }
    }),
  );
});

test("a word that is in no body is ruled out, and what was taken is forgotten", () => {
  const grams = new BodyGrams();
  grams.add(Buffer.from("the quick brown fox"));
  const first = grams.take();
  grams.add(Buffer.from("jumps over the lazy dog"));
  const second = grams.take();
  for (const [word, ...expected] of [
    ["brown", true, false],
    ["lazy", false, true],
    ["the", true, true],
    ["foxjumps", false, false],
    ["no", true, true],
  ] as const)
    expect([word, mayHold(first, word), mayHold(second, word)]).toEqual([word, ...expected]);
});

test("a set grows with what it holds, up to 8 KiB", () => {
  const grams = new BodyGrams();
  const sizes = [0, 100, 2000, 20_000, 1 << 20].map((bytes) => {
    grams.add(randomBytes(bytes));
    return grams.take().length;
  });
  expect(sizes).toEqual([64, 64, 1024, 8192, 8192]);
});
