import { describe, expect, it } from "vitest";
import { formatAs } from "../../../../../renderer/features/bytes/byte-format.js";
import {
  byteUnits,
  characterUnits,
  isWordCharacter,
  moved,
  rangeOf,
  wordAt,
} from "../../../../../renderer/features/bytes/byte-selection.js";
import { describeByte } from "../../../../../renderer/features/bytes/byte-status.js";
import { stepOf } from "../../../../../renderer/features/bytes/characters.js";
import { hexColumn } from "../../../../../renderer/features/bytes/hex-runs.js";
import { hexLayout, rowHeight } from "../../../../../renderer/features/bytes/row-layout.js";
import { TextRows } from "../../../../../renderer/features/bytes/text-rows.js";
import { scaleOfList } from "../../../../../renderer/ui/use-fixed-rows.js";

const bytes = new TextEncoder().encode("Grüße\nan\n日本 alle");
const layout = new TextRows("utf-8", 40);
layout.extend(bytes, bytes.length, true);
const units = characterUnits(bytes, bytes.length, layout, stepOf("utf-8"));
const press = (from: number, key: string, isWhole = false): number | null =>
  moved(from, key, isWhole, layout, units, 2);

describe("moving through text", () => {
  it("goes by characters, not by bytes, over the ends of rows too", () => {
    expect([press(1, "ArrowRight"), press(2, "ArrowRight"), press(4, "ArrowLeft"), press(8, "ArrowLeft")]).toEqual([
      2, 4, 2, 7,
    ]);
    expect([press(0, "ArrowLeft"), press(bytes.length, "ArrowRight")]).toEqual([0, bytes.length]);
  });
  it("keeps the column, as far as the row is long", () => {
    expect([press(4, "ArrowDown"), press(10, "ArrowDown"), press(9, "ArrowUp")]).toEqual([10, 17, 1]);
  });
  it("knows rows, pages and the whole", () => {
    expect([
      press(9, "Home"),
      press(9, "End"),
      press(9, "Home", true),
      press(9, "End", true),
      press(0, "PageDown"),
      press(3, "x"),
    ]).toEqual([8, 10, 0, bytes.length, 11, null]);
  });
});

it("in hex every byte is a unit", () => {
  const hex = hexLayout(40, 16);
  expect([
    moved(5, "ArrowDown", false, hex, byteUnits(40), 4),
    moved(30, "ArrowDown", false, hex, byteUnits(40), 4),
    moved(5, "ArrowLeft", false, hex, byteUnits(40), 4),
  ]).toEqual([21, 40, 4]);
  expect([0, 2, 5, 23.9, 25, 27].map((characters) => hexColumn(characters, "hex"))).toEqual([0, 1, 2, 8, 8, 9]);
});

it("a selection has a length only when its places differ; a word ends where its letters do", () => {
  expect([rangeOf({ anchor: 5, head: 2 }), rangeOf({ anchor: 3, head: 3 }), rangeOf(null)]).toEqual([
    { from: 2, to: 5 },
    null,
    null,
  ]);
  const isWord = (at: number) => isWordCharacter(new TextDecoder().decode(bytes.subarray(at, units.next(at))));
  expect([wordAt(2, units, isWord), wordAt(7, units, isWord)]).toEqual([
    { from: 0, to: 7 },
    { from: 7, to: 8 },
  ]);
});

it("more rows than a browser can be high are scrolled through all the same", () => {
  const scale = scaleOfList(4_000_000 * rowHeight, 400, 16_000_000);
  expect(scale.px).toBe(16_000_000);
  expect(scale.toTop(scale.px - 400)).toBeCloseTo(4_000_000 * rowHeight - 400, 0);
  expect(scale.toTop(scale.toScroll(123_456))).toBeCloseTo(123_456, 3);
  expect(scaleOfList(190, 400, 16_000_000).toTop(7)).toBe(7);
});

describe("copying", () => {
  it("writes text, hex of 16 bytes a line, and base64", async () => {
    const some = Uint8Array.from({ length: 18 }, (_, index) => index + 0x41);
    expect(await formatAs(some, "text", "utf-8")).toBe("ABCDEFGHIJKLMNOPQR");
    expect(await formatAs(some, "hex", "utf-8")).toBe("41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50\n51 52");
    expect(await formatAs(some, "base64", "utf-8")).toBe(Buffer.from(some).toString("base64"));
  });
  it("writes U+FFFD for what the charset does not have", async () => {
    for (const charset of ["us-ascii", "binary", "utf-8"])
      expect(await formatAs(Uint8Array.from([0x61, 0x80, 0xfc]), "text", charset)).toBe("a\ufffd\ufffd");
  });
  it("joins large pieces without a seam", async () => {
    const large = Uint8Array.from({ length: 500_001 }, (_, index) => index % 251);
    expect(await formatAs(large, "base64", "utf-8")).toBe(Buffer.from(large).toString("base64"));
    expect((await formatAs(large, "hex", "utf-8")).replaceAll(/\s/g, "")).toBe(Buffer.from(large).toString("hex"));
  });
  it("ends when it is not wanted any more", async () => {
    await expect(formatAs(new Uint8Array(1_000_000), "hex", "utf-8", AbortSignal.abort())).rejects.toThrow();
  });
});

it("what stands at an offset is said with its code and bytes", () => {
  const some = Uint8Array.from([0x0d, 0xc3, 0xbc, 0xef, 0xbb, 0xbf, 0xff]);
  expect([0, 1, 3, 6, 7].map((at) => describeByte(some, at, some.length, "utf-8"))).toEqual([
    "0x0: carriage return, 0x0d",
    "0x1: ü U+00FC, c3 bc",
    "0x3: byte order mark, U+FEFF",
    "0x6: ff, not utf-8",
    "0x7: end",
  ]);
});
