// Takes the bytes of deleted traces out of the file. Rows are deleted in short transactions, and SQLite overwrites what
// becomes free (`secure_delete`). It left copies of rows in other pages when it moved them there: those go with
// `vacuum`, which rewrites the file, if the disk has room for that and the file is small enough.
import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { idTime } from "../protocol/trace-id.js";
import { isOverwritten, isSound } from "../trace/codec/record.js";
import { type Database, inTransaction, lockedMs, sqliteCode, sqliteErrors, usedBytes } from "./store-file.js";
import { TraceRows } from "./trace-rows.js";

/** A transaction takes no more work after so long, in ms: other processes write meanwhile. */
const transactionMs = 15;
/** Traces that are found with one query. */
const tracesATime = 2000;
/** Marks of traces that were evicted stay so long: one that has just ended is not in the file yet. */
const strayAfterMs = 3_600_000;
/** A larger file is not written anew: it would be locked for longer than others wait. */
const maxAnewBytes = 512 << 20;
/** Others may read an old state of the file for so long, ms; then its bytes stay until the next purge. */
const emptyWithinMs = 30_000;

const prepareAll = (database: Database) => ({
  deleted: database.prepare(
    `select trace, id, seg from mark cross join trace on name=trace
     where deleted between ? and ? and trace>? order by trace limit ${tracesATime}`,
  ),
  segment: database.prepare("select first, last, data from segment where id=?"),
  rows: database.prepare("select id, name as trace, at, context from trace where id between ? and ? and seg=?"),
  overwrite: database.prepare("update segment set data=? where id=?"),
  dropSegment: database.prepare("delete from segment where id=?"),
  dropRow: database.prepare("delete from trace where id=?"),
  dropKept: database.prepare("delete from kept where id=?"),
  dropMark: database.prepare("delete from mark where trace=?"),
  dropTexts: database.prepare("delete from lines where id not in (select common from trace where common is not null)"),
  dropMarks: database.prepare(
    "delete from mark where deleted between ? and ? and trace not in (select name from trace)",
  ),
  dropStray: database.prepare("delete from mark where trace<? and trace not in (select name from trace)"),
  begin: database.prepare("insert or replace into about values('purging', ?1), ('purged', ?1)"),
  begun: database.prepare("select value from about where name='purging'"),
  end: database.prepare("delete from about where name='purging' and value=?"),
  used: database.prepare(usedBytes),
  emptyLog: database.prepare("pragma wal_checkpoint(truncate)"),
});

export interface PurgeOptions {
  readonly from: number;
  readonly until: number;
  /** Called when damaged traces left, too. */
  readonly onDamage: () => void;
  /** Ends after so long, and leaves it to the next one to write the file anew. */
  readonly withinMs?: number | null | undefined;
  /** The largest file that is written anew; for tests. */
  readonly maxAnewBytes?: number | undefined;
}

interface Deleted {
  readonly trace: string;
  readonly id: number;
  /** Null: its segment was evicted. */
  readonly seg: number | null;
}

interface StoredSegment {
  readonly first: number;
  readonly last: number;
  readonly data: Uint8Array;
}

interface Place {
  readonly id: number;
  readonly trace: string;
  readonly at: number;
  readonly context: number;
}

/** Removes the bytes of what was deleted. The connection has `secure_delete` on. */
export class Purge {
  readonly #database: Database;
  readonly #path: string;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #options: PurgeOptions;
  readonly #deleted = new Map<number, Deleted>();

  constructor(database: Database, path: string, options: PurgeOptions) {
    this.#database = database;
    this.#path = path;
    this.#options = options;
    this.#statements = prepareAll(database);
  }

  /** Does a little with each step; the last one may take seconds. Returns how many traces there were. */
  *steps(): Generator<undefined, number> {
    const { withinMs } = this.#options;
    if (withinMs == null) yield* this.#all();
    else yield* this.#briefly(withinMs);
    return this.#deleted.size;
  }

  *#briefly(ms: number): Generator<undefined> {
    const end = performance.now() + ms;
    this.#database.exec(`pragma busy_timeout=${Math.ceil(ms)}`);
    try {
      for (const _ of this.#all()) {
        if (performance.now() > end) return;
        yield;
      }
    } finally {
      this.#database.exec(`pragma busy_timeout=${lockedMs}`);
    }
  }

  *#all(): Generator<undefined> {
    const rows = new TraceRows(this.#database);
    while (this.#inTransaction(() => rows.makeOldest())) yield; // the row says where the bytes are
    yield* this.#find();
    const deleted = [...this.#deleted.values()];
    yield* this.#each(new Set(deleted.map(({ seg }) => seg)), (seg) => this.#overwriteSegment(seg));
    yield* this.#each(deleted, (one) => this.#drop(one));
    this.#inTransaction(() => {
      if (deleted.length > 0) this.#markBegun();
      this.#dropUnused();
    });
    yield;
    if (this.#options.withinMs == null) yield* this.#dropCopies();
    else this.#statements.emptyLog.get();
  }

  /**
   * In each transaction that drops something, another mark: only a purge that wrote the file anew afterwards ends it.
   * Whoever opens the file next ends what was begun. The other one stays: it tells that traces left (`StoreSearch`).
   */
  #markBegun(): void {
    this.#statements.begin.run(`${Date.now()} ${Math.random()}`);
  }

  *#find(): Generator<undefined> {
    const { from, until } = this.#options;
    for (let last = ""; ; yield) {
      const found: Deleted[] = this.#statements.deleted.all(from, until, last);
      for (const one of found) this.#deleted.set(one.id, one);
      const end = found.at(-1);
      if (!end) return;
      last = end.trace;
    }
  }

  /**
   * Only what traces that stay need is left. Everything keeps its place: another process may have read the segment.
   * Damaged traces leave, too: without their bytes nobody could tell that they were damaged.
   */
  #overwriteSegment(seg: number | null): void {
    const { segment, rows, overwrite, dropSegment } = this.#statements;
    const found: StoredSegment | undefined = seg === null ? undefined : segment.get(seg);
    if (!found) return;
    const data = Buffer.from(found.data.buffer, found.data.byteOffset, found.data.byteLength);
    const places: Place[] = rows.all(found.first, found.last, seg);
    const staying: Place[] = [];
    for (const place of places) {
      if (this.#deleted.has(place.id)) continue;
      if (isSound(data, place.at) && isSound(data, place.context)) staying.push(place);
      else {
        this.#drop(place);
        if (!isOverwritten(data, place.at)) this.#options.onDamage();
      }
    }
    if (staying.length > 0) overwrite.run(onlyOf(staying, data), seg);
    else dropSegment.run(seg);
  }

  #drop({ id, trace }: Pick<Deleted, "id" | "trace">): void {
    const { dropRow, dropKept, dropMark } = this.#statements;
    dropRow.run(id);
    dropKept.run(id);
    dropMark.run(trace);
  }

  #dropUnused(): void {
    const { from, until } = this.#options;
    const { dropTexts, dropMarks, dropStray } = this.#statements;
    if (this.#deleted.size > 0) dropTexts.run();
    dropMarks.run(from, until);
    dropStray.run(idTime(Date.now() - strayAfterMs));
  }

  /** The file and the log beside it. Nobody else can write meanwhile. */
  *#dropCopies(): Generator<undefined> {
    const { begun, emptyLog, end } = this.#statements;
    const purging: { value: string } | undefined = begun.get();
    if (!purging) return;
    const areDropped = this.#vacuum();
    const until = performance.now() + emptyWithinMs;
    this.#database.exec("pragma busy_timeout=50"); // nobody can write while it waits
    try {
      while (emptyLog.get().busy !== 0) {
        if (performance.now() > until) throw new Error("another program reads an old state of the file");
        yield;
      }
    } finally {
      this.#database.exec(`pragma busy_timeout=${lockedMs}`);
    }
    if (areDropped) end.run(purging.value); // not if anybody has dropped more meanwhile
  }

  /** False: the disk has no room for a second file and its log, or it would take long. */
  #vacuum(): boolean {
    const { bytes }: { bytes: number } = this.#statements.used.get();
    const { bavail, bsize } = statfsSync(dirname(this.#path));
    try {
      if (bytes <= (this.#options.maxAnewBytes ?? maxAnewBytes) && bavail * bsize > 2.5 * bytes) {
        this.#database.exec("vacuum");
        return true;
      }
    } catch (error) {
      const code = sqliteCode(error); // of the folder for temporary files, too
      if (code !== sqliteErrors.full && code !== sqliteErrors.cannotOpen) throw error;
    }
    this.#database.exec("pragma incremental_vacuum");
    return false;
  }

  *#each<T>(all: Iterable<T>, work: (one: T) => void): Generator<undefined> {
    const left = all[Symbol.iterator]();
    for (let next = left.next(); !next.done; ) {
      this.#inTransaction(() => {
        this.#markBegun();
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

/** A segment of the same length with nothing but these traces and their contexts. */
function onlyOf(traces: readonly Place[], before: Buffer): Buffer {
  const after = Buffer.alloc(before.length);
  for (const at of traces.flatMap((trace) => [trace.at, trace.context]))
    before.copy(after, at, at, at + before.readUInt32LE(at));
  return after;
}
