// Searches the stored traces of one workspace, part by part and the newest first.
import type { WrittenMarks } from "../contract/trace-marks.js";
import { noMarks } from "../contract/trace-values.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { MarksDigest } from "./mark-file.js";
import { isShown, lineHas, type SqlSearch, searchSql } from "./search-sql.js";
import { unmarkedHave } from "./search-text.js";
import { SegmentSearch } from "./segment-search.js";
import type { ClearedList } from "./store-answers.js";
import { type Database, type TraceBounds, traceBounds } from "./store-file.js";
import { numberColumn, placesIn } from "./store-numbers.js";
import type { StoredRecords } from "./stored-records.js";

/** A line of a list, as the file has it. */
export interface StoredRow extends WrittenMarks {
  readonly id: string;
  readonly seq: number;
  /** Unix time, ms. */
  readonly startedAt: number;
  readonly method: string;
  readonly target: string;
  readonly status: number | null;
  readonly mode: string | null;
  readonly tookMs: number | null;
  /** The size of the response body. */
  readonly bytes: number;
}

export interface Found {
  /** How many there are, whatever the limit. */
  readonly total: number;
  /** Newest first. */
  readonly rows: StoredRow[];
}

/** Which traces are searched: stored before one place and after another one, only pinned ones or only the others. */
export interface Bounds {
  readonly before: number | null;
  readonly after: number | null;
  readonly pinned: boolean | null;
  readonly cleared: ClearedList | null;
}

export const everything: Bounds = { before: null, after: null, pinned: null, cleared: null };

const noIds: ReadonlySet<number> = new Set();

/** A step of a search takes about so long: between two steps it can be cancelled. */
const stepMs = 12;

const prepareAll = (database: Database) => ({
  bounds: database.prepare(traceBounds),
  pins: database.prepare("select count(*) count, total(id) sum from trace where pinned"),
  pinned: database.prepare("select id from trace where pinned and id between ? and ?"),
  purged: database.prepare("select value from about where name='purged'"),
  anyHidden: database.prepare("select 1 from mark where deleted is not null limit 1"),
});

export class StoreSearch {
  readonly #database: Database;
  readonly #records: StoredRecords;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #segments: SegmentSearch;
  readonly #marks: MarksDigest;
  #patterns: SqlSearch["patterns"] = [];

  constructor(database: Database, records: StoredRecords) {
    this.#database = database;
    this.#records = records;
    this.#statements = prepareAll(database);
    this.#marks = new MarksDigest(database);
    this.#segments = new SegmentSearch(database, records);
    database.function("line_has", lineHas);
    database.function("unmarked_have", unmarkedHave);
    database.function("has_pattern", (index: number, text: string | null): number =>
      text !== null && this.#patterns[index]?.(text) ? 1 : 0,
    );
  }

  find(query: TraceQuery, limit: number): Found {
    const { parts, search, low: from, high: to, count, ...within } = this.within(query, everything);
    const rows = this.#database.prepare(
      `select name as id, id as seq, started as startedAt, method, target, status, mode, took as tookMs, sent as bytes
       from trace where ${within.where} order by trace.id desc limit ?`,
    );
    let total = 0;
    const found: StoredRow[] = [];
    for (const part of search.needles.length > 0 ? parts() : [{ from, to }]) {
      this.begin(search, part);
      const left = limit - found.length;
      const next: Omit<StoredRow, keyof WrittenMarks>[] =
        left > 0 ? rows.all(part.from, part.to, ...within.values, left) : [];
      for (const row of next) found.push({ ...row, ...(this.#records.marksOf(row.id) ?? noMarks) });
      total += next.length < left ? next.length : count(part.from, part.to);
    }
    return { total, rows: found };
  }

  /** The ids of all that match and are not pinned, part by part. */
  *names(query: TraceQuery): Generator<readonly string[]> {
    const { where, values, parts, search } = this.within(query, everything);
    const names = this.#database.prepare(`select name from trace where ${where} and not pinned`);
    for (const { from, to } of parts()) {
      this.begin(search, { from, to });
      const rows: { name: string }[] = names.all(from, to, ...values);
      yield rows.map(({ name }) => name);
    }
  }

  /** What the same traces are found by, too: another text after marks or pins have changed, or traces were removed. */
  changes(): string {
    const { pins, purged } = this.#statements;
    return JSON.stringify([this.#marks.now(), pins.get(), purged.get()]);
  }

  /** Some traces are hidden, and can be shown again or overwritten. */
  hasDeleted(): boolean {
    return this.#statements.anyHidden.get() !== undefined;
  }

  /** A search of parts of the stored traces, each of about the same time; the first two values are a part's bounds. */
  within(query: TraceQuery, { before, after, pinned, cleared }: Bounds) {
    const asked = this.#searchSql(query);
    const bounds: TraceBounds = this.#statements.bounds.get();
    const newest = bounds.high ?? 0;
    const low = Math.max(bounds.low ?? 1, (after ?? 0) + 1);
    const high = Math.min(newest, (before ?? Number.MAX_SAFE_INTEGER) - 1);
    const bounded = cleared ? [cleared.run, cleared.seq, JSON.stringify(cleared.running), cleared.place] : [];
    const isLater = `case substr(name,10,6) when ? then pinned or ${numberColumn} > ? or ${numberColumn} in (select value from json_each(?)) else id > ? end`;
    const among = cleared === null ? "1" : isLater;
    const kind = pinned === null ? "1" : pinned ? "pinned" : "not pinned";
    // Where few traces can match, no bytes of the others are read.
    const few = { sql: `${asked.plain.sql} and ${kind} and ${among}`, values: [...asked.plain.values, ...bounded] };
    const search = pinned === true ? { ...asked, plain: few } : asked;
    const where = `id between ? and ? and ${kind} and ${among} and (${search.where})`;
    const values = [...bounded, ...search.values];
    const counted = this.#database.prepare(`select count(*) as count from trace where ${where}`);
    const listed = this.#database.prepare(`select json_group_array(id) ids from trace where ${where}`);
    // The traces that have the one text are known: their rows need not be read to count them.
    const isKnown = search.isOneNeedle && cleared === null && pinned !== true;
    const count = (from: number, to: number): number => {
      if (!isKnown) return counted.get(from, to, ...values).count;
      return this.#segments.found(from, to, pinned === null ? noIds : this.#pinnedIn(from, to)).length;
    };
    const places = (from: number, to: number): readonly number[] =>
      isKnown ? this.#segments.found(from, to, this.#pinnedIn(from, to)) : placesIn(listed.get(from, to, ...values));
    // Pinned traces have an index: their rows are shown first, and must not wait for many steps.
    const isSlow = search.needles.length + search.patterns.length > 0;
    const [first, most] = pinned === true ? [100_000, high] : [isSlow ? 200 : 10_000, 100_000];
    // While others have the processor, each step takes long: without a least, the steps would become ever smaller.
    const least = isSlow ? 100 : first;
    const parts = function* () {
      let to = high;
      let size = first;
      while (to >= low) {
        const from = Math.max(low, to - size + 1);
        const startedAt = performance.now();
        yield { from, to, searched: (high - from + 1) / Math.max(1, high - low + 1) };
        to = from - 1;
        const took = performance.now() - startedAt;
        size = Math.min(most, Math.max(least, took < stepMs / 2 ? size * 2 : took > 2 * stepMs ? size >> 1 : size));
      }
    };
    return { where, values, parts, low, high, search, count, places };
  }

  #pinnedIn(from: number, to: number): ReadonlySet<number> {
    const rows: { id: number }[] = this.#statements.pinned.all(from, to);
    return new Set(rows.map(({ id }) => id));
  }

  /** Without what was deleted. */
  #searchSql(query: TraceQuery): SqlSearch {
    const search = searchSql(query);
    if (!this.hasDeleted()) return search;
    const where = `(${search.where}) and ${isShown}`;
    return { ...search, where, isOneNeedle: false };
  }

  /** Before each part. */
  begin(search: SqlSearch, { from, to }: { readonly from: number; readonly to: number }): void {
    this.#patterns = search.patterns;
    this.#segments.look(search, from, to);
  }
}
