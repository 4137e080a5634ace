import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  cellFilter,
  cellKinds,
  onlyWith,
  without,
} from "../../../../../renderer/features/traces/filter/cell-filters.js";
import { loadPatterns } from "../../../../../renderer/features/traces/filter/patterns.js";
import { rowTest } from "../../../../../renderer/features/traces/filter/row-test.js";
import { wordsOf } from "../../../../../server/contract/message.js";
import type { TraceRow } from "../../../../../server/contract/trace.js";
import { outcomes } from "../../../../../server/contract/trace-values.js";
import { patterns } from "../../../../../server/formats/query/query-pattern.js";
import { parseTraceQuery } from "../../../../../server/formats/query/trace-query.js";
import { rowOf } from "../../rows.js";

beforeAll(loadPatterns);

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ maxLength: 12, unit: "binary" }),
  fc.constantFrom("/a b", '/a"b', '/a "b"', "/a/b.c", "=/a", "/x/", "/a\\", "-GET", "a,b"),
);
const anyRow: fc.Arbitrary<TraceRow> = fc
  .record({
    target: text,
    file: fc.option(text),
    method: fc.oneof(text, fc.constantFrom("GET", "POST", "M-SEARCH")),
    status: fc.option(fc.integer({ min: 100, max: 999 })),
    outcome: fc.option(fc.constantFrom(...outcomes)),
    kind: fc.constantFrom("script", "static", "none"),
    mode: fc.option(fc.constantFrom("cgi", "fastcgi")),
    from: fc.constantFrom("composer", "browser", "cli"),
  })
  .map((differences) => rowOf(1, differences));

const passes = (filter: string, row: TraceRow): boolean => {
  const parsed = parseTraceQuery(filter, patterns, 0);
  if ("mistake" in parsed) throw new Error(`${filter}: ${wordsOf(parsed.mistake.why.text)}`);
  return rowTest(parsed.query)?.(row) ?? true;
};

it("shows the row that a filter was made from, and its opposite hides it", () => {
  fc.assert(
    fc.property(
      anyRow,
      fc.constantFrom(...cellKinds),
      fc.constantFrom("", "took:<1m", "-is:pinned"),
      (row, kind, before) => {
        const cell = cellFilter(row, kind);
        if (!cell) return;
        expect([cell.term, passes(onlyWith(before, cell), row)]).toEqual([cell.term, true]);
        expect([cell.term, passes(without(before, cell), row)]).toEqual([cell.term, false]);
      },
    ),
  );
});

it("shows no row with another path, file or status", () => {
  fc.assert(
    fc.property(anyRow, anyRow, (one, other) => {
      for (const kind of ["path", "file", "status"] as const) {
        const [cell, theirs] = [cellFilter(one, kind), cellFilter(other, kind)];
        if (
          cell &&
          cell.value !== theirs?.value &&
          (kind !== "status" || (one.status !== null && other.status !== null))
        )
          expect(passes(cell.term, other)).toBe(false);
      }
    }),
  );
});

describe("choices", () => {
  const condition = fc.constantFrom(
    ...["status:404", "status:500", "-status:404", "method:POST", "-method:GET", "path:=/x", "-path:=/x"],
    ...["took:<1m", "-is:pinned", '"a OR b"', "from:browser,cli", "/^OR/"],
  );
  const typed = fc.array(fc.array(condition, { minLength: 1, maxLength: 3 }), { maxLength: 4 });
  const someRow = fc
    .record({
      target: fc.constantFrom("/x", "/y", "/a OR b"),
      method: fc.constantFrom("GET", "POST"),
      status: fc.constantFrom(200, 404, 500),
      from: fc.constantFrom("composer", "browser"),
    })
    .map((differences) => rowOf(1, differences));
  const textOf = (choices: readonly (readonly string[])[]): string =>
    choices.map((choice) => choice.join(" OR ")).join(" ");
  /** Of the old filter, what does not make room for the new term. */
  const remaining = (choices: string[][], isReplaced: (term: string) => boolean): string =>
    textOf(choices.filter(([first = "", ...others]) => others.length > 0 || !isReplaced(first)));

  it("stay whole: the new filter shows what the rest of the old one and the new term show", () => {
    fc.assert(
      fc.property(
        ...([typed, fc.oneof(someRow, anyRow), fc.constantFrom(...cellKinds), fc.array(someRow)] as const),
        (choices, row, kind, others) => {
          const cell = cellFilter(row, kind);
          if (!cell) return;
          const { term } = cell;
          const old = textOf(choices);
          const kept = {
            only: remaining(choices, (other) => other === `-${term}` || other.startsWith(`${kind}:`)),
            hidden: remaining(choices, (other) => other === term || other === `-${term}`),
          };
          const made = { only: onlyWith(old, cell), hidden: without(old, cell) };
          for (const filter of Object.values(made))
            expect([filter, "query" in parseTraceQuery(filter, patterns, 0)]).toEqual([filter, true]);
          for (const other of [row, ...others]) {
            const has = passes(term, other);
            expect([made.only, passes(made.only, other)]).toEqual([made.only, passes(kept.only, other) && has]);
            expect([made.hidden, passes(made.hidden, other)]).toEqual([
              made.hidden,
              passes(kept.hidden, other) && !has,
            ]);
          }
        },
      ),
    );
  });

  it("are kept with their words", () => {
    const row = rowOf(1, { status: 404, target: "/x" });
    const [status, path] = [cellFilter(row, "status"), cellFilter(row, "path")];
    if (!status || !path) throw new Error("a filter is missing");
    expect(onlyWith("status:404 OR status:500", status)).toBe("status:404 OR status:500 status:404");
    expect(onlyWith("method:POST OR status:500 status:200", status)).toBe("method:POST OR status:500 status:404");
    expect(without("path:=/x OR status:500", path)).toBe("path:=/x OR status:500 -path:=/x");
    expect(onlyWith("after:save status:200", status)).toBe("after:save status:404");
  });
});

it("keeps what else is typed, and puts one value in another's place", () => {
  const [post, missing] = [rowOf(1, { method: "POST" }), rowOf(2, { status: 404, target: "/cgi-bin/a b.py?x=1" })];
  const method = cellFilter(post, "method");
  const status = cellFilter(missing, "status");
  const path = cellFilter(missing, "path");
  if (!method || !status || !path) throw new Error("a filter is missing");
  expect(onlyWith("", method)).toBe("method:POST");
  expect(onlyWith('status:200  "some text" took:>1ms', status)).toBe('"some text" took:>1ms status:404');
  expect(without("status:404 took:>1ms", status)).toBe("took:>1ms -status:404");
  expect(without("-status:404", status)).toBe("-status:404");
  expect(onlyWith("-status:404 -status:500", status)).toBe("-status:500 status:404");
  expect(onlyWith("", path)).toBe('path:"=/cgi-bin/a b.py"');
});
