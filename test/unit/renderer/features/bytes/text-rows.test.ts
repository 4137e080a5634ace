import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextRows } from "../../../../../renderer/features/bytes/text-rows.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const rowsOf = (bytes: Uint8Array, columns: number, charset = "utf-8"): string[] => {
  const rows = new TextRows(charset, columns);
  rows.extend(bytes, bytes.length, true);
  return Array.from({ length: rows.count }, (_, index) =>
    new TextDecoder(charset).decode(bytes.subarray(rows.start(index), rows.end(index))),
  );
};

describe("rows of a text", () => {
  it("end after a line feed; a final one begins no empty row", () => {
    expect(rowsOf(bytesOf("one\r\ntwo\n\nthree"), 80)).toEqual(["one\r\n", "two\n", "\n", "three"]);
    expect(rowsOf(bytesOf("one\n"), 80)).toEqual(["one\n"]);
  });

  it("are wrapped at the view's width without cutting a character", () => {
    expect(rowsOf(bytesOf("abcdefghijkl"), 8)).toEqual(["abcdefgh", "ijkl"]);
    expect(rowsOf(bytesOf("日本語日本語"), 8)).toEqual(["日本語日", "本語"]);
  });

  it("know line feeds of two bytes in UTF-16", () => {
    expect(rowsOf(Uint8Array.from([0x61, 0, 0x0a, 0, 0x62, 0]), 80, "utf-16le")).toEqual(["a\n", "b"]);
  });

  it("find the row of an offset", () => {
    const bytes = bytesOf("one\ntwo\nthree");
    const rows = new TextRows("utf-8", 80);
    rows.extend(bytes, bytes.length, true);
    expect([0, 3, 4, 8, 12].map((offset) => rows.rowAt(offset))).toEqual([0, 0, 1, 2, 2]);
  });

  it("are the same however the bytes arrive", () => {
    const letters = fc.constantFrom("a", "ü", "日", "😀", "\n", "\r", "\0");
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 60 }),
        fc.array(fc.nat(200), { maxLength: 8 }),
        fc.integer({ min: 8, max: 20 }),
        (text, cuts, columns) => {
          const bytes = bytesOf(text.join(""));
          const rows = new TextRows("utf-8", columns);
          for (const cut of [...cuts].sort((a, b) => a - b)) rows.extend(bytes, Math.min(cut, bytes.length), false);
          rows.extend(bytes, bytes.length, true);
          const pieces = Array.from({ length: rows.count }, (_, index) =>
            new TextDecoder().decode(bytes.subarray(rows.start(index), rows.end(index))),
          );
          expect(pieces).toEqual(rowsOf(bytes, columns));
          expect(pieces.join("")).toBe(text.join(""));
        },
      ),
    );
  });

  it("stay when more bytes come after what was shown as the end", () => {
    const lines = bytesOf(
      "ü"
        .repeat(31)
        .concat("\n")
        .repeat(1 << 15),
    );
    const rows = new TextRows("utf-8", 80);
    rows.extend(lines, lines.length - 1, true);
    const [count, isBroken] = [rows.count, rows.invalidCount];
    rows.extend(lines, lines.length - 1, false);
    expect([rows.count, rows.indexed, isBroken]).toEqual([count, lines.length - 1, 0]);
    const longer = new Uint8Array(lines.length + 1);
    longer.set(lines);
    longer.set([0xc3, 0xbc], lines.length - 1);
    rows.extend(longer, longer.length - 1, true);
    expect([rows.count, rows.invalidCount, rows.invalid]).toEqual([count, 1, [longer.length - 2]]);
    rows.extend(longer, longer.length, true);
    expect([rows.count, rows.indexed, rows.invalidCount, rows.invalid]).toEqual([count, longer.length, 0, []]);
  });

  it("count invalid bytes, not units, and list where runs of them begin", () => {
    const rows = new TextRows("utf-16le", 80);
    rows.extend(Uint8Array.from([0x61, 0, 0, 0xd8, 0, 0xd8, 0x62, 0, 0, 0xdc]), 10, true);
    expect([rows.invalidCount, rows.invalid]).toEqual([6, [2, 8]]);
  });

  it("index eight megabytes", () => {
    const bytes = new Uint8Array(8 << 20).fill(0x61);
    for (let at = 70; at < bytes.length; at += 71) bytes[at] = 0x0a;
    const rows = new TextRows("utf-8", 60);
    rows.extend(bytes, bytes.length, true);
    expect(rows.indexed).toBe(bytes.length);
  });
});
