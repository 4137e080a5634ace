import fc from "fast-check";
import { expect, test } from "vitest";
import { fragmentOf, type Place, placeOf } from "../../../../renderer/model/links/link.js";

test("a place and its address are the same", () => {
  const segment = fc.string({ minLength: 1, unit: "grapheme" });
  const trace = fc.record({ kind: fc.constant("trace" as const), id: segment, tab: fc.option(segment) });
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const file = fc.record({ kind: fc.constant("file" as const), path, line: fc.option(fc.nat()) });
  fc.assert(
    fc.property(fc.oneof<fc.Arbitrary<Place>[]>(trace, file), (place) => {
      expect(placeOf(fragmentOf(place))).toEqual(place);
      expect(placeOf(`http://127.0.0.1:8081/${fragmentOf(place)}`)).toEqual(place);
    }),
  );
});

test("as people write them", () => {
  expect(placeOf("#/trace/ab12-7/stderr")).toEqual({ kind: "trace", id: "ab12-7", tab: "stderr" });
  expect(placeOf("#/file/cgi-bin/sum.py:12")).toEqual({ kind: "file", path: "cgi-bin/sum.py", line: 12 });
  expect(placeOf("#/file/README")).toEqual({ kind: "file", path: "README", line: null });
});

test("anything else is no place", () => {
  for (const link of ["", "#token=abc", "#/", "#/trace/", "#/other/x", "/trace/x", "#/file/%E0%A4%A"])
    expect(placeOf(link)).toBeNull();
});
