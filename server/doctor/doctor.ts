// The doctor at work beside the server: rules about the head as a trace ends, the others soon after and elsewhere. The selected trace
// comes first, then failures, then the rest, which is looked at only while little is going on. The queues are bounded: what had no
// turn under load is counted, and looked at when somebody selects it.
import { removeItem } from "../remove-item.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { copyOf } from "./copied.js";
import { examineAtOnce, inOrder, isFailure, type RulesOff, ruleFailed } from "./examine.js";
import { createExaminer } from "./examiner.js";

export interface DoctorOptions {
  /** Rules that the configuration switches off, as it is now. */
  readonly off: () => RulesOff;
  /** Called when the later rules have been asked; `found`: they had something to say. */
  readonly onExamined: (trace: TraceRecord, found: boolean) => void;
  /** Called when traces had no turn, at most once in a while. */
  readonly onSkipped: () => void;
  /** Nothing is looked for in the trace any more, unless somebody asks. */
  readonly onLeft: (trace: TraceRecord) => void;
}

/** Traces that wait, in each queue, and the bytes they may hold together. */
const maxWaiting = 64;
const maxWaitingBytes = 32 << 20;
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
  // Oldest first. Arrays: in a Set that is full, finding the oldest passes the places of all that left before it.
  readonly #selected: TraceRecord[] = [];
  readonly #failures: TraceRecord[] = [];
  readonly #others: TraceRecord[] = [];
  readonly #awaited = new Map<TraceRecord, (() => void)[]>();
  #waitingBytes = 0;
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
    const atOnce = examineAtOnce(trace, this.#options.off());
    if (atOnce.length > 0) trace.findings = inOrder(atOnce);
    this.#endedSince++;
    if (trace.route.kind === "static" || this.#isDisposed) return;
    const failed = isFailure(trace);
    this.#wait(failed ? this.#failures : this.#others, trace);
    this.#schedule(failed);
  }

  /** Somebody looks at the trace: it is the next. */
  look(trace: TraceRecord): void {
    if (trace.outcome === null || trace.route.kind === "static" || trace.examined || this.#selected.includes(trace) || this.#isDisposed) return;
    for (const queue of [this.#failures, this.#others]) if (removeItem(queue, trace)) this.#waitingBytes -= heldBytes(trace);
    this.#wait(this.#selected, trace);
    this.#schedule(true);
  }

  /** Resolves when every rule has been asked about the trace, which has ended. */
  async examined(trace: TraceRecord): Promise<void> {
    this.look(trace);
    if (this.#isDisposed || trace.examined || trace.route.kind === "static") return;
    await new Promise<void>((resolve) => this.#awaited.set(trace, [...(this.#awaited.get(trace) ?? []), resolve]));
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    if (this.#timer) clearTimeout(this.#timer);
    for (const queue of [this.#selected, this.#failures, this.#others]) queue.length = 0;
    await this.#examiner.dispose();
    for (const tell of [...this.#awaited.values()].flat()) tell();
    this.#awaited.clear();
  }

  #wait(queue: TraceRecord[], trace: TraceRecord): void {
    queue.push(trace);
    this.#waitingBytes += heldBytes(trace);
    while (queue.length > maxWaiting || (this.#waitingBytes > maxWaitingBytes && queue.length > 1)) {
      const oldest = this.#takeOldest(queue);
      if (!oldest) break;
      this.#skip(oldest);
    }
  }

  #takeOldest(queue: TraceRecord[]): TraceRecord | null {
    const oldest = queue.shift() ?? null;
    if (oldest) this.#waitingBytes -= heldBytes(oldest);
    return oldest;
  }

  #skip(trace: TraceRecord): void {
    this.skipped++;
    this.#settle(trace);
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
        const trace = this.#takeOldest(queue);
        if (!trace) break;
        batch.push(trace);
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
      if (!this.#isDisposed) for (const trace of batch) this.#found(trace, [ruleFailed("The doctor could not look at this request", error)]);
    } finally {
      this.#isBusy = false;
      if (this.waiting > 0) this.#schedule(this.#selected.length + this.#failures.length > 0);
    }
  }

  #found(trace: TraceRecord, later: TraceRecord["findings"]): void {
    trace.examined = true;
    if (later.length > 0) trace.findings = inOrder([...trace.findings, ...later]);
    this.#options.onExamined(trace, later.length > 0);
    this.#settle(trace);
  }

  #settle(trace: TraceRecord): void {
    this.#options.onLeft(trace);
    for (const tell of this.#awaited.get(trace) ?? []) tell();
    this.#awaited.delete(trace);
  }
}

const heldBytes = ({ stdout, stderr, request }: TraceRecord): number => (stdout?.captured ?? 0) + (stderr?.captured ?? 0) + request.body.captured;
