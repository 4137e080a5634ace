// Where what was written leaves what should have been: what is shown of both is theirs.
import fc from "fast-check";
import { expect, test } from "vitest";
import { hexOf, proofOf } from "../../../../../renderer/features/lessons/proof.js";

test("only what differs is marked", () => {
  expect(proofOf("<h1>Hi</h1>\nHello, J%C3%BCrgen!\nBye\n", "Hello, Jürgen!")).toEqual({
    before: "Hello, J",
    got: "%C3%BC",
    wanted: "ü",
    after: "rgen!",
  });
  expect(proofOf("Hello, fa+b!\n", "Hello, fa b!")).toEqual({
    before: "Hello, fa",
    got: "+",
    wanted: " ",
    after: "b!",
  });
  expect(proofOf("", "anything")).toEqual({ before: "", got: "", wanted: "anything", after: "" });
});

test("whatever the texts, the parts are theirs and are short", () => {
  const line = fc.string({ unit: fc.constantFrom(..."ab \né"), maxLength: 40 });
  fc.assert(
    fc.property(line, line, (got, wanted) => {
      const { before, got: differs, wanted: missing, after } = proofOf(got, wanted);
      expect(got).toContain(before.replace("…", "") + differs + after);
      expect(wanted.endsWith(missing + after) || after === "").toBe(true);
      expect(wanted).toContain(missing);
      if (got.includes(wanted)) expect(missing).toBe("");
    }),
  );
  const long = "x".repeat(5000);
  const { before, got, wanted, after } = proofOf(`${long}y${long}`, `${long}z${long}`);
  expect(Math.max(...[before, got, wanted, after].map(({ length }) => length))).toBeLessThan(70);
});

test("bytes are told of what is short and is UTF-8 alone", () => {
  expect(hexOf("ü")).toBe("c3 bc");
  expect(["", "a much longer text", "Gr\ufffd"].map(hexOf)).toEqual([null, null, null]);
});
