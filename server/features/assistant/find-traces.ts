// The ended traces that an assistant's query finds. A query must not tell, hit by hit, what masks hide: what it may
// compare are values that hold no secret, and the masked target.
import { fromBytesText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import type { TraceJson, TraceRow } from "../../contract/trace.js";
import { patterns } from "../../formats/query/query-pattern.js";
import type { Condition } from "../../formats/query/trace-conditions.js";
import { parseTraceQuery, type Term } from "../../formats/query/trace-query.js";
import { has, rowJudge } from "../../formats/query/trace-row-test.js";
import { lastSaveIn } from "../exchange/read-store.js";
import { assistantMessage } from "./messages.js";
import type { AssistantParts } from "./tool.js";

/** So many rows are asked for at once. */
const pageRows = 100;

/** Masked, newest first, and whether there are more. @throws ProblemError for a query that may not be asked */
export async function findTraces(
  { workbench: { list }, root, traces }: AssistantParts,
  text: string,
  limit: number,
  signal: AbortSignal,
): Promise<{ readonly found: readonly TraceJson[]; readonly more: boolean }> {
  const parsed = parseTraceQuery(text, patterns, Date.now(), () => lastSaveIn(root));
  if ("mistake" in parsed) throw new ProblemError(assistantMessage("query-mistaken", { why: parsed.mistake.why }));
  if (has(parsed.query, readsSecrets) || parsed.query.flat().some(hidesBySecrets))
    throw new ProblemError(assistantMessage("query-reads-secrets"));
  const query = parsed.query.map((choice) => choice.map(withoutStreams));
  const judge = rowJudge(query, { patternTest: patterns.patternTest, unknown: null });
  const found: TraceJson[] = [];
  for (let first = 0, isMore = true; isMore; first += pageRows) {
    const call = { order: null, around: null, first, count: pageRows, isCleared: false };
    let rows: readonly TraceRow[] = [];
    for await (const page of list.list(query, call, signal)) {
      rows = page.found.map(({ row }) => row);
      isMore = first + pageRows < page.total;
    }
    for (const row of rows) {
      const trace = row.outcome === null ? null : await traces.brief(row.id);
      signal.throwIfAborted();
      if (trace === null || judge({ ...row, target: fromBytesText(trace.request.target) }) === false) continue;
      if (found.length === limit) return { found, more: true };
      found.push(trace);
    }
  }
  return { found, more: false };
}

const readsSecrets = (condition: Condition): boolean =>
  condition.key === "body" ||
  condition.key === "stderr" ||
  ((condition.key === "header" || condition.key === "env") && condition.value !== null);

/** What is left out by an unmasked target tells as much as what is found. */
const hidesBySecrets = (term: Term): boolean =>
  term.isNegated && has([[term]], ({ key }) => key === "text" || key === "path");

/** A word is sought in the target and the file's path alone. */
function withoutStreams(term: Term): Term {
  if (term.key !== "text" || !("value" in term)) return term;
  const { value, isNegated } = term;
  return { key: "any", of: (["path", "file"] as const).map((key) => ({ key, value })), isNegated };
}
