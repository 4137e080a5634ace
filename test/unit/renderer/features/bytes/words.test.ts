import { describe, expect, it } from "vitest";
import { canonicalCharset, chooseCharset } from "../../../../../renderer/features/bytes/charset-choice.js";
import { bytesPerRow, hexRuns } from "../../../../../renderer/features/bytes/hex-runs.js";
import { isPlain, readable, toByteString } from "../../../../../renderer/format/bytes-text.js";
import { formatBytes, formatExactBytes } from "../../../../../renderer/format/size.js";

describe("sizes", () => {
  it("are binary, with a unit and at most one decimal", () => {
    expect([0, 312, 1023, 1024, 1229, 1_048_524, 1_048_525, 8_388_608, 134_217_728].map(formatBytes)).toEqual([
      "0 B",
      "312 B",
      "1023 B",
      "1 KiB",
      "1.2 KiB",
      "1023.9 KiB",
      "1 MiB",
      "8 MiB",
      "128 MiB",
    ]);
  });
  it("are exact where it matters", () => {
    expect([1, 1204].map(formatExactBytes)).toEqual(["1 byte", "1,204 bytes"]);
  });
});

describe("text of public JSON", () => {
  it("comes back as the bytes it was", () => {
    expect(toByteString("ü")).toBe("\u00c3\u00bc");
    expect(toByteString({ base64: "/A==" })).toBe("\u00fc");
  });
  it("is readable even when it is not UTF-8", () => {
    expect(readable({ base64: "SvxyZ2Vu" })).toBe("J\ufffdrgen");
  });
  it("is plain only without control characters", () => {
    expect([isPlain("GET /"), isPlain("a\u0000b"), isPlain({ base64: "/A==" })]).toEqual([true, false, false]);
  });
});

describe("the charset of a stream", () => {
  const utf8 = new TextEncoder().encode("Grüße");
  it("is what was chosen, else what is declared, else what the bytes look like", () => {
    expect(chooseCharset("big5", "utf-8", utf8).charset).toBe("big5");
    expect(chooseCharset(null, "ISO-8859-1", utf8)).toEqual({
      charset: "windows-1252",
      from: "declared",
      why: "declared by Content-Type",
    });
    expect(chooseCharset(null, null, utf8)).toEqual({
      charset: "utf-8",
      from: "guessed",
      why: "guessed from the bytes",
    });
  });
  it("is guessed, and said to be, when the declared one does not exist", () => {
    expect(chooseCharset(null, "utf8-bogus", utf8)).toMatchObject({
      charset: "utf-8",
      why: expect.stringContaining("utf8-bogus"),
    });
    expect(canonicalCharset("utf8-bogus")).toBeNull();
  });
});

describe("the hex dump", () => {
  it("fits its rows to the width", () => {
    expect([80, 67, 66, 35, 34].map(bytesPerRow)).toEqual([16, 16, 8, 8, 4]);
  });
  it("groups bytes of one look and keeps a gap after the eighth", () => {
    const bytes = new TextEncoder().encode("abcdefgh\n!");
    expect(hexRuns(bytes, 0, 10, [])).toEqual([
      { look: "plain", highlight: null, from: 0, hex: "61 62 63 64 65 66 67 68  ", ascii: "abcdefgh" },
      { look: "quiet", highlight: null, from: 8, hex: "0a ", ascii: "·" },
      { look: "plain", highlight: null, from: 9, hex: "21", ascii: "!" },
    ]);
  });
  it("marks a finding's bytes", () => {
    expect(
      hexRuns(Uint8Array.from([0x4a, 0xfc]), 0, 2, [{ from: 1, to: 2, severity: "warning" }]).map((run) => run.look),
    ).toEqual(["plain", "warning"]);
  });
});
