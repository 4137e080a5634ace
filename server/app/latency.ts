// Response times of the last minute, per script and in total: one HDR histogram per ten seconds, merged on request.
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import type { LatencySummary } from "../contract/workspace.js";

const sliceMs = 10_000;
const slices = 6;
const maxScripts = 500;
const highestMicroseconds = 3_600_000_000;

export class Latency {
  readonly #series = new Map<string, Series>();
  #all = new Series();

  /** `tookMs` of a response that ended at `now` (performance.now()). */
  add(file: string | null, tookMs: number, now = performance.now()): void {
    this.#all.add(tookMs, now);
    if (file === null) return;
    let series = this.#series.get(file);
    if (!series) {
      if (this.#series.size >= maxScripts) return; // the total is always counted
      series = new Series();
      this.#series.set(file, series);
    }
    series.add(tookMs, now);
  }

  /** Forgets every response. */
  clear(): void {
    this.#series.clear();
    this.#all = new Series();
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

/** A ring of histograms, each for ten seconds; microseconds inside. */
class Series {
  #total = 0;
  readonly #ring: Slice[] = [];

  add(tookMs: number, now: number): void {
    const nth = Math.floor(now / sliceMs);
    let slice = this.#ring[nth % slices];
    if (slice?.nth !== nth) {
      const histogram = slice?.histogram ?? newHistogram();
      histogram.reset();
      slice = { nth, histogram, longest: 0 };
      this.#ring[nth % slices] = slice;
    }
    const took = Math.min(Math.max(1, Math.round(tookMs * 1000)), highestMicroseconds);
    slice.histogram.record(took);
    slice.longest = Math.max(slice.longest, took);
    this.#total++;
  }

  summary(now: number): LatencySummary {
    const newest = Math.floor(now / sliceMs);
    const recent = this.#ring.filter(({ nth }) => nth > newest - slices);
    const merged = newHistogram();
    for (const { histogram } of recent) merged.add(histogram);
    const count = merged.count;
    const longest = Math.max(0, ...recent.map((slice) => slice.longest));
    // The histogram rounds up: no percentile may be more than the longest.
    const at = (percentile: number) => (count === 0 ? null : Math.min(merged.percentile(percentile), longest) / 1000);
    return {
      total: this.#total,
      count,
      windowMs: sliceMs * slices,
      p50Ms: at(50),
      p95Ms: at(95),
      p99Ms: at(99),
      maxMs: count === 0 ? null : longest / 1000,
    };
  }
}

const newHistogram = (): RecordableHistogram =>
  createHistogram({ lowest: 1, highest: highestMicroseconds, figures: 2 });
