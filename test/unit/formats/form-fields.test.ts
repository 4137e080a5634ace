// The fields of a body, as they were filled in: forms of every kind, any bytes, bounds.
import fc from "fast-check";
import { expect, test } from "vitest";
import { formFields, maxFieldChars, maxFormBytes, maxFormFields } from "../../../server/formats/form-fields.js";
import { toBytes, utf8 } from "../../../server/protocol/byte-string.js";

const urlencoded = "application/x-www-form-urlencoded";
const bytes = (text: string): Uint8Array => toBytes(utf8(text));
const text = fc.string({ unit: "grapheme", maxLength: 60 });
const pairs = fc.array(fc.tuple(text, text), { maxLength: 12 });
const asFields = (from: readonly (readonly [string, string])[]) =>
  from.map(([name, value]) => ({ name, value, file: null, isWhole: true }));

test("a form is decoded as the browser encoded it", () => {
  fc.assert(
    fc.property(pairs, (from) => {
      const body = new URLSearchParams(from.map(([name, value]) => [name, value])).toString();
      expect(formFields(urlencoded, bytes(body), true)).toEqual({
        kind: "urlencoded",
        charset: "utf-8",
        reason: "valid",
        fields: asFields(from),
        omitted: 0,
        isCut: false,
      });
    }),
  );
});

test("a multipart form, with a file whose bytes are counted", () => {
  const name = fc.stringMatching(/^[a-zäöü ]{1,12}$/);
  const value = text.filter((content) => !content.includes("--edge"));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), fc.uint8Array({ maxLength: 40 }), (from, file) => {
      const parts = from.map(
        ([key, content]) => `--edge\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${content}\r\n`,
      );
      const head = '--edge\r\nContent-Disposition: form-data; name="up"; filename="ä.bin"\r\nContent-Type: x/y\r\n\r\n';
      const body = Buffer.concat([bytes(parts.join("") + head), file, bytes("\r\n--edge--\r\n")]);
      const found = formFields('multipart/form-data; boundary="edge"', body, true);
      expect(found?.fields).toEqual([
        ...asFields(from),
        { name: "up", value: "", file: { name: "ä.bin", bytes: file.length }, isWhole: true },
      ]);
    }),
  );
});

test.each([
  ["a field whose name looks like a file's", 'form-data; name="x; filename=y"', "x; filename=y", null],
  ["a folded line", 'form-data;\r\n name="up";\r\n\tfilename="f"', "up", "f"],
  ["a quote with a backslash before it", 'form-data; name="a\\"b"', 'a"b', null],
  ["a path of Windows", 'form-data; name="up"; filename="C:\\dir\\f"', "up", "C:\\dir\\f"],
  ["a browser's escapes", 'form-data; name="a%22b%0D%0A%41"', 'a"b\r\n%41', null],
])("the disposition of a part: %s", (_what, disposition, name, file) => {
  const body = bytes(`--edge\r\nContent-Disposition: ${disposition}\r\n\r\nv\r\n--edge--`);
  const found = formFields('multipart/form-data; x="; boundary=a"; boundary=edge', body, true);
  expect(found?.fields).toEqual([
    { name, value: file === null ? "v" : "", file: file === null ? null : { name: file, bytes: 1 }, isWhole: true },
  ]);
});

test("wherever a body is cut, what is said of its fields holds of the whole", () => {
  const multipart = "multipart/form-data; boundary=edge";
  const part = (name: string, value: string, more = "") =>
    `--edge\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const file = "a\r\n--edg\r\n-";
  const forms = [
    [multipart, `${part("a", "ü")}${part("up", file, '; filename="f"')}${part("b", "€€")}--edge--\r\nend`],
    [urlencoded, "a=%C3%BC&up=x&&b=%E2%82%AC+%E2%82%AC&c=d&"],
  ] as const;
  for (const [type, body] of forms) {
    const whole = formFields(type, bytes(body), true);
    for (let length = 0; length <= bytes(body).length; length++) {
      const cut = formFields(type, bytes(body).subarray(0, length), false);
      expect(cut).toMatchObject({ isCut: true, charset: "utf-8" });
      for (const [index, field] of (cut?.fields ?? []).entries()) {
        const same = whole?.fields[index];
        if (field.isWhole) expect(field).toEqual(same);
        else if (field.file) expect(field.file.bytes).toBeLessThanOrEqual(same?.file?.bytes ?? 0);
        else expect(same?.value.startsWith(field.value.replace(/…$/, ""))).toBe(true);
      }
    }
  }
  const long = formFields(urlencoded, bytes(`a=b&c=${"d".repeat(maxFormBytes)}&e=f`), true);
  expect([long?.isCut, long?.fields.map(({ name, isWhole }) => [name, isWhole])]).toEqual([
    true,
    [
      ["a", true],
      ["c", false],
    ],
  ]);
});

test("the members of a JSON object, each as it was written, also those of one name", () => {
  const member = fc.tuple(fc.oneof(text, fc.constantFrom("2", "1", "__proto__")), fc.jsonValue({ maxDepth: 2 }));
  fc.assert(
    fc.property(fc.array(member, { maxLength: 8 }), fc.constantFrom("", " ", "\r\n\t"), (members, blank) => {
      const written = members.map(([name, value]) => [JSON.stringify(name), JSON.stringify(value, null, 1)] as const);
      const pairs = written.map(([name, value]) => [blank, name, blank, ":", blank, value, blank].join(""));
      const found = formFields("application/json", bytes(`\ufeff${blank}{${pairs.join(",")}${blank}}${blank}`), true);
      expect(found?.fields.map(({ name, value }) => [name, value.slice(0, maxFieldChars)])).toEqual(
        members.map(([name, value], index) => [
          name,
          (typeof value === "string" ? value : (written[index]?.[1] ?? "")).slice(0, maxFieldChars),
        ]),
      );
    }),
  );
  const found = formFields("application/json", bytes('{"id":12345678901234567890,"price":1.10,"a":1,"a":2}'), true);
  expect(found?.fields.map(({ value }) => value)).toEqual(["12345678901234567890", "1.10", "1", "2"]);
});

test("the members of a JSON object", () => {
  fc.assert(
    fc.property(fc.dictionary(text, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 6 }), (from) => {
      const found = formFields("application/json; charset=utf-8", bytes(JSON.stringify(from)), true);
      const values = Object.values(from).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
      const short = values.map((value) => value.slice(0, maxFieldChars));
      expect(found?.fields.map(({ name }) => name)).toEqual(Object.keys(from));
      expect(found?.fields.map(({ value }) => value.slice(0, maxFieldChars))).toEqual(short);
    }),
  );
  expect(formFields("application/json", bytes("[1]"), true)).toBeNull();
  expect(formFields("application/json", bytes("{"), true)).toBeNull();
  expect(formFields("application/json", bytes("{}"), false)).toBeNull();
});

test("what no charset declares is UTF-8 where it can be, else each byte is a character; a declaration counts", () => {
  const latin = bytes("name=J%FCrgen");
  expect(formFields(urlencoded, latin, true)).toMatchObject({ charset: "windows-1252", reason: "fallback" });
  expect(formFields(urlencoded, latin, true)?.fields[0]?.value).toBe("Jürgen");
  expect(formFields(`${urlencoded}; charset=ISO-8859-2`, bytes("a=%B1"), true)).toMatchObject({
    charset: "iso-8859-2",
    reason: "declared",
    fields: [{ name: "a", value: "ą" }],
  });
  expect(formFields(`${urlencoded}; charset=x-foo`, bytes("a=%80"), true)).toMatchObject({
    charset: "windows-1252",
    reason: "unknown",
    fields: [{ name: "a", value: "€" }],
  });
});

test("any bytes under any type never throw, and lists and texts are bounded", () => {
  const types = fc.constantFrom(urlencoded, "multipart/form-data; boundary=a", "application/json", "text/plain", "");
  fc.assert(
    fc.property(types, fc.uint8Array({ maxLength: 400 }), fc.boolean(), (type, body, isWhole) => {
      const found = formFields(type, body, isWhole);
      expect(found?.fields.length ?? 0).toBeLessThanOrEqual(maxFormFields);
    }),
  );
  const many = Array.from({ length: maxFormFields + 7 }, () => "a=b").join("&");
  expect(formFields(urlencoded, bytes(many), true)).toMatchObject({ omitted: 7 });
  const long = formFields(urlencoded, bytes(`a=${"😀".repeat(maxFieldChars)}`), true)?.fields[0]?.value ?? "";
  expect(() => encodeURIComponent(long)).not.toThrow(); // no half of a character
  expect(long.length).toBeLessThanOrEqual(maxFieldChars + 1);
  expect(formFields("text/plain", bytes("a=b"), true)).toBeNull();
  expect(formFields("multipart/form-data", bytes("a=b"), true)).toBeNull();
});
