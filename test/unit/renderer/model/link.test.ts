import fc from "fast-check";
import { expect, test } from "vitest";
import { formatLink, type LinkTarget, parseLink } from "../../../../renderer/model/links/link.js";

test("a place and its address are the same", () => {
  const segment = fc.string({ minLength: 1, unit: "grapheme" });
  const trace = fc.record({ kind: fc.constant("trace" as const), id: segment, tab: fc.option(segment) });
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const file = fc.record({ kind: fc.constant("file" as const), path, line: fc.option(fc.nat()) });
  fc.assert(
    fc.property(fc.oneof<fc.Arbitrary<LinkTarget>[]>(trace, file), (place) => {
      expect(parseLink(formatLink(place))).toEqual(place);
      expect(parseLink(`http://127.0.0.1:8081/${formatLink(place)}`)).toEqual(place);
    }),
  );
});

test("as people write them", () => {
  expect(parseLink("#/trace/ab12-7/stderr")).toEqual({ kind: "trace", id: "ab12-7", tab: "stderr" });
  expect(parseLink("#/file/cgi-bin/sum.py:12")).toEqual({ kind: "file", path: "cgi-bin/sum.py", line: 12 });
  expect(parseLink("#/file/README")).toEqual({ kind: "file", path: "README", line: null });
});

test("anything else is no place", () => {
  for (const link of ["", "#token=abc", "#/", "#/trace/", "#/other/x", "/trace/x", "#/file/%E0%A4%A"])
    expect(parseLink(link)).toBeNull();
});
