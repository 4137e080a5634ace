import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editedPair, queryPair, queryPairs, withQuery } from "../../../../../renderer/features/composer/target.js";

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

  /** The target after an edit of its only pair. */
  const edited = (target: string, change: { readonly name?: string; readonly value?: string }, isFilled = false) => {
    const [pair] = queryPairs(target);
    return (
      pair && withQuery(target, [editedPair(pair, change.name ?? pair.name, change.value ?? pair.value, isFilled)])
    );
  };

  test("of an edited pair the other half keeps its bytes, and a missing “=” stays missing", () => {
    expect(edited("/x?name=J%FCrgen", { name: "names" })).toBe("/x?names=J%FCrgen");
    expect(edited("/x?n%FC=a%20b", { value: "a c" })).toBe("/x?n%FC=a+c");
    expect(edited("/x?a=%c3%bc%20", { name: "b" })).toBe("/x?b=%c3%bc%20");
    expect(edited("/x?flag", { name: "flags" })).toBe("/x?flags");
    expect(edited("/x?flag", { value: "1" })).toBe("/x?flag=1");
    expect(edited("/x?flag", { name: "" })).toBe("/x?=");
  });

  test("a half that is shown as it stands goes back so, but for what would end it", () => {
    expect(edited("/x?name=J%FCrgen", { value: "J%FCrgens" })).toBe("/x?name=J%FCrgens");
    expect(edited("/x?a=%zz+b", { value: "%zz+b c" })).toBe("/x?a=%zz+b+c");
    expect(edited("/x?a=%zz", { value: "%zz&=#ü" })).toBe("/x?a=%zz%26=%23%C3%BC");
    expect(edited("/x?%FC=1", { name: "%FC=" })).toBe("/x?%FC%3D=1");
  });

  test("an edit that is taken back leaves the target as it was where a half cannot be decoded", () => {
    const half = fc.string({ unit: fc.constantFrom("a", "+", "%", "F", "C", "/", "%zz") });
    fc.assert(
      fc.property(half, (text) => {
        const target = `/x?%zz${text}=%zz${text}`;
        const [name, value] = [`%zz${text}`, `%zz${text}`];
        const typed = edited(target, { name: `${name}b`, value: `${value} ` }) ?? "";
        expect(edited(typed, { name, value })).toBe(target);
      }),
    );
  });

  test("placeholders stay while an environment is chosen, where the target can hold them", () => {
    expect(edited("/x?name=", { value: "{{who}} & {{none}" }, true)).toBe("/x?name={{who}}+%26+%7B%7Bnone%7D");
    expect(edited("/x?name=", { name: "{{ $id }}" }, true)).toBe("/x?{{$id}}=");
    expect(edited("/x?name=", { value: "{{a&b}}{{7*7}}" }, true)).toBe("/x?name=%7B%7Ba%26b%7D%7D%7B%7B7*7%7D%7D");
    expect(edited("/x?name=", { value: "{{größe}}{{имя}}{{2fa}}" }, true)).toBe("/x?name={{größe}}{{имя}}{{2fa}}");
    expect(edited("/x?name=", { value: "{{who}}" })).toBe("/x?name=%7B%7Bwho%7D%7D");
    expect(queryPairs("/x?a={{who}}")).toMatchObject([{ name: "a", value: "{{who}}" }]);
    expect(withQuery("/x", [queryPair("a", "{{who}}", true)])).toBe("/x?a={{who}}");
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
