// The rows that windows read: of this server's traces, running and ended, also after they were evicted, and of those
// that other processes have stored, in the order in which they were stored.
import type { TraceRow } from "../contract/trace.js";
import { noMarks } from "../contract/trace-values.js";
import { ChangeFeed } from "./change-feed.js";
import type { EncodedTrace } from "./codec/encode-trace.js";
import type { KeptMarks } from "./kept-marks.js";
import type { TraceIds, TraceKey } from "./trace-ids.js";
import type { TraceRecord } from "./trace-record.js";
import { toRow } from "./trace-row.js";

/** The trace of a request that runs, or of one that has ended. */
type RowTrace = TraceRecord | EncodedTrace;

interface RowFeedOptions {
  readonly ids: TraceIds;
  readonly marks: KeptMarks;
  /** Path in the workspace of an absolute file; null when it lies outside. */
  readonly displayPath: (file: string) => string | null;
}

export class RowFeed extends ChangeFeed<RowTrace | TraceRow> {
  readonly #options: RowFeedOptions;
  /** Rows of traces that are not in memory, with their `rev` in the feed; none that has left it. */
  readonly #others: Map<TraceKey, TraceRow>;
  #oldestId: string | null = null;

  constructor(options: RowFeedOptions) {
    const { ids, marks } = options;
    const others = new Map<TraceKey, TraceRow>();
    super(
      (source, rev) =>
        "isEncoded" in source
          ? rowOf(source, rev, options)
          : { ...source, rev, marks: marks.of(ids.keyOf(source.id)) ?? source.marks },
      (source) => {
        if ("isEncoded" in source) return;
        others.delete(ids.keyOf(source.id));
        marks.forget(ids.keyOf(source.id));
      },
    );
    this.#options = options;
    this.#others = others;
  }

  /** No trace of another process that was added has a lower id; null: none was added. */
  get oldestId(): string | null {
    return this.#oldestId;
  }

  /** The row of a trace now. */
  rowOf(trace: RowTrace): TraceRow {
    return rowOf(trace, trace.rev, this.#options);
  }

  /** The row of a trace that is not in memory; null: it has none here. */
  other(key: TraceKey): TraceRow | null {
    return this.#others.get(key) ?? null;
  }

  /** Its newest row, which has a new `rev`, takes the place of the one before. */
  publish(trace: RowTrace): void {
    if (trace.rev > 0) this.replace(trace.rev, null);
    trace.rev = this.push(trace);
  }

  /** The same, of a trace that is not in memory. */
  publishOther(row: TraceRow): void {
    if (row.rev > 0) this.replace(row.rev, null);
    this.#others.set(this.#options.ids.keyOf(row.id), { ...row, rev: this.push(row) });
  }

  /** The trace is about to leave memory: its row stays, among the others, if it can still be read. */
  freeze(trace: RowTrace): void {
    if (!this.contains(trace.rev)) {
      this.#options.marks.forget(trace.seq);
      return;
    }
    const row = this.rowOf(trace);
    this.replace(trace.rev, row);
    this.#others.set(trace.seq, row);
  }

  /** Adds one that another process has stored. */
  add(row: TraceRow): void {
    const { ids, marks } = this.#options;
    if (this.other(ids.keyOf(row.id))) return;
    if (this.#oldestId === null || row.id < this.#oldestId) this.#oldestId = row.id;
    if (row.marks) marks.write(ids.keyOf(row.id), row.marks);
    this.publishOther({ ...row, rev: 0 });
  }

  /** The trace is deleted for good: what is left of its row is for windows that have not heard of it. */
  withdraw(row: TraceRow): void {
    const key = this.#options.ids.keyOf(row.id);
    this.replace(row.rev, null);
    this.#others.delete(key);
    this.#options.marks.forget(key);
    const marks = { ...noMarks, isDeleted: true };
    this.push({ ...row, method: "", target: "", file: null, pinned: false, marks });
  }

  /** The store is another one: those of other processes are not in it. */
  withdrawForeign(): void {
    for (const [key, row] of [...this.#others]) if (typeof key === "string") this.withdraw(row);
  }

  /** The list was cleared: of traces that are not in memory, pinned ones stay; `pinnedToo`: they do not. */
  clearOthers(pinnedToo: boolean): void {
    for (const [key, row] of [...this.#others]) {
      if (row.pinned && !pinnedToo) this.publishOther({ ...row, rev: 0 });
      else {
        this.#others.delete(key);
        this.#options.marks.forget(key);
      }
    }
  }
}

function rowOf(trace: RowTrace, rev: number, { ids, marks, displayPath }: RowFeedOptions): TraceRow {
  return toRow(trace, rev, {
    idOf: (startedAt) => ids.of(trace.seq, startedAt),
    displayPath,
    marks: marks.of(trace.seq),
  });
}
