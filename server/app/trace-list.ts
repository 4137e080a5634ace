// The list of traces that windows show, as one: what is stored, as the store finds it, and before it the traces that
// run and those that the store does not have yet. Those few are tested by the function that the same query gives.
import { ProblemError } from "../base/problem.js";
import type { TraceRow } from "../contract/trace.js";
import type { FoundTrace } from "../contract/traces-contract.js";
import type { Problem } from "../contract/workspace.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { rowJudge } from "../formats/query/trace-row-test.js";
import { inOrder } from "../formats/query/trace-sort.js";
import { runPart } from "../protocol/trace-id.js";
import { emptyList, type ListRange, type ListStep } from "../store/store-answers.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { UnlistedRow } from "../trace/unlisted-traces.js";
import type { StoredFolder } from "./stored-folder.js";

interface ListCall extends Pick<ListRange, "order" | "first" | "count" | "around"> {
  /** Without what was there when the list was cleared. */
  readonly isCleared: boolean;
}

/** What the list has at the places that were asked for, as far as was searched. */
interface Listed {
  readonly first: number;
  readonly found: Omit<FoundTrace, "at">[];
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
  readonly #stores: Pick<StoredFolder, "list">;
  /** The place of the newest stored trace when the list was cleared. */
  #clearedAt: { readonly of: TraceLog["cleared"]; readonly place: number } | null = null;

  constructor(traces: TraceLog, stores: Pick<StoredFolder, "list">) {
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
      yield composed(rows, emptyList(call.first, 0), call.count, error.problem);
    }
  }

  /** How many there are, also if the list was cleared. @throws the signal's reason when it aborts */
  async count(signal: AbortSignal): Promise<number> {
    let count = 0;
    const call = { order: null, around: null, first: 0, count: 1, isCleared: false };
    for await (const { total } of this.list([], call, signal)) count = total;
    return count;
  }

  async *#list(query: TraceQuery, call: ListCall, signal: AbortSignal): AsyncGenerator<Listed> {
    const isShown = await judgeOf(query);
    const all = this.#traces.unlisted();
    const those = (wanted: UnlistedRow["is"]) => all.flatMap(({ row, is }) => (is === wanted ? row : []));
    const running = those("running").filter(isShown);
    const unstored = those("unstored").filter(isShown);
    const passedOn = those("passed-on").slice(0, maxPending);
    const pending = passedOn.map((row) => ({ id: row.id, pinned: row.pinned, isShown: isShown(row) }));
    const before = rowsOf([...running, ...unstored, ...passedOn.filter(isShown)], call.order);
    const anchor = call.around === null ? -1 : before.all.findIndex(({ id }) => id === call.around?.id);
    const range: ListRange = {
      ...{ order: call.order, count: call.count, around: call.around, pending },
      running: running.map(({ id, pinned }) => ({ id, pinned, isShown: true })),
      first: anchor < 0 ? call.first : Math.max(0, anchor - (call.around?.before ?? 0)),
      cleared: call.isCleared ? this.#cleared() : null,
      unstored: {
        pinned: unstored.filter(({ pinned }) => pinned).length,
        others: unstored.filter(({ pinned }) => !pinned).length,
      },
    };
    for await (const step of this.#stores.list(query, range, signal)) {
      const waiting = [
        ...running.filter(({ id }) => !step.ended.includes(id)),
        ...unstored,
        ...passedOn.slice(0, step.waiting).filter(isShown),
      ];
      // What has just changed in memory is in the store a little later.
      const found = step.found.map((one) => ({ ...one, row: this.#traces.rowOf(one.row.id) ?? one.row }));
      yield composed(rowsOf(waiting, call.order), { ...step, found }, call.count);
      if (!step.isDone) continue;
      const stored = pending[step.waiting];
      if (stored) this.#traces.listed(stored.id);
      const { cleared } = this.#traces;
      if (this.#clearedAt?.of !== cleared) this.#clearedAt = { of: cleared, place: step.newest };
    }
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

interface Rows {
  readonly pinned: readonly TraceRow[];
  readonly others: readonly TraceRow[];
  readonly all: readonly TraceRow[];
}

function rowsOf(rows: readonly TraceRow[], order: ListRange["order"]): Rows {
  const sorted = order === null ? rows : inOrder(rows, order);
  const [pinned, others] = [sorted.filter((row) => row.pinned), sorted.filter((row) => !row.pinned)];
  return { pinned, others, all: [...pinned, ...others] };
}

/** Pinned ones first, of both kinds; each time those before the stored ones. */
function composed({ pinned, others }: Rows, step: ListStep, count: number, problem: Problem | null = null): Listed {
  const { first, searched, isDone } = step;
  const found: Listed["found"] = [];
  const byRank = new Map(step.found.map(({ rank, row, hit }) => [rank, { row, hit }]));
  const total = pinned.length + others.length + step.total;
  for (let place = first; place < Math.min(total, first + count); place++) {
    const rank = place - pinned.length;
    const isPin = rank < step.pinned;
    const own = rank < 0 ? pinned[place] : isPin ? undefined : others[rank - step.pinned];
    const stored = byRank.get(isPin ? rank : rank - others.length);
    if (own) found.push({ row: own, hit: null });
    else if (stored) found.push(stored);
  }
  return { first, found, total, searched, problem, isDone };
}
