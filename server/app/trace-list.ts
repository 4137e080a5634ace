// The list of traces that windows show, as one: what is stored, as the store finds it, and among it the traces that
// run and those that the store does not have yet. Those few are tested by the function that the same query gives.
import { ProblemError } from "../base/problem.js";
import type { TraceRow } from "../contract/trace.js";
import { newestFirst, type TraceOrder } from "../contract/trace-order.js";
import type { FoundTrace } from "../contract/traces-contract.js";
import type { Problem } from "../contract/workspace.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { rowJudge } from "../formats/query/trace-row-test.js";
import { inOrder, keyOf } from "../formats/query/trace-sort.js";
import { runPart } from "../protocol/trace-id.js";
import { type ListRange, type ListStep, listOfMemory } from "../store/store-answers.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { StoredFolder } from "./stored-folder.js";

interface ListCall extends Pick<ListRange, "order" | "first" | "count"> {
  readonly around: { readonly id: string; readonly before: number } | null;
  /** Without what was there when the list was cleared. */
  readonly isCleared: boolean;
}

/** What the list has at the places that were asked for, as far as was searched. */
interface Listed {
  readonly first: number;
  readonly found: FoundTrace[];
  readonly total: number;
  readonly searched: number;
  /** Why the stored ones cannot be read: those in memory are listed. */
  readonly problem: Problem | null;
  readonly isDone: boolean;
}

/** So many that wait for the store are shown; it is about to have those before them. */
const maxPending = 2000;

export class TraceList {
  readonly #traces: TraceLog;
  readonly #stores: Pick<StoredFolder, "reader">;
  /** The place of the newest stored trace when the list was cleared. */
  #clearedAt: { readonly of: TraceLog["cleared"]; readonly place: number } | null = null;

  constructor(traces: TraceLog, stores: Pick<StoredFolder, "reader">) {
    this.#traces = traces;
    this.#stores = stores;
  }

  /** The ids of those in memory alone that match, without pinned ones and those that run. */
  async unlisted(query: TraceQuery): Promise<string[]> {
    const isShown = await judgeOf(query);
    const ended = this.#traces.unlisted().filter(({ row }) => row.outcome !== null && !row.pinned && isShown(row));
    return ended.map(({ row }) => row.id);
  }

  /** @throws the signal's reason when it aborts */
  async *list(query: TraceQuery, call: ListCall, signal: AbortSignal): AsyncGenerator<Listed> {
    try {
      yield* this.#list(query, call, signal);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const rows = rowsOf(this.#traces.inMemory().filter(await judgeOf(query)), call.order);
      yield this.#listed(listOfMemory(rangeOf(call, rows, () => false, null)), rows, error.problem);
    }
  }

  /** How many there are, also if the list was cleared. @throws the signal's reason when it aborts */
  async count(signal: AbortSignal): Promise<number> {
    return (await this.page([], { first: 0, count: 1 }, signal)).total;
  }

  /** Newest first, also if the list was cleared. @throws the signal's reason when it aborts */
  async page(query: TraceQuery, { first, count }: Pick<ListCall, "first" | "count">, signal: AbortSignal) {
    let page: Pick<Listed, "found" | "total"> = { found: [], total: 0 };
    const call = { order: null, around: null, first, count, isCleared: false };
    for await (const step of this.list(query, call, signal)) page = step;
    return page;
  }

  async *#list(query: TraceQuery, call: ListCall, signal: AbortSignal): AsyncGenerator<Listed> {
    const isShown = await judgeOf(query);
    const all = this.#traces.unlisted();
    const passedOn = all.flatMap(({ row, is }) => (is === "passed-on" ? row : [])).slice(0, maxPending);
    const others = all.flatMap(({ row, is }) => (is === "passed-on" ? [] : row));
    const unstored = new Set(all.flatMap(({ row, is }) => (is === "unstored" ? row : [])));
    const rows = rowsOf([...others, ...passedOn].filter(isShown), call.order);
    const range = rangeOf(call, rows, (row) => !unstored.has(row), call.isCleared ? this.#cleared() : null);
    for await (const step of this.#stores.reader.list({ query, range }, signal)) {
      yield this.#listed(step, rows);
      if (!step.isDone) continue;
      const stored = new Set(step.stored);
      const newest = passedOn.find(({ id }) => stored.has(id));
      if (newest) this.#traces.listed(newest.id);
      const { cleared } = this.#traces;
      if (this.#clearedAt?.of !== cleared) this.#clearedAt = { of: cleared, place: step.newest };
    }
  }

  #listed({ found, ...step }: ListStep, rows: readonly TraceRow[], problem: Problem | null = null): Listed {
    return {
      ...step,
      problem,
      found: found.flatMap((one) => {
        if (typeof one !== "number") return { row: this.#traces.rowOf(one.row.id) ?? one.row, hit: one.hit };
        const row = rows[one];
        return row ? { row, hit: null } : [];
      }),
    };
  }

  #cleared(): ListRange["cleared"] {
    const { cleared, generation } = this.#traces;
    if (cleared === null) return null;
    const place = this.#clearedAt?.of === cleared ? this.#clearedAt.place : Number.MAX_SAFE_INTEGER;
    return { ...cleared, run: runPart(generation), place };
  }
}

/** What a row cannot tell does not hold: the store tells it soon. */
async function judgeOf(query: TraceQuery): Promise<(row: TraceRow) => boolean> {
  if (query.length === 0) return () => true;
  const { patterns } = await import("../formats/query/query-pattern.js"); // a start need not load RE2
  const judge = rowJudge(query, { patternTest: patterns.patternTest, unknown: false });
  return (row) => judge(row) === true;
}

/** Pinned ones first. */
function rowsOf(rows: readonly TraceRow[], order: TraceOrder | null): TraceRow[] {
  const sorted = inOrder(rows, order ?? newestFirst);
  return [...sorted.filter(({ pinned }) => pinned), ...sorted.filter(({ pinned }) => !pinned)];
}

function rangeOf(
  { order, first, count, around }: ListCall,
  rows: readonly TraceRow[],
  mayBeStored: (row: TraceRow) => boolean,
  cleared: ListRange["cleared"],
): ListRange {
  const at = rows.findIndex(({ id }) => id === around?.id);
  return {
    order,
    first,
    count,
    cleared,
    around: around && { ...around, at: at < 0 ? null : at },
    memory: {
      ids: rows.map((row) => (mayBeStored(row) ? row.id : "")),
      keys: rows.map((row) => keyOf(row, order ?? newestFirst)),
      numbers: rows.map(({ seq }) => seq),
      pinned: rows.filter(({ pinned }) => pinned).length,
    },
  };
}
