import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fileContent, maxTextBytes, textBytes, whyBinary } from "../../../server/workspace/files/text-file.js";

const content = (bytes: Uint8Array, mode = 0o644) =>
  fileContent("x", { kind: "read", bytes: Buffer.from(bytes), mode });

test.each([
  ["", "none"],
  ["a", "none"],
  ["a\nb\n", "lf"],
  ["a\r\nb\r\n", "crlf"],
  ["a\r\nb\n", "mixed"],
  ["a\rb", "mixed"],
  ["a\n\r", "mixed"],
])("the line ends of %j are %s", (text, lineEnd) => {
  expect(content(Buffer.from(text))).toMatchObject({ kind: "text", text, lineEnd, bom: false, executable: false });
});

test.each([
  [Buffer.from("\xff\xfea\0", "latin1"), "It begins with a UTF-16 byte order mark."],
  [Buffer.from("ab\0c"), "It contains a NUL byte, at offset 2."],
  [Buffer.from("a\nb\xe9\n", "latin1"), "It is not valid UTF-8: byte 0xE9 at offset 3, in line 2."],
  [Buffer.from("é\n\xc3", "latin1"), "It is not valid UTF-8: byte 0xE9 at offset 0, in line 1."],
  [Buffer.from("\xed\xa0\x80", "latin1"), "It is not valid UTF-8: byte 0xED at offset 0, in line 1."],
  [Buffer.from("\xc0\x80", "latin1"), "It is not valid UTF-8: byte 0xC0 at offset 0, in line 1."],
])("bytes that are no text are told as what they are", (bytes, why) => {
  expect(content(bytes, 0o755)).toMatchObject({ kind: "binary", why, sizeBytes: bytes.length, executable: true });
});

test("the byte order mark is taken off and put back", () => {
  const bytes = Buffer.from("\uFEFFü\r\n");
  expect(content(bytes)).toMatchObject({ bom: true, text: "ü\r\n", lineEnd: "crlf" });
  expect(textBytes("ü\r\n", true)).toEqual(bytes);
});

test("reading and saving give back the very same bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, bom) => {
      fc.pre(!text.includes("\0") && !text.startsWith("\uFEFF"));
      const bytes = Buffer.from(bom ? `\uFEFF${text}` : text);
      const read = content(bytes);
      if (read.kind !== "text") throw new Error("text is text");
      expect(textBytes(read.text, read.bom)).toEqual(bytes);
    }),
  );
});

test("what is text is exactly what is valid UTF-8 without NUL", () => {
  fc.assert(
    fc.property(fc.uint8Array({ max: 255 }), (bytes) => {
      fc.pre(!(bytes[0] === 0xff && bytes[1] === 0xfe) && !(bytes[0] === 0xfe && bytes[1] === 0xff));
      expect(whyBinary(bytes) === null).toBe(isUtf8(bytes) && !bytes.includes(0));
    }),
    { numRuns: 500 },
  );
});

test("half a surrogate pair cannot be saved", () => {
  expect(textBytes("a\ud800b", false)).toBeNull();
  expect(textBytes("a😀b", false)).toEqual(Buffer.from("a😀b"));
});

test("a file beyond the bound is not read", () => {
  expect(fileContent("x", { kind: "too-large", sizeBytes: maxTextBytes + 1, mode: 0o644 })).toEqual({
    kind: "too-large",
    path: "x",
    sizeBytes: maxTextBytes + 1,
    maxBytes: maxTextBytes,
    executable: false,
  });
});
