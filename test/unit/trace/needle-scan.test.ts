// The search for a text in bytes, 16 places at a time, beside that of Node.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import wabt from "wabt";
import { NeedleScan, scanCode } from "../../../server/trace/store/needle-scan.js";
import { repositoryRoot } from "../../support/repository.js";

const indexOfNeedle = (data: Buffer, needle: Buffer, from: number): number => new NeedleScan(data, needle).next(from);

const allOf = (find: (from: number) => number): number[] => {
  const found: number[] = [];
  for (let at = find(0); at >= 0; at = find(at + 1)) found.push(at);
  return found;
};

test("it finds the same places as Buffer.indexOf", () => {
  const letters = fc.constantFrom(0x61, 0x62, 0);
  const bytes = (range: fc.ArrayConstraints) => fc.array(letters, range).map((numbers) => Buffer.from(numbers));
  fc.assert(
    fc.property(bytes({ maxLength: 200 }), bytes({ minLength: 1, maxLength: 6 }), (data, needle) => {
      const scan = new NeedleScan(data, needle);
      expect(allOf((from) => scan.next(from))).toEqual(allOf((from) => data.indexOf(needle, from)));
    }),
  );
});

test.each([2, 16, 17, 32, 33, 500])("a text of %j bytes is found at any place of a large piece", (length) => {
  const needle = Buffer.alloc(length, "yx");
  const places = [0, 1, 15, 16, (1 << 18) - length, (1 << 18) - 1, 1 << 18, 1_000_003].filter((at) => at >= 0);
  for (const at of places) {
    const data = Buffer.alloc(at + length, "x");
    needle.copy(data, at);
    expect(indexOfNeedle(data, needle, 0)).toBe(at);
    expect(indexOfNeedle(data, needle, at)).toBe(at);
    expect(indexOfNeedle(data, needle, at + 1)).toBe(-1);
    expect(indexOfNeedle(data.subarray(0, -1), needle, 0)).toBe(-1);
  }
});

test("two pieces that are searched in turn are not taken for each other", () => {
  const scans = ["--needle--", "needle----"].map((text) => new NeedleScan(Buffer.from(text), Buffer.from("needle")));
  for (let turn = 0; turn < 3; turn++) expect(scans.map((scan) => scan.next(0))).toEqual([2, 0]);
});

test("the bytes of the code are what needle-scan.wat is compiled to", async () => {
  const { parseWat } = await wabt();
  const source = readFileSync(`${repositoryRoot}/server/trace/store/needle-scan.wat`, "utf8");
  const { buffer } = parseWat("needle-scan.wat", source, { simd: true }).toBinary({});
  expect(Buffer.from(buffer)).toEqual(Buffer.from(scanCode));
  expect(WebAssembly.validate(scanCode)).toBe(true); // else the other tests have compared Node with itself
});
