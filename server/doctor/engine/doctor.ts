// Runs the doctor beside the server: inline rules as a trace ends, deferred rules soon after in a worker thread. The
// selected trace comes first, then failures, then the others, which wait for a quiet moment. The queues are bounded:
// the doctor counts traces that it skips under load, and examines them when they are selected.
import { removeItem } from "../../base/remove-item.js";
import type { HandedOver } from "../../trace/codec/encode-trace.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { Site } from "../base/site.js";
import type { SourceChecker } from "../static-checks/check-source.js";
import { examineInline, isFailure, type RulesOff, ruleFailed, sortFindings } from "./examine.js";
import { createExaminer } from "./examiner.js";

interface DoctorOptions {
  /** The rules that the current configuration disables. */
  readonly off: () => RulesOff;
  /** The open folder; null: none is open, or its paths are not its files. */
  readonly site?: () => Site | null;
  /** Called after the deferred rules have run; `found`: they added findings. */
  readonly onExamined: (trace: Pick<TraceRecord, "id" | "findings">, found: boolean) => void;
  /** A finished trace; null if it has been evicted. */
  readonly get: (id: string) => TraceRecord | null;
  /** Finds its bytes, for the thread that examines it; null if it has been evicted. */
  readonly bytesOf: (id: string) => HandedOver | null;
  /** Called when traces were skipped, at most every `skipReportIntervalMs`. */
  readonly onSkipped: () => void;
}

/** Limit of each queue. */
const maxWaiting = 64;
const batchSize = 8;
/** Delay for failures and for the selected trace. */
const urgentDelayMs = 2;
/** Delay for the others, which are examined only if no more than `quietRequests` ended within it. */
const quietDelayMs = 50;
const quietRequests = 3;
const skipReportIntervalMs = 10_000;

export class Doctor {
  /** Number of traces that were dropped from a queue. */
  skipped = 0;
  readonly #options: DoctorOptions;
  readonly #examiner = createExaminer();
  readonly checkSource: SourceChecker["checkSource"] = (source) => this.#examiner.checkSource(source);
  // Ids, oldest first: a queued trace can still be evicted. Arrays rather than sets, see `removeItem`.
  readonly #selected: string[] = [];
  readonly #failures: string[] = [];
  readonly #others: string[] = [];
  readonly #awaited = new Map<string, (() => void)[]>();
  #endedSince = 0;
  #timer: NodeJS.Timeout | null = null;
  #isTimerUrgent = false;
  #isBusy = false;
  #isDisposed = false;
  #skipReportedAt = Number.NEGATIVE_INFINITY;

  constructor(options: DoctorOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#selected.length + this.#failures.length + this.#others.length;
  }

  /**
   * Call when the exchange is over. Runs for every request, so it costs only a few comparisons and a place in a queue.
   */
  ended(trace: TraceRecord): void {
    const findings = examineInline(trace, this.#options.off());
    if (findings.length > 0) trace.findings = sortFindings(findings);
    this.#endedSince++;
    if (trace.route.kind === "static" || this.#isDisposed) return;
    const failed = isFailure(trace);
    this.#enqueue(failed ? this.#failures : this.#others, trace.id);
    this.#schedule(failed);
  }

  /** The user selected the trace: examine it next. */
  prioritize(trace: TraceRecord): void {
    if (
      trace.outcome === null ||
      trace.route.kind === "static" ||
      trace.examined ||
      this.#selected.includes(trace.id) ||
      this.#isDisposed
    )
      return;
    for (const queue of [this.#failures, this.#others]) removeItem(queue, trace.id);
    this.#enqueue(this.#selected, trace.id);
    this.#schedule(true);
  }

  /** Examines a finished trace. Resolves after all rules have run, with the record that has the findings. */
  async examined(trace: TraceRecord): Promise<TraceRecord> {
    const kept = this.#options.get(trace.id) ?? trace;
    this.prioritize(kept);
    if (this.#isDisposed || kept.examined || kept.route.kind === "static") return kept;
    await new Promise<void>((resolve) => this.#awaited.set(kept.id, [...(this.#awaited.get(kept.id) ?? []), resolve]));
    return this.#options.get(kept.id) ?? kept;
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const queue of [this.#selected, this.#failures, this.#others]) queue.length = 0;
    await this.#examiner.dispose();
    for (const resolve of [...this.#awaited.values()].flat()) resolve();
    this.#awaited.clear();
  }

  #enqueue(queue: string[], id: string): void {
    queue.push(id);
    const oldest = queue.length > maxWaiting ? queue.shift() : undefined;
    if (oldest !== undefined) this.#skip(oldest);
  }

  #skip(id: string): void {
    this.skipped++;
    this.#leave(id);
    const now = performance.now();
    if (now - this.#skipReportedAt < skipReportIntervalMs) return;
    this.#skipReportedAt = now;
    this.#options.onSkipped();
  }

  #schedule(isUrgent: boolean): void {
    if (this.#isBusy || this.#isDisposed || (this.#timer && (this.#isTimerUrgent || !isUrgent))) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#isTimerUrgent = isUrgent;
    this.#timer = setTimeout(() => this.#next(), isUrgent ? urgentDelayMs : quietDelayMs).unref();
  }

  #next(): void {
    const isQuiet = !this.#isTimerUrgent && this.#endedSince <= quietRequests;
    if (!this.#isTimerUrgent) this.#endedSince = 0;
    this.#timer = null;
    const batch = new Map<string, HandedOver>();
    for (const queue of isQuiet ? [this.#selected, this.#failures, this.#others] : [this.#selected, this.#failures])
      while (batch.size < batchSize) {
        const id = queue.shift();
        if (id === undefined) break;
        const trace = this.#options.bytesOf(id);
        if (trace && !trace.examined) batch.set(id, trace);
        else this.#leave(id);
      }
    if (batch.size > 0) void this.#examine(batch);
    else if (this.waiting > 0) this.#schedule(false);
  }

  async #examine(batch: ReadonlyMap<string, HandedOver>): Promise<void> {
    this.#isBusy = true;
    try {
      await this.#findIn(batch);
    } finally {
      this.#isBusy = false;
      if (this.waiting > 0) this.#schedule(this.#selected.length + this.#failures.length > 0);
    }
  }

  /** Where the thread fails, each trace is examined by itself: one that it cannot do costs no other its findings. */
  async #findIn(batch: ReadonlyMap<string, HandedOver>): Promise<void> {
    const off = this.#options.off();
    const site = this.#options.site?.() ?? null;
    const before = [...batch].map(([id, { findings }]) => ({ id, findings: findings ?? [] }));
    try {
      const all = await this.#examiner.examine([...batch.values()].map((trace) => ({ trace, off, site })));
      for (const [index, one] of before.entries()) this.#addFindings(one, all[index] ?? []);
    } catch (error) {
      for (const one of this.#isDisposed ? [] : before) {
        const again = before.length > 1 ? this.#options.bytesOf(one.id) : null; // the first went to the thread
        if (again) await this.#findIn(new Map([[one.id, again]]));
        else this.#addFindings(one, [ruleFailed("The doctor could not examine this request", error)]);
      }
    }
  }

  #addFindings({ id, findings }: Pick<TraceRecord, "id" | "findings">, found: TraceRecord["findings"]): void {
    this.#options.onExamined({ id, findings: sortFindings([...findings, ...found]) }, found.length > 0);
    this.#leave(id);
  }

  /** The trace is in no queue any more: it was examined, skipped or evicted. */
  #leave(id: string): void {
    if (this.#awaited.size === 0) return;
    for (const resolve of this.#awaited.get(id) ?? []) resolve();
    this.#awaited.delete(id);
  }
}
