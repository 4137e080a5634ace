// Which requests are held: those that a search for traces matches.
import { ProblemError } from "../base/problem.js";
import type { HoldRuleInput } from "../contract/hold-contract.js";
import type { HoldRule } from "../http/exchange/holds.js";
import { patterns } from "../protocol/query-pattern.js";
import { parseTraceQuery } from "../protocol/trace-query.js";
import { asksStored, rowJudge } from "../protocol/trace-row-test.js";
import { toRow } from "../trace/trace-row.js";
import { appMessage } from "./messages.js";

/** @throws ProblemError if the query has a mistake, or asks for what is known of a stored trace alone */
export function holdRuleOf({ query, ...rest }: HoldRuleInput, displayPath: (file: string) => string | null): HoldRule {
  const parsed = parseTraceQuery(query, patterns, Date.now());
  if ("mistake" in parsed) throw new ProblemError(appMessage("hold-query-mistake", { mistake: parsed.mistake.why }));
  if (asksStored(parsed.query)) throw new ProblemError(appMessage("hold-query-too-early"));
  const judge = rowJudge(parsed.query, { patternTest: patterns.patternTest, unknown: null });
  return {
    ...{ query, ...rest },
    matches: (trace) => judge(toRow(trace, 1, { idOf: () => trace.id, displayPath })) === true,
  };
}
