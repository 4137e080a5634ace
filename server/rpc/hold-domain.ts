// Requests that are held for a person: those that a search for traces matches.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import type { HoldRuleInput } from "../contract/hold-contract.js";
import { maxHeld } from "../contract/limits.js";
import type { HoldMoment } from "../contract/trace.js";
import { patterns } from "../formats/query/query-pattern.js";
import type { Condition } from "../formats/query/trace-conditions.js";
import { parseTraceQuery } from "../formats/query/trace-query.js";
import { has, rowJudge } from "../formats/query/trace-row-test.js";
import type { HoldRule } from "../http/exchange/holds.js";
import { toRow } from "../trace/trace-row.js";
import { never, os } from "./implementer.js";
import { callMessage } from "./messages.js";

type Parts = Pick<Workbench, "holds" | "holding" | "folder" | "generation">;

export const holdDomain = ({ holds, holding, folder, generation }: Parts) => ({
  next: os.hold.next.handler(({ input, signal = never }) =>
    holding.next(input.generation === generation ? input.since : -1, signal),
  ),
  keep: os.hold.keep.handler(async ({ input, signal = never }) => {
    if (holds.rules.length >= maxHeld) throw new ProblemError(callMessage("too-many-hold-rules", { limit: maxHeld }));
    await holds.keep(ruleOf(input, folder), signal);
    return null;
  }),
  go: os.hold.go.handler(({ input: { id, moment, ...decision } }) => {
    const held = holds.held.find(({ trace, plan }) => trace.id === id && plan.moment === moment);
    if (!held) throw new ProblemError(callMessage("request-not-held", { trace: id }));
    held.decide(decision);
    return null;
  }),
});

/** What is known of each request before it runs. */
const knownKeys = /^(text|path|file|method|mode|from|session|after|before)$/;
const knownKinds = /^(replay|redirected|followed|script|static)$/;

const isKnown = (condition: Condition, moment: HoldMoment): boolean =>
  knownKeys.test(condition.key) ||
  (condition.key === "is" && knownKinds.test(condition.value)) ||
  (condition.key === "status" && moment === "headers");

/** @throws ProblemError if the query has a mistake, or asks for what is not known at that moment */
function ruleOf(input: HoldRuleInput, folder: Parts["folder"]): HoldRule {
  const parsed = parseTraceQuery(input.query, patterns, Date.now());
  if ("mistake" in parsed) throw new ProblemError(callMessage("hold-query-mistake", { mistake: parsed.mistake.why }));
  if (has(parsed.query, (condition) => !isKnown(condition, input.moment)))
    throw new ProblemError(callMessage("hold-query-too-early"));
  const judge = rowJudge(parsed.query, { patternTest: patterns.patternTest, unknown: null });
  const displayPath = (file: string): string | null => folder.current?.relative(file) ?? null;
  return {
    ...input,
    matches: (trace) => {
      const row = toRow(trace, 1, { idOf: () => trace.id, displayPath });
      return judge({ ...row, status: trace.script && (trace.script.status ?? 200) }) === true;
    },
  };
}
