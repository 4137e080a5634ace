// A filter of rows alone, as it is typed: other lists of requests take the same words.
import { wordsOf } from "../../../../server/contract/message.js";
import type { TraceRow } from "../../../../server/contract/trace.js";
import { mayHavePattern, parseTraceQuery } from "../../../../server/formats/query/trace-query.js";
import { lastSave } from "../../../model/traces/last-save.js";
import { arePatternsLoaded, lazyPatterns, loadPatterns } from "./patterns.js";
import { rowTest } from "./row-test.js";

/** `why` not null: it is invalid. What rows do not tell, such as words of the body, fits none. @throws while offline */
export async function readFilter(
  text: string,
): Promise<{ readonly test: ((row: TraceRow) => boolean) | null; readonly why: string | null }> {
  if (mayHavePattern(text) && !arePatternsLoaded()) await loadPatterns();
  const parsed = parseTraceQuery(text, lazyPatterns, Date.now(), lastSave);
  return "mistake" in parsed
    ? { test: null, why: wordsOf(parsed.mistake.why.text) }
    : { test: rowTest(parsed.query), why: null };
}
