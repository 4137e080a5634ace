// What the user writes to stored traces, and their deletion: first they are hidden, which can be undone, later their bytes are
// overwritten. In short transactions of its own, beside whoever writes traces.
import type { TraceMarks, WrittenMarks } from "../../contract/trace-marks.js";
import { idTime } from "../../protocol/trace-id.js";
import { type Database, openForWriting } from "./store-file.js";
import { TraceRows } from "./trace-rows.js";

/** Segments that are overwritten in one transaction. */
const segmentsATime = 4;
/** Marks of traces that were evicted stay so long: one that has just ended is not in the file yet. */
const strayAfterMs = 3_600_000;

export interface MarkRow {
  readonly title: string | null;
  readonly note: string | null;
  readonly tags: string | null;
  readonly deleted: number | null;
}

export const marksOfRow = ({ title, note, tags, deleted }: MarkRow): TraceMarks => ({
  name: title,
  note,
  tags: tags === null ? [] : tags.slice(1, -1).split("\n"),
  isDeleted: deleted !== null,
});

const prepareAll = (database: Database) => ({
  write: database.prepare(
    `insert into mark(trace,title,note,tags) values(?,?,?,?)
     on conflict(trace) do update set title=excluded.title, note=excluded.note, tags=excluded.tags`,
  ),
  remove: database.prepare(
    `insert into mark(trace,deleted) values(?,?)
     on conflict(trace) do update set deleted=excluded.deleted where deleted is null`,
  ),
  restore: database.prepare("update mark set deleted=null where deleted=?"),
  tidy: database.prepare("delete from mark where deleted is null and title is null and note is null and tags is null"),
  segments: database.prepare(
    "select distinct seg from trace where seg is not null and name in (select trace from mark where deleted<=?)",
  ),
  segment: database.prepare("select first, last, data from segment where id=?"),
  staying: database.prepare(
    `select at, length, context from trace where id between ? and ? and seg=?
     and name not in (select trace from mark where deleted<=?)`,
  ),
  overwrite: database.prepare("update segment set data=? where id=?"),
  dropSegment: database.prepare("delete from segment where id=?"),
  dropTraces: database.prepare(
    "delete from trace where id between ? and ? and seg=? and name in (select trace from mark where deleted<=?)",
  ),
  dropKept: database.prepare(
    `delete from kept where id in
     (select id from trace where seg is null and name in (select trace from mark where deleted<=?))`,
  ),
  dropDetached: database.prepare(
    "delete from trace where seg is null and name in (select trace from mark where deleted<=?)",
  ),
  texts: database.prepare(
    `select distinct common from trace
     where common is not null and name in (select trace from mark where deleted<=?)`,
  ),
  dropText: database.prepare(
    "delete from lines where id=?1 and not exists (select 1 from trace where common=?1 order by id desc limit 1)",
  ),
  dropMarks: database.prepare("delete from mark where deleted<=? and trace not in (select name from trace)"),
  dropStray: database.prepare("delete from mark where trace<? and trace not in (select name from trace)"),
  empty: database.prepare("pragma wal_checkpoint(truncate)"),
});

export class MarkFile {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;

  /** @throws NewerSchemaError, or SQLite's error */
  constructor(path: string) {
    this.#database = openForWriting(path);
    this.#database.exec("pragma secure_delete=on"); // pages that become free are overwritten, too
    this.#statements = prepareAll(this.#database);
  }

  write(trace: string, { name, note, tags }: WrittenMarks): void {
    this.#statements.write.run(trace, name, note, tags.length === 0 ? null : `\n${tags.join("\n")}\n`);
    this.#statements.tidy.run();
  }

  /** Hides them. `at`: Unix time in ms, which names this deletion. */
  remove(traces: readonly string[], at: number): number {
    return this.#atOnce(() => {
      let count = 0;
      for (const trace of traces) count += Number(this.#statements.remove.run(trace, at).changes);
      return count;
    });
  }

  /** Shows those again that a deletion has hidden, if they are not overwritten yet. Returns how many. */
  restore(at: number): number {
    return this.#atOnce(() => {
      const count = Number(this.#statements.restore.run(at).changes);
      this.#statements.tidy.run();
      return count;
    });
  }

  /** Overwrites the bytes of what was deleted until then, a few segments with each step. */
  *purge(until: number): Generator<void> {
    const traceRows = new TraceRows(this.#database);
    while (this.#atOnce(() => traceRows.makeOldest())) yield; // without a row nobody knows where the bytes are
    const { segments, texts, dropText, dropKept, dropDetached, dropMarks, dropStray, empty } = this.#statements;
    const common: { common: number }[] = texts.all(until);
    const found: { seg: number }[] = segments.all(until);
    for (let from = 0; from < found.length; from += segmentsATime) {
      this.#atOnce(() => {
        for (const { seg } of found.slice(from, from + segmentsATime)) this.#overwrite(seg, until);
      });
      yield;
    }
    this.#atOnce(() => {
      dropKept.run(until);
      dropDetached.run(until);
      dropMarks.run(until);
      dropStray.run(idTime(Date.now() - strayAfterMs));
    });
    for (const { common: text } of common) {
      this.#atOnce(() => dropText.run(text));
      yield;
    }
    empty.all(); // what the file beside it has of older pages
  }

  close(): void {
    this.#database.close();
  }

  /** Only what traces that stay need is left. Everything keeps its place: another process may have read the segment. */
  #overwrite(seg: number, until: number): void {
    const { segment, staying, dropTraces, dropSegment, overwrite } = this.#statements;
    const found: { first: number; last: number; data: Uint8Array } | undefined = segment.get(seg);
    if (!found) return;
    const { first, last, data } = found;
    const rows: { at: number; length: number; context: number }[] = staying.all(first, last, seg, until);
    dropTraces.run(first, last, seg, until);
    if (rows.length === 0) {
      dropSegment.run(seg);
      return;
    }
    const before = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const after = Buffer.alloc(before.length);
    let end = 0;
    const keep = (at: number, length: number): void => {
      before.copy(after, at, at, at + length);
      end = Math.max(end, at + length);
    };
    for (const { at, length, context } of rows) {
      keep(at, length);
      keep(context, before.readUInt32LE(context));
    }
    overwrite.run(after.subarray(0, end), seg);
  }

  #atOnce<T>(work: () => T): T {
    this.#database.exec("begin immediate");
    try {
      const result = work();
      this.#database.exec("commit");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("rollback");
      throw error;
    }
  }
}
