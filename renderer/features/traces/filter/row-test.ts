// The filter held against a row that has just come.
import type { TraceRow } from "../../../../server/contract/trace.js";
import type { TraceQuery } from "../../../../server/formats/query/trace-query.js";
import { rowJudge } from "../../../../server/formats/query/trace-row-test.js";
import { lazyPatterns } from "./patterns.js";

/**
 * Null for a query without terms, which every row passes. `listed`: they tell what a row cannot, which does not hold
 * without them.
 */
export function rowTest(
  query: TraceQuery,
  listed: readonly TraceRow[] | null = null,
): ((row: TraceRow) => boolean) | null {
  if (query.length === 0) return null;
  const judge = rowJudge(query, { patternTest: lazyPatterns.patternTest, unknown: listed === null ? false : null });
  return (row) => judge(row) ?? listed?.some(({ id }) => id === row.id) ?? false;
}
