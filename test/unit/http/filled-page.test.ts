// A page with its form filled in again: what a browser reads from it is what was sent, and every other byte stays.
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { filledPage } from "../../../server/http/preview/filled-page.js";
import { formsOf } from "../../../server/http/preview/page-forms.js";
import { byteString, fromBytes, toBytes } from "../../../server/protocol/byte-string.js";

const contentType = "application/x-www-form-urlencoded";
const latin1 = (text: string): Uint8Array<ArrayBuffer> => toBytes(byteString(text));
function fill(page: string, body: string): { readonly text: string; readonly controls: number } | null {
  const filled = filledPage(latin1(page), { contentType, body: latin1(body) });
  return filled && { text: fromBytes(filled.bytes), controls: filled.controls };
}

test("each kind of control, with bytes of another encoding round it", () => {
  const page =
    '<p>Gr\xfc\xdfe\r\n<form method=post><input name=name value="old" required><INPUT name=empty>' +
    '<textarea name="text">\r\nold</textarea><input type=checkbox name=box value=a checked><input type=checkbox name=box value=b>' +
    "<select name=pick><option selected>one<option value=2>two</select><input type=file name=file><button name=go>Sign</button></form>";
  const body = "name=J%C3%BCrgen+%22%26%3C&text=a%0D%0Ab&box=b&pick=2&file=x&go=1";
  expect(fill(page, body)).toEqual({
    text:
      '<p>Gr\xfc\xdfe\r\n<form method=post><input name=name value="J&#252;rgen &#34;&#38;&#60;" required><INPUT name=empty>' +
      '<textarea name="text">\na\nb</textarea><input type=checkbox name=box value=a ><input checked type=checkbox name=box value=b>' +
      "<select name=pick><option >one<option selected value=2>two</select><input type=file name=file><button name=go>Sign</button></form>",
    controls: 4,
  });
});

test("values of one name go to its controls in their order, and to the form that has most of the names", () => {
  const page =
    "<form><input name=q></form><form><input name=q><input name=q><input name=r></form><input name=q value=outside>";
  expect(fill(page, "q=1&q=2&r=3")?.text).toBe(
    '<form><input name=q></form><form><input value="1" name=q><input value="2" name=q><input value="3" name=r></form><input name=q value=outside>',
  );
  expect(fill("<table><form><tr><td><input name=q></table>", "q=1")?.text).toContain('<input value="1" name=q>');
});

test("multipart, and a name in the page's own encoding", () => {
  const page = "<form><input name='gr\xfc\xdfe'></form>";
  const body = '--b\r\nContent-Disposition: form-data; name="gr\xfc\xdfe"\r\n\r\nJ\xfcrgen\r\n--b--\r\n';
  const filled = filledPage(latin1(page), { contentType: "multipart/form-data; boundary=b", body: latin1(body) });
  expect(filled && fromBytes(filled.bytes)).toBe(`<form><input value="J&#252;rgen" name='gr\xfc\xdfe'></form>`);
});

test.each([
  ["UTF-8", (text: string) => fromBytes(new TextEncoder().encode(text)), "Z%C3%BCrich", "caf%C3%A9"],
  ["windows-1252", (text: string) => text, "Z%FCrich", "caf%E9"],
])("names and values are compared as characters, written as bytes or as references: %s", (_, bytes, city, drink) => {
  const cities = ["Z&uuml;rich", "Z&#xfc;rich", bytes("Zürich")].map(
    (value) => `<select name=c><option value="${value}"><option>${value}</select>`,
  );
  const drinks = ['name=k value="caf&eacute;" checked', `name=${bytes("é")} value=1`].map(
    (attributes) => `<input type=checkbox ${attributes}>`,
  );
  const page = `<form>${[...cities, ...drinks].join("")}</form>`;
  const filled = fill(page, `c=${city}&k=${drink}&${drink.slice(3)}=1`)?.text ?? "";
  expect(filled.match(/ selected/g)).toHaveLength(6);
  expect(filled.match(/ checked/g)).toHaveLength(2);
});

test("only names and values of controls are decoded", () => {
  const decode = vi.spyOn(TextDecoder.prototype, "decode");
  const around = '<p title="\xc3\xa9" value="\xc3\xa9">'.repeat(100);
  const page = `${around}<form><input name="\xc3\xa9" title="\xc3\xa9"></form>`;
  const forms = formsOf(byteString(page), "utf-8");
  const times = decode.mock.calls.length;
  decode.mockRestore();
  expect(times).toBe(1);
  expect(forms.flat().map(({ name }) => name)).toEqual(["é"]);
});

test("a disabled control is not sent, and stays as it is", () => {
  const page = "<form><input name=d value=1 disabled><input name=d value=2></form>";
  expect(fill(page, "d=9")?.text).toBe(page.replace("value=2", 'value="9"'));
});

test("nothing for a page without the fields, a body without fields, and a body that is no form", () => {
  expect(fill("<form><input name=a></form>", "b=1")).toBeNull();
  expect(fill("<form><input name=a></form>", "")).toBeNull();
  expect(fill("no page at all", "a=1")).toBeNull();
  expect(filledPage(latin1("<input name=a>"), { contentType: "text/plain", body: latin1("a=1") })).toBeNull();
});

test("for any value and any page around: the field holds the value, and the rest is as it was", () => {
  const around = fc.string({ unit: fc.constantFrom("<p>", "<b", ">", "\r\n", "\xff", '"', "é".slice(0, 1), "x", " ") });
  fc.assert(
    fc.property(around, fc.string({ unit: "grapheme" }), around, (before, value, after) => {
      const text = value.replace(/[\0\x7f-\x9f]/g, "");
      const page = `${before}"><form><input name=field></form>${after}`;
      const sent = new URLSearchParams({ field: text }).toString();
      const filled = fill(page, sent);
      if (!filled) return; // the text before has made something else of the form
      expect(filled.text.replace(/ value="[^"]*"(?= name=field)/, "")).toBe(page);
      const found = formsOf(byteString(filled.text), "utf-8").flatMap((controls) =>
        controls.map(({ tag }) => tag.attributes.get("value")),
      );
      expect(found).toContain(text);
    }),
  );
});

test("a page that nests as deep as it is long is read", () => {
  const deep = "<div>".repeat(50_000);
  expect(fill(`${deep}<form><input name=a></form>`, "a=1")?.controls).toBe(1);
});
