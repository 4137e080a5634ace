// Reads the stored traces of one workspace: searches them, and takes one out. Any process may, while others write.

import type { StoredFigures } from "../../contract/figures-contract.js";
import type { TraceRow } from "../../contract/trace.js";
import type { TraceOrder } from "../../contract/trace-order.js";
import type { FoundTrace } from "../../contract/traces-contract.js";
import type { TraceQuery } from "../../protocol/trace-query.js";
import type { TraceRecord } from "../trace-record.js";
import { toRow } from "../trace-row.js";
import { factsOf } from "./compact-record.js";
import { type MarkRow, marksOfRow } from "./mark-file.js";
import { NeedleSearch } from "./needle-search.js";
import { type RunPart, RunTable } from "./run-table.js";
import { hitOf } from "./search-hit.js";
import { isShown, lineHas, type SqlSearch, searchSql } from "./search-sql.js";
import { recordAt } from "./shared-ring.js";
import { type Database, isDamage, openForReading, sqliteCode } from "./store-file.js";
import { OrderedIds } from "./store-order.js";
import { storedFigures } from "./stored-figures.js";
import { makeWaitingRows } from "./trace-rows.js";
import { type StoredTrace, unpackTrace } from "./unpacked-trace.js";
import { readVersion } from "./version-writer.js";

/** A line of a list, as the file has it. */
export interface StoredRow {
  readonly id: string;
  readonly seq: number;
  /** Unix time, ms. */
  readonly startedAt: number;
  readonly method: string;
  readonly target: string;
  readonly status: number | null;
  readonly mode: string | null;
  readonly tookMs: number | null;
  /** Of the response body. */
  readonly bytes: number;
}

export interface Found {
  /** How many there are, whatever the limit. */
  readonly total: number;
  /** Newest first. */
  readonly rows: StoredRow[];
}

/** Which traces are searched. */
export interface SearchRange {
  /** Stored before this one and after that one; null: no bound. */
  readonly before: number | null;
  readonly after: number | null;
  /** Not those of the process that recorded this trace, from it on; null: all. */
  readonly olderThan: string | null;
  /** Only those; null: all. */
  readonly since: string | null;
  /** With either of them, the same of the traces of other processes that were stored from this one on; null: of none. */
  readonly others: string | null;
  /** Only pinned ones, or only the others; null: all. */
  readonly pinned: boolean | null;
  /** Of the traces that are given back, without the first `skip` ones. */
  readonly limit: number;
  readonly skip: number;
  /** Null: newest first. In an order they are given back with the last step. */
  readonly order: TraceOrder | null;
  /** All are counted; else the search ends with the last trace that is given back. */
  readonly isCounting: boolean;
}

/** What a search has found since the step before. */
export interface SearchStep {
  readonly found: readonly FoundTrace[];
  /** So far. */
  readonly total: number;
  /** The part of the traces that was searched, 0 to 1. */
  readonly searched: number;
  /** The place of the newest trace when the search began; 0: none was stored. */
  readonly newest: number;
  /** What has this place or a higher one was searched. */
  readonly oldest: number;
  readonly isDone: boolean;
}

/** Nothing is stored. */
export const nothingFound: SearchStep = { found: [], total: 0, searched: 1, newest: 0, oldest: 0, isDone: true };

export interface StoreFacts {
  readonly traces: number;
  /** Unix time of the oldest one, ms. */
  readonly oldestAt: number | null;
  /** The last runs of servers, newest first. `run`: that part of their traces' ids; `from`: Unix time of the first one, ms. */
  readonly runs: readonly { readonly run: string; readonly from: number }[];
}

export const noFacts: StoreFacts = { traces: 0, oldestAt: null, runs: [] };

interface PlaceRow {
  readonly id: number;
  readonly name: string;
  readonly pinned: number;
  readonly seg: number | null;
  readonly at: number;
  readonly length: number;
  readonly context: number;
  readonly findings: string | null;
}

type Bounds = Pick<SearchRange, "before" | "after" | "olderThan" | "since" | "others" | "pinned">;

/** A step of a search takes about so long: between two steps it can be cancelled. */
const stepMs = 12;
/** Rows that are looked at for their runs in one step, and how many runs are named. */
const [factRows, maxRuns] = [20_000, 500];
/** So many searches in the order of a column are remembered, for their further pages: 8 bytes for each trace found. */
const maxOrders = 2;

const prepareAll = (database: Database) => ({
  place: database.prepare("select id, name, pinned, seg, at, length, context, findings from trace where id=?"),
  named: database.prepare("select id, name, pinned, seg, at, length, context, findings from trace where name=?"),
  segment: database.prepare("select data from segment where id=?"),
  kept: database.prepare("select data, context from kept where id=?"),
  bounds: database.prepare("select min(id) low, max(id) high from trace"),
  facts: database.prepare(
    "select (select count(*) from trace) traces, (select started from trace order by id limit 1) oldestAt",
  ),
  hidden: database.prepare(
    "select count(*) traces from mark where deleted is not null and trace in (select name from trace)",
  ),
  /** What a search of the same traces depends on, too: deletions and pins. */
  changes: database.prepare(
    `select (select count(*) || ':' || total(deleted) from mark where deleted is not null) hidden,
       (select count(*) || ':' || total(id) from trace where pinned) pins`,
  ),
  anyHidden: database.prepare("select 1 from mark where deleted is not null limit 1"),
  marks: database.prepare("select title, note, tags, deleted from mark where trace=?"),
  scripts: database.prepare("select distinct script from trace where script is not null"),
  runs: database.prepare(
    "select substr(name,10,6) run, min(started) as 'from', max(id) as last from trace where id between ? and ? group by 1",
  ),
  root: database.prepare("select value from about where name='root'"),
  waiting: database.prepare("select 1 from waiting limit 1"),
});

export class StoreReader {
  readonly #path: string;
  readonly #database: Database;
  /** `body_has` reads here while the other connection is in the middle of a search. */
  readonly #bytes: Database;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #needles = new NeedleSearch();
  #patterns: readonly RegExp[] = [];
  readonly #runs = new RunTable();
  readonly #inOrder = new Map<string, Float64Array>();
  /** The segment that was read last: neighbours in a list lie in one. */
  #segment: { readonly id: number; readonly data: Buffer } | null = null;

  /** @throws NewerSchemaError, or SQLite's error */
  constructor(path: string) {
    this.#path = path;
    this.#database = openForReading(path);
    this.#bytes = openForReading(path);
    this.#statements = prepareAll(this.#bytes);
    const { segment, kept } = this.#statements;
    this.#database.function("line_has", lineHas);
    this.#database.function("has_pattern", (index: number, text: string | null): number =>
      text !== null && this.#patterns[index]?.test(text) ? 1 : 0,
    );
    this.#database.function(
      "body_has",
      (needle: number, id: number, seg: number | null, at: number, length: number): number => {
        const data = (): Uint8Array | null => (seg === null ? kept.get(id) : segment.get(seg))?.data ?? null;
        return this.#needles.isIn(needle, seg ?? -id, data, at, length) ? 1 : 0;
      },
    );
  }

  find(query: TraceQuery, limit: number): Found {
    const search = this.#searchSql(query);
    const { where, values, needles } = search;
    this.#begin(search);
    const columns =
      "name as id, id as seq, started as startedAt, method, target, status, mode, took as tookMs, sent as bytes";
    if (needles.length > 0) {
      const ids: { id: number }[] = this.#database
        .prepare(`select id from trace where ${where} order by id desc`)
        .all(...values);
      const row = this.#database.prepare(`select ${columns} from trace where id=?`);
      const rows = ids.slice(0, limit).flatMap(({ id }): StoredRow[] => row.get(id) ?? []);
      return { total: ids.length, rows };
    }
    const { total }: { total: number } = this.#database
      .prepare(`select count(*) as total from trace where ${where}`)
      .get(...values);
    const rows: StoredRow[] = this.#database
      .prepare(`select ${columns} from trace where ${where} order by trace.id desc limit ?`)
      .all(...values, limit);
    return { total, rows };
  }

  /** Searches step by step, the newest traces first. What is stored meanwhile is not searched. */
  *search(query: TraceQuery, range: SearchRange): Generator<SearchStep> {
    if (range.order !== null) return yield* this.#searchInOrder(query, range, range.order);
    const { where, values, parts, newest, low, search } = this.#within(query, range);
    const ids = this.#database.prepare(`select id from trace where ${where} order by id desc limit ? offset ?`);
    const count = this.#database.prepare(`select count(*) as count from trace where ${where}`);
    let [total, left, skip] = [0, range.limit, range.skip];
    for (const { from, to, searched } of parts(() => left > 0 || range.isCounting)) {
      this.#begin(search);
      const bound = [from, to, ...values];
      const found: FoundTrace[] = [];
      const isPassed = left === 0 || skip > 0;
      const matching: number = isPassed ? count.get(...bound).count : 0;
      if (isPassed && matching <= skip) skip -= matching;
      else if (left > 0) {
        // Without others to skip, all are listed: that counts them, too.
        const rows: { id: number }[] = ids.all(...bound, isPassed ? left : -1, skip);
        if (!isPassed) total += rows.length;
        for (const { id } of rows.slice(0, left)) found.push(...this.#foundAt(id, query));
        left -= Math.min(left, rows.length);
        skip = 0;
      }
      total += matching;
      yield { found, total, searched, newest, oldest: from, isDone: false };
    }
    yield { found: [], total, searched: 1, newest, oldest: low, isDone: true };
  }

  /** The same in the order of a column. */
  *#searchInOrder(query: TraceQuery, range: SearchRange, order: TraceOrder): Generator<SearchStep> {
    const { where, values, parts, newest, high, low, search } = this.#within(query, range);
    const changes = this.#statements.changes.get();
    const key = JSON.stringify([
      query,
      order,
      low,
      high,
      range.olderThan,
      range.since,
      range.others,
      range.pinned,
      changes,
    ]);
    let ids = this.#inOrder.get(key);
    if (ids === undefined) {
      const ordered = new OrderedIds(this.#database, where, order);
      try {
        for (const { from, to, searched } of parts(() => true)) {
          this.#begin(search);
          ordered.add([from, to, ...values]);
          yield { found: [], total: ordered.count, searched, newest, oldest: from, isDone: false };
        }
        for (const _ of ordered.read())
          yield { found: [], total: ordered.count, searched: 1, newest, oldest: low, isDone: false };
        ids = ordered.ids;
      } finally {
        ordered.drop();
      }
      this.#inOrder.set(key, ids);
      for (const oldest of [...this.#inOrder.keys()].slice(0, -maxOrders)) this.#inOrder.delete(oldest);
    }
    const page = ids.subarray(range.skip, range.skip + range.limit);
    const found = [...page].flatMap((id) => this.#foundAt(id, query));
    yield { found, total: ids.length, searched: 1, newest, oldest: low, isDone: true };
  }

  /** The ids of all that match and are not pinned, part by part. */
  *names(query: TraceQuery): Generator<readonly string[]> {
    const { where, values, parts, search } = this.#within(query, {
      before: null,
      after: null,
      olderThan: null,
      since: null,
      others: null,
      pinned: null,
    });
    const names = this.#database.prepare(`select name from trace where ${where} and not pinned`);
    for (const { from, to } of parts(() => true)) {
      this.#begin(search);
      const rows: { name: string }[] = names.all(from, to, ...values);
      yield rows.map(({ name }) => name);
    }
  }

  /** Some traces are hidden, and can be shown again or overwritten. */
  hasDeleted(): boolean {
    return this.#statements.anyHidden.get() !== undefined;
  }

  /** The paths of all scripts that ran. */
  scripts(): string[] {
    this.catchUp();
    const rows: { script: string }[] = this.#statements.scripts.all();
    return rows.map(({ script }) => script);
  }

  /** A search of parts of the stored traces, each of about the same time; the first two values are a part's bounds. */
  #within(query: TraceQuery, { before, after, olderThan, since, others, pinned }: Bounds) {
    const search = this.#searchSql(query);
    const bounds: { low: number | null; high: number | null } = this.#statements.bounds.get();
    const newest = bounds.high ?? 0;
    const low = Math.max(bounds.low ?? 1, (after ?? 0) + 1);
    const high = Math.min(newest, (before ?? Number.MAX_SAFE_INTEGER) - 1);
    const process = olderThan ?? since;
    const bounded = process === null ? [] : [runOf(process), seqInRun(process), ...this.#othersFrom(process, others)];
    const isOwn = "substr(name,10,7) = ? and cast(substr(name,17) as integer) >= ?";
    const isSince = others === null ? `(${isOwn})` : `(${isOwn} or substr(name,10,7) <> ? and id >= ?)`;
    const among = process === null ? "1" : olderThan === null ? isSince : `not ${isSince}`;
    const kind = pinned === null ? "1" : pinned ? "pinned" : "not pinned";
    const where = `id between ? and ? and ${kind} and ${among} and (${search.where})`;
    const parts = function* (isWanted: () => boolean) {
      let [to, size] = [high, search.needles.length > 0 ? 200 : 2000];
      while (to >= low && isWanted()) {
        const from = Math.max(low, to - size + 1);
        const startedAt = performance.now();
        yield { from, to, searched: (high - from + 1) / Math.max(1, high - low + 1) };
        to = from - 1;
        const took = performance.now() - startedAt;
        size = Math.min(100_000, Math.max(100, took < stepMs / 2 ? size * 2 : took > 2 * stepMs ? size >> 1 : size));
      }
    };
    return { where, values: [...bounded, ...search.values], parts, newest, high, low, search };
  }

  #othersFrom(process: string, others: string | null): (string | number)[] {
    if (others === null) return [];
    const found: PlaceRow | undefined = this.#statements.named.get(others);
    return [runOf(process), found?.id ?? Number.MAX_SAFE_INTEGER];
  }

  /** Without what was deleted. */
  #searchSql(query: TraceQuery): SqlSearch {
    this.catchUp();
    const search = searchSql(query);
    if (!this.hasDeleted()) return search;
    const where = `(${search.where}) and ${isShown}`;
    return { ...search, where };
  }

  /** Null: there is no such trace, or it was evicted. */
  get(id: string): TraceRecord | null {
    const stored = this.stored(id);
    return stored && unpackTrace(stored);
  }

  /** The list's rows of the traces at these places, without those that were evicted. */
  rowsAt(places: readonly number[]): TraceRow[] {
    return places.flatMap((place) => this.#foundAt(place, []).map(({ row }) => row));
  }

  /** The parts of a trace; null: there is no such trace, or it was evicted. */
  stored(id: string): StoredTrace | null {
    this.catchUp();
    const row: PlaceRow | undefined = this.#statements.named.get(id);
    return row ? this.#storedAt(row) : null;
  }

  /** A script as it ran; null: it is not kept. */
  version(hash: string): Uint8Array | null {
    return readVersion(this.#bytes, hash);
  }

  /** `file`: in the folder; null: of all. Yields now and then; the figures come last. */
  figures({
    file,
    from,
  }: {
    readonly file: string | null;
    readonly from: number | null;
  }): Generator<void, StoredFigures> {
    this.catchUp();
    const root: string | undefined = this.#statements.root.get()?.value;
    return storedFigures(this.#bytes, { script: file === null ? null : `${root ?? ""}/${file}`, from });
  }

  /** Yields now and then; the facts come last. */
  *facts(): Generator<void, StoreFacts> {
    this.catchUp();
    const { facts, hidden, bounds, runs } = this.#statements;
    const { low, high }: { low: number | null; high: number | null } = bounds.get();
    for (let from = this.#runs.next(low ?? 1); from <= (high ?? 0); from += factRows) {
      const to = Math.min(from + factRows - 1, high ?? 0);
      const parts: RunPart[] = runs.all(from, to);
      this.#runs.add(parts, to);
      yield;
    }
    const { traces, oldestAt }: { traces: number; oldestAt: number | null } = facts.get();
    return { traces: traces - hidden.get().traces, oldestAt, runs: this.#runs.newest(low ?? 1, maxRuns) };
  }

  close(): void {
    this.#database.close();
    this.#bytes.close();
  }

  /** Under load traces are stored without rows. They are made now, if this process may write. */
  catchUp(): void {
    if (this.#statements.waiting.get() === undefined) return;
    try {
      makeWaitingRows(this.#path);
    } catch (error) {
      if (sqliteCode(error) === null || isDamage(error)) throw error;
    }
  }

  #begin({ needles, patterns }: SqlSearch): void {
    this.#needles.begin(needles);
    this.#patterns = patterns;
  }

  /** None: it was evicted meanwhile. */
  #foundAt(id: number, query: TraceQuery): FoundTrace[] {
    const row: PlaceRow | undefined = this.#statements.place.get(id);
    const stored = row && this.#storedAt(row);
    if (!row || !stored) return [];
    const trace = unpackTrace({ ...stored, seq: seqInRun(row.name) });
    const root: string | undefined = this.#statements.root.get()?.value;
    const displayPath = (file: string): string | null =>
      root !== undefined && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : null;
    const written: MarkRow | undefined = this.#statements.marks.get(row.name);
    const marks = written ? marksOfRow(written) : null;
    return [{ at: id, row: toRow(trace, 1, { idOf: () => row.name, displayPath, marks }), hit: hitOf(trace, query) }];
  }

  #storedAt(row: PlaceRow): StoredTrace | null {
    const from = this.#recordsOf(row);
    if (!from) return null;
    const [trace, context] = [recordAt(from.data, row.at), recordAt(from.data, from.context)];
    return {
      seq: row.id,
      pinned: row.pinned === 1,
      facts: factsOf(trace),
      findings: row.findings === null ? null : JSON.parse(row.findings),
      context: JSON.parse(context.json.toString()),
      body: trace.body,
      sent: context.body,
    };
  }

  #recordsOf({ id, seg, context }: PlaceRow): { readonly data: Buffer; readonly context: number } | null {
    if (seg === null) {
      const kept: { data: Uint8Array; context: number } | undefined = this.#statements.kept.get(id);
      return kept ? { data: Buffer.from(kept.data), context: kept.context } : null;
    }
    if (this.#segment?.id !== seg) {
      const found: { data: Uint8Array } | undefined = this.#statements.segment.get(seg);
      if (!found) return null;
      const { buffer, byteOffset, byteLength } = found.data;
      this.#segment = { id: seg, data: Buffer.from(buffer, byteOffset, byteLength) };
    }
    return { data: this.#segment.data, context };
  }
}

/** The part of a trace's id that its process gave it. */
const runOf = (id: string): string => id.slice(9, 16);
/** The number that its process gave it. */
export const seqInRun = (id: string): number => Number(id.slice(id.lastIndexOf("-") + 1));
