// Response times of the last minute, per script and in total: one HDR histogram per ten seconds, merged on request.
import { build, type Histogram } from "hdr-histogram-js";
import type { LatencySummary } from "../contract/workspace.js";

const sliceMs = 10_000;
const slices = 6;
const maxScripts = 500;
const highestMicroseconds = 3_600_000_000;

export class Latency {
  readonly #series = new Map<string, Series>();
  readonly #all = new Series();

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

/** A ring of histograms, each for ten seconds; microseconds inside. */
class Series {
  #total = 0;
  readonly #ring: { slice: number; histogram: Histogram }[] = [];

  add(tookMs: number, now: number): void {
    const slice = Math.floor(now / sliceMs);
    const place = this.#ring[slice % slices];
    let histogram = place?.slice === slice ? place.histogram : null;
    if (!histogram) {
      histogram = place?.histogram ?? newHistogram();
      histogram.reset();
      this.#ring[slice % slices] = { slice, histogram };
    }
    histogram.recordValue(Math.min(Math.max(1, Math.round(tookMs * 1000)), highestMicroseconds));
    this.#total++;
  }

  summary(now: number): LatencySummary {
    const newest = Math.floor(now / sliceMs);
    const merged = newHistogram();
    for (const { slice, histogram } of this.#ring.filter(Boolean)) if (slice > newest - slices) merged.add(histogram);
    const count = merged.totalCount;
    const at = (percentile: number) => (count === 0 ? null : merged.getValueAtPercentile(percentile) / 1000);
    return {
      total: this.#total,
      count,
      windowMs: sliceMs * slices,
      p50Ms: at(50),
      p95Ms: at(95),
      p99Ms: at(99),
      maxMs: count === 0 ? null : merged.maxValue / 1000,
    };
  }
}

const newHistogram = (): Histogram =>
  build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestMicroseconds,
    numberOfSignificantValueDigits: 2,
    autoResize: false,
    useWebAssembly: false,
  });
