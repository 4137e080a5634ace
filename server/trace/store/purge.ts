// Takes the bytes of deleted traces out of the file. SQLite overwrites what it frees (`secure_delete`), but not the
// copy of a row that stays behind in a page when it moves the row to another one. So what is deleted is first
// overwritten in its place, which moves nothing; then it is dropped, and its neighbours in the table get new pages.
import { idTime } from "../../protocol/trace-id.js";
import { RowMover } from "./row-mover.js";
import type { Database } from "./store-file.js";
import { TraceRows } from "./trace-rows.js";

/** A transaction takes no more work after so long, in ms: other processes write meanwhile. */
const transactionMs = 15;
/** Traces that are found with one query. */
const tracesATime = 2000;
/** What gets new pages together, and its neighbours on either side: the copies of a row are in pages near to it. */
const near = {
  segments: { length: 16, around: 8 },
  rows: { length: 500, around: 200 },
  texts: { length: 50, around: 50 },
} as const;
/** Free pages that leave the file together, 512 KiB. */
const pagesATime = 64;
/** Marks of traces that were evicted stay so long: one that has just ended is not in the file yet. */
const strayAfterMs = 3_600_000;

/** As many bytes, all of them 0: SQLite writes the row in its place. */
const blank = (column: string): string => `${column}=cast(zeroblob(octet_length(${column})) as text)`;
const blankRow = ["method", "target", "script", "own", "err", "findings"].map(blank).join();
const isUnused = "not exists (select 1 from trace where common=?1 order by id desc limit 1)";

const prepareAll = (database: Database) => ({
  deleted: database.prepare(
    `select trace, id, seg, common from mark cross join trace on name=trace
     where deleted between ? and ? and trace>? order by trace limit ${tracesATime}`,
  ),
  segment: database.prepare("select first, last, data from segment where id=?"),
  rows: database.prepare("select id, at, length, context from trace where id between ? and ? and seg=?"),
  overwrite: database.prepare("update segment set data=? where id=?"),
  dropSegment: database.prepare("delete from segment where id=?"),
  blankRow: database.prepare(`update trace set ${blankRow} where id=?`),
  dropRow: database.prepare("delete from trace where id=?"),
  blankKept: database.prepare("update kept set data=zeroblob(length(data)) where id=?"),
  dropKept: database.prepare("delete from kept where id=?"),
  blankText: database.prepare(`update lines set ${blank("text")} where id=?1 and ${isUnused}`),
  dropText: database.prepare(`delete from lines where id=?1 and ${isUnused}`),
  dropMark: database.prepare("delete from mark where trace=?"),
  dropMarks: database.prepare(
    "delete from mark where deleted between ? and ? and trace not in (select name from trace)",
  ),
  dropStray: database.prepare("delete from mark where trace<? and trace not in (select name from trace)"),
  spare: database.prepare("pragma freelist_count"),
  emptyLog: database.prepare("pragma wal_checkpoint(truncate)"),
});

const prepareTables = (database: Database) => ({
  trace: new RowMover(database, "trace", "id"),
  segment: new RowMover(database, "segment", "id"),
  grams: new RowMover(database, "grams", "segment"),
  kept: new RowMover(database, "kept", "id"),
  lines: new RowMover(database, "lines", "id"),
  mark: new RowMover(database, "mark", "trace"),
});

interface Deleted {
  readonly trace: string;
  readonly id: number;
  /** Null: its segment was evicted. */
  readonly seg: number | null;
  readonly common: number | null;
}

interface StoredSegment {
  readonly first: number;
  readonly last: number;
  readonly data: Uint8Array;
}

interface Place {
  readonly id: number;
  readonly at: number;
  readonly length: number;
  readonly context: number;
}

class Purge {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #tables: ReturnType<typeof prepareTables>;
  readonly #deleted = new Map<number, Deleted>();

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareAll(database);
    this.#tables = prepareTables(database);
  }

  *steps(from: number, until: number): Generator<void, number> {
    const rows = new TraceRows(this.#database);
    while (this.#inTransaction(() => rows.makeOldest())) yield; // the row says where the bytes are
    yield* this.#find(from, until);
    const deleted = [...this.#deleted.values()];
    yield* this.#each(deleted, (one) => this.#overwrite(one));
    yield* this.#dropSegments(numbersOf(deleted.map(({ seg }) => seg)));
    yield* this.#dropRows(numbersOf(this.#deleted.keys()));
    yield* this.#dropTexts(numbersOf(deleted.map(({ common }) => common)));
    this.#inTransaction(() => this.#dropMarks(from, until));
    yield* this.#dropSparePages();
    this.#statements.emptyLog.all(); // what the file beside it has of older pages
    return this.#deleted.size;
  }

  *#find(from: number, until: number): Generator<void> {
    for (let last = ""; ; yield) {
      const found: Deleted[] = this.#statements.deleted.all(from, until, last);
      for (const one of found) this.#deleted.set(one.id, one);
      const end = found.at(-1);
      if (!end) return;
      last = end.trace;
    }
  }

  #overwrite({ id, seg }: Deleted): void {
    this.#statements.blankRow.run(id);
    if (seg === null) this.#statements.blankKept.run(id);
  }

  *#dropSegments(segments: readonly number[]): Generator<void> {
    const { segment, grams } = this.#tables;
    yield* this.#each(segments, (id) => this.#overwriteSegment(id));
    yield* this.#each(runsOf(segments, near.segments), ({ low, high }) => {
      grams.take(low, high); // a trigger drops them with their segments
      segment.take(low, high);
      segment.putBack();
      grams.putBack();
    });
  }

  /** Only what traces that stay need is left. Everything keeps its place: another process may have read the segment. */
  #overwriteSegment(seg: number): void {
    const { segment, rows, overwrite, dropSegment } = this.#statements;
    const found: StoredSegment | undefined = segment.get(seg);
    if (!found) return;
    const places: Place[] = rows.all(found.first, found.last, seg);
    const staying = places.filter(({ id }) => !this.#deleted.has(id));
    if (staying.length > 0) overwrite.run(onlyOf(staying, found.data), seg);
    else dropSegment.run(seg);
  }

  *#dropRows(rows: readonly number[]): Generator<void> {
    const { trace, kept } = this.#tables;
    const { dropRow, dropKept, dropMark } = this.#statements;
    yield* this.#each(runsOf(rows, near.rows), ({ ids, low, high }) => {
      for (const id of ids) {
        dropRow.run(id);
        dropKept.run(id);
        dropMark.run(this.#deleted.get(id)?.trace);
      }
      for (const table of [trace, kept]) table.renew(low, high);
    });
  }

  *#dropTexts(texts: readonly number[]): Generator<void> {
    const { blankText, dropText } = this.#statements;
    yield* this.#each(runsOf(texts, near.texts), ({ ids, low, high }) => {
      for (const id of ids) blankText.run(id);
      for (const id of ids) dropText.run(id);
      this.#tables.lines.renew(low, high);
    });
  }

  #dropMarks(from: number, until: number): void {
    this.#statements.dropMarks.run(from, until);
    this.#statements.dropStray.run(idTime(Date.now() - strayAfterMs));
    this.#tables.mark.renew("", "~"); // there are few
  }

  /** Other connections free pages without overwriting them. */
  *#dropSparePages(): Generator<void> {
    for (let [before, now] = [Number.POSITIVE_INFINITY, this.#spare()]; now > 0 && now < before; yield) {
      this.#database.exec(`pragma incremental_vacuum(${pagesATime})`);
      [before, now] = [now, this.#spare()];
    }
  }

  #spare(): number {
    const { freelist_count: spare }: { freelist_count: number } = this.#statements.spare.get();
    return spare;
  }

  *#each<T>(all: Iterable<T>, work: (one: T) => void): Generator<void> {
    const left = all[Symbol.iterator]();
    for (let next = left.next(); !next.done; ) {
      this.#inTransaction(() => {
        for (const end = performance.now() + transactionMs; !next.done && performance.now() < end; next = left.next())
          work(next.value);
      });
      yield;
    }
  }

  #inTransaction<T>(work: () => T): T {
    return inTransaction(this.#database, work);
  }
}

interface Run {
  readonly ids: readonly number[];
  /** With the neighbours. */
  readonly low: number;
  readonly high: number;
}

/** Those that are near to each other. */
function runsOf(ids: readonly number[], { length, around }: { length: number; around: number }): Run[] {
  const runs = new Map<number, number[]>();
  for (const id of ids) {
    const run = runs.get(Math.floor(id / length));
    if (run) run.push(id);
    else runs.set(Math.floor(id / length), [id]);
  }
  const withNeighbours = (run: number[]): Run => ({
    ids: run,
    low: Math.min(...run) - around,
    high: Math.max(...run) + around,
  });
  return Array.from(runs.values(), withNeighbours);
}

/** Each once, in ascending order. */
const numbersOf = (values: Iterable<number | null>): number[] =>
  [...new Set(values)].filter((value) => value !== null).sort((a, b) => a - b);

/** A segment of the same length with nothing but these traces and their contexts. */
function onlyOf(traces: readonly Place[], data: Uint8Array): Buffer {
  const before = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const after = Buffer.alloc(before.length);
  for (const { at, length, context } of traces) {
    before.copy(after, at, at, at + length);
    before.copy(after, context, context, context + before.readUInt32LE(context));
  }
  return after;
}

/**
 * Overwrites the bytes of what was deleted from then until then, a little with each step. Returns how many traces. The
 * connection has `secure_delete` on.
 */
export function purge(database: Database, from: number, until: number): Generator<void, number> {
  return new Purge(database).steps(from, until);
}

/** Commits when the work returns, rolls back when it throws. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec("begin immediate");
  try {
    const result = work();
    database.exec("commit");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}
