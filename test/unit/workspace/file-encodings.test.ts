// Files in any encoding: which it probably is, and that a save changes nothing but what was edited.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import {
  encodingTitle,
  type FileEncoding,
  fileEncodings,
  isReadOnlyEncoding,
} from "../../../server/contract/charsets.js";
import { encodeText } from "../../../server/workspace/files/encode-text.js";
import { type EncodedText, encodedFile } from "../../../server/workspace/files/save-lines.js";
import { fileContent } from "../../../server/workspace/files/text-file.js";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
function read(bytes: Buffer, encoding: FileEncoding | null = null) {
  const content = fileContent("x", { kind: "read", bytes, mode: 0o644 }, encoding);
  if (content.kind !== "text") throw new Error(`not text: ${content.kind}`);
  return content;
}

describe("detected", () => {
  test.each<[what: string, bytes: Buffer, encoding: FileEncoding]>([
    ["ASCII", latin1("print(1)\n"), "utf-8"],
    ["UTF-8", Buffer.from("Möbel"), "utf-8"],
    ["Latin-1, in a comment alone", latin1("#!/usr/bin/perl\n# f\xfcr\nprint 1;\n"), "iso-8859-1"],
    ["the euro sign of Windows", latin1("Summe: 249 \x80\n"), "windows-1252"],
    ["UTF-8 with one word of Latin-1", Buffer.concat([Buffer.from("Möbel "), latin1("M\xf6bel")]), "iso-8859-1"],
    ["UTF-16 with a mark", Buffer.from("\uFEFFab", "utf16le"), "utf-16le"],
    ["UTF-16, big end first", latin1("\xfe\xff\0a"), "utf-16be"],
    ["a declaration for Python", latin1("# -*- coding: koi8-r -*-\nx = '\xf0\xd2'\n"), "koi8-r"],
    ["a name that Python has", latin1("#!/usr/bin/python3\n# coding=euc_jp\nx = '\xc6\xfc'\n"), "euc-jp"],
    ["a page's own declaration", latin1('<meta charset="windows-1251">\n<p>\xcf\xf0\n'), "windows-1251"],
    [
      "a header that is printed",
      latin1('print "Content-Type: text/html; charset=Shift_JIS\\n\\n\x93\xfa";\n'),
      "shift_jis",
    ],
    ["a declaration that does not fit", latin1('<meta charset="utf-8">\n<p>f\xfcr\n'), "iso-8859-1"],
    [
      "a declaration after a variable of that name",
      latin1('#!/usr/bin/python3\ncharset = params\nprint("""<meta charset="euc-jp">\xc6\xfc""")\n'),
      "euc-jp",
    ],
    ["a variable in a language without declarations", latin1("#!/bin/sh\ncharset=koi8-r\n# \xf0\xd2\n"), "koi8-r"],
    [
      "the source's own before what it prints",
      latin1("# coding: latin-1\n# <meta charset=koi8-r> \xfc\n"),
      "iso-8859-1",
    ],
    [
      "the encoding of another file",
      latin1('# -*- coding: utf-8 -*-\n# f\xfcr\nopen(p, encoding="cp1251")\n'),
      "iso-8859-1",
    ],
    [
      "the encoding of another file, without a declaration",
      latin1('# f\xfcr\nopen(p, encoding="cp1251")\n'),
      "iso-8859-1",
    ],
    ["a name that is none", latin1("# coding: martian\n# f\xfcr\n"), "iso-8859-1"],
  ])("%s", (_what, bytes, encoding) => {
    expect(read(bytes)).toMatchObject({ encoding, detected: encoding, undecodable: [] });
  });
});

test("text in every encoding is what its name says", () => {
  expect(read(latin1("\xf0\xd2\xc9\xd7\xc5\xd4"), "koi8-r").text).toBe("Привет");
  expect(read(latin1("\x93\xfa\x96\x7b"), "shift_jis").text).toBe("日本");
  expect(read(latin1("\x80 \xfc"), "windows-1252").text).toBe("€ ü");
  expect(read(latin1("\x80 \xfc"), "iso-8859-1").text).toBe("\x80 ü");
  expect(fileEncodings.filter((encoding) => encodingTitle(encoding) === "")).toEqual([]);
});

const writable = fileEncodings.filter((encoding) => !isReadOnlyEncoding(encoding));
/** Bytes as they may lie in a file: words, line ends of every kind, and anything. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "a",
        "print",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\xfc",
        "\xc3\xbc",
        "\x93\xfa",
        "\xef\xbb\xbf",
        "\x81",
        "\x1b$B",
      ),
      fc
        .uint8Array({ min: 1, max: 255, maxLength: 4 })
        .map((bytes) => latin1(String.fromCharCode(...bytes)).toString("latin1")),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => latin1(pieces.join("")));

/** As the editor does it: one kind of line end in its text, whatever the file mixes. */
const inEditor = (text: string): string => text.replace(/\r\n|\r|\n/g, "\n");

test("open and save without a change: the same bytes, in every encoding", () => {
  fc.assert(
    fc.property(anyBytes, fc.constantFrom(...writable), (bytes, encoding) => {
      fc.pre(!bytes.includes(0));
      const { text, bom, lineEnd } = read(bytes, encoding);
      const same = { encoding, bom, readAs: encoding };
      expect(encodedFile("x", { ...same, text: inEditor(text), lineEnds: "kept" }, bytes)).toEqual(bytes);
      if (lineEnd !== "mixed") expect(encodedFile("x", { ...same, text }, bytes)).toEqual(bytes);
    }),
    { numRuns: 2000 },
  );
});

test("one changed line changes that line's bytes alone", () => {
  fc.assert(
    fc.property(anyBytes, fc.constantFrom(...writable), fc.nat(), (bytes, encoding, pick) => {
      fc.pre(!bytes.includes(0));
      const { text, bom, undecodable } = read(bytes, encoding);
      const lines = inEditor(text).split("\n");
      const index = pick % lines.length;
      fc.pre(!undecodable.includes(index + 1) && encoding !== "utf-16le" && encoding !== "utf-16be");
      const changed = lines.with(index, `${lines[index]}x`);
      const saved = encodedFile(
        "x",
        { text: changed.join("\n"), encoding, bom, readAs: encoding, lineEnds: "kept" },
        bytes,
      );
      const ends = [
        ...latin1(bytes.toString("latin1"))
          .toString("latin1")
          .matchAll(/\r\n|\r|\n/g),
      ];
      const [from, to] = [ends[index - 1], ends[index]].map((end, side) =>
        end ? end.index + (side === 0 ? end[0].length : 0) : side === 0 ? 0 : bytes.length,
      );
      expect(saved.subarray(0, from)).toEqual(bytes.subarray(0, from));
      const tail = bytes.length - (to ?? 0);
      expect(saved.subarray(saved.length - tail)).toEqual(bytes.subarray(bytes.length - tail));
    }),
    { numRuns: 2000 },
  );
});

test("text that an encoding has comes back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 12 }), fc.constantFrom(...writable), (text, encoding) => {
      const bytes = encodeText(text, encoding);
      fc.pre(Buffer.isBuffer(bytes) && !bytes.includes(0) && !/[\r\n\uFEFF]/.test(text));
      if (Buffer.isBuffer(bytes)) expect(read(bytes, encoding).text).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test("another encoding converts every line, and keeps their line ends", () => {
  const before = latin1("f\xfcr\r\nM\xf6bel\nende");
  const { text } = read(before);
  const edited = { text: inEditor(text), bom: false, readAs: "iso-8859-1", lineEnds: "kept" } as const;
  expect(encodedFile("x", { ...edited, encoding: "utf-8" }, before)).toEqual(Buffer.from("für\r\nMöbel\nende"));
  expect(encodedFile("x", { ...edited, encoding: "utf-16le", bom: true }, before)).toEqual(
    Buffer.from("\uFEFFfür\r\nMöbel\nende", "utf16le"),
  );
  const japanese = Buffer.from("日本\nab\n");
  expect(
    encodedFile("x", { ...edited, text: read(japanese).text, readAs: "utf-8", encoding: "shift_jis" }, japanese),
  ).toEqual(latin1("\x93\xfa\x96\x7b\nab\n"));
});

describe("refused, with nothing lost", () => {
  const edited = { bom: false, lineEnds: "of-text" } as const;
  const problemOf = (edit: EncodedText, before: Buffer | null) => {
    try {
      return encodedFile("x", edit, before);
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
  };
  test("a character that the encoding does not have", () => {
    const text = "a\nfür 5 €\n";
    expect(
      problemOf({ ...edited, text, encoding: "iso-8859-1", readAs: "iso-8859-1" }, latin1("a\nf\xfcr\n")),
    ).toMatchObject({ code: "not-in-encoding", data: { line: 2, character: "€", encoding: "iso-8859-1" } });
  });
  test("a change to a line that the encoding cannot decode, and converting it", () => {
    const before = latin1("ok\nf\xfcr\nend\n");
    const { text, undecodable } = read(before, "utf-8");
    expect(undecodable).toEqual([2]);
    const same = { ...edited, encoding: "utf-8", readAs: "utf-8" } as const;
    expect(encodedFile("x", { ...same, text: text.replace("end", "END").replace("ok", "OK") }, before)).toEqual(
      latin1("OK\nf\xfcr\nEND\n"),
    );
    expect(encodedFile("x", { ...same, text: "ok\nend\n" }, before)).toEqual(latin1("ok\nend\n"));
    expect(problemOf({ ...same, text: text.replace("f", "F") }, before)).toMatchObject({
      code: "undecodable-line",
      data: { line: 2 },
    });
    expect(problemOf({ ...same, text, encoding: "windows-1252" }, before)).toMatchObject({ code: "undecodable-line" });
  });
  test("what stood for such bytes, in a file that no longer has them, or is gone", () => {
    const edited = { bom: false, encoding: "utf-8", readAs: "utf-8", text: "ok\nf\uFFFDr\n" } as const;
    const fixed = Buffer.from("ok\nfür\n");
    for (const now of [fixed, null])
      expect(problemOf({ ...edited, undecodable: true }, now)).toMatchObject({
        code: "undecodable-line",
        data: { line: 2, encoding: "utf-8" },
      });
    expect(problemOf({ ...edited, undecodable: true, text: "OK\nfür\n" }, fixed)).toEqual(Buffer.from("OK\nfür\n"));
    // The file has had the character itself all the time.
    const own = Buffer.from(edited.text);
    expect(problemOf({ ...edited, undecodable: true }, own)).toEqual(own);
    expect(problemOf({ ...edited, text: `${edited.text}\uFFFD` }, own)).toEqual(Buffer.from(`${edited.text}\uFFFD`));
  });
  test("lines below half a character of UTF-16, which would all be read one byte out of step", () => {
    const before = Buffer.from("fffe61000a00620063", "hex");
    const { text, undecodable } = read(before);
    expect([text, undecodable]).toEqual(["a\nb\uFFFD", [2]]);
    const same = { ...edited, encoding: "utf-16le", bom: true, readAs: "utf-16le" } as const;
    for (const added of ["\nc", "\n"])
      expect(problemOf({ ...same, text: text + added }, before)).toMatchObject({
        code: "undecodable-line",
        data: { line: 2, encoding: "utf-16le" },
      });
    const hexOf = (edit: string) => encodedFile("x", { ...same, text: edit }, before).toString("hex");
    expect(hexOf(text.replace("a", "A\nB"))).toBe("fffe41000a0042000a00620063");
    expect(hexOf("a\nc")).toBe("fffe61000a006300");
  });
  test("a NUL, with which a file is text in UTF-16 alone", () => {
    const edit = { ...edited, text: "a\nb\0\n", readAs: null } as const;
    for (const encoding of writable) {
      const saved = problemOf({ ...edit, encoding }, null);
      if (encoding.startsWith("utf-16")) expect(Buffer.isBuffer(saved)).toBe(true);
      else expect(saved).toMatchObject({ code: "not-text", data: { line: 2 } });
    }
  });
  test("half a surrogate pair, in every encoding", () => {
    for (const encoding of writable)
      expect(problemOf({ ...edited, text: "a\ud800b", encoding, readAs: null }, null)).toMatchObject({
        code: "not-text",
      });
  });
  test("what can only be read", () => {
    expect(read(latin1("\x1b$B$3\x1b(Ba"), "iso-2022-jp").text).toBe("こa");
    expect(problemOf({ ...edited, text: "a", encoding: "iso-2022-jp", readAs: null }, null)).toMatchObject({
      code: "read-only-encoding",
    });
  });
});
