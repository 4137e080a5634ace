// Which requests are held: those that a search for traces matches.
import { ProblemError } from "../base/problem.js";
import type { TraceKind } from "../contract/filter-words.js";
import type { HoldMoment, HoldRuleInput } from "../contract/hold-contract.js";
import { patterns } from "../formats/query/query-pattern.js";
import type { Condition } from "../formats/query/trace-conditions.js";
import { parseTraceQuery } from "../formats/query/trace-query.js";
import { has, rowJudge } from "../formats/query/trace-row-test.js";
import type { HoldRule } from "../http/exchange/holds.js";
import { toRow } from "../trace/trace-row.js";
import { appMessage } from "./messages.js";

/** What is known of each request before it runs. */
const knownKeys = /^(text|path|file|method|mode|from|session|after|before)$/;
const knownKinds: readonly TraceKind[] = ["replay", "redirected", "followed", "script", "static"];

const isKnown = (condition: Condition, moment: HoldMoment): boolean =>
  knownKeys.test(condition.key) ||
  (condition.key === "is" && knownKinds.includes(condition.value)) ||
  (condition.key === "status" && moment === "headers");

/** @throws ProblemError if the query has a mistake, or asks for what is not known at that moment */
export function holdRuleOf({ query, ...rest }: HoldRuleInput, displayPath: (file: string) => string | null): HoldRule {
  const parsed = parseTraceQuery(query, patterns, Date.now());
  if ("mistake" in parsed) throw new ProblemError(appMessage("hold-query-mistake", { mistake: parsed.mistake.why }));
  if (has(parsed.query, (condition) => !isKnown(condition, rest.moment)))
    throw new ProblemError(appMessage("hold-query-too-early"));
  const judge = rowJudge(parsed.query, { patternTest: patterns.patternTest, unknown: null });
  return {
    ...{ query, ...rest },
    matches: (trace) => {
      const row = toRow(trace, 1, { idOf: () => trace.id, displayPath });
      return judge({ ...row, status: trace.script && (trace.script.status ?? 200) }) === true;
    },
  };
}
