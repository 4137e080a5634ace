// A filter held against rows.

import { isFailed } from "../../../../server/contract/failure.js";
import type { TraceKind } from "../../../../server/contract/filter-words.js";
import { foldAscii } from "../../../../server/contract/fold-ascii.js";
import type { TraceRow } from "../../../../server/contract/trace.js";
import { outcomesBegun, ranOf } from "../../../../server/protocol/filter-values.js";
import { runOf } from "../../../../server/protocol/trace-id.js";
import type { FilterQuery, FilterTerm, FilterTest, NumberTest, Sign, StatusMatch, TextMatch } from "./filter-query.js";
import { patternTest } from "./patterns.js";

export type RowTest = (row: TraceRow) => boolean;
/** Null: the row cannot tell. */
type Verdict = boolean | null;
type Judge = (row: TraceRow) => Verdict;
/** What a test says that the row has no answer to. */
type Unknown = false | null;

interface Judges {
  /** By the row alone: what it cannot tell does not hold. */
  readonly alone: RowTest;
  readonly verdict: Judge;
}
const known = new WeakMap<FilterQuery, Judges>();

/**
 * Null for a query without terms, which every row passes. `found`: the traces that the store found, for what rows
 * cannot tell. Without it memoised by query.
 */
export function rowTest(query: FilterQuery, found: ReadonlySet<string> | null = null): RowTest | null {
  if (query.length === 0) return null;
  const { alone, verdict } = judgesOf(query);
  return found === null ? alone : (row) => verdict(row) ?? found.has(row.id);
}

/** Rows alone cannot tell. */
export const needsStore = (query: FilterQuery): boolean =>
  query.some(({ test }) => {
    if (test.field === "or") return needsStore(test.of);
    return test.field === "stored" || (test.field === "any" && "contains" in test.match);
  });

/** By a key that only the store can answer. */
export const asksStored = (query: FilterQuery): boolean =>
  query.some(({ test }) => (test.field === "or" ? asksStored(test.of) : test.field === "stored"));

function judgesOf(query: FilterQuery): Judges {
  const before = known.get(query);
  if (before) return before;
  const alone = remembered(every(query, false));
  const made = { alone: (row: TraceRow) => alone(row) === true, verdict: remembered(every(query, null)) };
  known.set(query, made);
  return made;
}

function every(query: FilterQuery, unknown: Unknown): Judge {
  const judges = query.map((term) => judgeOf(term, unknown));
  return (row) => {
    let all: Verdict = true;
    for (const judge of judges) {
      const one = judge(row);
      if (one === false) return false;
      if (one === null) all = null;
    }
    return all;
  };
}

function some(query: FilterQuery, unknown: Unknown): Judge {
  const judges = query.map((term) => judgeOf(term, unknown));
  return (row) => {
    let any: Verdict = false;
    for (const judge of judges) {
      const one = judge(row);
      if (one === true) return true;
      if (one === null) any = null;
    }
    return any;
  };
}

function judgeOf({ test, isNegated }: FilterTerm, unknown: Unknown): Judge {
  const judge = plainJudge(test, unknown);
  if (!isNegated) return judge;
  return (row) => {
    const verdict = judge(row);
    return verdict === null ? null : !verdict;
  };
}

function plainJudge(test: FilterTest, unknown: Unknown): Judge {
  if (test.field === "stored") return () => unknown;
  if (test.field === "or") return some(test.of, unknown);
  const holds = testOf(test);
  // The text may be in a part that the row does not have.
  if (test.field !== "any" || !("contains" in test.match)) return holds;
  const word = foldAscii(test.match.contains);
  return (row) => holds(row) || writtenTo(row).includes(word) || unknown;
}

function testOf(test: Exclude<FilterTest, { readonly field: "stored" | "or" }>): RowTest {
  if ("match" in test) return textTest(test.field, matcher(test.match));
  if ("exact" in test)
    return test.field === "path"
      ? ({ target }) => target.split("?", 1)[0] === test.exact
      : ({ file }) => file === test.exact;
  if ("written" in test) return markTest(test.field, test.written);
  if ("ran" in test) return (row) => test.ran.includes(ranOf(row));
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
    case "finding":
      return ({ severity }) => severity !== null;
    case "startedAt":
      return comparing(test.compare, ({ startedAt }) => startedAt);
    case "pinned":
      return ({ pinned }) => pinned === test.isPinned;
    case "session":
      return ({ id }) => runOf(id).startsWith(test.begins);
  }
}

/** All that the user wrote to it. */
const writtenTo = ({ marks }: TraceRow): string =>
  marks === null ? "" : foldAscii([marks.name ?? "", marks.note ?? "", ...marks.tags].join("\n"));

function markTest(field: "tag" | "name" | "note", wanted: readonly string[]): RowTest {
  if (field === "tag")
    return ({ marks }) =>
      marks?.tags.some((tag) => wanted.some((one) => one === "*" || one === foldAscii(tag))) ?? false;
  return ({ marks }) => {
    const text = marks?.[field] ?? null;
    return text !== null && wanted.some((one) => one === "*" || foldAscii(text).includes(one));
  };
}

function matcher(match: TextMatch): (value: string) => boolean {
  if ("pattern" in match) return patternTest(match.pattern, match.flags);
  const text = foldAscii(match.contains);
  return (value) => foldAscii(value).includes(text);
}

function textTest(field: "any" | "path" | "file" | "method", has: (value: string) => boolean): RowTest {
  const hasKnown = (value: string | null): boolean => value !== null && has(value);
  switch (field) {
    case "any":
      return ({ target, method, file, status }) =>
        has(target) || has(method) || hasKnown(file) || (status !== null && has(String(status)));
    case "path":
      return (row) => has(row.target);
    case "file":
      return (row) => hasKnown(row.file);
    case "method":
      return (row) => has(row.method);
  }
}

const oneOfTest = (field: "method" | "from", values: readonly string[]): RowTest =>
  field === "method" ? (row) => values.includes(foldAscii(row.method)) : (row) => values.includes(row.from);

function statusTest(match: StatusMatch): RowTest {
  if ("hundreds" in match) return ({ status }) => status !== null && Math.floor(status / 100) === match.hundreds;
  if ("begins" in match) return ({ status }) => String(status ?? "").startsWith(match.begins);
  if ("compare" in match) return comparing(match.compare, ({ status }) => status);
  if ("isNone" in match) return ({ status }) => status === null;
  const begun = outcomesBegun(match.outcome);
  return ({ outcome }) => begun.includes(outcome ?? "running");
}

const holds: Readonly<Record<Sign, (value: number, bound: number) => boolean>> = {
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  "=": (value, bound) => value === bound,
};

const comparing =
  ({ sign, bound }: NumberTest, value: (row: TraceRow) => number | null): RowTest =>
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
function remembered(judge: Judge): Judge {
  const verdicts = new WeakMap<TraceRow, Verdict>();
  return (row) => {
    const before = verdicts.get(row);
    if (before !== undefined) return before;
    const verdict = judge(row);
    verdicts.set(row, verdict);
    return verdict;
  };
}
