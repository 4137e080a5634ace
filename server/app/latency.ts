// Response times of the last minute, per script and in total: one HDR histogram per ten seconds, merged on request.
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import type { LatencySummary } from "../contract/workspace.js";

const sliceMs = 10_000;
const slices = 6;
const maxScripts = 500;
const highestMicroseconds = 3_600_000_000;

export class Latency {
  readonly #series = new Map<string, Series>();
  readonly #histograms = new Histograms();
  #all = new Series(this.#histograms);
  /** The newest slice of any series. */
  #nth = 0;

  /** `tookMs` of a response that ended at `now` (performance.now()). */
  add(file: string | null, tookMs: number, now = performance.now()): void {
    const nth = Math.floor(now / sliceMs);
    if (nth !== this.#nth) for (const series of [this.#all, ...this.#series.values()]) series.forgetBefore(nth);
    this.#nth = nth;
    this.#all.add(tookMs, nth);
    if (file !== null) this.#seriesOf(file)?.add(tookMs, nth);
  }

  /** A new script takes the place of an idle one; null: there is none, and only the total is counted. */
  #seriesOf(file: string): Series | null {
    const known = this.#series.get(file);
    if (known) return known;
    if (this.#series.size >= maxScripts) {
      const idle = [...this.#series].find(([, series]) => series.isIdle);
      if (!idle) return null;
      this.#series.delete(idle[0]);
    }
    const series = new Series(this.#histograms);
    this.#series.set(file, series);
    return series;
  }

  /** Forgets every response. */
  clear(): void {
    for (const series of [this.#all, ...this.#series.values()]) series.forgetBefore(Number.POSITIVE_INFINITY);
    this.#series.clear();
    this.#all = new Series(this.#histograms);
  }

  /** The last minute of one script, or of all for null. */
  summary(file: string | null, now = performance.now()): LatencySummary {
    const series = file === null ? this.#all : this.#series.get(file);
    return (
      series?.summary(now) ?? {
        total: 0,
        count: 0,
        windowMs: sliceMs * slices,
        p50Ms: null,
        p95Ms: null,
        p99Ms: null,
        maxMs: null,
      }
    );
  }
}

interface Slice {
  readonly nth: number;
  readonly histogram: RecordableHistogram;
  /** Exact; the histogram's own is rounded up. */
  longest: number;
}

/** The last minute in slices of ten seconds; the values inside are microseconds. */
class Series {
  readonly #histograms: Histograms;
  #total = 0;
  /** The newest is the last one. */
  #recent: readonly Slice[] = [];

  constructor(histograms: Histograms) {
    this.#histograms = histograms;
  }

  /** Nothing in the last minute. */
  get isIdle(): boolean {
    return this.#recent.length === 0;
  }

  add(tookMs: number, nth: number): void {
    let slice = this.#recent.at(-1);
    if (slice?.nth !== nth) {
      slice = { nth, histogram: this.#histograms.take(), longest: 0 };
      this.#recent = [...this.#recent, slice];
    }
    const took = Math.min(Math.max(1, Math.round(tookMs * 1000)), highestMicroseconds);
    slice.histogram.record(took);
    slice.longest = Math.max(slice.longest, took);
    this.#total++;
  }

  /** Leaves the minute that ends with the slice `nth`. */
  forgetBefore(nth: number): void {
    for (const { nth: own, histogram } of this.#recent) if (own <= nth - slices) this.#histograms.give(histogram);
    this.#recent = this.#recent.filter(({ nth: own }) => own > nth - slices);
  }

  summary(now: number): LatencySummary {
    const newest = Math.floor(now / sliceMs);
    const recent = this.#recent.filter(({ nth }) => nth > newest - slices);
    const merged = this.#histograms.take();
    for (const { histogram } of recent) merged.add(histogram);
    const count = merged.count;
    const longest = Math.max(0, ...recent.map((slice) => slice.longest));
    // The histogram rounds up: no percentile may be more than the longest.
    const at = (percentile: number) => (count === 0 ? null : Math.min(merged.percentile(percentile), longest) / 1000);
    const summary = {
      total: this.#total,
      count,
      windowMs: sliceMs * slices,
      p50Ms: at(50),
      p95Ms: at(95),
      p99Ms: at(99),
      maxMs: count === 0 ? null : longest / 1000,
    };
    this.#histograms.give(merged);
    return summary;
  }
}

/** The histograms of all series: each takes some 37 KiB, so those that are free are used again. */
class Histograms {
  readonly #free: RecordableHistogram[] = [];

  /** An empty one. */
  take(): RecordableHistogram {
    return this.#free.pop() ?? createHistogram({ lowest: 1, highest: highestMicroseconds, figures: 2 });
  }

  give(histogram: RecordableHistogram): void {
    histogram.reset();
    this.#free.push(histogram);
  }
}
