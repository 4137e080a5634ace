// The window's copy of the trace list: ascending by sequence number, one row a trace, bounded. A trace under way comes
// again when it ends; a restarted server (another generation) starts a new list.
import { countBefore } from "../../../server/contract/count-before.js";
import { maxTraces } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { RowBatch } from "../../../server/contract/traces-contract.js";
import { runOf, runPart } from "../../../server/protocol/trace-id.js";

export interface TraceRows {
  /** The server process that the rows are from; null before the first answer. */
  readonly generation: string | null;
  /** What to ask for next. */
  readonly next: number;
  /** Oldest first. */
  readonly rows: readonly TraceRow[];
  /** Rows up to this revision were cleared; 0 for none. */
  readonly cleared: number;
  /** The same, because their folder is no longer open. */
  readonly left: number;
  /** Grows when another process changes what is stored besides. */
  readonly stored: number;
  /** The ids of the traces that other processes stored meanwhile. */
  readonly others: ReadonlySet<string>;
  /** Rows that had left the server's memory before this window read them. */
  readonly missed: number;
  /** Rows that left this window's memory. */
  readonly forgotten: number;
}
export const noRows: TraceRows = {
  generation: null,
  next: 0,
  rows: [],
  cleared: 0,
  left: 0,
  stored: 0,
  others: new Set<string>(),
  missed: 0,
  forgotten: 0,
};

/** Index of the row with this sequence number, or of the first one above it. */
export const indexOf = (rows: readonly TraceRow[], seq: number): number => countBefore(rows, (row) => row.seq < seq);

/** The list with a batch merged in; the same object when the batch changes nothing. */
export function mergeBatch(before: TraceRows, batch: RowBatch, bound = maxTraces): TraceRows {
  const isSame = before.generation === batch.generation;
  if (isSame && batch.rows.length === 0 && batch.missed === 0 && batch.next === before.next) return before;
  const isCleared = batch.cleared > (isSame ? before.cleared : 0);
  const rows = isSame ? (isCleared ? before.rows.filter(({ rev }) => rev > batch.cleared) : [...before.rows]) : [];
  for (const row of batch.rows) {
    const last = rows[rows.length - 1];
    if (last === undefined || row.seq > last.seq) {
      if (!row.marks?.isDeleted) rows.push(row);
      continue;
    }
    const at = indexOf(rows, row.seq);
    const known = rows[at];
    if (row.marks?.isDeleted) {
      if (known?.seq === row.seq) rows.splice(at, 1);
      continue;
    }
    if (known?.seq !== row.seq) rows.splice(at, 0, row);
    else if (known.rev < row.rev) rows[at] = row;
  }
  const over = Math.max(0, rows.length - bound);
  const kept = over === 0 ? rows : withoutOldest(rows, over);
  const isFewer = !isSame || (before.others.size > 0 && (isCleared || over > 0));
  return {
    generation: batch.generation,
    next: batch.next,
    rows: kept,
    cleared: batch.cleared,
    left: batch.left,
    stored: batch.stored,
    others: othersOf(batch.generation, isFewer ? noRows.others : before.others, isFewer ? kept : batch.rows),
    missed: (isSame && !isCleared ? before.missed : 0) + batch.missed,
    forgotten: (isSame && !isCleared ? before.forgotten : 0) + over,
  };
}

/** With those of other processes among the rows. */
function othersOf(generation: string, known: ReadonlySet<string>, rows: readonly TraceRow[]): ReadonlySet<string> {
  const own = runPart(generation);
  const others = rows.flatMap(({ id }) => (runOf(id) === own || known.has(id) ? [] : id));
  return others.length === 0 ? known : new Set([...known, ...others]);
}

/** The server keeps what is pinned, so the list does. */
function withoutOldest(rows: readonly TraceRow[], count: number): readonly TraceRow[] {
  const pinned: TraceRow[] = [];
  let from = 0;
  for (let left = count; left > 0 && from < rows.length; from++) {
    const row = rows[from];
    if (row?.pinned) pinned.push(row);
    else left--;
  }
  const rest = rows.slice(from);
  return pinned.length === 0 ? rest : [...pinned, ...rest];
}

/** Traces of one run by their numbers, others by their times. */
export const isEarlier = (one: TraceRow, other: TraceRow): boolean =>
  runOf(one.id) === runOf(other.id) ? one.seq < other.seq : one.startedAt < other.startedAt;

/** The row of a trace; the search begins with the newest. */
export function findRow(rows: readonly TraceRow[], id: string | null): TraceRow | null {
  if (id !== null) for (let i = rows.length - 1; i >= 0; i--) if (rows[i]?.id === id) return rows[i] ?? null;
  return null;
}

/**
 * The newest request: further runs of a local redirect are left out, the response belongs to the first (RFC
 * 3875 §6.2.2). `test`: of those that pass it.
 */
export function latestRequest(
  rows: readonly TraceRow[],
  test: ((row: TraceRow) => boolean) | null = null,
): TraceRow | null {
  return rows.findLast((row) => row.parent?.kind !== "local-redirect" && (test === null || test(row))) ?? null;
}
