import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Arranged, arrange, type Sort } from "../../../../../renderer/features/traces/arrange.js";
import { suggestionsFor } from "../../../../../renderer/features/traces/filter/filter-suggestions.js";
import { loadPatterns } from "../../../../../renderer/features/traces/filter/patterns.js";
import { rowTest } from "../../../../../renderer/features/traces/filter/row-test.js";
import { olderOf, type Probe } from "../../../../../renderer/model/traces/stored-rows.js";
import { joined, pageWanted, type Stretch } from "../../../../../renderer/model/traces/stored-stretch.js";
import type { Message } from "../../../../../server/contract/message.js";
import type { TraceRow } from "../../../../../server/contract/trace.js";
import { patterns } from "../../../../../server/formats/query/query-pattern.js";
import { parseTraceQuery } from "../../../../../server/formats/query/trace-query.js";
import { needsStore } from "../../../../../server/formats/query/trace-row-test.js";
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
  ])("%s: the store decides what a row cannot tell", (text, expected) => {
    const filter = parseTraceQuery(text, patterns, 0);
    if ("mistake" in filter) throw new Error(`${text}: ${filter.mistake.why.text}`);
    const test = rowTest(filter.query, new Set(["t2", "t5"]));
    expect(rows.filter(test ?? (() => true)).map(({ seq }) => seq)).toEqual(expected);
    expect(needsStore(filter.query)).toBe(text !== "status:404");
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
      if ("mistake" in filter) throw new Error(`${text}: ${filter.mistake.why.text}`);
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

describe("the order", () => {
  const seqs = (sort: Sort | null, list = rows): (number | undefined)[] => {
    const arranged = arrange(list, null, sort);
    return Array.from({ length: arranged.count }, (_, index) => arranged.at(index)?.seq);
  };
  it("is newest first, or a column's, with what has no value last when it ascends", () => {
    expect(seqs(null)).toEqual([5, 4, 3, 2, 1]);
    expect(seqs({ column: "took", direction: "ascending" })).toEqual([3, 1, 2, 4, 5]);
    expect(seqs({ column: "took", direction: "descending" })).toEqual([5, 4, 2, 1, 3]);
    expect(seqs({ column: "method", direction: "ascending" })).toEqual([5, 4, 3, 1, 2]);
  });
  it("has the pinned ones first", () => {
    expect(
      seqs(
        null,
        rows.map((row) => (row.seq === 2 ? { ...row, pinned: true } : row)),
      ),
    ).toEqual([2, 5, 4, 3, 1]);
  });
  it("knows each row's place in either form", () => {
    const plain = arrange(rows, null, null);
    const sorted = arrange(rows, ({ seq }) => seq !== 3, { column: "seq", direction: "ascending" });
    expect([
      plain.indexOf("t4"),
      plain.placeOf(rowOf(4)),
      plain.placeOf(rowOf(9)),
      plain.newerThan(3),
      plain.indexOf("t9"),
    ]).toEqual([1, 1, 0, 2, -1]);
    expect([sorted.count, sorted.indexOf("t4"), sorted.placeOf(rowOf(3)), sorted.newerThan(1)]).toEqual([
      4,
      2,
      null,
      0,
    ]);
    expect(arrange(rows, ({ seq }) => seq !== 4, null).newerThan(3)).toBe(1);
  });
  const stored = (seq: number, run: string) => rowOf(seq, { id: `000000000${run}-${seq}` });
  const stretchOf = (rows: readonly TraceRow[], from = 0) => ({
    from,
    found: rows.map((row, index) => ({ at: 1000 - from - index, row, hit: null })),
  });
  const nothing = { pinned: [], probes: [], total: null };
  const list = (arranged: Arranged) =>
    Array.from({ length: arranged.count }, (_, at) => arranged.at(at)?.seq ?? arranged.runAt(at)?.run ?? null);

  it("has the stored ones below the live ones, a line above each earlier run, and pinned ones first", () => {
    const live = [stored(3, "aaaaaa"), stored(4, "aaaaaa")];
    const found = [stored(2, "aaaaaa"), stored(9, "bbbbbb"), stored(8, "bbbbbb"), stored(1, "cccccc")];
    const older = olderOf({ ...nothing, stretch: stretchOf(found) }, "aaaaaa11-2222", () => false);
    const arranged = arrange(live, null, null, older);
    expect(list(arranged)).toEqual([4, 3, 2, "bbbbbb", 9, 8, "cccccc", 1]);
    expect(arranged.indexOf("000000000bbbbbb-8")).toBe(5);
    expect(arranged.placeOf(stored(1, "cccccc"))).toBe(7);
    expect(arranged.newerThan(3)).toBe(1);
    const pins = [...live, stored(7, "cccccc")].map((row) => ({ at: 1, hit: null, row: { ...row, pinned: true } }));
    const state = { ...nothing, stretch: stretchOf(found), pinned: pins };
    const withPins = olderOf(state, "aaaaaa", (id) => live.some((row) => row.id === id));
    expect(list(arrange(live, null, null, withPins))).toEqual([7, 4, 3, 2, "bbbbbb", 9, 8, "cccccc", 1]);
    const byNumber = found.toSorted((a, b) => a.seq - b.seq);
    const inOrder = olderOf({ ...nothing, stretch: stretchOf(byNumber) }, "aaaaaa", () => false);
    const sort = { column: "seq", direction: "ascending" } as const;
    expect(list(arrange(live, null, sort, inOrder))).toEqual([1, 2, 3, 4, 8, 9]);
  });

  it("keeps places for the stored rows that it does not hold, and knows their ranks", () => {
    const live = [stored(91, "aaaaaa"), stored(92, "aaaaaa")];
    const state = { ...nothing, stretch: stretchOf([stored(9, "bbbbbb"), stored(3, "cccccc")], 4), total: 10 };
    const older = olderOf(state, "aaaaaa", () => false);
    const arranged = arrange(live, null, null, older);
    expect(list(arranged)).toEqual([92, 91, null, null, null, null, 9, "cccccc", 3, null, null, null, null]);
    expect(arranged.ranks(0, 5)).toEqual({ first: 0, end: 3 });
    expect(arranged.ranks(6, 9)).toEqual({ first: 4, end: 6 });
    expect(arranged.ranks(10, 13)).toEqual({ first: 7, end: 10 });
    expect(arranged.indexOf("000000000cccccc-3")).toBe(8);
    expect(arrange(live, ({ seq }) => seq === 92, null, older).indexOf("000000000cccccc-3")).toBe(7);
  });

  it("finds each stored row of a sorted list by reading pages, wherever live rows lie among them", () => {
    const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 1500 });
    const held = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 300 });
    fc.assert(
      fc.property(values, held, fc.integer({ min: 0, max: 2000 }), (numbers, own, wanted) => {
        const compare = (a: TraceRow, b: TraceRow) => (a.tookMs ?? 0) - (b.tookMs ?? 0);
        const took = (seq: number, run: string, tookMs: number) => ({ ...stored(seq, run), tookMs });
        const live = own.map((tookMs, index) => took(10_000 + index, "aaaaaa", tookMs));
        const all = numbers.map((tookMs, index) => took(index, "bbbbbb", tookMs)).sort(compare);
        const whole = [...live.toReversed(), ...all].sort(compare);
        const first = Math.min(wanted, Math.max(0, whole.length - 20));
        const sort = { column: "took", direction: "ascending" } as const;
        let [stretch, probes]: [Stretch, Probe[]] = [stretchOf(all.slice(0, 100)), []];
        for (let pages = 0; ; pages++) {
          const older = olderOf({ stretch, probes, pinned: [], total: all.length }, "aaaaaa", () => false);
          const arranged = arrange(live, null, sort, older);
          expect(arranged.count).toBe(whole.length);
          const view = arranged.ranks(first, Math.min(first + 20, whole.length));
          const page = pageWanted(view, stretch, all.length);
          if (page === null) {
            const shown = Array.from({ length: Math.min(20, whole.length) }, (_, at) => arranged.at(first + at)?.id);
            expect(shown).toEqual(whole.slice(first, first + 20).map(({ id }) => id));
            return;
          }
          expect(pages).toBeLessThan(40);
          stretch = joined(stretch, page, stretchOf(all.slice(page.rank, page.rank + page.limit), page.rank).found);
          const [top, bottom] = [stretch.found[0], stretch.found.at(-1)];
          if (top && bottom)
            probes = [
              ...probes,
              { rank: stretch.from, row: top.row },
              { rank: stretch.from + stretch.found.length - 1, row: bottom.row },
            ];
        }
      }),
      { numRuns: 200 },
    );
  });
});
