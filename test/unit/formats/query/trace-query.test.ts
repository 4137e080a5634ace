// The search for traces: what its conditions mean, and where a mistake is.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patterns } from "../../../../server/formats/query/query-pattern.js";
import { queryKeys } from "../../../../server/formats/query/trace-conditions.js";
import { parseTraceQuery, type TraceQuery } from "../../../../server/formats/query/trace-query.js";
import { notRe2 } from "../../../support/not-re2.js";

const now = new Date(2026, 0, 31, 14, 30).getTime();

function valid(text: string): TraceQuery {
  const parsed = parseTraceQuery(text, patterns, now);
  if ("mistake" in parsed) throw new Error(`${text}: ${parsed.mistake.why.code}`);
  return parsed.query;
}

function mistake(text: string): readonly [code: string, wrong: string] {
  const parsed = parseTraceQuery(text, patterns, now);
  if ("query" in parsed) throw new Error(`${text} is valid`);
  return [parsed.mistake.why.code, text.slice(parsed.mistake.from, parsed.mistake.to)];
}

const one = (text: string) => valid(text)[0]?.[0];

describe("conditions", () => {
  test("an empty query has none", () => {
    expect([valid(""), valid("  \t ")]).toEqual([[], []]);
  });

  test.each([
    ["hello", { key: "text", value: "hello" }],
    ['"two words: OR"', { key: "text", value: "two words: OR" }],
    ['body:"a \\" b"', { key: "body", value: 'a " b' }],
    ["http://a", null],
    ["status:404", { key: "status", range: [404, 404] }],
    ["status:5xx", { key: "status", range: [500, 599] }],
    ["status:>=400", { key: "status", range: [400, 999] }],
    ["status:<300", { key: "status", range: [0, 299] }],
    ["status:none", { key: "status", range: null }],
    ["status:50", { key: "status", range: [500, 509] }],
    ["status:crash", { key: "outcome", anyOf: ["crashed"] }],
    ["status:timed", { key: "outcome", anyOf: ["timeout"] }],
    ["mode:CGI,–", { key: "mode", anyOf: ["cgi", null] }],
    ["mode:fast", { key: "mode", anyOf: ["fastcgi", "fastcgi-external"] }],
    ["mode:/^f/i", { key: "mode", anyOf: ["fastcgi", "fastcgi-external", "file"] }],
    ["mode:nothing", { key: "mode", anyOf: [] }],
    ["method:/^P/", { key: "method", pattern: "^P", flags: "" }],
    [
      "status:404,none",
      {
        key: "any",
        of: [
          { key: "status", range: [404, 404] },
          { key: "status", range: null },
        ],
      },
    ],
    ["path:=/a.py", { key: "path", exact: "/a.py" }],
    ["path:/A.p/i", { key: "path", pattern: "A.p", flags: "i" }],
    ["/a\\/b/", { key: "text", pattern: "a\\/b", flags: "" }],
    ["/cgi-bin/a.py", { key: "text", value: "/cgi-bin/a.py" }],
    ["from:Browser", { key: "from", value: "browser" }],
    ["is:failed", { key: "is", value: "failed" }],
    ["pinned:Yes", { key: "pinned", value: true }],
    ["tag:*", { key: "tag", value: null }],
    ['tag:"customer 4711"', { key: "tag", value: "customer 4711" }],
    [
      "tag:a,b",
      {
        key: "any",
        of: [
          { key: "tag", value: "a" },
          { key: "tag", value: "b" },
        ],
      },
    ],
    ["name:cart", { key: "name", value: "cart" }],
    ["note:*", { key: "note", value: null }],
    ["version:A91F3C", { key: "version", value: "a91f3c" }],
    ["session:abcdef", { key: "session", value: "abcdef" }],
    ["took:100", { key: "took", is: "=", number: 100 }],
    ["size:1kB", { key: "size", is: "=", number: 1000 }],
    ["method:post", { key: "method", value: "post" }],
    ["took:>100ms", { key: "took", is: ">", number: 100 }],
    ["took:<=1.5s", { key: "took", is: "<=", number: 1500 }],
    ["size:>10k", { key: "size", is: ">", number: 10_240 }],
    ["header:Accept=text/html; q=1", { key: "header", name: "Accept", value: "text/html;" }],
    ['header:Accept="text/html; q=1"', { key: "header", name: "Accept", value: "text/html; q=1" }],
    ["header:Cookie", { key: "header", name: "Cookie", value: null }],
    ["env:A=b=c", { key: "env", name: "A", value: "b=c" }],
    ["after:2h", { key: "after", time: now - 7_200_000 }],
    ["before:2026-01-31", { key: "before", time: new Date(2026, 0, 31).getTime() }],
    ["after:2026-01-31T14:30", { key: "after", time: now }],
    ["after:2026-01-31T14:30:15.1239Z", { key: "after", time: Date.UTC(2026, 0, 31, 14, 30, 15, 123) }],
    ["before:2026-01-31t14:30-05:30", { key: "before", time: Date.UTC(2026, 0, 31, 20) }],
    ["after:yesterday", { key: "after", time: new Date(2026, 0, 30).getTime() }],
  ])("%s", (text, condition) => {
    if (condition) expect(one(text)).toEqual({ ...condition, isNegated: false });
    else expect(mistake(text)[0]).toBe("query-unknown-key");
  });

  test("the last save is a time, if one is known", () => {
    const parsed = parseTraceQuery("after:save before:save", patterns, now, () => 42);
    expect(parsed).toEqual({
      query: ["after", "before"].map((key) => [{ key, time: 42, isNegated: false }]),
    });
  });

  test("a minus negates, OR joins neighbours, all others must hold", () => {
    expect(
      valid("-method:GET status:500 OR -status:2xx a").map((choice) =>
        choice.map((term) => [term.key, term.isNegated]),
      ),
    ).toEqual([
      [["method", true]],
      [
        ["status", false],
        ["status", true],
      ],
      [["text", false]],
    ]);
  });
});

test.each([
  ["a colour:red", "query-unknown-key", "colour:"],
  ['status:200 "open', "query-open-quote", '"open'],
  ["a status:", "query-no-value", "status:"],
  ["a path:=", "query-no-value", "="],
  ["a - b", "query-nothing-negated", "-"],
  ["OR a", "query-lonely-or", "OR"],
  ["a OR", "query-lonely-or", "OR"],
  ["a OR OR b", "query-lonely-or", "OR"],
  ["status:abc", "query-status", "abc"],
  ["-took:soon", "query-took", "soon"],
  ["is:odd", "query-kind", "odd"],
  ["path:/(/", "query-pattern", "/(/"],
  ["mode:/(/", "query-pattern", "/(/"],
  ["status:404,abc", "query-status", "404,abc"],
  ["size:>1x", "query-size", ">1x"],
  ["after:2026-02-30", "query-time", "2026-02-30"],
  ["after:2026-02-30T10:00Z", "query-time", "2026-02-30T10:00Z"],
  ["after:2026-01-31T10:61", "query-time", "2026-01-31T10:61"],
  ["after:2026-01-31T10:00+25:00", "query-time", "2026-01-31T10:00+25:00"],
  ["after:2026-01-31Z", "query-time", "2026-01-31Z"],
  ["after:save", "query-no-save", "save"],
  ["pinned:maybe", "query-pinned", "maybe"],
])("%s: %s at “%s”", (text, code, wrong) => {
  expect(mistake(text)).toEqual([code, wrong]);
});

test("a character may be written as JavaScript does, which saved searches may have from before RE2", () => {
  const finds = (source: string, text: string): boolean => patterns.patternTest(source, "")(text);
  expect([finds("^a\\u0022[\\u0020b]$", 'a" '), finds("^\\\\u0022$", "\\u0022")]).toEqual([true, true]);
  expect(mistake("path:/\\u00/")[0]).toBe("query-pattern");
});

test.each(notRe2)("%s is no regular expression of RE2", (pattern) => {
  for (const key of ["", "path:", "file:", "script:", "method:", "mode:"]) {
    const [code, wrong] = mistake(`a -${key}/${pattern}/i b`);
    expect([code, wrong]).toEqual([expect.stringMatching(/^query-pattern/), `${key === "" ? "-" : ""}/${pattern}/i`]);
  }
});

describe("any text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom(
      ...queryKeys.map((key) => `${key}:`),
      "OR",
      "-",
      '"',
      "\\",
      " ",
      ">",
      "5xx",
      "1k",
      "2h",
      "toString:",
      "took:>1constructor",
    ),
  );
  const anyText = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

  test("is a query or has a mistake within it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseTraceQuery(text, patterns, now);
        if ("query" in parsed) return parsed.query.every((choice) => choice.length > 0);
        const { from, to } = parsed.mistake;
        return from >= 0 && from < to && to <= text.length;
      }),
      { numRuns: 3000 },
    );
  });

  test("in quotes is searched as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "body:", "path:", "stderr:"), (text, key) => {
        const quoted = `"${text.replace(/["\\]/g, "\\$&")}"`;
        expect(valid(key + quoted)).toEqual([
          [{ key: key === "" ? "text" : key.slice(0, -1), value: text, isNegated: false }],
        ]);
      }),
    );
  });

  test("conditions are independent: a query of two has the conditions of both", () => {
    fc.assert(
      fc.property(anyText, anyText, (some, others) => {
        const [first, second] = [parseTraceQuery(some, patterns, now), parseTraceQuery(others, patterns, now)];
        if (!("query" in first) || !("query" in second)) return;
        expect(valid(`${some} ${others}`)).toEqual([...first.query, ...second.query]);
      }),
    );
  });
});

test("a query has 200 words at most (C14)", () => {
  const words = Array.from({ length: 201 }, (_, index) => `w${index}`);
  expect(valid(words.slice(1).join(" "))).toHaveLength(200);
  expect(mistake(words.join(" "))).toEqual(["query-too-long", "w200"]);
  expect(mistake(words.join(" OR "))[0]).toBe("query-too-long");
});
