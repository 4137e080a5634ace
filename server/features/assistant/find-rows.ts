// The rows of traces that a query finds: of those in memory, and of those that are stored.
import { lastSaveOf } from "../../app/last-save.js";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import { maxTraces } from "../../contract/limits.js";
import type { TraceRow } from "../../contract/trace.js";
import { patterns } from "../../formats/query/query-pattern.js";
import { parseTraceQuery } from "../../formats/query/trace-query.js";
import { rowJudge } from "../../formats/query/trace-row-test.js";
import { readStoreOf } from "../exchange/read-store.js";
import { assistantMessage } from "./messages.js";

/** Newest first, and one more if there are more. @throws ProblemError for a query that is none */
export async function findRows(
  { traces, stores, folder }: Pick<Workbench, "traces" | "stores" | "folder">,
  text: string,
  limit: number,
  signal: AbortSignal,
): Promise<readonly TraceRow[]> {
  const { root } = folder.workspace();
  const lastSave = (): number | null => lastSaveOf(readStoreOf(root, (store) => store?.scripts() ?? []));
  const parsed = parseTraceQuery(text, patterns, Date.now(), lastSave);
  if ("mistake" in parsed) throw new ProblemError(assistantMessage("query-mistaken", { why: parsed.mistake.why }));
  const found = new Map<string, TraceRow>();
  const all = { before: null, after: null, olderThan: null, since: null, others: null, pinned: null, order: null };
  const range = { ...all, limit: limit + 1, skip: 0, isCounting: false };
  for await (const step of stores.search(parsed.query, range, signal))
    for (const { row } of step.found) found.set(row.id, row);
  // Of what a row alone cannot tell, the store has found it.
  const judge = rowJudge(parsed.query, { patternTest: patterns.patternTest, unknown: null });
  for (const row of traces.rows(0, maxTraces).rows) {
    const isKept = row.outcome !== null && traces.own(row.id) !== null && !row.marks?.isDeleted;
    if (isKept && judge(row) === true) found.set(row.id, row);
  }
  return [...found.values()].toSorted((one, other) => (one.id < other.id ? 1 : -1)).slice(0, limit + 1);
}
