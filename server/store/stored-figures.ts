// Figures of the stored traces of one script, or of all. Rows are read in portions, so that
// other questions get their turn in between.
import type { FailureFigures, FigureTrace, StoredFigures, VersionFigures } from "../contract/figures-contract.js";
import { leastFor } from "../contract/limits.js";
import type { Severity } from "../contract/trace.js";
import { isShown } from "./search-sql.js";
import { searchText } from "./search-text.js";
import { noFigures } from "./store-answers.js";
import { type Database, type TraceBounds, traceBounds } from "./store-file.js";
import { findingsIn } from "./table-row.js";
import { keyText } from "./version-key.js";

/** Ids in a portion. */
const portion = 20_000;
const maxListed = 5;
const maxVersions = 50;
const maxFailures = 20;
/** Steps of the time axis. */
const maxSteps = 96;

interface FiguresOf {
  /** The absolute path as text; null: all requests. */
  readonly script: string | null;
  /** Unix time, ms; null: no bound. */
  readonly from: number | null;
  /** Some traces were deleted and can still be shown again. */
  readonly hasDeleted: boolean;
}

type Row = readonly [
  id: number,
  started: number,
  took: number | null,
  bad: number,
  version: number | null,
  findings: string | null,
];

/** Requests of one kind: their times, without those that failed. */
class Times {
  readonly #took: number[] = [];
  requests = 0;
  failed = 0;
  firstAt = Number.POSITIVE_INFINITY;
  lastAt = Number.NEGATIVE_INFINITY;

  add(started: number, took: number | null, bad: number): void {
    this.requests++;
    this.failed += bad;
    this.firstAt = Math.min(this.firstAt, started);
    this.lastAt = Math.max(this.lastAt, started);
    if (bad === 0 && took !== null) this.#took.push(took);
  }

  figures() {
    const ascending = Float64Array.from(this.#took).sort();
    const at = (share: number): number | null =>
      ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? null;
    return {
      p50Ms: at(0.5),
      p95Ms: ascending.length < leastFor.p95 ? null : at(0.95),
      p99Ms: ascending.length < leastFor.p99 ? null : at(0.99),
      maxMs: ascending.at(-1) ?? null,
    };
  }
}

/** Yields between portions; returns the figures. */
export function* storedFigures(
  database: Database,
  { script, from, hasDeleted }: FiguresOf,
): Generator<undefined, StoredFigures> {
  const scope = `${script === null ? "1" : "script = ?"} and ${hasDeleted ? isShown : "1"}`;
  const values = script === null ? [] : [searchText(script)];
  const read = database.prepare(
    `select id, started, took, (outcome <> 'ok' or coalesce(status,0) >= 500), version, findings from trace
     where id between ? and ? and ${scope} and started >= ?`,
  );
  read.setReturnArrays(true); // an object for each row would take most of the time
  const bounds: TraceBounds = database.prepare(traceBounds).get();
  const all = new Times();
  const byVersion = new Map<number | null, Times>();
  const byFindings: ByFindings = new Map();
  const points: number[] = [];
  const slowest: Slow[] = [];
  let lastFailed = 0;
  for (let low = bounds.low ?? 1; low <= (bounds.high ?? 0); low += portion) {
    const found: Row[] = read.all(low, low + portion - 1, ...values, from ?? 0);
    for (const [id, started, took, bad, version, findings] of found) {
      all.add(started, took, bad);
      points.push(started, took ?? Number.NaN, bad);
      if (script !== null) timesOf(byVersion, version).add(started, took, bad);
      if (findings !== null || bad === 1) noteFindings(byFindings, findings, id, bad);
      if (bad === 1) lastFailed = id;
      noteSlow(slowest, { id, took: took ?? 0 });
    }
    yield;
  }
  if (all.requests === 0) return noFigures;
  const { p50Ms, p95Ms, p99Ms } = all.figures();
  const traceAt = (id: number): FigureTrace | null => traceOf(database, id);
  return {
    requests: all.requests,
    failed: all.failed,
    firstAt: all.firstAt,
    lastAt: all.lastAt,
    p50Ms,
    p95Ms,
    p99Ms,
    versions: versionsOf(database, byVersion),
    ...stepsOf(points, all),
    failures: failuresOf(database, byFindings),
    slowest: slowest.flatMap(({ id }) => traceAt(id) ?? []),
    lastFailed: lastFailed === 0 ? null : traceAt(lastFailed),
  };
}

function timesOf<Key>(map: Map<Key, Times>, key: Key): Times {
  let times = map.get(key);
  if (!times) {
    times = new Times();
    map.set(key, times);
  }
  return times;
}

/** Requests, and the place of the newest. */
class Counted {
  requests = 0;
  last = 0;

  add(requests: number, last: number): void {
    this.requests += requests;
    this.last = Math.max(this.last, last);
  }
}

/** The counts of those with the same findings, as they are in the row; null: without any. */
type ByFindings = Map<string | null, { readonly all: Counted; readonly failed: Counted }>;

function noteFindings(byFindings: ByFindings, findings: string | null, id: number, bad: number): void {
  let counted = byFindings.get(findings);
  if (!counted) {
    counted = { all: new Counted(), failed: new Counted() };
    byFindings.set(findings, counted);
  }
  counted.all.add(1, id);
  if (bad === 1) counted.failed.add(1, id);
}

interface Slow {
  readonly id: number;
  readonly took: number;
}

function noteSlow(slowest: Slow[], row: Slow): void {
  if (slowest.length === maxListed && row.took <= (slowest.at(-1)?.took ?? 0)) return;
  const place = slowest.findIndex(({ took }) => row.took > took);
  slowest.splice(place === -1 ? slowest.length : place, 0, row);
  if (slowest.length > maxListed) slowest.pop();
}

function versionsOf(database: Database, byVersion: ReadonlyMap<number | null, Times>): VersionFigures[] {
  const hash = database.prepare("select lower(hex(hash)) hash from version where key=?");
  return [...byVersion]
    .sort(([, a], [, b]) => b.lastAt - a.lastAt)
    .slice(0, maxVersions)
    .map(([key, times]) => {
      const kept: { hash: string } | undefined = key === null ? undefined : hash.get(key);
      const { requests, failed, firstAt, lastAt } = times;
      return {
        version: key === null ? null : keyText(key),
        hash: kept?.hash ?? null,
        requests,
        failed,
        firstAt,
        lastAt,
        ...times.figures(),
      };
    });
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const widths = [1, 2, 5, 10, 15, 30].map((n) => n * minuteMs);
const longWidths = [1, 2, 3, 6, 12, 24, 48, 168, 24 * 30].map((n) => n * hourMs);

const offsetAt = (at: number): number => new Date(at).getTimezoneOffset() * minuteMs;

/**
 * Whole minutes, hours or days of local time. `points`: for each request its beginning,
 * how long it took, and whether it failed. Days begin at midnight on either side of a change of the clocks.
 */
function stepsOf(points: readonly number[], { firstAt, lastAt }: Times): Pick<StoredFigures, "stepMs" | "steps"> {
  const stepMs =
    [...widths, ...longWidths].find((width) => (lastAt - firstAt) / width < maxSteps - 1) ??
    Math.ceil((lastAt - firstAt) / (maxSteps - 1));
  const areDays = stepMs >= dayMs;
  const offset = offsetAt(firstAt);
  // The last argument is the local time as if it were UTC.
  const beginOf = (local: number): number =>
    areDays ? new Date(1970, 0, 1, 0, 0, 0, local).getTime() : local + offset;
  const byStep = new Map<number, Times>();
  for (let i = 0; i < points.length; i += 3) {
    const [started = 0, took = 0, bad = 0] = [points[i], points[i + 1], points[i + 2]];
    const step = Math.floor((started - (areDays ? offsetAt(started) : offset)) / stepMs);
    timesOf(byStep, step).add(started, Number.isNaN(took) ? null : took, bad);
  }
  const steps = [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([step, times]) => {
      const { p50Ms, p95Ms, p99Ms } = times.figures();
      return { at: beginOf(step * stepMs), requests: times.requests, failed: times.failed, p50Ms, p95Ms, p99Ms };
    });
  return { stepMs, steps };
}

interface Finding {
  readonly rule: string;
  readonly severity: Severity;
}

/** A request that failed and has nothing but hints is one without a finding: hints do not say why. */
function failuresOf(database: Database, byFindings: ByFindings): FailureFigures[] {
  const failures = new Map<string, { rule: string | null; severity: Severity | null; counted: Counted }>();
  for (const [text, { all, failed }] of byFindings) {
    const findings: readonly Finding[] = text === null ? [] : (findingsIn(text) ?? []);
    const rules = new Map(findings.map(({ rule, severity }) => [rule, severity]));
    const told = [...rules].filter(([, severity]) => severity !== "hint");
    const none: [string | null, Severity | null][] = failed.requests > 0 ? [[null, null]] : [];
    for (const [rule, severity] of told.length > 0 ? told : none) {
      const counted = failures.get(rule ?? "")?.counted ?? new Counted();
      const { requests, last } = told.length > 0 ? all : failed;
      counted.add(requests, last);
      failures.set(rule ?? "", { rule, severity, counted });
    }
  }
  const name = database.prepare("select name from trace where id=?");
  return [...failures.values()]
    .sort((a, b) => b.counted.requests - a.counted.requests)
    .slice(0, maxFailures)
    .map(({ rule, severity, counted: { requests, last } }) => {
      const row: { name: string } | undefined = name.get(last);
      return { rule, severity, requests, last: row?.name ?? "" };
    });
}

function traceOf(database: Database, id: number): FigureTrace | null {
  const row: FigureTrace | undefined = database
    .prepare("select name id, started startedAt, method, target, status, outcome, took tookMs from trace where id=?")
    .get(id);
  return row ?? null;
}
