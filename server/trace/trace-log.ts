// The traces of this server: those of running requests, those that ended (the newest, within a
// budget), and the rows that the window reads.
import { randomUUID } from "node:crypto";
import type { StreamName, TraceRow } from "../contract/trace.js";
import type { WrittenMarks } from "../contract/trace-marks.js";
import { idTime } from "../protocol/trace-id.js";
import { CaptureRoom } from "./capture-room.js";
import { CapturedStream } from "./captured-stream.js";
import { decodeTrace, recordedId } from "./codec/decode-trace.js";
import { type EncodedTrace, type HandedOver, handedOver, TraceEncoder } from "./codec/encode-trace.js";
import { recordAt } from "./codec/record.js";
import { KeptMarks } from "./kept-marks.js";
import { KeptTraces } from "./kept-traces.js";
import { RowFeed } from "./row-feed.js";
import { RunningTraces } from "./running-traces.js";
import { SharedVariables } from "./shared-variables.js";
import { TraceIds, type TraceKey } from "./trace-ids.js";
import { newTrace, type TraceBeginning, type TraceRecord } from "./trace-record.js";
import type { TraceSink } from "./trace-sink.js";
import { settleStreams, streamIn } from "./trace-streams.js";
import { WallClock } from "./wall-clock.js";

interface TraceLogOptions {
  /** What all kept traces together may cost in memory. */
  readonly budgetBytes: number;
  /** How much of each stream is kept. */
  readonly captureBytes: number;
  /** False: no ended trace is kept. A running request still has its trace, for the caller that waits for it. */
  readonly recording?: boolean;
  /** Called with each trace when it ends, before any reader can see it: may fill in `findings`. */
  readonly examine: (trace: TraceRecord) => void;
  /** Path in the workspace of an absolute file, for display; null when it lies outside. */
  readonly displayPath: (file: string) => string | null;
  readonly onChange: () => void;
  /** The next number in the open folder; null: none is open. */
  readonly nextSeq?: () => number | null;
  /** Where ended traces are passed on to; null: nowhere. */
  readonly sink?: () => TraceSink | null;
  /** A trace of an earlier run, or one that was evicted, if it was read from the store lately. */
  readonly opened?: (id: string) => TraceRecord | null;
  /** The same, read now if it was not. */
  readonly open?: (id: string) => Promise<TraceRecord | null>;
}

interface UnlistedRow {
  readonly row: TraceRow;
  /** It runs; it was passed on to the store; it will not be stored. */
  readonly is: "running" | "passed-on" | "unstored";
}

/** The clocks that ids are made from may differ so much. */
const clockToleranceMs = 1000;
/** Pinned traces are never evicted, so their number is limited. */
export const maxPinned = 50;

export class TraceLog {
  readonly generation = randomUUID();
  /** Called with each trace when it ends, whether traces are kept or not. */
  onEnd: ((trace: TraceRecord) => void) | null = null;
  /** What the environments of traces share. */
  readonly variables = new SharedVariables();
  readonly #options: TraceLogOptions;
  readonly #isRecording: boolean;
  #captureBytes: number;
  readonly #encoder = new TraceEncoder();
  readonly #clock = new WallClock();
  readonly #ids: TraceIds;
  readonly #marks = new KeptMarks();
  /** What windows read. */
  readonly rows: RowFeed;
  readonly #running = new RunningTraces((trace) => this.rows.publish(trace));
  /**
   * Of running requests. A quarter of the budget, so that they do not displace all that ended; yet
   * one request can keep its body and response.
   */
  readonly #room = new CaptureRoom(() => Math.max(this.#kept.budgetBytes / 4, 2 * this.#captureBytes));
  readonly #kept: KeptTraces;
  readonly #unlistedRows = new WeakMap<EncodedTrace, TraceRow>();
  #pinned = 0;
  #oldestId: string;
  #cleared: { readonly seq: number; readonly running: readonly number[] } | null = null;

  constructor(options: TraceLogOptions) {
    const { budgetBytes, captureBytes, recording = true, displayPath } = options;
    this.#options = options;
    this.#isRecording = recording;
    this.#captureBytes = captureBytes;
    // What is not recorded has numbers that nobody sees later.
    this.#ids = new TraceIds(this.generation, (recording && options.nextSeq) || null);
    this.rows = new RowFeed({ ids: this.#ids, marks: this.#marks, displayPath });
    this.#kept = new KeptTraces(budgetBytes, { room: this.#room, marks: this.#marks, rows: this.rows });
    this.#oldestId = idTime(Date.now() - clockToleranceMs);
  }

  /** How much of each stream of a new trace is kept. */
  get captureBytes(): number {
    return this.#isRecording ? this.#captureBytes : 0;
  }

  set captureBytes(bytes: number) {
    this.#captureBytes = bytes;
  }

  get budgetBytes(): number {
    return this.#kept.budgetBytes;
  }

  set budgetBytes(bytes: number) {
    this.#kept.budgetBytes = bytes;
  }

  get count(): number {
    return this.#kept.count;
  }

  /** Cost of the kept traces, bytes. */
  get bytes(): number {
    return this.#kept.bytes;
  }

  /** Ended traces that were evicted to make room for newer ones. */
  get evicted(): number {
    return this.#kept.evicted;
  }

  /** The number that was given last when the list was cleared, and the requests that ran; null: it was not. */
  get cleared(): { readonly seq: number; readonly running: readonly number[] } | null {
    return this.rows.isCleared ? this.#cleared : null;
  }

  /** The number that was given last. */
  get lastSeq(): number {
    return this.#ids.lastSeq;
  }

  /** No trace whose row is in the list has a lower id. */
  get oldestId(): string {
    const { oldestId } = this.rows;
    return oldestId !== null && oldestId < this.#oldestId ? oldestId : this.#oldestId;
  }

  begin(beginning: TraceBeginning): TraceRecord {
    const seq = this.#ids.nextSeq();
    const startedAt = this.#clock.timeOf(beginning.t0Ms);
    const body = new CapturedStream(this.captureBytes, this.#room);
    const trace = newTrace(beginning, { id: this.#ids.of(seq, startedAt), seq, startedAt, body });
    if (trace.id < this.#oldestId) this.#oldestId = trace.id; // the clock was set back
    this.#running.add(trace);
    if (this.#isRecording) this.#running.publishSoon();
    return trace;
  }

  /** The exchange is over: the trace does not change any more. */
  end(trace: TraceRecord): void {
    if (!this.#running.remove(trace)) return;
    trace.timing.doneAt ??= performance.now() - trace.t0Ms;
    trace.outcome ??= "ok";
    settleStreams(trace);
    this.onEnd?.(trace);
    if (!this.#isRecording) return;
    this.#options.examine(trace);
    this.#keep(trace, { isStored: true, isLasting: false });
  }

  /** `isLasting`: from the store it does not leave because it is old. */
  #keep(trace: TraceRecord, { isStored, isLasting }: { isStored: boolean; isLasting: boolean }): void {
    const kept = this.#encoder.encode(trace);
    const stored = isLasting ? { ...kept, pinned: true } : kept;
    kept.isPassedOn = (isStored && this.#sink?.ended(trace, stored)) || false;
    if (!this.#isRecording) return;
    this.rows.publish(kept); // first: the row of a trace that is evicted may be out of reach then
    this.#kept.put(kept);
    this.#options.onChange();
  }

  /**
   * Takes in a trace that was recorded elsewhere. It gets a number and an id of this log, and is not examined.
   * `isStored` false: it stays in memory.
   */
  add(recorded: TraceRecord, { isStored = true } = {}): TraceRecord {
    const seq = this.#ids.nextSeq();
    const trace = {
      ...recorded,
      seq,
      id: this.#ids.of(seq, recorded.startedAt),
      pinned: false,
      examined: true,
      rev: 0,
    };
    if (trace.id < this.#oldestId) this.#oldestId = trace.id;
    this.#keep(trace, { isStored, isLasting: true });
    return trace;
  }

  /** The doctor's deferred rules have run on a copy of an ended trace. `isNews`: they found something. */
  examined({ id, findings }: Pick<TraceRecord, "id" | "findings">, isNews: boolean): void {
    const kept = this.#keptById(id);
    if (!kept) return;
    kept.examined = true;
    if (!isNews) return;
    kept.findings = findings;
    this.#sink?.found(id, findings);
    this.rows.publish(kept);
  }

  /** Resolves when the exchange is over. */
  whenEnded(trace: TraceRecord): Promise<void> {
    return this.#running.whenEnded(trace);
  }

  /** The record of a kept, running or opened trace; of one that has ended a copy. Reading changes nothing. */
  get(id: string): TraceRecord | null {
    return this.own(id) ?? this.#options.opened?.(id) ?? null;
  }

  /** The same; one that is in the store alone is read from there. @throws ProblemError */
  async find(id: string): Promise<TraceRecord | null> {
    return this.get(id) ?? (await this.#options.open?.(id)) ?? null;
  }

  /** As `get`, of those in memory. */
  own(id: string): TraceRecord | null {
    const seq = this.#ids.seqOf(id);
    const trace = seq === null ? null : this.#bySeq(seq);
    return trace?.id === id ? trace : null; // the same number in another folder is another trace
  }

  /** The bytes of an ended trace in memory, for another thread; null: it is not there. */
  bytesOf(id: string): HandedOver | null {
    const kept = this.#keptById(id);
    return kept && handedOver(kept);
  }

  isRunning(id: string): boolean {
    return this.#running.find((trace) => trace.id === id) !== null;
  }

  #bySeq(seq: number): TraceRecord | null {
    const kept = this.#kept.get(seq);
    if (!kept) return this.#running.find((trace) => trace.seq === seq);
    // A copy, not in Node's shared memory: the bytes are overwritten when the trace is deleted.
    const data = Buffer.from(Uint8Array.from(kept.data.subarray(kept.at, kept.at + kept.length)).buffer);
    return decodeTrace(recordAt(data, 0), kept.context, kept);
  }

  /** Those of the next `most` traces behind this one that are kept or running, the oldest first. */
  after(id: string, most: number): Generator<TraceRecord> {
    return this.#beside(id, most, 1);
  }

  /** Those of the `most` traces before this one that are kept or running, the newest first. */
  before(id: string, most: number): Generator<TraceRecord> {
    return this.#beside(id, most, -1);
  }

  *#beside(id: string, most: number, way: 1 | -1): Generator<TraceRecord> {
    const seq = this.#ids.seqOf(id);
    if (seq === null) return;
    for (let nth = 1; nth <= most; nth++) {
      const trace = this.#bySeq(seq + way * nth);
      if (trace) yield trace;
    }
  }

  #keptById(id: string): EncodedTrace | null {
    const seq = this.#ids.seqOf(id);
    const kept = seq === null ? null : this.#kept.get(seq);
    return kept && recordedId(recordAt(kept.data, kept.at)) === id ? kept : null;
  }

  /** Captured bytes of one stream, fewer than asked for at its end; null when there is no such trace or stream. */
  read(id: string, name: StreamName, from: number, length: number): Uint8Array<ArrayBuffer> | null {
    const trace = this.get(id);
    return (trace && streamIn[name](trace)?.read(from, length)) ?? null;
  }

  /** The rows of what the store's lists may not have yet, the newest first: those that run, then those that ended. */
  unlisted(): UnlistedRow[] {
    const running = this.#running.listed().map((trace) => ({ row: this.rows.rowOf(trace), is: "running" as const }));
    const ended = [...this.#kept.unlisted].reverse().map((trace) => {
      const before = this.#unlistedRows.get(trace);
      const row = before?.rev === trace.rev ? before : this.rows.rowOf(trace);
      this.#unlistedRows.set(trace, row);
      return { row, is: trace.isPassedOn ? ("passed-on" as const) : ("unstored" as const) };
    });
    return [...running, ...ended].filter(({ row }) => !row.marks?.isDeleted);
  }

  /** The rows of all that run and are in memory, the newest first. */
  inMemory(): TraceRow[] {
    const traces = [...this.#kept, ...this.#running.listed()].sort((a, b) => b.seq - a.seq);
    return traces.map((trace) => this.rows.rowOf(trace)).filter(({ marks }) => !marks?.isDeleted);
  }

  /** The row of an ended trace in memory, as it is now; null: it is not there. */
  rowOf(id: string): TraceRow | null {
    const kept = this.#keptById(id);
    return kept && this.rows.rowOf(kept);
  }

  /** The store's lists have this trace, and all that were passed on before. */
  listed(id: string): void {
    const newest = this.#keptById(id);
    const { unlisted } = this.#kept;
    if (!newest || !unlisted.has(newest)) return;
    for (const trace of unlisted) {
      if (trace.isPassedOn) unlisted.delete(trace);
      if (trace === newest) return;
    }
  }

  /**
   * Takes over what another process wrote to a trace, if its row is listed. `removedAt`: names its deletion; null: it is
   * not deleted.
   */
  takeMarks(id: string, written: WrittenMarks, removedAt: number | null): void {
    const key = this.#listedKey(id);
    if (key !== null && this.#marks.write(key, written, removedAt)) this.#publish(key);
  }

  /**
   * Protects a trace from eviction, or no longer. `isStored`: the store has it already. False when no such trace is in
   * memory, or too many are pinned already.
   */
  pin(id: string, pinned: boolean, { isStored = false } = {}): boolean {
    const kept = this.#keptById(id);
    const trace = kept ?? this.#running.find((running) => running.id === id);
    const other = this.other(id);
    if (other && other.pinned !== pinned) this.rows.publishOther({ ...other, pinned });
    if (!trace || (pinned && !trace.pinned && this.#pinned >= maxPinned)) return false;
    if (pinned !== trace.pinned) this.#pinned += pinned ? 1 : -1;
    trace.pinned = pinned;
    if (kept) this.#kept.put(kept); // it may be the oldest now
    this.rows.publish(trace);
    if (!isStored) this.#sink?.pinned(id, pinned);
    return true;
  }

  /** Writes to a trace that has ended. False: its row is not listed. */
  mark(id: string, written: WrittenMarks): boolean {
    const key = this.#listedKey(id);
    if (key !== null && this.#marks.write(key, written)) this.#publish(key);
    return key !== null;
  }

  /**
   * Hides ended traces, pinned ones and evicted ones too. Returns how many. `at` names the deletion, for
   * `restore` and `purge`.
   */
  remove(ids: readonly string[], at: number): number {
    const keys = ids.flatMap((id) => this.#listedKey(id) ?? []).filter((key) => this.#marks.removedAt(key) === null);
    return this.#hide(keys, at);
  }

  /** Shows again what a deletion has hidden. Returns how many. */
  restore(at: number): number {
    return this.#hide(this.#marks.removedBy(at), null);
  }

  #hide(keys: readonly TraceKey[], at: number | null): number {
    for (const key of keys) {
      this.#marks.remove(key, at);
      this.#publish(key);
    }
    return keys.length;
  }

  /** Forgets what a deletion has hidden. */
  purge(at: number): void {
    const removed = this.#marks.removedBy(at);
    if (removed.length > 0) this.#forgetShared();
    for (const key of removed) {
      const kept = this.#keptAt(key);
      const row = kept ? this.rows.rowOf(kept) : this.rows.other(key);
      if (kept?.pinned) this.#pinned--;
      if (kept) this.#kept.remove(kept);
      if (row) this.rows.withdraw(row);
    }
    this.#options.onChange();
  }

  /** The key of a trace that has ended and whose row is listed; null: there is none. */
  #listedKey(id: string): TraceKey | null {
    const key = this.#ids.keyOf(id);
    return this.#keptById(id) || this.other(id) ? key : null;
  }

  /** The row of a listed trace that is not in memory; null: there is none. */
  other(id: string): TraceRow | null {
    const row = this.rows.other(this.#ids.keyOf(id));
    return row?.id === id ? row : null;
  }

  /** Another process has deleted a trace for good. */
  withdraw(id: string): void {
    const other = this.other(id);
    if (other) this.rows.withdraw(other);
  }

  #keptAt(key: TraceKey): EncodedTrace | null {
    return typeof key === "number" ? this.#kept.get(key) : null;
  }

  #publish(key: TraceKey): void {
    const kept = this.#keptAt(key);
    const other = this.rows.other(key);
    if (kept) this.rows.publish(kept);
    else if (other) this.rows.publishOther(other);
  }

  /**
   * Forgets every ended trace that is not pinned (or, `pinnedToo`, every one), with its row and with what was
   * remembered to be shared with later ones. `isLeft`: the folder is no longer open.
   */
  clear({ pinnedToo = false, isLeft = false } = {}): void {
    this.rows.clear(isLeft);
    this.#cleared = { seq: this.lastSeq, running: this.#running.all.map(({ seq }) => seq) };
    this.#forgetShared();
    this.#kept.clear(pinnedToo);
    this.rows.clearOthers(pinnedToo);
    if (pinnedToo) this.#pinned = this.#running.pinnedCount;
    if (this.#isRecording) this.#running.publish();
    this.#options.onChange();
  }

  /** What was remembered to be shared with later traces: it may be a deleted one's. */
  #forgetShared(): void {
    this.#encoder.clear();
    this.variables.clear();
    this.#sink?.forget();
  }

  dispose(): void {
    this.#running.dispose();
  }

  get #sink(): TraceSink | null {
    return this.#options.sink?.() ?? null;
  }
}
