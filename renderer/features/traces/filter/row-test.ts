// A filter held against rows.
import { isFailed } from "../../../../server/contract/failure.js";
import { isMode } from "../../../../server/contract/modes.js";
import type { TraceRow } from "../../../../server/contract/trace.js";
import { modeName, outcomeName } from "../../../format/trace-labels.js";
import type { Comparison, FilterQuery, FilterTest, Sign, StatusMatch, TextMatch, TraceKind } from "./filter-query.js";

export type RowTest = (row: TraceRow) => boolean;

const tests = new WeakMap<FilterQuery, RowTest>();

/** Null for a query without terms, which every row passes. Memoised by query. */
export function rowTest(query: FilterQuery): RowTest | null {
  if (query.length === 0) return null;
  const known = tests.get(query);
  if (known) return known;
  const terms = query.map(({ test, isNegated }): RowTest => {
    const holds = testOf(test);
    return isNegated ? (row) => !holds(row) : holds;
  });
  const made = remembered((row) => terms.every((holds) => holds(row)));
  tests.set(query, made);
  return made;
}

function testOf(test: FilterTest): RowTest {
  if ("match" in test) return textTest(test.field, matcher(test.match));
  if ("exact" in test)
    return test.field === "path"
      ? ({ target }) => target.split("?", 1)[0] === test.exact
      : ({ file }) => file === test.exact;
  if ("oneOf" in test) return oneOfTest(test.field, test.oneOf);
  switch (test.field) {
    case "status": {
      const any = test.anyOf.map(statusTest);
      return (row) => any.some((holds) => holds(row));
    }
    case "took":
      return comparing(test.compare, ({ tookMs }) => tookMs);
    case "size":
      return comparing(test.compare, ({ responseBytes }) => responseBytes);
    case "is":
      return kinds[test.kind];
  }
}

function matcher(match: TextMatch): (value: string) => boolean {
  if ("contains" in match) {
    const text = match.contains.toLowerCase();
    return (value) => value.toLowerCase().includes(text);
  }
  const pattern = new RegExp(match.pattern, match.flags);
  return (value) => pattern.test(value);
}

function textTest(field: "any" | "path" | "file" | "method" | "mode", has: (value: string) => boolean): RowTest {
  switch (field) {
    case "any":
      return (row) => has(row.target) || has(row.method) || has(row.file ?? "") || has(String(row.status ?? ""));
    case "path":
      return (row) => has(row.target);
    case "file":
      return (row) => has(row.file ?? "");
    case "method":
      return (row) => has(row.method);
    case "mode":
      return (row) => has(modeName(row));
  }
}

function oneOfTest(field: "method" | "mode" | "from", values: readonly string[]): RowTest {
  switch (field) {
    case "method":
      return (row) => values.includes(row.method.toLowerCase());
    case "from":
      return (row) => values.includes(row.from);
    case "mode":
      return (row) =>
        values.some((name) => (isMode(name) ? row.mode === name : modeName(row).toLowerCase().startsWith(name)));
  }
}

function statusTest(match: StatusMatch): RowTest {
  if ("hundreds" in match) return ({ status }) => status !== null && Math.floor(status / 100) === match.hundreds;
  if ("begins" in match) return ({ status }) => String(status ?? "").startsWith(match.begins);
  if ("compare" in match) return comparing(match.compare, ({ status }) => status);
  if ("isNone" in match) return ({ status }) => status === null;
  const begins = match.outcome;
  return ({ outcome }) => (outcome ?? "running").startsWith(begins) || outcomeName(outcome).startsWith(begins);
}

const holds: Readonly<Record<Sign, (value: number, bound: number) => boolean>> = {
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  "=": (value, bound) => value === bound,
};

const comparing =
  ({ sign, bound }: Comparison, value: (row: TraceRow) => number | null): RowTest =>
  (row) => {
    const known = value(row);
    return known !== null && holds[sign](known, bound);
  };

const kinds: Readonly<Record<TraceKind, RowTest>> = {
  failed: isFailed,
  ok: (row) => row.outcome !== null && !isFailed(row),
  running: ({ outcome }) => outcome === null,
  pinned: ({ pinned }) => pinned,
  warning: ({ severity }) => severity === "warning",
  error: ({ severity }) => severity === "error",
  replay: ({ parent }) => parent?.kind === "replay",
  redirected: ({ parent }) => parent?.kind === "local-redirect",
  followed: ({ parent }) => parent?.kind === "follow",
  script: ({ kind }) => kind === "script",
  static: ({ kind }) => kind === "static",
};

/** Rows never change; a trace that goes on gets a new row. So each row is tested once. */
function remembered(test: RowTest): RowTest {
  const known = new WeakMap<TraceRow, boolean>();
  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const result = test(row);
    known.set(row, result);
    return result;
  };
}
