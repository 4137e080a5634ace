// What leaves the store, so that it keeps to its budget: the oldest segments first, without the pinned traces in them.
import { isSound } from "../trace/codec/record.js";
import { type Database, usedBytes } from "./store-file.js";
import type { TraceRows } from "./trace-rows.js";

export interface Budget {
  /** What the file may take, and how old its traces may become. */
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

interface OldSegment {
  readonly id: number;
  readonly first: number;
  readonly last: number;
  readonly ended: number;
  readonly bytes: number;
  readonly waits: number;
}

const leastFreed = 1 << 20;

const prepareAll = (database: Database) => ({
  oldest: database.prepare(
    `select id, first, last, ended, length(data) bytes, exists(select 1 from waiting where segment=id) waits
     from segment order by id limit 1`,
  ),
  pinned: database.prepare("select id, at, length, context from trace where pinned and id between ? and ?"),
  data: database.prepare("select data from segment where id=?"),
  keep: database.prepare("insert or replace into kept values(?,?,?)"),
  detach: database.prepare("update trace set seg=null, at=0 where id=?"),
  dropTrace: database.prepare("delete from trace where id=?"),
  dropTraces: database.prepare("delete from trace where id between ? and ? and not pinned"),
  dropSegment: database.prepare("delete from segment where id=?"),
  dropUnpinned: database.prepare("delete from trace where not pinned and id in (select id from kept)"),
  dropKept: database.prepare("delete from kept where id not in (select id from trace where pinned)"),
  dropLines: database.prepare("delete from lines where id not in (select common from trace where common is not null)"),
  used: database.prepare(usedBytes),
  spare: database.prepare("pragma freelist_count"),
});

/** Its functions run within the caller's transaction. */
export class Eviction {
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #budget: Budget;
  readonly #rows: TraceRows;

  constructor(database: Database, rows: TraceRows, budget: Budget) {
    this.#statements = prepareAll(database);
    this.#rows = rows;
    this.#budget = budget;
  }

  /** Bytes that the file takes beyond what it may. */
  get overBudget(): number {
    const { bytes }: { bytes: number } = this.#statements.used.get();
    return bytes - this.#budget.maxBytes;
  }

  /** Pages of the file that hold nothing. */
  get sparePages(): number {
    const { freelist_count: spare }: { freelist_count: number } = this.#statements.spare.get();
    return spare;
  }

  /** Until `over` bytes are free and what is left is young, but no more than `maxFreed` at once: no long stall. */
  evict(maxFreed: number, over = this.overBudget): void {
    const oldestKept = Date.now() - this.#budget.maxAgeMs;
    for (let freed = 0; freed < Math.max(maxFreed, leastFreed); ) {
      const oldest: OldSegment | undefined = this.#statements.oldest.get();
      if (!oldest || (freed >= over && oldest.ended >= oldestKept)) return;
      if (oldest.waits) while (this.#rows.makeOldest()); // a later segment may pin a trace of this one
      this.#keepPinned(oldest);
      this.#statements.dropTraces.run(oldest.first, oldest.last);
      this.#statements.dropSegment.run(oldest.id);
      freed += oldest.bytes;
    }
  }

  /**
   * What is needed no longer: texts that no trace has, and traces that are not
   * pinned any more and whose segment is gone.
   */
  tidy(): void {
    const { dropUnpinned, dropKept, dropLines } = this.#statements;
    dropUnpinned.run();
    dropKept.run();
    dropLines.run();
    this.#rows.forgetTexts();
    this.evict(leastFreed);
  }

  #keepPinned({ id, first, last }: OldSegment): void {
    const rows: { id: number; at: number; length: number; context: number }[] = this.#statements.pinned.all(
      first,
      last,
    );
    if (rows.length === 0) return;
    const data = Buffer.from(this.#statements.data.get(id).data);
    for (const { id: trace, at, length, context } of rows) {
      if (!isSound(data, at) || !isSound(data, context)) {
        this.#statements.dropTrace.run(trace);
        this.#rows.hasDamage = true;
        continue;
      }
      this.#statements.detach.run(trace);
      const parts = [data.subarray(at, at + length), data.subarray(context, context + data.readUInt32LE(context))];
      this.#statements.keep.run(trace, Buffer.concat(parts), length);
    }
  }
}
