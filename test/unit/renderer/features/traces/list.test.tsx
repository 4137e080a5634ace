import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { suggestionsFor } from "../../../../../renderer/features/traces/filter/filter-suggestions.js";
import { loadPatterns } from "../../../../../renderer/features/traces/filter/patterns.js";
import { rowTest } from "../../../../../renderer/features/traces/filter/row-test.js";
import { listView } from "../../../../../renderer/features/traces/list-view.js";
import { type Message, wordsOf } from "../../../../../server/contract/message.js";
import type { SortColumn } from "../../../../../server/contract/trace-order.js";
import { patterns } from "../../../../../server/formats/query/query-pattern.js";
import { parseTraceQuery } from "../../../../../server/formats/query/trace-query.js";
import { inOrder } from "../../../../../server/formats/query/trace-sort.js";
import { coded } from "../../../../support/coded.js";
import { notRe2 } from "../../../../support/not-re2.js";
import { rowOf } from "../../rows.js";

const rows = [
  rowOf(1, { target: "/cgi-bin/a.py?x=1", tookMs: 20 }),
  rowOf(2, {
    target: "/cgi-bin/b.pl",
    file: "cgi-bin/b.pl",
    method: "POST",
    status: 404,
    tookMs: 150,
    responseBytes: 20_000,
  }),
  rowOf(3, {
    target: "/static/site.css",
    file: "static/site.css",
    kind: "static",
    mode: null,
    status: 304,
    tookMs: 0.2,
    from: "browser",
  }),
  rowOf(4, { outcome: "crashed", status: 500, tookMs: 1200, severity: "error", parent: { id: "t1", kind: "replay" } }),
  rowOf(5, { outcome: null, status: null, tookMs: null }),
];
const passing = (text: string, all = rows): number[] | Message => {
  const filter = parseTraceQuery(text, patterns, Date.now());
  if ("mistake" in filter) return filter.mistake.why;
  return all.filter(rowTest(filter.query) ?? (() => true)).map(({ seq }) => seq);
};

describe("the filter", () => {
  beforeAll(loadPatterns);
  it.each([
    ["", [1, 2, 3, 4, 5]],
    ["cgi-bin/b", [2]],
    ["POST", [2]],
    ["404", [2]],
    ["-cgi-bin", [3]],
    ["status:4xx", [2]],
    ["status:4xx,5xx", [2, 4]],
    ["status:>=400", [2, 4]],
    ["status:50", [4]],
    ["status:crashed", [4]],
    ["status:none", [5]],
    ["finding:*", [4]],
    ["-finding:*", [1, 2, 3, 5]],
    ["method:get -status:200", [3, 4, 5]],
    ["path:X=1", [1]],
    ["path:=/cgi-bin/a.py", [1, 4, 5]],
    ["path:=/cgi-bin/a", []],
    ['-""', []],
    ['status:404 OR path:""', [1, 2, 3, 4, 5]],
    ['500 OR "" POST', [2]],
    ["-file:=cgi-bin/a.py", [2, 3]],
    ["file:b.pl", [2]],
    ["mode:file", [3]],
    ["mode:cgi", [1, 2, 4, 5]],
    ["took:>100ms", [2, 4]],
    ["took:<1s -took:<100", [2]],
    ["took:>=1.2s", [4]],
    ["size:>10kB", [2]],
    ["from:browser", [3]],
    ["is:failed", [4]],
    ["is:running", [5]],
    ["is:replay", [4]],
    ["-is:ok", [4, 5]],
    ['"cgi-bin/a"', [1, 4, 5]],
    ["/b\\.p[l]$/", [2]],
    ["path:/SITE/i", [3]],
    ["/cgi-bin/b.pl", [2]],
    ["status:404 OR status:500", [2, 4]],
    ["is:ok status:404 OR from:browser OR took:<1ms", [2, 3]],
    ['path:"b.pl"', [2]],
    ["body:x", []],
    ["-body:x", [1, 2, 3, 4, 5]],
    ["body:x OR status:404", [2]],
  ])("%s", (text, expected) => {
    expect(passing(text)).toEqual(expected);
  });
  it("says what it does not understand", () => {
    expect(passing("frob:1")).toEqual(coded("query-unknown-key", { key: "frob" }));
    expect(passing("took:soon")).toEqual(coded("query-took", { value: "soon" }));
    expect(passing("size:big")).toEqual(coded("query-size", { value: "big" }));
    expect(passing("is:odd")).toEqual(coded("query-kind", { value: "odd" }));
    expect(passing("after:whenever")).toEqual(coded("query-time", { value: "whenever" }));
    expect(passing("after:save")).toEqual(coded("query-no-save"));
    expect(passing("pinned:perhaps")).toEqual(coded("query-pinned", { value: "perhaps" }));
    expect(passing('"open')).toEqual(coded("query-open-quote"));
    expect(passing("OR a")).toEqual(coded("query-lonely-or"));
    expect(passing("a OR OR b")).toEqual(coded("query-lonely-or"));
    expect(passing("status:404 OR")).toEqual(coded("query-lonely-or"));
    expect(passing("status:")).toEqual(coded("query-no-value", { key: "status" }));
    expect(passing("path:=")).toEqual(coded("query-no-value", { key: "path" }));
    expect(passing("-")).toEqual(coded("query-nothing-negated"));
    expect(passing('took:"100 ms"')).toEqual(coded("query-took", { value: "100 ms" }));
    expect(passing("took:1234567890123")).toEqual(coded("query-took", { value: "1234567890123" }));
    expect(passing("took:>5constructor")).toEqual(coded("query-took", { value: ">5constructor" }));
  });
  it.each(notRe2)("refuses %s, which is no regular expression of RE2", (pattern) => {
    for (const key of ["", "path:", "-file:", "method:", "mode:"])
      expect(passing(`${key}/${pattern}/`)).toEqual(patterns.whyInvalid(pattern, ""));
  });
  it("never throws, and a minus before a term turns it round", () => {
    const word = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom("status:4xx", "took:>1ms", "is:ok", '"a b"', "/x+/", "path:a"),
    );
    fc.assert(
      fc.property(word, (text) => {
        const [plain, turned] = [text, `-${text.trim()}`].map((one) => parseTraceQuery(one, patterns, 0));
        if (
          !plain ||
          !turned ||
          "mistake" in plain ||
          "mistake" in turned ||
          /[\s"]|^-/.test(text.replace('"a b"', ""))
        )
          return;
        const [holds, negated] = [rowTest(plain.query), rowTest(turned.query)];
        if (!holds || !negated) return;
        for (const row of rows) expect(negated(row)).toBe(!holds(row));
      }),
    );
  });
  it.each([
    ["body:x", [2, 5]],
    ["-body:x", [2, 5]],
    ["body:x status:404", [2]],
    ["body:x OR status:500", [2, 4, 5]],
    ["cgi-bin/b", [2, 5]],
    ["-cgi-bin/b", [5]],
    ["status:404", [2]],
    ["finding:x", [2, 5]],
  ])("%s: the list decides what a row cannot tell", (text, expected) => {
    const filter = parseTraceQuery(text, patterns, 0);
    if ("mistake" in filter) throw new Error(`${text}: ${wordsOf(filter.mistake.why.text)}`);
    const test = rowTest(filter.query, [rowOf(2), rowOf(5)]);
    expect(rows.filter(test ?? (() => true)).map(({ seq }) => seq)).toEqual(expected);
  });
  it("knows what was written to a trace, its session, and when it began", () => {
    const marks = { name: "Cart fails", note: "ask Bob", tags: ["customer 4711", "Move"], isDeleted: false };
    const some = [
      rowOf(1, { marks, id: "000000000abcdef-1", pinned: true }),
      rowOf(2, { id: "000000000fedcba-2", startedAt: Date.now() }),
    ];
    const found = (text: string) => passing(text, some);
    expect(["tag:move", 'tag:"customer 4711"', "name:CART", "note:bob", "bob", "tag:x,move"].map(found)).toEqual(
      Array(6).fill([1]),
    );
    expect(["tag:customer", "name:bob"].map(found)).toEqual([[], []]);
    expect(["session:abcdef", "pinned:yes", "before:2001-01-01"].map(found)).toEqual([[1], [1], [1]]);
    expect(["session:fed", "pinned:no", "after:today", "after:2h"].map(found)).toEqual(Array(4).fill([2]));
    expect(suggestionsFor("tag:", some)).toEqual(['tag:"customer 4711"', "tag:Move", "tag:*"]);
  });
  it("is plain data, which says the same wherever it is read", () => {
    for (const text of [
      '-status:4xx,crashed,none took:<=1.5s "a b" /B\\.p/i mode:cgi -is:pinned from:cli,browser',
      "size:>1kB",
    ]) {
      const filter = parseTraceQuery(text, patterns, 0);
      if ("mistake" in filter) throw new Error(`${text}: ${wordsOf(filter.mistake.why.text)}`);
      expect(JSON.parse(JSON.stringify(filter.query))).toEqual(filter.query);
    }
  });
  it("suggests keys, and values that were seen", () => {
    expect(suggestionsFor("st", rows)).toEqual(["status:", "stderr:"]);
    expect(suggestionsFor("took:>1s -m", rows)).toEqual(["took:>1s -method:", "took:>1s -mode:"]);
    expect(suggestionsFor("method:P", rows)).toEqual(["method:POST"]);
    expect(suggestionsFor("status:4", rows)).toEqual(["status:404", "status:4xx"]);
    expect([suggestionsFor("", rows), suggestionsFor("frob:", rows)]).toEqual([[], []]);
  });
  it.each([
    ["file:", 'file:"cgi-bin/my script.py"'],
    ["-file:cgi", '-file:"cgi-bin/my script.py"'],
    ["tag:cust", 'tag:"customer 4711"'],
    ['name:"a \\"b" tag:"customer 4', 'name:"a \\"b" tag:"customer 4711"'],
    ["tag:a", "tag:a1"],
    ["name:bef", 'name:"before \\"it\\""'],
    ["path:/l", 'path:"/list/"'],
    ["path:/site/", "path:/site/b"],
  ])("%s: a suggested value is written so that it means itself", (typed, wanted) => {
    const marks = { name: 'before "it"', note: null, tags: ["a1", "customer 4711"], isDeleted: false };
    const some = [
      rowOf(1, { file: "cgi-bin/my script.py", target: "/list/?x=1", marks }),
      rowOf(2, { target: "/site/b" }),
    ];
    expect(suggestionsFor(typed, some)).toContain(wanted);
    const parsed = parseTraceQuery(wanted, patterns, 0);
    const last = "query" in parsed ? parsed.query.slice(-1) : [];
    const holds = rowTest(last.map((choice) => choice.map((term) => ({ ...term, isNegated: false }))));
    expect(some.filter((row) => holds?.(row))).toHaveLength(1);
  });
});

it("is newest first, or in a column's order, with what has no value last when it ascends", () => {
  const order = (column: SortColumn, isDescending: boolean) =>
    inOrder(rows.toReversed(), { column, isDescending }).map(({ seq }) => seq);
  expect(order("took", false)).toEqual([3, 1, 2, 4, 5]);
  expect(order("took", true)).toEqual([5, 4, 2, 1, 3]);
  expect(order("method", false)).toEqual([5, 4, 3, 1, 2]);
});

it("has places for lines and for rows that are not there", () => {
  const [one, other] = [rowOf(9), rowOf(3)];
  const line = { isRun: true, run: "cccccc", at: 0 } as const;
  const view = listView({ first: 4, items: [one, line, other], rows: [one, other], total: 10 });
  expect([view.count, view.at(4), view.runAt(5), view.at(6), view.at(7)]).toEqual([11, one, line, other, undefined]);
  expect([view.indexOf("t3"), view.indexOf("t1")]).toEqual([6, -1]);
  expect([0, 4, 5, 6, 10].map(view.rankOf)).toEqual([0, 4, 5, 5, 9]);
});
