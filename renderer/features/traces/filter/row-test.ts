// The filter held against the rows of the list, and what the store found for the parts that a row does not have.
import type { TraceRow } from "../../../../server/contract/trace.js";
import type { TraceQuery } from "../../../../server/formats/query/trace-query.js";
import { type RowJudge, type RowVerdict, rowJudge } from "../../../../server/formats/query/trace-row-test.js";
import { lazyPatterns } from "./patterns.js";

export type RowTest = (row: TraceRow) => boolean;

interface Judges {
  /** By the row alone: what it cannot tell does not hold. */
  readonly alone: RowTest;
  readonly verdict: RowJudge;
}
const known = new WeakMap<TraceQuery, Judges>();

/**
 * Null for a query without terms, which every row passes. `found`: the traces that the store found, for what rows
 * cannot tell. Without it memoised by query.
 */
export function rowTest(query: TraceQuery, found: ReadonlySet<string> | null = null): RowTest | null {
  if (query.length === 0) return null;
  const { alone, verdict } = judgesOf(query);
  return found === null ? alone : (row) => verdict(row) ?? found.has(row.id);
}

function judgesOf(query: TraceQuery): Judges {
  const before = known.get(query);
  if (before) return before;
  const { patternTest } = lazyPatterns;
  const alone = remembered(rowJudge(query, { patternTest, unknown: false }));
  const verdict = remembered(rowJudge(query, { patternTest, unknown: null }));
  const made = { alone: (row: TraceRow) => alone(row) === true, verdict };
  known.set(query, made);
  return made;
}

/** Rows never change; a trace that goes on gets a new row. So each row is tested once. */
function remembered(judge: RowJudge): RowJudge {
  const verdicts = new WeakMap<TraceRow, RowVerdict>();
  return (row) => {
    const before = verdicts.get(row);
    if (before !== undefined) return before;
    const verdict = judge(row);
    verdicts.set(row, verdict);
    return verdict;
  };
}
