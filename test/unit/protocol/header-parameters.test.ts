// Parameters as HTTP writes them, and what others make of that.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parametersOf } from "../../../server/protocol/header-parameters.js";

test.each([
  ["form-data", {}],
  ['form-data; name="a"; filename=b.txt', { name: "a", filename: "b.txt" }],
  ['form-data;NAME = "a" ;\tb=c', { name: "a", b: "c" }],
  ['form-data; name="x; filename=y"', { name: "x; filename=y" }],
  ['form-data; name="a\\"b\\\\c\\d"', { name: 'a"b\\c\\d' }],
  ['form-data; filename="C:\\"; name=a', { filename: "C:\\", name: "a" }],
  ['form-data; filename="C:\\"', { filename: "C:\\" }],
  ['form-data; name="a', { name: "a" }],
  ["form-data; name=a; name=b", { name: "a" }],
  ["form-data; name=; b", {}],
  ['form-data; name=""', { name: "" }],
  ["form-data; flag; name=a b; c=d", { name: "a", c: "d" }],
])("%s", (value, expected) => {
  expect(Object.fromEntries(parametersOf(value))).toEqual(expected);
});

test("what is quoted comes back, whatever it is", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (values) => {
      const written = values.map((value, index) => `; p${index}="${value.replace(/["\\]/g, "\\$&")}"`);
      expect([...parametersOf(`a/b${written.join("")}`).values()]).toEqual(values);
    }),
  );
});
