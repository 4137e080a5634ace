import fc from "fast-check";
import { expect, test } from "vitest";
import { encodedFile } from "../../../server/workspace/files/save-lines.js";
import { fileContent, maxTextBytes } from "../../../server/workspace/files/text-file.js";

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

test("a byte order mark is apart from the text", () => {
  const bytes = Buffer.from("\uFEFFü\r\n");
  expect(content(bytes)).toMatchObject({ bom: true, text: "ü\r\n", lineEnd: "crlf", encoding: "utf-8" });
  expect(encodedFile("x", { text: "ü\r\n", bom: true }, null)).toEqual(bytes);
});

test("every file without a NUL is text, and one with a NUL in UTF-16 alone", () => {
  fc.assert(
    fc.property(fc.uint8Array({ max: 255 }), (bytes) => {
      fc.pre(!(bytes[0] === 0xff && bytes[1] === 0xfe) && !(bytes[0] === 0xfe && bytes[1] === 0xff));
      expect(content(bytes).kind).toBe(bytes.includes(0) ? "binary" : "text");
    }),
    { numRuns: 500 },
  );
  expect(content(Buffer.from("ab\0c"), 0o755)).toMatchObject({
    kind: "binary",
    why: "It contains a NUL byte, at offset 2.",
    sizeBytes: 4,
    executable: true,
  });
  const utf16 = Buffer.from("ab\r\n", "utf16le");
  expect(content(utf16)).toMatchObject({ kind: "binary" });
  expect(fileContent("x", { kind: "read", bytes: utf16, mode: 0o644 }, "koi8-r")).toMatchObject({ kind: "binary" });
  expect(fileContent("x", { kind: "read", bytes: utf16, mode: 0o644 }, "utf-16le")).toMatchObject({
    kind: "text",
    text: "ab\r\n",
    encoding: "utf-16le",
    detected: null,
    lineEnd: "crlf",
    bom: false,
  });
});

test("Western text that has UTF-8 too is read as Western text, and said to be mixed", () => {
  const latin1 = (text: string) => content(Buffer.from(text, "latin1"));
  expect(latin1("M\xc3\xb6bel M\xf6bel")).toMatchObject({ encoding: "iso-8859-1", mixesUtf8: true });
  expect(latin1("M\xf6bel M\xf6bel")).toMatchObject({ encoding: "iso-8859-1", mixesUtf8: false });
  expect(content(Buffer.from("Möbel"))).toMatchObject({ encoding: "utf-8", mixesUtf8: false });
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
