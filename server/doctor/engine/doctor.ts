// The doctor at work beside the server: rules about the head as a trace ends, the others soon after and elsewhere. The selected trace
// comes first, then failures, then the rest, which is looked at only while little is going on. The queues are bounded: what had no
// turn under load is counted, and looked at when somebody selects it.
import { removeItem } from "../../base/remove-item.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { examineInline, inOrder, isFailure, type RulesOff, ruleFailed } from "./examine.js";
import { createExaminer } from "./examiner.js";
import { copyOf } from "./worker-payload.js";

export interface DoctorOptions {
  /** Rules that the configuration switches off, as it is now. */
  readonly off: () => RulesOff;
  /** Called when the later rules have been asked; `found`: they had something to say. */
  readonly onExamined: (trace: TraceRecord, found: boolean) => void;
  /** An ended trace; null when it is not kept any more. */
  readonly get: (id: string) => TraceRecord | null;
  /** Called when traces had no turn, at most once in a while. */
  readonly onSkipped: () => void;
}

/** Traces that wait, in each queue. */
const maxWaiting = 64;
const batchSize = 8;
/** Failures are looked at this soon; the others when no more than `calmRequests` ended in the meantime. */
const soonMs = 2;
const calmMs = 50;
const calmRequests = 3;
const betweenNotesMs = 10_000;

export class Doctor {
  /** Traces that had no turn. */
  skipped = 0;
  readonly #options: DoctorOptions;
  readonly #examiner = createExaminer();
  // By their ids, oldest first: what waits must not keep a trace from rest. Arrays, as for all through which much passes (see `removeItem`).
  readonly #selected: string[] = [];
  readonly #failures: string[] = [];
  readonly #others: string[] = [];
  readonly #awaited = new Map<string, (() => void)[]>();
  #endedSince = 0;
  #timer: NodeJS.Timeout | null = null;
  #dueSoon = false;
  #isBusy = false;
  #isDisposed = false;
  #notedAt = Number.NEGATIVE_INFINITY;

  constructor(options: DoctorOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#selected.length + this.#failures.length + this.#others.length;
  }

  /** The exchange is over. On the way of every request: a few comparisons, and a place in a queue. */
  ended(trace: TraceRecord): void {
    const atOnce = examineInline(trace, this.#options.off());
    if (atOnce.length > 0) trace.findings = inOrder(atOnce);
    this.#endedSince++;
    if (trace.route.kind === "static" || this.#isDisposed) return;
    const failed = isFailure(trace);
    this.#wait(failed ? this.#failures : this.#others, trace.id);
    this.#schedule(failed);
  }

  /** Somebody looks at the trace: it is the next. */
  look(trace: TraceRecord): void {
    if (
      trace.outcome === null ||
      trace.route.kind === "static" ||
      trace.examined ||
      this.#selected.includes(trace.id) ||
      this.#isDisposed
    )
      return;
    for (const queue of [this.#failures, this.#others]) removeItem(queue, trace.id);
    this.#wait(this.#selected, trace.id);
    this.#schedule(true);
  }

  /** Resolves when every rule has been asked about the trace, which has ended: with the record that has the findings. */
  async examined(trace: TraceRecord): Promise<TraceRecord> {
    const kept = this.#options.get(trace.id) ?? trace;
    this.look(kept);
    if (this.#isDisposed || kept.examined || kept.route.kind === "static") return kept;
    await new Promise<void>((resolve) => this.#awaited.set(kept.id, [...(this.#awaited.get(kept.id) ?? []), resolve]));
    return this.#options.get(kept.id) ?? kept;
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const queue of [this.#selected, this.#failures, this.#others]) queue.length = 0;
    await this.#examiner.dispose();
    for (const tell of [...this.#awaited.values()].flat()) tell();
    this.#awaited.clear();
  }

  #wait(queue: string[], id: string): void {
    queue.push(id);
    const oldest = queue.length > maxWaiting ? queue.shift() : undefined;
    if (oldest !== undefined) this.#skip(oldest);
  }

  #skip(id: string): void {
    this.skipped++;
    this.#settle(id);
    const now = performance.now();
    if (now - this.#notedAt < betweenNotesMs) return;
    this.#notedAt = now;
    this.#options.onSkipped();
  }

  #schedule(soon: boolean): void {
    if (this.#isBusy || this.#isDisposed || (this.#timer && (this.#dueSoon || !soon))) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueSoon = soon;
    this.#timer = setTimeout(() => this.#next(), soon ? soonMs : calmMs).unref();
  }

  #next(): void {
    const isCalm = !this.#dueSoon && this.#endedSince <= calmRequests;
    if (!this.#dueSoon) this.#endedSince = 0;
    this.#timer = null;
    const batch: TraceRecord[] = [];
    for (const queue of isCalm ? [this.#selected, this.#failures, this.#others] : [this.#selected, this.#failures])
      while (batch.length < batchSize) {
        const id = queue.shift();
        if (id === undefined) break;
        const trace = this.#options.get(id);
        if (trace) batch.push(trace);
        else this.#settle(id);
      }
    if (batch.length > 0) void this.#examine(batch);
    else if (this.waiting > 0) this.#schedule(false);
  }

  async #examine(batch: readonly TraceRecord[]): Promise<void> {
    this.#isBusy = true;
    const off = this.#options.off();
    try {
      const all = await this.#examiner.examine(batch.map((trace) => copyOf(trace, trace.findings, off)));
      for (const [index, trace] of batch.entries()) this.#found(trace, all[index] ?? []);
    } catch (error) {
      if (!this.#isDisposed)
        for (const trace of batch) this.#found(trace, [ruleFailed("The doctor could not look at this request", error)]);
    } finally {
      this.#isBusy = false;
      if (this.waiting > 0) this.#schedule(this.#selected.length + this.#failures.length > 0);
    }
  }

  #found(trace: TraceRecord, later: TraceRecord["findings"]): void {
    trace.examined = true;
    if (later.length > 0) trace.findings = inOrder([...trace.findings, ...later]);
    this.#options.onExamined(trace, later.length > 0);
    this.#settle(trace.id);
  }

  #settle(id: string): void {
    if (this.#awaited.size === 0) return;
    for (const tell of this.#awaited.get(id) ?? []) tell();
    this.#awaited.delete(id);
  }
}
