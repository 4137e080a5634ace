// Bodies as bytes: charsets backwards, forms and multipart as browsers write them, recorded bodies as what they are.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaryIn, encodeMultipart } from "../../../../../renderer/features/composer/multipart-body.js";
import { keptFile } from "../../../../../renderer/model/request/chosen-files.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { charsets, encodeText, notIn } from "../../../../../renderer/model/request/encode-charset.js";
import { decodeForm, encodeForm, formType } from "../../../../../renderer/model/request/form-body.js";
import { loadBody } from "../../../../../renderer/model/request/load-body.js";
import { decodeBytes } from "../../../../../server/protocol/charset.js";

const textOf = async (blob: Blob): Promise<string> => Buffer.from(await blob.arrayBuffer()).toString("latin1");

describe("a form", () => {
  test("umlauts in UTF-8 and in ISO-8859-1", () => {
    const fields = [{ name: "text", value: "Grüße & mehr" }];
    expect(encodeForm(fields, "utf-8")).toBe("text=Gr%C3%BC%C3%9Fe+%26+mehr");
    expect(encodeForm(fields, "windows-1252")).toBe("text=Gr%FC%DFe+%26+mehr");
  });

  test("a character the charset does not have becomes a reference", () => {
    expect(encodeForm([{ name: "s", value: "☃€" }], "windows-1252")).toBe("s=%26%239731%3B%80");
    expect(notIn("a☃", "windows-1252")).toEqual(["☃"]);
  });

  test("what URLSearchParams writes, this writes", () => {
    const pairs = fc.array(
      fc.record({ name: fc.string({ unit: "grapheme" }), value: fc.string({ unit: "grapheme" }) }),
    );
    fc.assert(
      fc.property(pairs, (fields) => {
        expect(encodeForm(fields, "utf-8")).toBe(
          new URLSearchParams(fields.map(({ name, value }) => [name, value])).toString(),
        );
      }),
    );
  });

  test("keeps placeholders when it will be filled in", () => {
    const fields = [{ name: "{{who}}", value: "{{ who }}ü & {{7*7}}{{a&b}}" }];
    const rest = "%26+%7B%7B7*7%7D%7D%7B%7Ba%26b%7D%7D";
    expect(encodeForm(fields, "windows-1252", true)).toBe(`{{who}}={{ who }}%FC+${rest}`);
    expect(encodeForm(fields, "windows-1252")).not.toContain("{");
  });

  test("is read back only when it would be written the same again", () => {
    expect(decodeForm(Buffer.from("name=J%FCrgen"), "windows-1252")).toEqual([{ name: "name", value: "Jürgen" }]);
    expect(decodeForm(Buffer.from("a=1%0D%0A2"), "utf-8")).toEqual([{ name: "a", value: "1\r\n2" }]);
    for (const other of ["name=J%FCrgen", "a", "a=b c", "%0D%0A=a", "a=%c3%bc"])
      expect(decodeForm(Buffer.from(other), "utf-8")).toBeNull();
  });
});

test("every charset decodes what was encoded in it", () => {
  for (const { name } of charsets) {
    const sample = {
      shift_jis: "日本語 テスト",
      "euc-jp": "日本語",
      gbk: "中文",
      big5: "中文",
      "euc-kr": "한국어",
      "windows-1251": "Привет",
      "koi8-r": "Привет",
    };
    const text = Object.entries(sample).find(([charset]) => charset === name)?.[1] ?? "Zürich Öß";
    expect(
      decodeBytes(
        encodeText(text, name, () => "?"),
        name,
      ).text,
      name,
    ).toBe(text);
  }
});

test.each([
  ["big5", "十卅═╞╡╪╭", [0xa4, 0x51, 0xa4, 0xca, 0xf9, 0xf9, 0xf9, 0xe9, 0xf9, 0xeb, 0xf9, 0xea, 0xa2, 0x7e]],
  ["shift_jis", "¥‾\\−－", [0x5c, 0x7e, 0x5c, 0x81, 0x7c, 0x81, 0x7c]],
  ["euc-jp", "¥‾\\−－", [0x5c, 0x7e, 0x5c, 0xa1, 0xdd, 0xa1, 0xdd]],
])("%s has the codes that browsers take where several are decoded to one character", (charset, text, bytes) => {
  expect([...encodeText(text, charset, () => "")]).toEqual(bytes);
});

test("big5 has none of the characters that are decoded from leads before 0xA1", () => {
  const character = new TextDecoder("big5").decode(Uint8Array.of(0x87, 0x40));
  expect(notIn(character, "big5")).toEqual([character]);
});

describe("a multipart form", () => {
  test("fields and a file, byte for byte", async () => {
    const { bytes, files } = encodeMultipart(
      [
        { name: 'a "quoted"\nname', content: "ü\n" },
        {
          name: "upload",
          content: { fileName: "Über.txt", type: "text/plain", bytes: new Blob([Uint8Array.of(0, 255, 13)]) },
        },
      ],
      "XX",
      "windows-1252",
    );
    expect(await textOf(bytes.slice(...(files[0] ?? [0, 0])))).toBe("\x00\xff\r");
    expect(await textOf(bytes)).toBe(
      [
        '--XX\r\nContent-Disposition: form-data; name="a %22quoted%22%0D%0Aname"\r\n\r\n\xfc\r\n\r\n',
        '--XX\r\nContent-Disposition: form-data; name="upload"; filename="\xdcber.txt"\r\nContent-Type: text/plain\r\n\r\n\x00\xff\r\r\n',
        "--XX--\r\n",
      ].join(""),
    );
  });

  test("what the platform's own FormData writes, this writes", async () => {
    const form = new FormData();
    form.append("näme", "wört");
    form.append("file", new File(["content"], 'a "b".bin', { type: "text/x-thing" }));
    const reference = new Response(form);
    const boundary = boundaryIn(reference.headers.get("content-type") ?? "") ?? "";
    const expected = await reference.text();
    const mine = encodeMultipart(
      [
        { name: "näme", content: "wört" },
        { name: "file", content: { fileName: 'a "b".bin', type: "text/x-thing", bytes: new Blob(["content"]) } },
      ],
      boundary,
      "utf-8",
    );
    expect((await mine.bytes.text()).trimEnd()).toBe(expected.trimEnd()); // undici leaves the last line end out
  });

  test("the boundary is that of the person's own Content-Type", () => {
    expect(boundaryIn('multipart/form-data; charset=utf-8; boundary="a b"')).toBe("a b");
    expect(boundaryIn("multipart/mixed; boundary=abc")).toBe("abc");
    expect(boundaryIn("text/plain; boundary=abc")).toBeNull();
  });
});

describe("a recorded body", () => {
  const blank = blankDraft("/").body;

  test.each(["=", "a=1&=", "=&a=1"])(
    "a form with an empty field, which the fields would not send, is text: %s",
    (text) => {
      const { body } = loadBody(blank, [], formType, new Uint8Array(Buffer.from(text)));
      expect(body).toMatchObject({ kind: "text", text });
    },
  );

  test("forms become forms, text text, the rest a file", () => {
    const form = loadBody(
      blank,
      [["Content-Type", "application/x-www-form-urlencoded"]],
      "application/x-www-form-urlencoded",
      new Uint8Array(Buffer.from("n=J%FC")),
    );
    expect(form).toMatchObject({
      headers: [],
      body: { kind: "form", charset: "windows-1252", fields: [{ name: "n", value: "Jü" }] },
    });
    expect(loadBody(blank, [], null, new Uint8Array(Buffer.from("a\r\nb"))).body).toMatchObject({
      kind: "text",
      text: "a\nb",
      lineEnd: "crlf",
    });
    const { body } = loadBody(blank, [], null, Uint8Array.of(0, 1));
    expect(body.kind).toBe("file");
    expect(body.file && keptFile(body.file)?.size).toBe(2);
  });
});
