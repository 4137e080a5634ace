import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { queryPair, queryPairs, withQuery } from "../../../../../renderer/features/composer/target.js";

describe("the query as pairs", () => {
  test("names and values are decoded, `+` is a space", () => {
    expect(queryPairs("/x?name=J%C3%BCrgen+K&page=2")).toMatchObject([
      { name: "name", value: "Jürgen K" },
      { name: "page", value: "2" },
    ]);
  });

  test("what is not UTF-8 or not encoded right is shown as it stands", () => {
    expect(queryPairs("/x?a=%FC&b=%zz&flag&=v")).toMatchObject([
      { name: "a", value: "%FC" },
      { name: "b", value: "%zz" },
      { name: "flag", value: "" },
      { name: "", value: "v" },
    ]);
  });

  test("a target without a query, or with an empty one, has none", () => {
    expect(queryPairs("/x")).toEqual([]);
    expect(queryPairs("/x?")).toEqual([]);
  });

  test("putting the same pairs back changes no byte of the target", () => {
    const query = fc.string({ minLength: 1, unit: fc.constantFrom("a", "=", "&", "+", "%", "F", "é", "?", "/") });
    fc.assert(
      fc.property(query, (text) => {
        expect(withQuery(`/x?${text}`, queryPairs(`/x?${text}`))).toBe(`/x?${text}`);
      }),
    );
  });

  test("an edited pair is encoded, its neighbours keep their bytes", () => {
    const [first] = queryPairs("/x?odd=%zz&name=a");
    expect(first && withQuery("/x?odd=%zz&name=a", [first, queryPair("name", "Jürgen & Söhne")])).toBe(
      "/x?odd=%zz&name=J%C3%BCrgen+%26+S%C3%B6hne",
    );
  });

  test("what is encoded decodes to the same", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => {
        expect(queryPairs(withQuery("/x", [queryPair(name, value)]))).toMatchObject([{ name, value }]);
      }),
    );
  });

  test("without pairs the question mark goes too", () => {
    expect(withQuery("/x?a=1", [])).toBe("/x");
  });
});
