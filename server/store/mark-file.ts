// What the user writes to stored traces, and their deletion: first they are hidden, which can be undone, later their
// bytes are overwritten. In short transactions of its own, beside whoever writes traces.
import { createHash } from "node:crypto";
import type { TraceMarks, WrittenMarks } from "../contract/trace-marks.js";
import { Purge, type PurgeOptions } from "./purge.js";
import { type Database, inTransaction, lockedMs, openForWriting } from "./store-file.js";

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

/** All marks in short: another text after any of them has changed. */
export class MarksDigest {
  readonly #statements: ReturnType<typeof prepareDigest>;
  /** There may be many marks: they are read again only after another connection has written. */
  #version: number | null = null;
  #digest = "";

  /** `database`: of a connection that writes no marks itself. */
  constructor(database: Database) {
    this.#statements = prepareDigest(database);
  }

  /** @throws SQLite's error */
  now(): string {
    const { version, written, deletions } = this.#statements;
    const { data_version: now }: { data_version: number } = version.get();
    if (now !== this.#version)
      this.#digest = createHash("sha1")
        .update(JSON.stringify([written.all(), deletions.all()]))
        .digest("base64");
    this.#version = now;
    return this.#digest;
  }
}

const prepareDigest = (database: Database) => ({
  version: database.prepare("pragma data_version"),
  written: database.prepare(
    "select trace, title, note, tags from mark where title is not null or note is not null or tags is not null",
  ),
  deletions: database.prepare("select deleted, count(*) as count from mark where deleted is not null group by deleted"),
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
});

export class MarkFile {
  /** Traces that a purge found damaged have left. */
  hasDamage = false;
  readonly #path: string;
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;

  /** @throws NewerSchemaError, or SQLite's error */
  constructor(path: string) {
    this.#path = path;
    this.#database = openForWriting(path);
    // Pages that become free are overwritten, too. A second file would not fit into memory.
    this.#database.exec(`pragma secure_delete=on; pragma temp_store=file; pragma busy_timeout=${lockedMs}`);
    this.#statements = prepareAll(this.#database);
  }

  write(trace: string, { name, note, tags }: WrittenMarks): void {
    this.#statements.write.run(trace, name, note, tags.length === 0 ? null : `\n${tags.join("\n")}\n`);
    this.#statements.tidy.run();
  }

  /** Hides them. `at`: Unix time in ms, which names this deletion. */
  remove(traces: readonly string[], at: number): number {
    return inTransaction(this.#database, () => {
      let count = 0;
      for (const trace of traces) count += Number(this.#statements.remove.run(trace, at).changes);
      return count;
    });
  }

  /** Shows those again that a deletion has hidden, if they are not overwritten yet. Returns how many. */
  restore(at: number): number {
    return inTransaction(this.#database, () => {
      const count = Number(this.#statements.restore.run(at).changes);
      this.#statements.tidy.run();
      return count;
    });
  }

  /**
   * Removes the bytes of what was deleted until then, a little with each step; `from`: not what was deleted before.
   * The last step may take seconds. Returns how many traces.
   */
  purge(
    until: number,
    from = 0,
    options: Pick<PurgeOptions, "maxAnewBytes" | "withinMs"> = {},
  ): Generator<undefined, number> {
    const onDamage = (): void => {
      this.hasDamage = true;
    };
    return new Purge(this.#database, this.#path, { ...options, from, until, onDamage }).steps();
  }

  close(): void {
    this.#database.close();
  }
}
