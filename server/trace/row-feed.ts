// The rows that windows read: of this server's traces, running and ended, also after they
// were evicted, and of those that other processes have stored.
import type { TraceRow } from "../contract/trace.js";
import { ChangeFeed, type Rows } from "./change-feed.js";
import type { EncodedTrace } from "./codec/encode-trace.js";
import type { KeptMarks } from "./kept-marks.js";
import { OtherRows } from "./other-rows.js";
import type { TraceIds } from "./trace-ids.js";
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

export class RowFeed {
  readonly #options: RowFeedOptions;
  readonly #feed = new ChangeFeed<RowTrace | TraceRow>(
    (source, rev) => ("isEncoded" in source ? this.#row(source, rev) : { ...source, rev }),
    (source) => {
      if (!("isEncoded" in source)) this.others.forget(source.id);
    },
  );
  /** Of traces that are not in memory. */
  readonly others: OtherRows;

  constructor(options: RowFeedOptions) {
    this.#options = options;
    this.others = new OtherRows(this.#feed);
  }

  /** The user has cleared the list since the folder was opened. */
  get isCleared(): boolean {
    return this.#feed.isCleared;
  }

  /** Its newest row, which has a new `rev`, takes the place of the one before. */
  publish(trace: RowTrace): void {
    if (trace.rev > 0) this.#feed.replace(trace.rev, null);
    trace.rev = this.#feed.push(trace);
  }

  /** The trace is about to leave memory: its row stays, among the others. */
  freeze(trace: RowTrace): void {
    if (!this.#feed.contains(trace.rev)) return;
    const row = this.#row(trace, trace.rev);
    this.#feed.replace(trace.rev, row);
    this.others.keep(row, this.#options.marks.removedAt(trace.seq));
  }

  /** The trace is deleted for good: what is left of its row is for windows that have not heard of it. */
  blank(trace: RowTrace): void {
    const row = this.#row(trace, trace.rev);
    this.#feed.replace(trace.rev, { ...row, method: "", target: "", file: null, pinned: false });
  }

  /** Rows with `rev` above `since`, once there are any; see `ChangeFeed.next`. */
  next(since: number, max: number, signal: AbortSignal): Promise<Rows> {
    return this.#feed.next(since, max, signal);
  }

  /** The same, at once. */
  read(since: number, max: number): Rows {
    return this.#feed.read(since, max);
  }

  /** What is stored has changed; `isSearched`: what was found there may be out of date. */
  storeChanged(isSearched = true): void {
    this.#feed.touch(isSearched);
  }

  /** Grows with every change of a row, and of what is stored. */
  get version(): number {
    return this.#feed.version;
  }

  /** Resolves when the version is another one. @throws the signal's reason when it aborts first */
  changed(version: number, signal: AbortSignal): Promise<void> {
    return this.#feed.changed(version, signal);
  }

  /** The row of a trace now. */
  rowOf(trace: RowTrace): TraceRow {
    return this.#row(trace, trace.rev);
  }

  /** Withdraws every row. `isLeft`: the folder is no longer open. */
  clear(isLeft: boolean): void {
    this.#feed.clear(isLeft);
  }

  #row(trace: RowTrace, rev: number): TraceRow {
    const { ids, marks, displayPath } = this.#options;
    return toRow(trace, rev, {
      idOf: (startedAt) => ids.of(trace.seq, startedAt),
      displayPath,
      marks: marks.of(trace.seq),
    });
  }
}
