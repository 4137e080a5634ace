// What the user writes to stored traces, and their deletion: first they are hidden, which can be undone, later their bytes are
// overwritten. In short transactions of its own, beside whoever writes traces.
import type { TraceMarks, WrittenMarks } from "../../contract/trace-marks.js";
import { atOnce, purge } from "./purge.js";
import { type Database, openForWriting } from "./store-file.js";

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
    return atOnce(this.#database, () => {
      let count = 0;
      for (const trace of traces) count += Number(this.#statements.remove.run(trace, at).changes);
      return count;
    });
  }

  /** Shows those again that a deletion has hidden, if they are not overwritten yet. Returns how many. */
  restore(at: number): number {
    return atOnce(this.#database, () => {
      const count = Number(this.#statements.restore.run(at).changes);
      this.#statements.tidy.run();
      return count;
    });
  }

  /** Overwrites the bytes of what was deleted until then, a little with each step. */
  purge(until: number): Generator<void> {
    return purge(this.#database, until);
  }

  close(): void {
    this.#database.close();
  }
}
